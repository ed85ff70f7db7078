"""One thing of one side, told on the left in one place and on the right in another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.assertion import Polarity
from indicated.model.case import Contradiction
from indicated.model.lexicon import Side
from indicated.reading.facts import holds as is_said
from indicated.reading.papers import holds, plain, sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_agreement import AgreementLexicon
    from indicated.model.text import Passage
    from indicated.reading.scene import Scene, Seen
    from indicated.reading.sides import Sides


class Sided(Struct, frozen=True):
    """A mention with its side. `part` are the words between side and mention (`deltoid muscle`); `again` whether the
    sentence speaks of another one.
    """

    concept: str
    side: Side
    part: str
    again: bool
    passage: Passage


def sided(scene: Scene, sides: Sides, words: AgreementLexicon, vocabulary: Vocabulary) -> list[Sided]:
    """The mentions of one-sided things that tell their side, in order."""
    found = []
    for seen in scene.seen:
        if not any(vocabulary.is_a(seen.concept, one) for one in words.one_sided):
            continue
        if not is_said(seen.assertion) or seen.assertion.polarity is not Polarity.PRESENT:
            continue
        said = sides.words_of(scene, seen)
        if said and said[0].meaning is not None:
            side = said[0].meaning if len({one.meaning for one in said}) == 1 else Side.BOTH
            start, end = min(seen.start, said[0].start), max(seen.end, said[-1].end)
            again = holds(sentence_at(scene, seen.start, seen.end), words.again)
            found.append(
                Sided(
                    seen.concept,
                    side,
                    _part(scene, seen, said[-1].end),
                    again,
                    scene.passage(start, end),
                )
            )
    return found


def _part(scene: Scene, seen: Seen, end: int) -> str:
    """The words that belong to the side, whether the mention follows it or stands before it."""
    flat = scene.view.flat
    if end <= seen.start:
        return plain(flat[end : seen.start]).strip()
    rest = flat[end : end + 40]
    words = plain(rest.partition(".")[0].partition(",")[0]).split()
    return " ".join(words[:1])


def two_sides(found: Sequence[Sided]) -> Iterator[Contradiction]:
    """Left here and right there, where neither place speaks of both or of another one, and of one part of the body."""
    both = {one.concept for one in found if one.side is Side.BOTH}
    shown: set[str] = set()
    for first, second in combinations(found[:40], 2):
        if first.concept != second.concept or first.concept in both | shown or first.side is second.side:
            continue
        if first.passage.document == second.passage.document or first.again or second.again:
            continue
        if first.part == second.part or first.part in second.part or second.part in first.part:
            shown.add(first.concept)
            yield Contradiction(first.concept, (first.passage, second.passage), "side")
