"""The rhythm of one phase of a schedule: days, interval, courses and duration, from its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.lexicon_therapy import RegimenLexicon
from indicated.model.quantity import Quantity, Units
from indicated.reading.regimen_part import Part, PartKind

DAY = Quantity.of(1, "d")
_ONE = Quantity.of(1, "1")


class Rhythm(Struct, frozen=True):
    """Days, interval, courses and duration of one phase. `each`: the dose is per day; `spread`: it is divided."""

    days: Quantity | None = None
    interval: Quantity | None = None
    courses: Quantity | None = None
    duration: Quantity | None = None
    times: tuple[int, int] = (1, 1)
    each: bool = False
    spread: bool = False

    @classmethod
    def of(cls, parts: Sequence[Part], lexicon: RegimenLexicon, units: Units) -> Rhythm:
        """What the parts of one phase say together."""
        long = next((part for part in parts if part.kind is PartKind.INTERVAL and not daily(part)), None)
        # `weekly at bedtime` is given once a week.
        short = _each_day([part for part in parts if daily(part) and not (part.moment and long is not None)])
        by_day = short is not None or any(part.code == "day" for part in parts if part.kind is PartKind.AMOUNT)
        days, spread, duration = _days_of(parts, lexicon, units, by_day=by_day)
        counted, courses = _counts(parts, long, by_day=by_day and days is None)
        days = days or counted
        interval = long.value if long else None
        if long is not None and days is None and long.days is not None:
            days = long.days
        if short is not None and interval is None and days is None:
            interval = DAY
        each = by_day or (days is not None and not spread)
        once = any(part.kind is PartKind.ONCE for part in parts)
        single = once or any(part.kind is PartKind.SINGLE for part in parts)
        if single and days is None and short is None:
            days = DAY
        if once and long is None and short is None and courses is None:
            courses = _ONE
        return cls(days, interval, courses, duration, _a_day(short), each, spread)


def _days_of(
    parts: Iterable[Part], lexicon: RegimenLexicon, units: Units, *, by_day: bool
) -> tuple[Quantity | None, bool, Quantity | None]:
    """The days of a course, whether the dose is divided over them, and the duration of the whole."""
    days: Quantity | None = None
    spread = False
    duration: Quantity | None = None
    for part in parts:
        if part.code == "doses" and by_day:
            continue
        if part.kind in (PartKind.SPREAD, PartKind.EACH) and part.value is not None:
            if part.kind is PartKind.EACH and _longer(part.value, lexicon.longest_course, units):
                duration = duration or part.value
            elif days is None:
                days, spread = part.value, part.kind is PartKind.SPREAD
        elif part.kind is PartKind.LENGTH:
            duration = duration or part.value
    return days, spread, duration


def _counts(parts: Sequence[Part], long: Part | None, *, by_day: bool) -> tuple[Quantity | None, Quantity | None]:
    """The days and the courses that are counted without saying which (`x 5`, `6 doses`): of a dose per day, those
    counted before its interval are days, and so is a bare `x 5` after it; all else are courses.
    """
    days: Quantity | None = None
    courses: Quantity | None = None
    for part in parts:
        if part.kind not in (PartKind.COURSES, PartKind.AGAIN) or part.value is None:
            continue
        before = long is None or part.start < long.start or part.kind is PartKind.AGAIN
        if by_day and before and days is None:
            days = replace(part.value, unit="d")
        else:
            courses = courses or part.value
    return days, courses


def _each_day(parts: Sequence[Part]) -> Part | None:
    """The rhythm within a day: the first said, or times of the day together (`in the morning and at night`)."""
    if parts[1:] and all(part.moment for part in parts):
        return replace(parts[0], times=sum(part.times for part in parts))
    return parts[0] if parts else None


def _a_day(daily: Part | None) -> tuple[int, int]:
    """How many times a day, lowest and highest: as said, or a whole number of intervals of hours."""
    if daily is None or daily.value is None:
        return 1, 1
    low, high = daily.value.low, daily.value.high
    if daily.value.unit == "h" and low and high and 24 % low == 0 and 24 % high == 0:
        return int(24 / high), int(24 / low)
    return daily.times, max(daily.times, daily.most)


def _longer(length: Quantity, limit: Quantity, units: Units) -> bool:
    same = units.convert(length, limit.unit)
    return bool(same and same.low is not None and limit.low is not None and same.low > limit.low)


def daily(part: Part) -> bool:
    """A rhythm of a day or less (`daily`, `every 8 hours`)."""
    if part.kind is not PartKind.INTERVAL or part.value is None:
        return False
    return part.value == DAY or part.value.unit in ("h", "min")
