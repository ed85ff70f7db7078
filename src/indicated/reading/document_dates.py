"""The day of a document itself: beside words that say so, or alone on a line of its head.

A document has one day or none: two days under words of one group (several visits in one text) give none, and so does a
date that was told by month or year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.reading.dates import DateFound, Precision
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.lexicon_agreement import OwnDate
    from indicated.reading.scene import Scene

_GAP = lazily(r"[ :.(/#-]{0,4}(?:(?:on|is|was) )?")
_AT_LINE = lazily(r"(?:^|[\n|;(]|  |(?<=\S)\. |, )[ *#>-]{0,4}$")
_HEAD = 1500


class OwnDates:
    """The words of a document's own date compiled."""

    __slots__ = ("_words",)

    def __init__(self, groups: Iterable[OwnDate]) -> None:
        self._words: Phrases[int] = Phrases((word, rank) for rank, group in enumerate(groups) for word in group.words)

    def of(self, scene: Scene) -> DateFound | None:
        """The day of the document, or None."""
        days = [one for one in scene.dates if one.precision is Precision.DAY]
        if not days:
            return None
        by_end: dict[int, list[DateFound]] = {}
        for word in self._words.find(scene.view.flat, scene.view.words):
            gap = _GAP.match(scene.view.flat, word.end)
            after = gap.end() if gap else word.end
            led = _AT_LINE.search(scene.view.flat, max(0, word.start - 6), word.start) or word.start == 0
            labelled = ":" in scene.view.flat[word.end : after]
            found = next((one for one in scene.dates_in(word.end, after + 1) if one.start <= after), None)
            if found is not None and found.precision is Precision.DAY and (led or labelled):
                by_end.setdefault(word.meaning, []).append(found)
        for rank in sorted(by_end):
            return _only(by_end[rank])
        return _only([one for one in days if one.end < _HEAD and _alone(scene.view.flat, one)])


def _only(found: list[DateFound]) -> DateFound | None:
    return found[0] if len({one.on for one in found}) == 1 else None


def _alone(flat: str, found: DateFound) -> bool:
    """Whether the date is all there is on its line."""
    before = flat[flat.rfind("\n", 0, found.start) + 1 : found.start]
    end = flat.find("\n", found.end)
    return not before.strip(" *#|") and not flat[found.end : len(flat) if end < 0 else end].strip(" *#|.,")
