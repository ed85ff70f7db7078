"""Whether two regimens say the same: `1 g/kg/day x 2 days` is `2 g/kg over 2 days`, 28 days are 4 weeks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicated.model.quantity import Quantity, Units
    from indicated.model.regimen import Regimen

_MONTH_DAYS = (Decimal(28), Decimal(31))
"""A calendar month: it is at odds with three weeks or with five, never with four."""


def differ(first: Regimen, second: Regimen, units: Units) -> bool:
    """Whether the doses or the intervals of two regimens cannot be the same; what one leaves unsaid differs in
    nothing.
    """
    return doses_differ(first, second, units) or intervals_differ(first.interval, second.interval, units)


def doses_differ(first: Regimen, second: Regimen, units: Units) -> bool:
    """Whether the amounts of one course, or of one day, cannot be the same."""
    one, other = first.course_total(), second.course_total()
    if one is None or other is None:
        one, other = first.per_day, second.per_day
    if one is None or other is None or (same := units.convert(other, one.unit)) is None:
        return False
    return _apart((one.low, one.high), (same.low, same.high))


def intervals_differ(one: Quantity | None, other: Quantity | None, units: Units) -> bool:
    """Whether two intervals have no length in common."""
    if one is None or other is None:
        return False
    first, second = _days(one, units), _days(other, units)
    return first is not None and second is not None and _apart(first, second)


def _days(period: Quantity, units: Units) -> tuple[Decimal | None, Decimal | None] | None:
    if period.unit == "mo" and period.low is not None and period.high is not None:
        return period.low * _MONTH_DAYS[0], period.high * _MONTH_DAYS[1]
    inside = units.convert(period, "d")
    return None if inside is None else (inside.low, inside.high)


def _apart(one: tuple[Decimal | None, Decimal | None], other: tuple[Decimal | None, Decimal | None]) -> bool:
    below = one[1] is not None and other[0] is not None and one[1] < other[0]
    above = one[0] is not None and other[1] is not None and one[0] > other[1]
    return below or above
