"""Figures over all cases: volumes, times against the clock, rates, gaps, agreement, fairness, yearly metrics."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from indicated.store.base import Store
from indicated.workflow.review.people import Person


class Rate(Struct, frozen=True):
    """So many of so many."""

    count: int
    of: int


class Slice(Struct, frozen=True):
    """One group of cases (`by`: age_band, sex, plan, condition, ...) and what came of it."""

    by: str
    value: str
    cases: int
    approved: Rate
    denied: Rate
    overturned: Rate
    in_time: Rate
    median_hours: float | None


class Dashboard(Struct, frozen=True):
    """All figures of a period."""

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


def dashboard(store: Store, person: Person, *, first: date, last: date, now: datetime) -> Dashboard:
    """The figures of the cases received from the first to the last day."""
    raise NotImplementedError


def yearly_metrics(store: Store, person: Person, *, year: int, now: datetime) -> tuple[tuple[str, str], ...]:
    """The yearly metrics that CMS-0057-F asks a payer to publish, each by name and value, as rows of a CSV."""
    raise NotImplementedError
