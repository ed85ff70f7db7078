"""When a decision is due, and whether its clock stands still, by the law of the installed release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from indicated.engine import law
from indicated.model.concept import Kind
from indicated.model.law import DecisionStage, Due, Law, Plan, Urgency
from indicated.release import Release
from indicated.store.tables import CaseRow

_DRUG, _NO_DRUG = (Kind.DRUG, Kind.DRUG_CLASS), (Kind.PROCEDURE,)


def due(row: CaseRow, release: Release, rules: Iterable[Law] | None = None) -> Due | None:
    """The earliest moment that a law which could reach the case sets, from when its clock began, moved on by the time
    that it stood still under that law.
    """
    laws = tuple(release.law if rules is None else rules)
    stood = timedelta(seconds=row.stood_still)
    stopping = pauses(row, laws)
    still = _clock(row, release, [one for one in laws if one.id in stopping], row.opened + stood)
    running = _clock(row, release, [one for one in laws if one.id not in stopping], row.opened)
    return min((one for one in (still, running) if one is not None), key=lambda one: one.due, default=None)


def stops_under(row: CaseRow, release: Release) -> str:
    """The law under which the clock stands still while information is waited for; empty where the law that sets it has
    no such provision, or where it is not known which law that is.
    """
    found = due(row, release)
    return found.law if found is not None and found.law in pauses(row, release.law) else ""


def pauses(row: CaseRow, rules: Iterable[Law]) -> frozenset[str]:
    """The laws under which the case's clock may stand still."""
    found = law.pauses(rules, _plan(row), row.us_state or None, _urgency(row), row.opened.date(), _stage(row))
    return frozenset(found)


def appeal_until(row: CaseRow, release: Release, noticed: datetime) -> datetime | None:
    """Until when an appeal may be made."""
    found = law.appeal_deadline(release.law, _plan(row), row.us_state or None, noticed)
    return found.due if found is not None else None


def _clock(row: CaseRow, release: Release, rules: Iterable[Law], begun: datetime) -> Due | None:
    return law.clock(
        rules,
        _plan(row),
        row.us_state or None,
        _drug(row, release),
        _urgency(row),
        begun,
        electronic=row.electronic,
        stage=_stage(row),
    )


def _drug(row: CaseRow, release: Release) -> bool | None:
    """Whether a drug is asked for, as the law means it; not known of a treatment that may be billed either way."""
    concept = release.knowledge.vocabulary.concepts.get(row.treatment)
    if concept is None:
        return None
    return True if concept.kind in _DRUG else False if concept.kind in _NO_DRUG else None


def _plan(row: CaseRow) -> Plan | None:
    return Plan(row.plan) if row.plan is not None else None


def _urgency(row: CaseRow) -> Urgency | None:
    return Urgency(row.urgency) if row.urgency is not None else None


def _stage(row: CaseRow) -> DecisionStage:
    return DecisionStage(row.stage)
