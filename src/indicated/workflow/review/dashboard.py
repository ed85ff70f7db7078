"""Figures over all cases: volumes, times against the clock, rates, gaps, agreement, fairness, yearly metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.model.concept import Kind
from indicated.model.law import Plan, Urgency
from indicated.store.base import Store
from indicated.store.tables import CaseRow, DecisionRow, DeterminationRow
from indicated.workflow.assess import current
from indicated.workflow.review import figures
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.figures import Counted, CountedCase, Rate, Slice, most_often, sliced
from indicated.workflow.review.files import listed
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.small_numbers import FEWEST, counted, enough, few_hidden, shielded
from indicated.workflow.review.states import OPEN

__all__ = ["Dashboard", "Rate", "Slice", "dashboard", "yearly_metrics"]

_MOST = 20
_RATES = ("approved", "partly_approved", "denied", "appealed", "overturned", "in_time")
_SLICES: dict[str, Callable[[CountedCase], str]] = {
    "age_band": lambda one: one.age_band,
    "sex": lambda one: one.sex,
    "plan": lambda one: one.plan,
    "payer": lambda one: one.payer,
    "condition": lambda one: one.condition,
}
_IMPACTED = frozenset(
    one.value for one in (Plan.MEDICARE_ADVANTAGE, Plan.MEDICAID, Plan.MEDICAID_MANAGED, Plan.CHIP, Plan.EXCHANGE)
)
"""The payers that CMS-0057-F asks to publish yearly metrics."""


class Dashboard(Struct, frozen=True):
    """All figures of a period. Rates are of first decisions, `overturned` of decided appeals, `in_time` of all.

    `gaps` are codes of what was missing when a case was last determined, `reasons` the criteria that adverse decisions
    rest on, `agreement` how often each next step of the program ended in each outcome of a person. What is of too few
    cases to show is left out (`small_numbers`), and `hidden` names where: a kind of group, or one of these lists.
    """

    first: date
    last: date
    received: int
    open: int
    overdue: int
    decided: int
    approved: Rate
    partly_approved: Rate
    denied: Rate
    appealed: Rate
    overturned: Rate
    in_time: Rate
    mean_hours: float | None
    median_hours: float | None
    by_month: tuple[Slice, ...]
    gaps: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    agreement: tuple[tuple[str, str, int], ...]
    slices: tuple[Slice, ...]
    hidden: tuple[str, ...] = ()


def dashboard(store: Store, person: Person, *, first: date, last: date, now: datetime) -> Dashboard:
    """The figures of the cases received from the first to the last day, without what would tell of persons."""
    require(person, Action.DASHBOARD)
    if last < first:
        raise Incomplete("the last day of a period is not before its first")
    with store.reading() as session:
        cases = _counted(session, first, last, now)
    agreement = Counter((one.first.next_step, one.first.outcome) for one in cases if one.first is not None)
    return _shielded(
        Dashboard(
            first,
            last,
            received=len(cases),
            open=sum(one.state in OPEN for one in cases),
            overdue=sum(one.overdue for one in cases),
            decided=sum(one.first is not None for one in cases),
            approved=figures.share(cases, "approve"),
            partly_approved=figures.share(cases, "partial"),
            denied=figures.share(cases, "deny"),
            appealed=figures.appealed(cases),
            overturned=figures.overturned(cases),
            in_time=figures.in_time(cases),
            mean_hours=figures.mean_hours(cases),
            median_hours=figures.median_hours(cases),
            by_month=sliced("month", cases, lambda one: f"{one.received:%Y-%m}"),
            gaps=most_often(gap for one in cases for gap in one.gaps),
            reasons=most_often(name for one in cases for each in one.decisions for name in each.unmet),
            agreement=tuple((step, outcome, count) for (step, outcome), count in sorted(agreement.items())),
            slices=tuple(one for by, value in _SLICES.items() for one in sliced(by, cases, value)),
        )
    )


def yearly_metrics(store: Store, person: Person, *, year: int, now: datetime) -> tuple[tuple[str, str], ...]:
    """The yearly metrics that CMS-0057-F asks a payer to publish, each by name and value, as rows of a CSV.

    Of the requests received in that year under plans of impacted payers; drugs are not among them, for the rule leaves
    them out. The names are codes; times are in hours, shares in percent; empty where there is nothing to count. The
    list of items that need authorization, which the rule asks for besides, is the payer's own.
    """
    require(person, Action.DASHBOARD)
    with store.reading() as session:
        every = _counted(session, date(year, 1, 1), date(year, 12, 31), now)
    impacted = [one for one in every if one.plan in _IMPACTED]
    drugs = frozenset(told for told in {one.treatment for one in impacted} if _drug(told))
    cases = [one for one in impacted if one.treatment not in drugs]
    standard = [one for one in cases if one.urgency == Urgency.STANDARD.value]
    expedited = [one for one in cases if one.urgency == Urgency.EXPEDITED.value]
    extended = [one for one in cases if one.extended]
    decided = [one for one in cases if one.first is not None]
    granted = [one for one in extended if one.first is not None and one.first.outcome == "approve"]
    return (
        ("year", str(year)),
        ("requests", str(len(cases))),
        ("standard_approved_percent", figures.share(standard, "approve").percent),
        ("standard_denied_percent", figures.share(standard, "deny").percent),
        ("standard_approved_after_appeal_percent", figures.overturned(standard).percent),
        ("extended_and_approved_percent", Rate(len(granted), len(decided)).percent),
        ("expedited_approved_percent", figures.share(expedited, "approve").percent),
        ("expedited_denied_percent", figures.share(expedited, "deny").percent),
        ("standard_mean_hours", _told(figures.mean_hours(standard))),
        ("standard_median_hours", _told(figures.median_hours(standard))),
        ("expedited_mean_hours", _told(figures.mean_hours(expedited))),
        ("expedited_median_hours", _told(figures.median_hours(expedited))),
        ("urgency_not_recorded", str(len(cases) - len(standard) - len(expedited))),
        ("drugs_left_out", str(len(impacted) - len(cases))),
    )


def _shielded(found: Dashboard) -> Dashboard:
    """The same without what is of too few cases to show."""
    few = found.received < FEWEST
    groups, hiding = shielded(found.slices)
    lists = {
        "gaps": counted(found.gaps),
        "reasons": counted(found.reasons),
        "agreement": counted(found.agreement, found.decided),
    }
    shown = {name: () if few else told for name, told in lists.items()}
    short = [name for name, told in shown.items() if len(told) < len(getattr(found, name))]
    rates = {name: enough(getattr(found, name)) for name in _RATES}
    return replace(
        found,
        **rates | ({"in_time": Rate(0, 0)} if few else {}),
        mean_hours=found.mean_hours if found.decided >= FEWEST else None,
        median_hours=found.median_hours if found.decided >= FEWEST else None,
        by_month=tuple(few_hidden(one) for one in found.by_month),
        gaps=shown["gaps"][:_MOST],
        reasons=shown["reasons"][:_MOST],
        agreement=shown["agreement"],
        slices=groups,
        hidden=(*(["outcomes"] if 0 < found.decided < FEWEST else []), *short, *hiding),
    )


def _counted(session: Session, first: date, last: date, now: datetime) -> list[CountedCase]:
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    within = (CaseRow.received >= begin, CaseRow.received < end, CaseRow.imported.is_(False))
    decisions: dict[str, list[Counted]] = {}
    asked = select(DecisionRow).join(CaseRow, CaseRow.id == DecisionRow.case_id).where(*within)
    for row in session.scalars(asked.order_by(DecisionRow.number)):
        decisions.setdefault(row.case_id, []).append(
            Counted(row.level, row.outcome, row.opened, row.at, row.due_at, row.next_step, listed(row.unmet))
        )
    gaps = {
        case_id: listed(told)
        for case_id, told in session.execute(
            select(DeterminationRow.case_id, DeterminationRow.gaps)
            .join(
                CaseRow,
                (CaseRow.id == DeterminationRow.case_id) & (CaseRow.determination == DeterminationRow.number),
            )
            .where(*within)
        )
    }
    return [
        _case(row, tuple(decisions.get(row.id, ())), gaps.get(row.id, ()), now)
        for row in session.scalars(select(CaseRow).where(*within).order_by(CaseRow.received))
    ]


def _case(row: CaseRow, decisions: Iterable[Counted], gaps: tuple[str, ...], now: datetime) -> CountedCase:
    late = row.state in OPEN and row.stopped_at is None and row.due_at is not None and row.due_at < now
    return CountedCase(
        state=row.state,
        received=row.received,
        level=row.level,
        plan=row.plan or "",
        urgency=row.urgency or "",
        payer=row.payer,
        condition=row.condition,
        treatment=row.treatment,
        age_band=row.age_band,
        sex=row.sex,
        overdue=late,
        extended=row.stood_still > 0,
        decisions=tuple(decisions),
        gaps=gaps,
    )


def _drug(treatment: str) -> bool:
    """Whether it is a drug: called one, or given as products that have labels."""
    knowledge = current().knowledge
    concept = knowledge.vocabulary.concepts.get(treatment)
    if concept is None:
        return False
    labelled = (product.concept for product in knowledge.products)
    given_as = any(treatment in knowledge.vocabulary.ancestors(one) for one in labelled)
    return concept.kind in (Kind.DRUG, Kind.DRUG_CLASS) or given_as


def _told(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
