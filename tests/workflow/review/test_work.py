"""The work on a case: corrections that stay, a clock that stops only where law says so, two who change one case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indicated.model.determination import NextStep
from indicated.model.law import Plan, Urgency
from indicated.model.verdict import Verdict
from indicated.workflow.review import archive, cases, record, work
from indicated.workflow.review.asked import questions
from indicated.workflow.review.errors import Conflict, Incomplete, NoCase, NoSuchFact, NotNow, Refused
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import (
    Add,
    Attest,
    Claim,
    Corrected,
    Determined,
    Filter,
    PeerToPeer,
    PolicyChoice,
    Replace,
    Retract,
)
from tests.workflow.review.conftest import (
    AUDITOR,
    CLINIC,
    DOCTOR,
    NOW,
    NURSE,
    OTHER_CLINIC,
    TEXT,
    document,
    given,
    taken_in,
)

DAY = timedelta(days=1)
DENIAL = "IVIG is denied. A trial of methotrexate has not been shown. You may appeal within 60 days."
QUOTED = "The insurer denied it because methotrexate was not tried."
JUDGED = PolicyChoice(text="1. Weight is documented.\n2. The prescriber has explained the goals of care to the family.")


def triaged(store, by=NURSE, plan=Plan.EMPLOYER_SELF_FUNDED, urgency=Urgency.STANDARD, **more):
    file = taken_in(store, **more)
    return work.triage(store, by, file.head.id, file.head.version, plan=plan, us_state="OH", urgency=urgency, now=NOW)


def fact_of(file, concept):
    found = [one for one in cases.assessment(file).case.facts if one.concept == concept]
    assert found, [one.concept for one in cases.assessment(file).case.facts]
    return record.fact_key(found[0])


def test_triage_sets_the_clock_from_receipt(store):
    file = triaged(store)
    assert file.head.state is CaseState.IN_REVIEW
    assert (file.head.due.law, file.head.due.assumed) == ("erisa-claims", ())
    assert file.head.due.at.date() == (NOW + 15 * DAY).date()


def test_a_correction_is_kept_and_the_determination_follows(store):
    file = triaged(store)
    key = fact_of(file, "demo.weight")
    changed = record.amend(
        store, NURSE, file.head.id, file.head.version, corrections=(Retract(key, "read from another chart"),), now=NOW
    )
    after = changed.case
    assert after.head.version == file.head.version + 2
    assert [type(one.said) for one in after.history[-2:]] == [Corrected, Determined]
    assert after.determination.number == 2
    assert after.corrections[0].was.concept == "demo.weight"
    assert any("weight" in one.which for one in changed.changes if one.what == "gap")
    assert "demo.weight" not in {one.concept for one in cases.assessment(after).case.facts}
    assert "demo.weight" in {one.concept for one in cases.assessment(after, 1).case.facts}


def test_a_replaced_value_says_who_entered_it(lite):
    file = triaged(lite)
    key = fact_of(file, "demo.weight")
    fix = Replace(key, Claim(concept="demo.weight", value="35 kg"), "nursing record of today")
    after = record.amend(lite, NURSE, file.head.id, file.head.version, corrections=(fix,), now=NOW).case
    [weight] = [one for one in cases.assessment(after).case.facts if one.concept == "demo.weight"]
    assert str(weight.value.low) == "35"
    assert weight.sources[0].where == "entered by Nora (nora), 2026-11-20"


def test_every_determination_replays_to_the_same_bytes(store):
    file = triaged(store)
    add = Add(Claim(concept="lab.igg", value="350 mg/dL"), "laboratory portal")
    after = record.amend(store, NURSE, file.head.id, file.head.version, corrections=(add,), now=NOW).case
    after = work.receive_information(
        store, CLINIC, file.head.id, after.head.version, documents=(document("EMG abnormal."),), now=NOW
    )
    after = record.determine(store, NURSE, file.head.id, after.head.version, now=NOW + DAY).case
    assert [record.replay(after, number) for number in (1, 2, 3, 4)] == [True] * 4
    assert after.determination.on == (NOW + DAY).date()


@pytest.mark.parametrize(
    "more",
    [
        {"denial": document(DENIAL, "notice.txt")},
        {"text": f"{TEXT}\nThe insurer denied it because methotrexate was not tried."},
    ],
    ids=["given apart", "quoted in the record"],
)
def test_a_denial_is_answered_by_every_determination_and_replays(lite, more):
    file = cases.intake(lite, CLINIC, given(**more), now=NOW)
    after = record.determine(lite, NURSE, file.head.id, file.head.version, now=NOW + DAY).case
    assert [cases.assessment(after, number).denial.checks != () for number in (1, 2)] == [True, True]
    assert [record.replay(after, number) for number in (1, 2)] == [True, True]
    assert archive.check(archive.export(lite, AUDITOR, file.head.id, now=NOW)).problems == ()
    assert after.denial == more.get("denial")


def test_what_if_changes_nothing(store):
    file = triaged(store)
    add = Add(Claim(concept="lab.iga", value="2 mg/dL"), "what if")
    found, changes = record.what_if(store, CLINIC, file.head.id, corrections=(add,), now=NOW)
    assert "lab.iga" in {one.concept for one in found.case.facts}
    assert changes == () or changes[0].what
    assert cases.case(store, NURSE, file.head.id, now=NOW).head.version == file.head.version


def test_an_attested_question_is_met_with_name_and_reason(store):
    file = triaged(store, policy=JUDGED)
    [question] = {one for one in questions(cases.assessment(file)) if "goals" in one}
    attest = Attest(question, met=True, reason="talked to the prescriber")
    changed = record.amend(store, DOCTOR, file.head.id, file.head.version, corrections=(attest,), now=NOW)
    assert ("unknown", "met") in {(one.before, one.after) for one in changed.changes if one.what == "policy_criterion"}
    undone = Attest(question, met=False, reason="I was wrong")
    again = record.amend(store, DOCTOR, file.head.id, changed.case.head.version, corrections=(undone,), now=NOW)
    assert again.case.head.policy_verdict is Verdict.NOT_MET
    assert again.case.head.next_step is NextStep.PHYSICIAN_REVIEW
    assert len(again.case.corrections) == 2


def test_a_correction_that_cannot_be_is_refused_and_nothing_is_written(store):
    file = triaged(store, policy=JUDGED)

    def refused(error, *corrections):
        with pytest.raises(error):
            record.amend(store, NURSE, file.head.id, file.head.version, corrections=corrections, now=NOW)

    refused(Incomplete)
    refused(Incomplete, Retract(fact_of(file, "demo.weight"), " "))
    refused(NoSuchFact, Retract("0" * 16, "why"))
    refused(NoSuchFact, Attest("Is it so?", met=True, reason="why"))
    refused(Incomplete, Add(Claim(concept="nothing.such"), "why"))
    refused(Incomplete, Add(Claim(concept="lab.igg", value="many"), "why"))
    refused(Incomplete, Add(Claim(concept="lab.igg", result="greenish"), "why"))
    assert cases.case(store, NURSE, file.head.id, now=NOW).head.version == file.head.version
    with pytest.raises(Refused):
        record.amend(store, CLINIC, file.head.id, 1, corrections=(Add(Claim(concept="lab.igg"), "why"),), now=NOW)


def test_two_who_change_one_case_lose_nothing_and_are_told(store):
    file = triaged(store)
    work.assign(store, NURSE, file.head.id, file.head.version, to=("nora", "dora"), now=NOW)
    with pytest.raises(Conflict, match=r"Nora: assigned .version 4, 2026-11-20 15:00 UTC"):
        work.pend(store, DOCTOR, file.head.id, file.head.version, reason="waits", now=NOW)
    now = cases.case(store, NURSE, file.head.id, now=NOW)
    assert now.head.assigned == ("nora", "dora")
    assert now.head.state is CaseState.IN_REVIEW
    assert cases.queue(store, NURSE, now=NOW, wanted=Filter(assigned="dora")).total == 1


def test_a_note_conflicts_with_nothing(store):
    file = triaged(store)
    work.note(store, DOCTOR, file.head.id, text="ask for the EMG", now=NOW)
    after = work.pend(store, NURSE, file.head.id, file.head.version, reason="waits for the EMG", now=NOW)
    assert after.head.version == file.head.version + 2


def test_the_clock_stands_still_where_the_law_says_so(store):
    file = triaged(store)
    due = file.head.due.at
    asked = work.draft_information_request(store, NURSE, file.head.id, now=NOW)
    assert asked
    assert not any("judge" in one for one in asked)
    file = work.request_information(store, NURSE, file.head.id, file.head.version, items=asked, now=NOW)
    file = work.pend(store, NURSE, file.head.id, file.head.version, reason="information asked for", now=NOW)
    assert (file.history[-1].said.stops, file.head.due.stopped_since) == ("erisa-claims", NOW)
    later = NOW + 5 * DAY
    assert cases.case(store, NURSE, file.head.id, now=later).head.due.at == due + 5 * DAY
    back = work.receive_information(
        store, CLINIC, file.head.id, file.head.version, documents=(document("EMG: myopathic.", "emg.txt"),), now=later
    )
    assert back.head.state is CaseState.IN_REVIEW
    assert back.head.due.at == due + 5 * DAY
    assert back.head.due.stopped_since is None
    assert cases.case(store, NURSE, file.head.id, now=later + DAY).head.due.at == due + 5 * DAY


@pytest.mark.parametrize("plan", [None, Plan.MEDICAID_MANAGED])
def test_the_clock_runs_on_where_no_law_stops_it(lite, plan):
    file = triaged(lite, plan=plan)
    due = file.head.due.at
    file = work.pend(lite, NURSE, file.head.id, file.head.version, reason="waits", now=NOW)
    assert file.history[-1].said.stops == ""
    after = work.resume(lite, NURSE, file.head.id, file.head.version, now=NOW + 3 * DAY)
    assert after.head.due.at == due
    assert after.head.overdue(NOW + 3 * DAY)


def test_a_clock_that_no_longer_may_stand_still_runs_on_when_that_is_learnt(lite):
    file = triaged(lite)
    file = work.pend(lite, NURSE, file.head.id, file.head.version, reason="waits", now=NOW)
    later = NOW + 2 * DAY
    after = work.triage(
        lite,
        NURSE,
        file.head.id,
        file.head.version,
        plan=Plan.EMPLOYER_SELF_FUNDED,
        us_state="OH",
        urgency=Urgency.EXPEDITED,
        now=later,
    )
    assert after.head.state is CaseState.PENDED
    assert after.head.due.stopped_since is None
    assert after.head.due.at == NOW + 3 * DAY


def test_a_talk_and_a_withdrawal_are_on_record(store):
    file = triaged(store)
    talk = PeerToPeer(NOW, "Dr. A.", "explained the course", "more records will come")
    file = work.peer_to_peer(store, DOCTOR, file.head.id, file.head.version, talk=talk, now=NOW)
    assert file.history[-1].said == talk
    with pytest.raises(NoCase):
        work.withdraw(store, OTHER_CLINIC, file.head.id, file.head.version, reason="not mine", now=NOW)
    file = work.withdraw(store, CLINIC, file.head.id, file.head.version, reason="patient moved", now=NOW)
    assert file.head.state is CaseState.WITHDRAWN
    with pytest.raises(NotNow, match="withdrawn"):
        work.pend(store, NURSE, file.head.id, file.head.version, reason="waits", now=NOW)


def test_what_has_to_be_said_cannot_be_left_empty(lite):
    file = triaged(lite)
    at = file.head.id, file.head.version
    with pytest.raises(Incomplete):
        work.note(lite, NURSE, at[0], text=" ", now=NOW)
    with pytest.raises(Incomplete):
        work.pend(lite, NURSE, *at, reason="", now=NOW)
    with pytest.raises(Incomplete):
        work.request_information(lite, NURSE, *at, items=("",), now=NOW)
    with pytest.raises(Incomplete):
        work.assign(lite, NURSE, *at, to=("",), now=NOW)
