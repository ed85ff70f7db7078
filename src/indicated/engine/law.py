"""Clocks, notices, deciders: what the law in force on a day asks of a decision. Pure; every date is an argument.

What is not known (the plan, the state, whether a drug is asked for, the urgency) never makes a duty smaller: the
shortest clock that could apply is taken and said to be so, a notice holds every part that could be needed, and an
automated system may do no more than the strictest law that could apply lets it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from indicated.model.law import (
    Act,
    AppealRight,
    AutomationRule,
    Clock,
    CountedIn,
    Decider,
    DecisionStage,
    Due,
    Law,
    LawRow,
    Machine,
    MayDecide,
    NoticeNeed,
    NoticePart,
    Pause,
    Plan,
    Quality,
    Urgency,
    Within,
)
from indicated.model.verdict import Verdict

_Row = TypeVar("_Row", bound=LawRow)
_SATURDAY = 5
_END_OF_DAY = time(23, 59)


def clock(  # noqa: PLR0913, PLR0917
    rules: Iterable[Law],
    plan: Plan | None,
    state: str | None,
    drug: bool | None,  # noqa: FBT001  (an argument of the law, as the others are)
    urgency: Urgency | None,
    received: datetime,
    *,
    electronic: bool | None = None,
    stage: DecisionStage = DecisionStage.FIRST,
    holidays: Collection[date] = (),
) -> Due | None:
    """When the decision on a request received then is due: the earliest of all clocks that apply.

    An argument that is None is unknown: every clock that could apply counts, and the answer names what was not known if
    that decided it. None where no clock applies.
    """
    told: dict[str, object] = {"urgency": urgency, "drug": drug, "electronic": electronic}

    def soonest(known: dict[str, object]) -> Due | None:
        found = [
            Due(due_after(row.within, received, holidays), law.id, row)
            for law, row in _rows(rules, "clocks", Clock, plan, state, received.date())
            if row.stage is stage and _could(row, known)
        ]
        return min(found, key=lambda due: due.due, default=None)

    best = soonest(told)
    if best is None:
        return None
    unknown = [name for name, value in (("plan", plan), ("state", state), *told.items()) if value is None]
    return Due(best.due, best.law, best.row, tuple(name for name in unknown if _bears(best, name, rules)))


def appeal_deadline(
    rules: Iterable[Law],
    plan: Plan | None,
    state: str | None,
    noticed: datetime,
    *,
    holidays: Collection[date] = (),
) -> Due | None:
    """Until when an appeal may be made of what was noticed then; the shortest that could apply, so none is late."""
    found = [
        Due(due_after(row.within, noticed, holidays), law.id, row)
        for law, row in _rows(rules, "appeals", AppealRight, plan, state, noticed.date())
    ]
    best = min(found, key=lambda due: due.due, default=None)
    if best is None:
        return None
    unknown = [name for name, value in (("plan", plan), ("state", state)) if value is None]
    return Due(best.due, best.law, best.row, tuple(name for name in unknown if _bears(best, name, rules)))


def pauses(  # noqa: PLR0913, PLR0917
    rules: Iterable[Law],
    plan: Plan | None,
    state: str | None,
    urgency: Urgency | None,
    on: date,
    stage: DecisionStage = DecisionStage.FIRST,
) -> dict[str, Pause]:
    """The laws whose clock stands still while information is waited for, with the provision. What is not known stops no
    clock: a plan or an urgency that is not told has none.
    """
    if plan is None:
        return {}
    return {
        law.id: row
        for law, row in _rows(rules, "pauses", Pause, plan, state, on)
        if row.stage is stage and row.urgency in (None, urgency)
    }


def notice_items(rules: Iterable[Law], plan: Plan | None, state: str | None, on: date) -> tuple[NoticeNeed, ...]:
    """Every part that a notice of an adverse decision has to hold that day, with the rows that ask for it.

    With an unknown plan or state it is the sum of all that could be asked, so that no notice lacks a part.
    """
    rows = [row for law in rules for row in law.notice if _applies(law, row, plan, state, on)]
    found = {part: tuple(row for row in rows if row.part is part) for part in NoticePart}
    return tuple(NoticeNeed(part, asked) for part, asked in found.items() if asked)


def automation(
    rules: Iterable[Law], plan: Plan | None, state: str | None, act: Act, on: date
) -> tuple[Machine, tuple[AutomationRule, ...]]:
    """What an automated system may do in an act that day by the strictest rule that could apply, and those rules.

    A law against making a decision by machine says nothing on recommending it; one against recommending bars both.
    """
    covers = (Act.RECOMMEND_ADVERSE,) if act is Act.RECOMMEND_ADVERSE else (act, Act.RECOMMEND_ADVERSE)
    rows = [row for law in rules for row in law.automation if _applies(law, row, plan, state, on) and row.act in covers]
    strict = max((row.machine for row in rows), key=list(Machine).index, default=Machine.MAY)
    return strict, tuple(row for row in rows if row.machine is strict)


def may_decide(  # noqa: PLR0913, PLR0917
    rules: Iterable[Law], plan: Plan | None, state: str | None, act: Act, who: Decider, on: date
) -> MayDecide:
    """Whether somebody may do an act that day: met, not met, or unknown while a needed quality is not told.

    An automated system never decides against a patient, whatever the law: it may at most recommend, where none that
    could apply forbids that.
    """
    rules = tuple(rules)
    if who.automated:
        machine, barring = automation(rules, plan, state, act, on)
        alone = act is Act.RECOMMEND_ADVERSE and machine is not Machine.MAY_NOT
        return MayDecide(Verdict.MET if alone else Verdict.NOT_MET, barring)
    rows = tuple(row for law in rules for row in law.deciders if row.act is act and _applies(law, row, plan, state, on))
    needed = [quality for quality in Quality if any(quality in row.needs for row in rows)]
    lacking = tuple(one for one in needed if who.qualities.get(one) is False)
    untold = tuple(one for one in needed if one not in who.qualities)
    verdict = Verdict.NOT_MET if lacking else Verdict.UNKNOWN if untold else Verdict.MET
    return MayDecide(verdict, rows, lacking, untold)


def _rows(  # noqa: PLR0913, PLR0917
    rules: Iterable[Law], field: str, kind: type[_Row], plan: Plan | None, state: str | None, on: date
) -> Iterator[tuple[Law, _Row]]:
    for law in rules:
        for row in getattr(law, field):
            if isinstance(row, kind) and _applies(law, row, plan, state, on):
                yield law, row


def _applies(law: Law, row: LawRow, plan: Plan | None, state: str | None, on: date) -> bool:
    """Whether a row is in force that day and could reach a plan in a state; what is unknown could be anything."""
    first, last = in_force(law, row)
    plans, states = row.plans or law.plans, row.states or law.states
    in_plan = plan is None or plan in plans
    in_state = not states or state is None or state in states
    return first <= on <= last and in_plan and in_state


def in_force(law: Law, row: LawRow) -> tuple[date, date]:
    """The first and the last day of a row, its own or the law's."""
    return (
        row.effective_from or law.effective_from or date.min,
        row.effective_to or law.effective_to or date.max,
    )


def _could(row: Clock, known: dict[str, object]) -> bool:
    return all(
        value is None or getattr(row, name) is None or getattr(row, name) == value for name, value in known.items()
    )


def _bears(best: Due, name: str, rules: Iterable[Law]) -> bool:
    """Whether the clock taken is for some values only of what is not known: knowing it could change the answer."""
    law = next(one for one in rules if one.id == best.law)
    if name == "plan":
        return set(best.row.plans or law.plans) != set(Plan)
    if name == "state":
        return bool(best.row.states or law.states)
    return getattr(best.row, name) is not None


def due_after(span: Within, start: datetime, holidays: Collection[date]) -> datetime:
    """Hours run on from the minute; a span of days ends with its last day, the day of the start not counted."""
    if span.unit is CountedIn.HOURS:
        later = timedelta(hours=span.count)
        return start + later if start.tzinfo is None else (start.astimezone(UTC) + later).astimezone(start.tzinfo)
    day, left = start.date(), span.count
    while left:
        day += timedelta(days=1)
        free = span.unit is CountedIn.BUSINESS_DAYS and (day.weekday() >= _SATURDAY or day in holidays)
        left -= not free
    return datetime.combine(day, _END_OF_DAY, start.tzinfo)
