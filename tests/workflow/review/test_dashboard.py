"""Figures count first decisions, appeals and clocks; what is not on record is a group of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from indicated.model.law import Plan, Urgency
from indicated.workflow.review import dashboard, decide, figures, small_numbers
from indicated.workflow.review.errors import Incomplete, Refused
from indicated.workflow.review.figures import Counted, CountedCase, Rate
from tests.workflow.review.conftest import AUDITOR, CLINIC, DOCTOR, NOW, NURSE, OTHER_DOCTOR, taken_in
from tests.workflow.review.test_decide import approve, deny
from tests.workflow.review.test_work import DAY, triaged

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def decided(outcome, hours=10.0, due=24, level=0, unmet=()):
    return Counted(
        level, outcome, NOW, NOW + timedelta(hours=hours), NOW + timedelta(hours=due), "physician_review", unmet
    )


def case(*decisions, **more):
    told = dict.fromkeys(("state", "plan", "urgency", "payer", "condition", "treatment", "age_band", "sex"), "")
    return CountedCase(
        **{**told, "received": NOW, "level": 0, "overdue": False, "extended": False, **more}, decisions=decisions
    )


CASES = (
    case(decided("approve", 2), sex="f"),
    case(decided("deny", 30), decided("approve", 10, level=1), level=1, sex="f"),
    case(decided("deny", 10), decided("deny", 10, level=1), level=1, sex="m"),
    case(decided("partial", 4), sex="m"),
    case(),
)


def test_rates_are_of_what_was_decided():
    assert figures.share(CASES, "approve") == Rate(1, 4)
    assert figures.share(CASES, "deny") == Rate(2, 4)
    assert figures.appealed(CASES) == Rate(2, 3)
    assert figures.overturned(CASES) == Rate(1, 2)
    assert figures.in_time(CASES) == Rate(5, 6)
    assert (figures.mean_hours(CASES), figures.median_hours(CASES)) == (11.5, 7.0)
    assert (Rate(1, 3).percent, Rate(0, 0).percent) == ("33.3", "")


def test_slices_hold_every_case_once_and_what_is_not_known_apart():
    found = figures.sliced("sex", CASES, lambda one: one.sex)
    assert [(one.value, one.cases) for one in found] == [("", 1), ("f", 2), ("m", 2)]
    assert found[1].approved == Rate(1, 2)
    assert found[0].median_hours is None


def test_nothing_decided_has_no_times():
    assert figures.mean_hours((case(),)) is None
    assert figures.median_hours(()) is None


def test_the_dashboard_counts_what_was_done(store, monkeypatch):
    for module in (small_numbers, dashboard):
        monkeypatch.setattr(module, "FEWEST", 1)
    deny(store, DOCTOR, triaged(store))
    approve(store, DOCTOR, triaged(store))
    taken_in(store)
    found = dashboard.dashboard(store, AUDITOR, **YEAR, now=NOW + 60 * DAY)
    assert (found.received, found.decided, found.open, found.overdue) == (3, 2, 1, 1)
    assert (found.approved, found.denied, found.in_time) == (Rate(1, 2), Rate(1, 2), Rate(2, 2))
    assert found.gaps[0][1] == 3
    assert found.reasons
    assert [one[1:] for one in found.agreement] == [("approve", 1), ("deny", 1)]
    assert {one.by for one in found.slices} == {"age_band", "sex", "plan", "payer", "condition"}
    [girls] = [one for one in found.slices if (one.by, one.value) == ("age_band", "12-17")]
    assert girls.cases == 3
    assert [one.value for one in found.by_month] == ["2026-11"]
    assert dashboard.dashboard(store, AUDITOR, first=date(2027, 1, 1), last=date(2027, 1, 2), now=NOW).received == 0
    with pytest.raises(Refused):
        dashboard.dashboard(store, CLINIC, **YEAR, now=NOW)
    with pytest.raises(Incomplete):
        dashboard.dashboard(store, NURSE, first=YEAR["last"], last=YEAR["first"], now=NOW)


def test_what_came_of_few_cases_is_told_by_no_entrance(lite):
    deny(lite, DOCTOR, triaged(lite))
    found = dashboard.dashboard(lite, AUDITOR, **YEAR, now=NOW)
    assert (found.received, found.decided) == (1, 1)
    assert {found.denied, found.approved, found.in_time} == {Rate(0, 0)}
    assert (found.gaps, found.reasons, found.agreement, found.slices, found.median_hours) == ((), (), (), (), None)
    assert [(one.cases, one.decided, one.denied) for one in found.by_month] == [(1, 1, Rate(0, 0))]
    assert {"outcomes", "gaps", "reasons", "agreement", "sex"} <= set(found.hidden)


def test_the_yearly_metrics_leave_out_drugs_and_other_payers(lite, monkeypatch):
    file = deny(lite, DOCTOR, triaged(lite, plan=Plan.MEDICAID_MANAGED), now=NOW)
    file = decide.appeal(lite, CLINIC, file.head.id, file.head.version, appellant="clinic", grounds="records", now=NOW)
    approve(lite, OTHER_DOCTOR, file)
    deny(lite, DOCTOR, triaged(lite))
    asked = {"year": 2026, "now": NOW}
    drugs = dict(dashboard.yearly_metrics(lite, AUDITOR, **asked))
    assert (drugs["requests"], drugs["drugs_left_out"]) == ("0", "1")
    monkeypatch.setattr(dashboard, "_drug", lambda _: False)
    found = dict(dashboard.yearly_metrics(lite, AUDITOR, **asked))
    assert found["requests"] == "1"
    assert found["standard_denied_percent"] == "100.0"
    assert found["standard_approved_after_appeal_percent"] == "100.0"
    assert found["expedited_approved_percent"] == ""
    assert found["standard_mean_hours"] == "0.00"
    assert Urgency.STANDARD.value == "standard"
