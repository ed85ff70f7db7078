"""What in a dose cannot be taken at its word: a slip of the unit, a dose per day that was the dose of the course,
amounts that cannot all be true.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.lexicon_therapy import Plausible
from indicated.model.quantity import Quantity, Units
from indicated.model.regimen import Doubt, Regimen, Supply

if TYPE_CHECKING:
    from indicated.model.concept import Vocabulary
    from indicated.model.text import Passage
    from indicated.reading.regimen import RegimenFound
    from indicated.reading.view import View

_TENTH = Decimal("0.1")
"""How far weighing and rounding may move a dose."""
_MOST_DAYS = 14


class Doubts:
    """The plausible amounts of treatments. Immutable after construction."""

    __slots__ = ("_limits", "_units", "_vocabulary")

    def __init__(self, limits: Sequence[Plausible], vocabulary: Vocabulary, units: Units) -> None:
        self._limits = limits
        self._vocabulary = vocabulary
        self._units = units

    def judge(self, found: RegimenFound, treatment: str, view: View) -> Regimen:
        """The regimen in the unit of the treatment's limits, with a `unit` or `ambiguous` doubt where one is due."""
        regimen = found.regimen
        for limit in self._of(treatment):
            regimen = self._one(regimen, limit, found, view)
        return regimen

    def weighed(self, regimen: Regimen, treatment: str, weight: Quantity | None = None) -> Regimen:
        """The regimen with a `mismatch` doubt where its dose per kilogram, the body weight (as stated with it, else
        `weight`) and its dose in all cannot all be true, with a `supply` or `sum` doubt where its supplies do not make
        its dose.
        """
        if regimen.doubts or not regimen.passages:
            return regimen
        slack = next((limit.rounding for limit in self._of(treatment) if limit.rounding is not None), None)
        kind = "mismatch"
        worked = self._unlike_weight(regimen, regimen.weight or weight, slack)
        if not worked:
            worked = self._unlike_days(regimen) or self._unlike_supply(regimen, slack)
            kind = "supply" if worked[2:] else "sum"
        return replace(regimen, doubts=(Doubt(kind, _widest(regimen.passages), worked),)) if worked else regimen

    def _of(self, treatment: str) -> list[Plausible]:
        return [limit for limit in self._limits if self._vocabulary.is_a(treatment, limit.concept)]

    def _one(self, regimen: Regimen, limit: Plausible, found: RegimenFound, view: View) -> Regimen:
        regimen = replace(regimen, supplies=tuple(self._supply(one, limit.least.unit) for one in regimen.supplies))
        loading = self._one(regimen.loading, limit, found, view) if regimen.loading else None
        regimen = replace(regimen, loading=loading)
        stated = regimen.per_day or regimen.per_course
        stranger = stated is not None and stated.unit in limit.never
        if stated is None or (not stranger and self._units.convert(stated, limit.least.unit) is None):
            return regimen
        span = found.amounts[0] if found.amounts else (found.start, found.end)
        passage = view.passage(span[0], found.amounts[-1][1] if found.amounts else found.end)
        if stranger or self._slips(stated, limit):
            return replace(
                regimen,
                per_course=None if regimen.per_day else regimen.per_course,
                doubts=(*regimen.doubts, Doubt("unit", passage)),
            )
        names = ("per_day", "per_course", "maximum", "rounded")
        same = {name: self._converted(getattr(regimen, name), limit.least.unit) for name in names}
        regimen = replace(regimen, **same)
        if self._twofold(regimen, limit):
            regimen = replace(
                regimen, doubts=(*regimen.doubts, Doubt("ambiguous", view.passage(found.start, found.end)))
            )
        return regimen

    def _supply(self, supply: Supply, unit: str) -> Supply:
        return supply if supply.each is None else replace(supply, each=self._converted(supply.each, unit))

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
        """A dose per day that two days would make more than any usual course: it may be the course's. A smaller one is
        too much only in all, and that is no doubt about what is meant.
        """
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
        return each + each > most >= each

    def _unlike_weight(self, regimen: Regimen, weight: Quantity | None, slack: Quantity | None) -> tuple[Quantity, ...]:
        """`2 g/kg`, 70 kg, `70 g`: the dose, the weight, what they make, and what is stated; empty where they agree."""
        dose = regimen.per_day or regimen.per_course
        kilos = self._units.convert(weight, "kg") if weight is not None else None
        if dose is None or kilos is None or kilos.exact is None or not dose.unit.endswith("/kg"):
            return ()
        unit = dose.unit.removesuffix("/kg")
        stated = self._units.convert(regimen.restated, unit) if regimen.restated is not None else None
        if stated is None or stated.exact is None or dose.exact is None:
            return ()
        made = Quantity.of(dose.exact * kilos.exact, unit)
        if any(self._near(one, stated, regimen.rounded or slack) for one in _by_days(made, regimen)):
            return ()
        return dose, kilos, made, stated

    def _unlike_days(self, regimen: Regimen) -> tuple[Quantity, ...]:
        """`2 g/kg (0.5 g/kg/day x 2 days)`: a day's dose times its days that is not the course's."""
        whole, each, days = regimen.per_course, regimen.restated, regimen.days
        if whole is None or each is None or days is None or days.exact is None or regimen.per_day is not None:
            return ()
        day = self._units.convert(each, whole.unit)
        if day is None or day.exact is None or whole.exact is None or self._near(day, whole, None):
            return ()
        made = Quantity.of(day.exact * days.exact, whole.unit)
        return () if self._near(made, whole, None) else (day, days, made, whole)

    def _unlike_supply(self, regimen: Regimen, slack: Quantity | None) -> tuple[Quantity, ...]:
        """Units or vials that make another amount than is stated, and no whole number of such doses either."""
        total = replace(regimen, supplies=()).course_total()
        if total is None or total.unit == "mL":
            return ()
        per_kg = self._units.convert(total, "g") is None
        grams = self._units.convert(regimen.restated, "g") if per_kg and regimen.restated is not None else total
        made = replace(regimen, per_course=None, per_day=None).supplied()
        same = self._units.convert(made, grams.unit) if made is not None and grams is not None else None
        if grams is None or same is None or grams.exact is None or same.exact is None:
            return ()
        times = max(Decimal(1), (same.exact / grams.exact).to_integral_value())
        if self._near(same, Quantity.of(grams.exact * times, grams.unit), slack if times == 1 else None):
            return ()
        one = regimen.supplies[0]
        worked = (one.count, one.each) if one.each is not None and len(regimen.supplies) == 1 else ()
        return (*worked, same, grams)

    def _near(self, made: Quantity, stated: Quantity, slack: Quantity | None) -> bool:
        room = self._units.convert(slack, made.unit) if slack is not None else None
        if made.exact is None or stated.exact is None:
            return True
        apart = abs(made.exact - stated.exact)
        return apart <= made.exact * _TENTH or (room is not None and room.high is not None and apart <= room.high)


def _by_days(made: Quantity, regimen: Regimen) -> list[Quantity]:
    """An amount as it is, and for the whole course where it was a day's, for a day where it was a course's."""
    days = regimen.days
    if made.exact is None or days is None or days.low is None or days.high is None:
        return [made]
    counts = range(int(days.low), min(int(days.high), _MOST_DAYS) + 1)
    each = [made.exact * n if regimen.per_day else made.exact / n for n in counts if n > 0]
    return [made, *(Quantity.of(one, made.unit) for one in each)]


def _widest(passages: Sequence[Passage]) -> Passage:
    return max(passages, key=lambda one: one.end - one.start)
