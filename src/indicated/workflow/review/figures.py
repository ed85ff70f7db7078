"""From what is on record of cases to rates, times and slices. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from statistics import fmean, median

from msgspec import Struct

_HOUR = 3600


class Counted(Struct, frozen=True):
    """One decision as it counts: level 0 is the first one."""

    level: int
    outcome: str
    opened: datetime
    at: datetime
    due_at: datetime | None
    next_step: str
    unmet: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """From when its clock began to the decision."""
        return (self.at - self.opened).total_seconds() / _HOUR

    @property
    def in_time(self) -> bool:
        """Whether it came before its clock was up; one without a clock is in time."""
        return self.due_at is None or self.at <= self.due_at


class CountedCase(Struct, frozen=True):
    """One case as it counts."""

    state: str
    received: datetime
    level: int
    plan: str
    urgency: str
    payer: str
    condition: str
    treatment: str
    age_band: str
    sex: str
    overdue: bool
    extended: bool
    decisions: tuple[Counted, ...]
    gaps: tuple[str, ...] = ()

    @property
    def first(self) -> Counted | None:
        """The first decision."""
        return next((one for one in self.decisions if one.level == 0), None)

    @property
    def overturned(self) -> bool:
        """Whether an appeal ended in an approval, of all or of a part."""
        return any(one.level > 0 and one.outcome != "deny" for one in self.decisions)


class Rate(Struct, frozen=True):
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> str:
        """As a percentage with one decimal; empty where there is nothing to count."""
        return f"{100 * self.count / self.of:.1f}" if self.of else ""


class Slice(Struct, frozen=True):
    """One group of cases (`by`: age_band, sex, plan, payer, condition, month) and what came of it. A value that is not
    on record is empty.
    """

    by: str
    value: str
    cases: int
    decided: int
    approved: Rate
    denied: Rate
    overturned: Rate
    in_time: Rate
    median_hours: float | None


def share(cases: Iterable[CountedCase], outcome: str) -> Rate:
    """How many of the cases that were decided were first decided so."""
    decided = [one.first for one in cases if one.first is not None]
    return Rate(sum(one.outcome == outcome for one in decided), len(decided))


def appealed(cases: Iterable[CountedCase]) -> Rate:
    """How many of the cases that were first decided adversely were appealed."""
    adverse = [one for one in cases if one.first is not None and one.first.outcome != "approve"]
    return Rate(sum(one.level > 0 for one in adverse), len(adverse))


def overturned(cases: Iterable[CountedCase]) -> Rate:
    """How many of the appeals that were decided ended in an approval, of all or of a part."""
    heard = [one for one in cases if any(each.level > 0 for each in one.decisions)]
    return Rate(sum(one.overturned for one in heard), len(heard))


def in_time(cases: Iterable[CountedCase]) -> Rate:
    """How many of the decisions, on every level, came before their clock was up."""
    decided = [each for one in cases for each in one.decisions]
    return Rate(sum(one.in_time for one in decided), len(decided))


def hours(cases: Iterable[CountedCase]) -> list[float]:
    """From receipt to the first decision, of each case that has one."""
    return [one.first.hours for one in cases if one.first is not None]


def mean_hours(cases: Iterable[CountedCase]) -> float | None:
    """Their mean."""
    found = hours(cases)
    return round(fmean(found), 2) if found else None


def median_hours(cases: Iterable[CountedCase]) -> float | None:
    """Their median."""
    found = hours(cases)
    return round(median(found), 2) if found else None


def sliced(by: str, cases: Iterable[CountedCase], value: Callable[[CountedCase], str]) -> tuple[Slice, ...]:
    """The cases in groups, in the order of their values."""
    groups: dict[str, list[CountedCase]] = {}
    for one in cases:
        groups.setdefault(value(one), []).append(one)
    return tuple(_slice(by, name, groups[name]) for name in sorted(groups))


def most_often(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """What is named, with how often, the most frequent first."""
    return tuple(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))


def _slice(by: str, value: str, cases: list[CountedCase]) -> Slice:
    return Slice(
        by,
        value,
        len(cases),
        sum(one.first is not None for one in cases),
        share(cases, "approve"),
        share(cases, "deny"),
        overturned(cases),
        in_time(cases),
        median_hours(cases),
    )
