"""A person decides and signs; no machine denies, and nobody may deny who is not a licensed physician."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from indicated.model.decision import CriterionReason, Decision, DecisionOutcome, SignOff, signed_bytes
from indicated.model.determination import NextStep
from indicated.model.law import DecisionStage
from indicated.model.verdict import Verdict
from indicated.store.signing import holds
from indicated.workflow.review import cases, decide, record, work
from indicated.workflow.review.asked import criteria
from indicated.workflow.review.errors import Conflict, Incomplete, NotLicensed, NotNow, Refused, SamePerson, SignInAgain
from indicated.workflow.review.people import Reauthenticated, Role
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Add, Claim, Decided, Filter, PolicyChoice
from tests.workflow.review.conftest import (
    ADMIN,
    AUDITOR,
    AUTHOR,
    CLINIC,
    DOCTOR,
    NOW,
    NURSE,
    OTHER_DOCTOR,
    person,
)
from tests.workflow.review.test_work import DAY, triaged

APPROVABLE = """A 40-year-old woman, 70 kg, with dermatomyositis; rash, proximal weakness, CK 3000 U/L. Prednisone and
methotrexate failed. Request: IVIG 2 g/kg over 2 days every 4 weeks."""

ADULTS = PolicyChoice(text="1. The patient is 18 years of age or older.\n2. Dermatomyositis is confirmed by biopsy.")


def fresh(who, file, now=NOW):
    return Reauthenticated(who.id, file.head.id, now)


def decision(file, outcome=DecisionOutcome.DENY, **more):
    found = file.determination
    judged = criteria(found.answer)
    unmet = [one for one, verdict in judged.items() if verdict is not Verdict.MET] or list(judged)[:1]
    reasons = tuple(CriterionReason(one, Verdict.NOT_MET, f"of {one}: the record does not show it") for one in unmet)
    told = {
        "rationale": "No failed first line is on record for this patient.",
        "reason": "A first line was not tried.",
        "provision": "Section 4.2 of the policy",
        "criteria": reasons,
        "granted": "three months" if outcome is DecisionOutcome.PARTIAL else "",
    }
    return Decision(found.digest, found.on, outcome, **{**told, **more})


def deny(store, who, file, now=NOW, token=None, **more):
    token = fresh(who, file, now) if token is None else token
    return decide.decide(
        store, who, file.head.id, file.head.version, decision=decision(file, **more), fresh=token, now=now
    )


def approve(store, who, file, now=NOW, **more):
    told = decision(file, DecisionOutcome.APPROVE)
    return decide.decide(
        store, who, file.head.id, file.head.version, decision=told, fresh=fresh(who, file, now), now=now, **more
    )


def refused(store, error, who, file, **more):
    with pytest.raises(error) as caught:
        deny(store, who, file, **more)
    with store.reading() as session:
        state, version = session.execute(sql("SELECT state, version FROM cases")).one()
        assert session.execute(sql("SELECT count(*) FROM decisions")).scalar() == 0
    assert (state, version) == (file.head.state.value, file.head.version)
    return str(caught.value)


def test_a_licensed_physician_denies_and_the_signature_holds(store):
    file = deny(store, DOCTOR, triaged(store))
    assert file.head.state is CaseState.DENIED
    assert file.head.decided_at == NOW
    said = file.history[-1].said
    assert isinstance(said, Decided)
    assert said.decision.sign_off.hash == file.determination.digest
    assert said.decision.sign_off.reviewer.licence == "TX-1234"
    assert holds(said.key, said.decision.sign_off.seal, signed_bytes(said.decision))
    changed = replace(said.decision, reason="Another.")
    assert not holds(said.key, said.decision.sign_off.seal, signed_bytes(changed))


def test_one_person_signs_with_one_key(store):
    one = deny(store, DOCTOR, triaged(store))
    two = deny(store, DOCTOR, triaged(store))
    three = deny(store, OTHER_DOCTOR, triaged(store))
    keys = [file.history[-1].said.key for file in (one, two, three)]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize("outcome", [DecisionOutcome.DENY, DecisionOutcome.PARTIAL])
@pytest.mark.parametrize("who", [NURSE, CLINIC, AUDITOR, ADMIN, AUTHOR, person("Nemo")], ids=lambda one: one.id)
def test_nobody_but_a_physician_decides_adversely(lite, who, outcome):
    refused(lite, Refused, who, triaged(lite), outcome=outcome)


@pytest.mark.parametrize("lost", ["licence", "licence_state", "specialty", "credentials"])
def test_a_physician_without_a_full_licence_record_does_not_deny(lite, lost):
    who = replace(DOCTOR, **{lost: ""})
    assert "not on record" in refused(lite, NotLicensed, who, triaged(lite))


def test_a_licence_that_ran_out_denies_nothing(lite):
    refused(lite, NotLicensed, replace(DOCTOR, licence_until=(NOW - DAY).date()), triaged(lite))


@pytest.mark.parametrize("lost", ["reason", "provision", "rationale", "criteria"])
def test_a_denial_that_lacks_something_is_no_denial(lite, lost):
    refused(lite, Incomplete, DOCTOR, triaged(lite), **{lost: () if lost == "criteria" else " "})


def test_a_reason_is_given_for_each_criterion_that_was_found_not_met(lite):
    file = triaged(lite, policy=ADULTS)
    judged = criteria(file.determination.answer)
    unmet = [one for one, verdict in judged.items() if verdict is Verdict.NOT_MET]
    assert unmet
    other = next(one for one in judged if one not in unmet)
    only = (CriterionReason(other, Verdict.NOT_MET, "why"),)
    assert unmet[0] in refused(lite, Incomplete, DOCTOR, file, criteria=only)
    nowhere = (CriterionReason("nothing-such", Verdict.NOT_MET, "why"),)
    assert "nothing-such" in refused(lite, Incomplete, DOCTOR, file, criteria=nowhere)


def test_an_unsigned_partial_approval_says_what_is_granted(lite):
    refused(lite, Incomplete, DOCTOR, triaged(lite), outcome=DecisionOutcome.PARTIAL, granted="")


@pytest.mark.parametrize(
    "token",
    [
        lambda _: None,
        lambda file: fresh(OTHER_DOCTOR, file),
        lambda _: Reauthenticated(DOCTOR.id, "C-0000-0000-0000", NOW),
        lambda file: fresh(DOCTOR, file, NOW - timedelta(minutes=6)),
        lambda file: fresh(DOCTOR, file, NOW + timedelta(minutes=1)),
    ],
    ids=["none", "somebody-elses", "of-another-case", "stale", "of-the-future"],
)
def test_who_signs_proved_just_now_who_they_are(lite, token):
    file = triaged(lite)
    with pytest.raises(SignInAgain):
        decide.decide(
            lite,
            DOCTOR,
            file.head.id,
            file.head.version,
            decision=decision(file),
            fresh=token(file),
            now=NOW,
        )
    assert cases.case(lite, DOCTOR, file.head.id, now=NOW).head.state is CaseState.IN_REVIEW


def test_a_decision_is_of_the_determination_that_now_stands(store):
    file = triaged(store)
    told = decision(file)
    fix = Add(Claim(concept="lab.igg", value="350 mg/dL"), "portal")
    after = record.amend(store, NURSE, file.head.id, file.head.version, corrections=(fix,), now=NOW).case
    for version in (file.head.version, after.head.version):
        with pytest.raises(Conflict):
            decide.decide(store, DOCTOR, file.head.id, version, decision=told, fresh=fresh(DOCTOR, file), now=NOW)


def test_a_case_in_which_nothing_was_determined_is_not_decided(lite):
    file = triaged(lite, text="A man with psoriasis.")
    told = Decision("0" * 64, NOW.date(), DecisionOutcome.DENY)
    with pytest.raises(NotNow):
        decide.decide(lite, DOCTOR, file.head.id, file.head.version, decision=told, fresh=fresh(DOCTOR, file), now=NOW)


def test_a_decision_that_brings_its_own_signature_is_refused(lite):
    file = triaged(lite)
    sign_off = SignOff(OTHER_DOCTOR.reviewer(), NOW.date(), file.determination.digest)
    refused(lite, Incomplete, DOCTOR, file, sign_off=sign_off)


def test_a_nurse_approves_what_is_approvable_and_no_more(lite):
    file = triaged(lite, text=APPROVABLE)
    assert file.head.next_step is NextStep.APPROVABLE
    done = approve(lite, NURSE, file, until=(NOW + 90 * DAY).date())
    assert done.head.state is CaseState.APPROVED
    due = Filter(continues_by=(NOW + 100 * DAY).date())
    assert cases.queue(lite, NURSE, now=NOW, wanted=due).total == 1
    other = triaged(lite, policy=ADULTS)
    assert other.head.next_step is not NextStep.APPROVABLE
    with pytest.raises(Refused, match="a physician decides"):
        approve(lite, NURSE, other)
    assert approve(lite, DOCTOR, other).head.state is CaseState.APPROVED


def test_an_approval_too_needs_a_licence_and_a_day_to_come(lite):
    file = triaged(lite, text=APPROVABLE)
    with pytest.raises(NotLicensed):
        approve(lite, person("Nell", Role.NURSE_REVIEWER), file)
    with pytest.raises(Incomplete):
        approve(lite, NURSE, file, until=(NOW - DAY).date())


def test_a_proposal_is_signed_or_falls_with_a_change_of_the_record(store):
    file = triaged(store)
    file = decide.propose(store, NURSE, file.head.id, file.head.version, decision=decision(file), now=NOW)
    assert file.head.state is CaseState.PROPOSED
    back = record.determine(store, NURSE, file.head.id, file.head.version, now=NOW + DAY).case
    assert back.head.state is CaseState.IN_REVIEW
    again = decide.propose(store, NURSE, file.head.id, back.head.version, decision=decision(back), now=NOW)
    assert deny(store, DOCTOR, again, now=NOW + DAY).head.state is CaseState.DENIED


def noticed(store, who=DOCTOR):
    file = triaged(store)
    file = decide.propose(store, NURSE, file.head.id, file.head.version, decision=decision(file), now=NOW)
    file = deny(store, who, file)
    return decide.notice(store, NURSE, file.head.id, file.head.version, text="Dear ...", sent_by="post", now=NOW)


def test_an_appeal_is_decided_by_somebody_else_on_a_clock_of_its_own(store):
    file = noticed(store)
    assert file.head.appeal_until.date() == (NOW + 180 * DAY).date()
    later = NOW + 30 * DAY
    file = decide.appeal(
        store, CLINIC, file.head.id, file.head.version, appellant="the clinic", grounds="new records", now=later
    )
    assert (file.head.stage, file.head.level, file.head.state) == (DecisionStage.APPEAL, 1, CaseState.IN_REVIEW)
    assert file.head.decided_at is None
    assert file.head.due.at.date() == (later + 30 * DAY).date()
    file = cases.case(store, NURSE, file.head.id, now=later)
    for who in (DOCTOR, replace(NURSE, roles=frozenset({Role.NURSE_REVIEWER, Role.PHYSICIAN_REVIEWER}))):
        assert decide.barred(file, who)
        with pytest.raises(SamePerson):
            deny(store, who, file, now=later)
        with pytest.raises(SamePerson):
            approve(store, who, file, now=later)
    assert decide.barred(file, OTHER_DOCTOR) == ""
    done = approve(store, OTHER_DOCTOR, file, now=later)
    assert done.head.state is CaseState.APPROVED
    assert [one.outcome.value for one in done.decisions] == ["deny", "approve"]
    assert done.decisions[1].stage is DecisionStage.APPEAL


def test_an_approval_is_not_appealed(lite):
    file = approve(lite, DOCTOR, triaged(lite))
    with pytest.raises(NotNow):
        decide.appeal(lite, CLINIC, file.head.id, file.head.version, appellant="x", grounds="y", now=NOW)


def test_a_decided_case_is_decided_once(store):
    file = deny(store, DOCTOR, triaged(store))
    with pytest.raises(NotNow):
        approve(store, OTHER_DOCTOR, file)
    with pytest.raises(NotNow):
        work.withdraw(store, CLINIC, file.head.id, file.head.version, reason="x", now=NOW)


STATES = ["denied", "partly_approved"]


@pytest.mark.parametrize("state", STATES)
def test_the_database_itself_refuses_a_denial_that_nobody_signed(store, state):
    file = triaged(store)
    statement = sql("UPDATE cases SET state = :state, decided_at = received WHERE id = :id")
    with pytest.raises(DBAPIError, match="signed decision"), store.writing() as session:
        session.execute(statement, {"state": state, "id": file.head.id})
    with pytest.raises(DBAPIError, match="signed decision"), store.writing() as session:
        session.execute(
            sql(
                "INSERT INTO cases (id, version, state, stage, level, received, opened, requester, asker, us_state, "
                "policy, payer, treatment, condition, age_band, sex, determination, assigned, due_law, due_section, "
                "due_says, due_assumed, stood_still, imported, intake_hash, digest, decided_at) SELECT 'C-X', version, "
                ":state, stage, level, received, opened, requester, asker, us_state, policy, payer, treatment, "
                "condition, age_band, sex, determination, assigned, due_law, due_section, due_says, due_assumed, "
                "stood_still, imported, intake_hash, digest, received FROM cases"
            ).bindparams(state=state)
        )


def test_an_approval_cannot_be_turned_into_a_denial_in_the_database(store):
    approve(store, DOCTOR, triaged(store))
    with pytest.raises(DBAPIError, match="signed decision"), store.writing() as session:
        session.execute(sql("UPDATE cases SET state = 'denied'"))
    with pytest.raises(DBAPIError, match="stays"), store.writing() as session:
        session.execute(sql("UPDATE decisions SET outcome = 'deny'"))
    with pytest.raises(DBAPIError, match="stays"), store.writing() as session:
        session.execute(sql("DELETE FROM decisions"))


def test_whoever_sent_a_request_in_does_not_see_what_reviewers_say_among_themselves(store):
    file = triaged(store)
    case = file.head.id
    work.note(store, NURSE, case, text="Zyzzyva, I think", now=NOW)
    file = work.assign(store, NURSE, case, file.head.version, to=("dora",), now=NOW)
    file = decide.propose(store, NURSE, case, file.head.version, decision=decision(file), now=NOW)
    hidden = {"noted", "assigned", "proposed"}
    told = {str(type(one.said).__struct_config__.tag) for one in file.history}
    assert hidden <= told
    theirs = cases.case(store, CLINIC, case, now=NOW)
    assert {str(type(one.said).__struct_config__.tag) for one in theirs.history} == told - hidden
    again = work.withdraw(store, CLINIC, case, theirs.head.version, reason="moved", now=NOW)
    assert "Zyzzyva" not in repr(again)
    assert "Zyzzyva" in repr(cases.case(store, NURSE, case, now=NOW))
