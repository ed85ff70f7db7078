"""What stands near an amount: whether it is of a treatment or of a measurement, and which concept it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from indicated.model.amount import AmountKind
from indicated.model.concept import Kind
from indicated.reading.found import DRUG_KINDS, TESTED
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.reading.phrases import Phrases
    from indicated.reading.quantities import Found
    from indicated.reading.scene import Scene, Seen

DOSED = frozenset(
    (
        "mass/weight", "mass/area", "mass/weight/time", "mass/area/time", "units/weight", "units/area",
        "units/time", "units/weight/time", "international units", "international units/weight",
        "international units/time", "tablets", "capsules", "puffs", "vials", "drops", "absorbed dose",
        "volume/weight", "volume/weight/time", "charge/weight",
    )
)  # fmt: skip
"""Dimensions that only doses have."""
EITHER = {
    "mass": AmountKind.DOSE,
    "mass/time": AmountKind.DOSE,
    "units": AmountKind.DOSE,
    "charge": AmountKind.DOSE,
    "volume": AmountKind.OTHER,
    "volume/time": AmountKind.LAB,
    "number": AmountKind.LAB,
    "substance": AmountKind.LAB,
    "mass/volume": AmountKind.LAB,
}
"""Dimensions of doses and measurements alike, and what they are when nothing near says which."""
_SIZES = frozenset(("length", "area"))
_OTHERS = frozenset(("angle", "energy", "energy/weight", "pack years", "arbitrary units"))
_BODIES = frozenset(("kg", "[lb_av]", "[oz_av]"))
_RHYTHMS = frozenset(("/d", "/wk"))
_PLACES = frozenset((Kind.FINDING, Kind.CONDITION, Kind.PATHOLOGY, Kind.IMAGING))
_BEFORE, _AFTER, _AT_ONCE = 64, 24, 14
_SAME_CLAUSE = lazily(r"[^;,\n]*,? ?")
_RIGHT_AFTER = lazily(r"[ -]?(?:(?:of|doses? of|daily|oral|iv|in|[a-z]+) ){0,2}")
_MOST_MENTIONS = 8
_FAR = 10_000


class Near:
    """One document's mentions and telling words, for looking around a place."""

    __slots__ = ("_ends", "_given", "_measured", "_scene", "_starts")

    def __init__(self, scene: Scene, given: Phrases[bool], measured: Phrases[bool]) -> None:
        flat, words = scene.view.flat, scene.view.words
        self._scene = scene
        self._given = [(one.start, one.end) for one in given.find(flat, words)]
        self._measured = [(one.start, one.end) for one in measured.find(flat, words)]
        self._starts = [seen.start for seen in scene.seen]

    def kind(self, item: Found) -> AmountKind:
        """What a quantity is of, by its dimension, or by what stands nearest where that leaves it open."""
        dimension, unit = item.dimension, item.quantity.unit
        if dimension in DOSED:
            return AmountKind.DOSE
        if dimension in _SIZES:
            return AmountKind.SIZE
        if dimension in _OTHERS or unit in _BODIES:
            return AmountKind.OTHER
        if unit in _RHYTHMS:
            return AmountKind.FREQUENCY
        if dimension not in EITHER:
            return AmountKind.LAB
        return self.of_place(item.start, item.end, EITHER[dimension])

    def of_place(self, start: int, end: int, otherwise: AmountKind) -> AmountKind:
        """A dose where a drug or a word of giving stands nearest, a measurement where a test or its words do."""
        first, last = self._bounds(start)
        if otherwise in (AmountKind.LAB, AmountKind.DURATION):
            last, first = min(last, end + _AT_ONCE), max(first, start - _AT_ONCE)
        dosed = min(_distance(self._given, start, end, first, last), self._mention(start, end, DRUG_KINDS, first, last))
        tested = min(_distance(self._measured, start, end, first, last), self._mention(start, end, TESTED, first, last))
        if dosed == tested:
            return otherwise
        return AmountKind.DOSE if dosed < tested else AmountKind.LAB

    def about(self, what: AmountKind, start: int, end: int) -> str:
        """The concept that an amount most likely belongs to: of its sentence, near before it, else right after it."""
        kinds = _KINDS.get(what)
        if kinds is None:
            return ""
        first, last = self._bounds(start)
        before, after = self._beside(start, end, kinds, first, last)
        if after is not None and not _RIGHT_AFTER.fullmatch(self._scene.view.flat, end, after.start):
            after = None
        if before is not None and not self._leads(before, start):
            before = None
        if before is not None and (after is None or what is not AmountKind.SIZE):
            return before.concept
        return after.concept if after is not None else ""

    def is_of_test(self, start: int, end: int) -> bool:
        """Whether a test is what the amount most likely belongs to."""
        before, _ = self._beside(start, end, TESTED, *self._bounds(start))
        return before is not None and self._leads(before, start)

    def _leads(self, before: Seen, start: int) -> bool:
        """Whether nothing between a mention and an amount begins another thing."""
        return _SAME_CLAUSE.fullmatch(self._scene.view.flat, before.end, start) is not None

    def _bounds(self, start: int) -> tuple[int, int]:
        sentence = self._scene.sentences[self._scene.judge.sentence_at(start)]
        return sentence.start, sentence.end

    def _beside(
        self, start: int, end: int, kinds: frozenset[Kind], first: int, last: int
    ) -> tuple[Seen | None, Seen | None]:
        """The nearest mention of these kinds before a span and after it."""
        seen = self._scene.seen
        at = bisect_left(self._starts, start)
        before = after = None
        for one in reversed(seen[max(0, at - _MOST_MENTIONS) : at]):
            if one.end < max(first, start - _BEFORE):
                break
            if one.kind in kinds and one.end <= start:
                before = one
                break
        for one in seen[at : at + _MOST_MENTIONS]:
            if one.start >= last or one.start > end + _AFTER:
                break
            if one.kind in kinds and one.start >= end:
                after = one
                break
        return before, after

    def _mention(self, start: int, end: int, kinds: frozenset[Kind], first: int, last: int) -> int:
        before, after = self._beside(start, end, kinds, first, last)
        return min(start - before.end if before is not None else _FAR, after.start - end if after is not None else _FAR)


_KINDS = {
    AmountKind.LAB: TESTED | {Kind.FINDING},
    AmountKind.OTHER: TESTED | {Kind.FINDING},
    AmountKind.DOSE: DRUG_KINDS,
    AmountKind.FREQUENCY: DRUG_KINDS,
    AmountKind.SIZE: _PLACES,
}


def _distance(places: Sequence[tuple[int, int]], start: int, end: int, first: int, last: int) -> int:
    """How far the nearest of these places is that ends after `first` and starts before `last`."""
    at = bisect_left(places, (start, start))
    found = _FAR
    if at > 0 and first <= places[at - 1][1] and start - places[at - 1][1] <= _BEFORE:
        found = max(0, start - places[at - 1][1])
    if at < len(places) and places[at][0] < last and places[at][0] - end <= _AFTER:
        found = min(found, max(0, places[at][0] - end))
    return found
