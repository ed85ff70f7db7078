"""On which side of the body a mention is: the side word in it, just before it, or after it in the same breath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.lexicon import Side
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.lexicon import SideWords
    from indicated.reading.scene import Scene, Seen

_APART = lazily(r"[;:()]|[.,](?!\d)|\b(?:and|or|but|with|without|no|not|than)\b")
_SIZE = lazily(r" ?\d[\d.]*(?: ?[x×] ?\d[\d.]*){0,2} ?-?(?:mm|cm)\b")
_BEFORE, _AFTER = 4, 5
_REACH = 80


class Sides:
    """The words of sides compiled."""

    __slots__ = ("_words",)

    def __init__(self, sides: Iterable[SideWords]) -> None:
        self._words: Phrases[Side | None] = Phrases((word, one.side) for one in sides for word in one.words)

    def of(self, scene: Scene, seen: Seen) -> Side | None:
        """The side of a mention; None where the text gives none."""
        found = self.words_of(scene, seen)
        sides = {one.meaning for one in found}
        return (sides.pop() if len(sides) == 1 else Side.BOTH) if sides else None

    def words_of(self, scene: Scene, seen: Seen) -> list[Spoken[Side | None]]:
        """The words that say the side of a mention. What stands in it counts before what stands before it, and that
        before what follows; a comma, a list's next member or a negation parts them.
        """
        flat = scene.view.flat
        sentence = scene.sentences[seen.sentence]
        start, end = max(sentence.start, seen.start - _REACH), min(sentence.end, seen.end + _REACH)
        found: list[Spoken[Side | None]] = [
            Spoken(one.start + start, one.end + start, one.meaning)
            for one in self._words.find(flat[start:end])
            if one.meaning is not None
        ]
        within = [one for one in found if seen.start <= one.start and one.end <= seen.end]
        before = [one for one in found if one.end <= seen.start and _joined(flat, one.end, seen.start, _BEFORE)]
        after = [one for one in found if one.start >= seen.end and _joined(flat, seen.end, one.start, _AFTER)]
        return within or before[-1:] or after[:1]


def _joined(flat: str, start: int, end: int, words: int) -> bool:
    """Whether few words and no break stand between; a size counts for none."""
    between = _SIZE.sub("", flat[start:end])
    return between.count(" ") <= words and _APART.search(between) is None
