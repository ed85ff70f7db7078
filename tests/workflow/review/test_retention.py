"""Contents are kept as long as the site's rule says, longer on hold, and then go; the audit log stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from indicated.model.law import Plan
from indicated.workflow.review import archive, audit, cases, decide, retention, work
from indicated.workflow.review.errors import Conflict, Erased, Incomplete, NotNow, OnHold, Refused
from indicated.workflow.review.keeping import Keeping, years_after
from indicated.workflow.review.states import CaseState
from tests.workflow.review.conftest import ADMIN, AUDITOR, CLINIC, DOCTOR, NOW, NURSE
from tests.workflow.review.test_decide import approve, deny
from tests.workflow.review.test_work import DAY, triaged

SIX = Keeping(6)
YEAR = 365.25 * DAY


def withdrawn(store, **more):
    file = triaged(store, **more)
    return work.withdraw(store, CLINIC, file.head.id, file.head.version, reason="moved", now=NOW).head.id


def due(store, keeping=SIX, after=7 * YEAR):
    return [one.case for one in retention.standing(store, ADMIN, keeping, now=NOW + after).due]


def erased(store, *named, keeping=SIX, after=7 * YEAR):
    return retention.erase_due(store, ADMIN, keeping, cases=named, now=NOW + after)


def test_contents_go_when_their_time_is_over_and_the_chain_holds(store):
    old = withdrawn(store)
    denied = deny(store, DOCTOR, triaged(store), now=NOW).head.id
    still_open = triaged(store).head.id
    assert due(store, after=5 * YEAR) == []
    assert erased(store, old, denied, after=5 * YEAR) == ()
    found = retention.standing(store, ADMIN, SIX, now=NOW + 5.5 * YEAR)
    assert (found.over, found.open, found.soon, found.held) == (2, 1, 2, ())
    assert set(due(store)) == {old, denied}
    assert set(erased(store, old, denied, still_open)) == {old, denied}
    assert cases.case(store, NURSE, still_open, now=NOW).documents
    with pytest.raises(Erased):
        cases.case(store, NURSE, old, now=NOW)
    assert audit.verify(store).problems == ()
    told = audit.events(store, AUDITOR, now=NOW, subject=f"case:{denied}")[-1].detail
    assert told["reason"] == "retention_ended"
    assert told["years"] == "6"


def test_only_what_was_chosen_goes(lite):
    one, other = withdrawn(lite), withdrawn(lite)
    assert erased(lite, one) == (one,)
    assert due(lite) == [other]
    assert erased(lite, one, "C-NONE") == ()


def test_without_a_rule_nothing_is_ever_due(lite):
    withdrawn(lite)
    assert due(lite, Keeping(), after=99 * YEAR) == []


def test_a_plan_has_its_own_years_and_an_unknown_one_the_longest():
    rule = Keeping(6, {Plan.MEDICARE_ADVANTAGE: 10, Plan.CHIP: 3})
    assert [rule.of(one) for one in (Plan.CHIP, Plan.MEDICAID, Plan.MEDICARE_ADVANTAGE, None)] == [3, 6, 10, 10]
    assert Keeping(6, {Plan.CHIP: 0}).of(None) == 0
    assert Keeping(0, {Plan.CHIP: 3}).of(None) == 0


def test_what_was_approved_keeps_its_case(lite):
    file = triaged(lite)
    decided = approve(lite, DOCTOR, file)
    until = decided.head.continues_until
    assert until is None or until < (NOW + 7 * YEAR).date()
    assert due(lite) == [file.head.id]
    with lite.writing() as session:
        session.connection().exec_driver_sql("UPDATE cases SET continues_until = '2040-01-01'")
    assert due(lite) == []


def test_a_right_to_appeal_keeps_its_case(lite):
    file = deny(lite, DOCTOR, triaged(lite), now=NOW)
    file = decide.notice(lite, NURSE, file.head.id, file.head.version, text="No.", sent_by="mail", now=NOW)
    assert file.head.appeal_until is not None
    assert due(lite) == [file.head.id]
    with lite.writing() as session:
        session.connection().exec_driver_sql("UPDATE cases SET appeal_until = '2040-01-01 00:00:00'")
    assert due(lite) == []


def test_a_case_on_hold_is_erased_by_nobody_until_it_is_let_go(store):
    case = withdrawn(store)
    retention.hold(store, ADMIN, case, reason="Doe v. Plan", now=NOW)
    assert retention.standing(store, ADMIN, SIX, now=NOW + 7 * YEAR).held == (case,)
    assert due(store) == []
    assert erased(store, case) == ()
    with pytest.raises(OnHold):
        retention.erase(store, ADMIN, case, reason="asked_for", now=NOW)
    with pytest.raises(NotNow):
        retention.hold(store, ADMIN, case, reason="again", now=NOW)
    retention.let_go(store, ADMIN, case, reason="settled", now=NOW + 7 * YEAR)
    with pytest.raises(NotNow):
        retention.let_go(store, ADMIN, case, reason="again", now=NOW)
    assert due(store) == [case]
    told = [one.said.reason for one in cases.case(store, NURSE, case, now=NOW).history[-2:]]
    assert told == ["Doe v. Plan", "settled"]
    assert erased(store, case) == (case,)
    assert audit.verify(store).problems == ()
    told = [(one.action, one.detail.get("hold")) for one in audit.events(store, AUDITOR, now=NOW, by="adam")]
    assert told[:2] == [("hold", "begun"), ("hold", "ended")]


def test_one_case_goes_before_its_time_for_a_reason_of_its_own(lite):
    case = withdrawn(lite)
    for reason in ("", "because", "retention_ended"):
        with pytest.raises(Incomplete, match="asked_for or taken_in_by_mistake"):
            retention.erase(lite, ADMIN, case, reason=reason, now=NOW)
    retention.erase(lite, ADMIN, case, reason="taken_in_by_mistake", now=NOW)
    assert retention.standing(lite, ADMIN, SIX, now=NOW).over == 0


def test_a_hold_takes_nothing_from_whoever_is_at_work(lite):
    file = triaged(lite)
    retention.hold(lite, ADMIN, file.head.id, reason="inquiry", now=NOW)
    done = work.pend(lite, NURSE, file.head.id, file.head.version, reason="waits", now=NOW)
    assert done.head.state is CaseState.PENDED
    with pytest.raises(Conflict):
        work.resume(lite, NURSE, file.head.id, file.head.version, now=NOW)


def test_a_case_out_of_an_archive_can_be_held_and_erased_too(lite, store):
    case = withdrawn(lite)
    archive.bring_in(store, ADMIN, archive.export(lite, AUDITOR, case, now=NOW), now=NOW)
    retention.hold(store, ADMIN, case, reason="inquiry", now=NOW)
    assert archive.check(archive.export(store, AUDITOR, case, now=NOW)).problems == ()
    assert erased(store, case) == ()
    retention.let_go(store, ADMIN, case, reason="over", now=NOW)
    assert erased(store, case) == (case,)
    assert audit.verify(store).problems == ()


def test_a_hold_has_a_reason_and_is_for_administrators(lite):
    case = withdrawn(lite)
    with pytest.raises(Incomplete):
        retention.hold(lite, ADMIN, case, reason=" ", now=NOW)
    for who in (NURSE, DOCTOR, AUDITOR, CLINIC):
        with pytest.raises(Refused):
            retention.hold(lite, who, case, reason="x", now=NOW)
        with pytest.raises(Refused):
            retention.standing(lite, who, SIX, now=NOW)


def test_years_are_counted_by_the_calendar():
    assert years_after(date(2024, 2, 29), 6) == date(2030, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2026, 11, 20), 1) - date(2026, 11, 20) == timedelta(days=365)
