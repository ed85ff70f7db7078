"""What in a dose cannot be taken at its word: a slip of the unit, or a dose per day that was the dose of the course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.lexicon_therapy import Plausible
from indicated.model.quantity import Quantity, Units
from indicated.model.regimen import Doubt, Regimen

if TYPE_CHECKING:
    from indicated.model.concept import Vocabulary
    from indicated.reading.regimen import RegimenFound
    from indicated.reading.view import View


class Doubts:
    """The plausible amounts of treatments. Immutable after construction."""

    __slots__ = ("_limits", "_units", "_vocabulary")

    def __init__(self, limits: Sequence[Plausible], vocabulary: Vocabulary, units: Units) -> None:
        self._limits = limits
        self._vocabulary = vocabulary
        self._units = units

    def judge(self, found: RegimenFound, treatment: str, view: View) -> Regimen:
        """The regimen in the unit of the treatment's limits, with a `unit` or `ambiguous` doubt where one is due."""
        limits = [limit for limit in self._limits if self._vocabulary.is_a(treatment, limit.concept)]
        regimen = found.regimen
        for limit in limits:
            regimen = self._one(regimen, limit, found, view)
        return regimen

    def _one(self, regimen: Regimen, limit: Plausible, found: RegimenFound, view: View) -> Regimen:
        stated = regimen.per_day or regimen.per_course
        if stated is None or self._units.convert(stated, limit.least.unit) is None:
            return regimen
        span = found.amounts[0] if found.amounts else (found.start, found.end)
        passage = view.passage(span[0], found.amounts[-1][1] if found.amounts else found.end)
        if self._slips(stated, limit):
            return replace(
                regimen,
                per_course=None if regimen.per_day else regimen.per_course,
                doubts=(*regimen.doubts, Doubt("unit", passage)),
            )
        same = {
            name: self._converted(getattr(regimen, name), limit.least.unit)
            for name in ("per_day", "per_course", "maximum")
        }
        loading = self._one(regimen.loading, limit, found, view) if regimen.loading else None
        regimen = replace(regimen, **same, loading=loading)
        if self._twofold(regimen, limit):
            regimen = replace(
                regimen, doubts=(*regimen.doubts, Doubt("ambiguous", view.passage(found.start, found.end)))
            )
        return regimen

    def _converted(self, amount: Quantity | None, unit: str) -> Quantity | None:
        return amount if amount is None else self._units.convert(amount, unit) or amount

    def _slips(self, amount: Quantity, limit: Plausible) -> bool:
        same = self._units.convert(amount, limit.least.unit)
        if same is None:
            return False
        low, high = same.low, same.high
        small = high is not None and limit.least.low is not None and high < limit.least.low
        return small or bool(low is not None and limit.most.high is not None and low > limit.most.high)

    def _twofold(self, regimen: Regimen, limit: Plausible) -> bool:
        """A dose per day that would exceed every usual course once multiplied: it may be the course's."""
        if (
            limit.course_most is None
            or regimen.per_day is None
            or regimen.per_course is not None
            or regimen.days is None
        ):
            return False
        most, each, days = limit.course_most.high, regimen.per_day.low, regimen.days.low
        if most is None or each is None or days is None or days <= 1:
            return False
        return each * days > most >= each
