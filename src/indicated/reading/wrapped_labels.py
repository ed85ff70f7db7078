"""Names of tests that a narrow column broke over lines: `Mean Corpuscular   28 pg` with `Hemoglobin (MCH)` below it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from indicated.model.text import Document
from indicated.reading.cells import rows
from indicated.reading.found import TESTED
from indicated.reading.scene import Seen
from indicated.reading.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Lexicon
    from indicated.reading.cells import Cell
    from indicated.reading.judge import Judge
    from indicated.reading.matching import Term, Terms


def relabelled(  # noqa: PLR0913, PLR0917 - a text with all that says what its words are
    view: View, judge: Judge, seen: list[Seen], terms: Terms, lexicon: Lexicon, is_unit: Callable[[str], bool]
) -> list[Seen]:
    """The mentions with each test whose name goes on below it at the first piece of its name, and without the tests
    that only the pieces seem to name.
    """
    vocabulary = lexicon.vocabulary
    if "   " not in view.document.text or not any(one.kind in TESTED for one in seen):
        return seen
    broken = [line.cells[0] for line in rows(view, is_unit) if line.cells and line.cells[0].more]
    named = [(cell, concept) for cell in broken if (concept := _named(view, cell, terms, vocabulary))]
    if not named:
        return seen
    pieces = sorted(span for cell, _ in named for span in ((cell.start, cell.end), *cell.more))
    kept = [one for one in seen if one.kind not in TESTED or not _within(pieces, one.start)]
    for cell, concept in named:
        kind = vocabulary[concept].kind
        said = judge.judge(cell.start, cell.end, kind)
        kept.append(Seen(concept, kind, cell.start, cell.end, judge.sentence_at(cell.start), said))
    return sorted(kept, key=lambda one: (one.start, one.end))


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]


def _named(view: View, cell: Cell, terms: Terms, vocabulary: Vocabulary) -> str:
    """The test that the whole name is, where no single piece of it says so; empty when there is none."""
    whole = View(Document("label", cell.text(view.cased)))
    first = cell.end - cell.start
    found = terms.find(whole)
    for term in found:
        sure = term.short is None or term.short.needs == "nothing"
        if sure and term.end > first and vocabulary[term.concepts[0]].kind in TESTED:
            return term.concepts[0] if term.start < first or not _has_test(found, first, vocabulary) else ""
    return ""


def _has_test(found: Sequence[Term], end: int, vocabulary: Vocabulary) -> bool:
    """Whether the first piece names a test by itself."""
    return any(term.start < end and vocabulary[term.concepts[0]].kind in TESTED for term in found)
