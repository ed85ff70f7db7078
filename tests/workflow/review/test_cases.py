"""A request comes in, is read by those who may, and stands in a queue by its clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from indicated.model.determination import NextStep
from indicated.model.law import Plan, Urgency
from indicated.workflow.errors import UnknownPolicy
from indicated.workflow.review import cases
from indicated.workflow.review.errors import Incomplete, NoCase, OtherRequest, Refused
from indicated.workflow.review.people import Role
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Determined, Filter, Intake, PolicyChoice, Received, Sort, Undetermined
from tests.workflow.review.conftest import (
    ADMIN,
    AUDITOR,
    CLINIC,
    NOW,
    NURSE,
    OTHER_CLINIC,
    RASH,
    document,
    given,
    person,
    taken_in,
)


def test_a_request_is_read_determined_and_given_its_clock(store):
    file = taken_in(store, plan=Plan.MEDICAID_MANAGED, urgency=Urgency.STANDARD)
    assert file.head.state is CaseState.RECEIVED
    assert [type(one.said) for one in file.history] == [Received, Determined]
    assert file.head.version == 2
    assert file.determination.number == file.head.determination == 1
    assert file.determination.on == NOW.date()
    assert file.head.treatment == "tx.ivig"
    assert file.head.due.at > NOW
    assert file.head.due.law
    assert cases.case(store, NURSE, file.head.id, now=NOW) == file


def test_with_nothing_known_the_shortest_clock_counts_and_says_so(store):
    file = taken_in(store)
    assert file.head.due.at - NOW <= timedelta(hours=24)
    assert "plan" in file.head.due.assumed


def test_a_clock_runs_from_when_the_request_arrived(lite):
    early = NOW - timedelta(hours=20)
    assert taken_in(lite, received=early).head.due.at == taken_in(lite).head.due.at - timedelta(hours=20)
    with pytest.raises(Incomplete, match="later than now"):
        taken_in(lite, received=NOW + timedelta(minutes=1))


def test_a_request_that_asks_for_nothing_is_taken_in_and_says_why(store):
    file = taken_in(store, "A 30-year-old man with psoriasis.")
    assert file.determination is None
    assert isinstance(file.history[-1].said, Undetermined)
    assert file.history[-1].said.code == "no-request"
    assert file.head.due is not None


def test_the_same_key_gives_the_same_case_and_no_other(store):
    first = cases.intake(store, CLINIC, given(), now=NOW, key="k1")
    assert cases.intake(store, CLINIC, given(), now=NOW + timedelta(days=1), key="k1").head.id == first.head.id
    assert cases.intake(store, OTHER_CLINIC, given(), now=NOW, key="k1").head.id != first.head.id
    with pytest.raises(OtherRequest):
        cases.intake(store, CLINIC, given(RASH), now=NOW, key="k1")


def test_documents_of_one_name_are_told_apart(lite):
    file = cases.intake(lite, CLINIC, Intake(documents=(document(), document(RASH))), now=NOW)
    assert [one.id for one in file.documents] == ["note.txt", "note.txt (2)"]


@pytest.mark.parametrize("wrong", [{"documents": ()}, {"documents": (document(" "),)}, {"us_state": "Texas"}])
def test_what_cannot_be_worked_on_is_refused_in_one_line(lite, wrong):
    with pytest.raises(Incomplete):
        cases.intake(lite, CLINIC, Intake(**{"documents": (document(),), **wrong}), now=NOW)


def test_a_policy_that_is_none_is_refused_before_anything_is_stored(lite):
    with pytest.raises(UnknownPolicy):
        taken_in(lite, policy=PolicyChoice(id="nobody/nothing"))
    assert cases.queue(lite, NURSE, now=NOW).total == 0


def test_a_requester_sees_their_own_cases_only(store):
    mine, theirs = taken_in(store), taken_in(store, RASH, by=OTHER_CLINIC)
    assert [one.id for one in cases.queue(store, CLINIC, now=NOW).cases] == [mine.head.id]
    assert cases.queue(store, AUDITOR, now=NOW).total == 2
    with pytest.raises(NoCase):
        cases.case(store, CLINIC, theirs.head.id, now=NOW)
    with pytest.raises(NoCase):
        cases.case(store, NURSE, "C-0000-0000-0000", now=NOW)
    with pytest.raises(Refused):
        cases.case(store, ADMIN, mine.head.id, now=NOW)


def test_a_requester_who_also_reviews_sees_all(lite):
    both = person("Bea", Role.REQUESTER, Role.NURSE_REVIEWER)
    taken_in(lite)
    assert cases.queue(lite, both, now=NOW).total == 1


def test_the_queue_is_in_the_order_of_clocks_and_comes_in_pages(store):
    late = taken_in(store, plan=Plan.EMPLOYER_SELF_FUNDED, urgency=Urgency.STANDARD)
    soon = taken_in(store, urgency=Urgency.EXPEDITED)
    never = taken_in(store, plan=Plan.MEDICARE, us_state="OR", urgency=Urgency.STANDARD)
    wanted = [soon.head.id, late.head.id, never.head.id]
    first = cases.queue(store, NURSE, now=NOW, limit=2)
    rest = cases.queue(store, NURSE, now=NOW, limit=2, after=first.after)
    assert [one.id for one in (*first.cases, *rest.cases)] == wanted
    assert (first.total, rest.total, rest.after) == (3, 3, "")
    by_receipt = cases.queue(store, NURSE, now=NOW, sort=Sort.RECEIVED, limit=1)
    assert cases.queue(store, NURSE, now=NOW, sort=Sort.RECEIVED, after=by_receipt.after).total == 3
    with pytest.raises(Incomplete, match="first page"):
        cases.queue(store, NURSE, now=NOW, after="nonsense")


def test_the_queue_is_filtered(store):
    one = taken_in(store, plan=Plan.CHIP, us_state="TX", urgency=Urgency.STANDARD)
    taken_in(store, RASH, received=NOW - timedelta(days=40))

    def ids(**wanted):
        return [head.id for head in cases.queue(store, NURSE, now=NOW, wanted=Filter(**wanted)).cases]

    assert ids(plan=Plan.CHIP) == ids(us_state="TX") == ids(urgency=Urgency.STANDARD) == [one.head.id]
    assert one.head.id not in ids(overdue=True)
    assert len(ids(overdue=True)) == 1
    assert len(ids(unassigned=True, states=(CaseState.RECEIVED,), treatment="tx.ivig")) == 2
    assert ids(assigned="nora") == []
    assert {*ids(next_step=one.head.next_step)} >= {one.head.id}
    assert one.head.next_step in NextStep


def test_nothing_of_a_record_stands_in_the_database_in_the_clear(tmp_path):
    from indicated.store.base import open_store
    from tests.workflow.review.conftest import KEY

    path = tmp_path / "review.db"
    store = open_store(f"sqlite:///{path}", keys=KEY)
    taken_in(store, TELLING)
    store.close()
    raw = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert b"Zyzzyva" not in raw
    assert b"methotrexate and prednisone" not in raw.lower()


TELLING = """Patient Zyzzyva, 14-year-old girl, 42 kg, juvenile dermatomyositis. Methotrexate and prednisone failed.
Request: IVIG 2 g/kg every 4 weeks."""


def test_reading_a_case_is_in_the_audit_log(store):
    file = taken_in(store)
    cases.case(store, AUDITOR, file.head.id, now=NOW)
    with store.reading() as session:
        told = session.execute(text("SELECT person, action, subject FROM audit_events ORDER BY seq")).all()
    assert [tuple(one) for one in told] == [
        ("clea", "intake", f"case:{file.head.id}"),
        ("aida", "read", f"case:{file.head.id}"),
    ]
