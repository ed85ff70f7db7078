"""No way leads to a denial but a licensed physician's signature: random people do random things, at every entrance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace
from sqlalchemy import select

from indicated.model.decision import DecisionOutcome, lacking
from indicated.model.errors import IndicatedError
from indicated.model.law import Plan, Urgency
from indicated.store.base import open_store
from indicated.store.tables import CaseRow, DecisionRow
from indicated.workflow.review import audit, cases, decide, record, retention, states, work
from indicated.workflow.review.errors import NotNow
from indicated.workflow.review.people import RIGHTS, Action, Reauthenticated, Role
from indicated.workflow.review.states import ADVERSE, MOVES, CaseState, next_state, possible
from indicated.workflow.review.values import Add, Claim, PeerToPeer
from tests.workflow.review.conftest import (
    ADMIN,
    AUDITOR,
    AUTHOR,
    CLINIC,
    DOCTOR,
    KEY,
    NOW,
    NURSE,
    OTHER_DOCTOR,
    document,
    given,
    person,
)
from tests.workflow.review.test_decide import decision

UNLICENSED = person("Ulla", Role.PHYSICIAN_REVIEWER)
LAPSED = replace(DOCTOR, id="lars", name="Lars", licence_until=NOW.date() - timedelta(days=1))
EVERYBODY = (CLINIC, NURSE, DOCTOR, OTHER_DOCTOR, UNLICENSED, LAPSED, AUDITOR, ADMIN, AUTHOR, person("Nemo"))
MAY_DENY = {DOCTOR.id, OTHER_DOCTOR.id}
WHO = st.sampled_from(EVERYBODY) | st.sampled_from([NURSE, DOCTOR, OTHER_DOCTOR])
SIGNER = st.sampled_from([DOCTOR, DOCTOR, OTHER_DOCTOR, OTHER_DOCTOR, LAPSED, UNLICENSED, NURSE, ADMIN])
DEEDS = (
    *("triage", "pend", "resume", "correct", "receive", "determine", "talk", "propose", "notice", "withdraw", "erase"),
    *("sign",) * 8,
    *("appeal",) * 4,
)


def test_adverse_states_stand_behind_one_action():
    ways = {action for (action, _), ends in MOVES.items() if ends & ADVERSE and action not in states._STAYS}
    assert ways == {Action.DECIDE_ADVERSE}


def test_only_what_was_decided_against_the_patient_is_appealed():
    assert {at for action, at in MOVES if action is Action.APPEAL} == ADVERSE


def test_a_case_that_is_adverse_was_adverse_before_or_was_decided_so():
    for (action, at), ends in MOVES.items():
        if ends & ADVERSE and action is not Action.DECIDE_ADVERSE:
            assert ends == {at}


def test_only_physicians_have_the_right():
    assert {role for role in Role if Action.DECIDE_ADVERSE in RIGHTS[role]} == {Role.PHYSICIAN_REVIEWER}


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("action", Action)
def test_what_is_not_in_the_table_cannot_be_done(action, state):
    ends = MOVES.get((action, state), frozenset())
    assert (action in possible(state)) == bool(ends)
    for to in CaseState:
        if to in ends:
            assert next_state(action, state, to) is to
        else:
            with pytest.raises(NotNow):
                next_state(action, state, to)


class Review(RuleBasedStateMachine):
    """People of every kind do whatever they like with one case, rightly and wrongly."""

    @initialize()
    def begin(self):
        self.store = open_store("sqlite://", keys=KEY)
        self.now = NOW
        file = cases.intake(self.store, CLINIC, given(), now=NOW)
        unknown = {"plan": None, "us_state": "", "urgency": None}
        self.file = work.triage(self.store, NURSE, file.head.id, file.head.version, **unknown, now=NOW)
        self.denials = []

    def teardown(self):
        if hasattr(self, "store"):
            assert audit.verify(self.store).problems == ()
            self.store.close()

    def _try(self, deed, *arguments, **more):
        """Do it; refused or not, the case is looked at again."""
        self.now += timedelta(minutes=1)
        before = self.file
        try:
            deed(self.store, *arguments, now=self.now, **more)
        except IndicatedError:
            kept = self._look()
            assert kept is None or kept.head.version == before.head.version
            return False
        self.file = self._look() or self.file
        return True

    def _look(self):
        try:
            return cases.case(self.store, NURSE, self.file.head.id, now=self.now)
        except IndicatedError:
            return None

    def _at(self, who):
        return who, self.file.head.id, self.file.head.version

    @rule(
        deed=st.sampled_from(DEEDS),
        who=WHO,
        signer=SIGNER,
        whose=st.none() | WHO,
        outcome=st.sampled_from(DecisionOutcome),
        minutes=st.sampled_from([1, 1, 1, 1, 8]),
        whole=st.sampled_from([True, True, True, False]),
    )
    def do(self, deed, who, signer, whose, outcome, minutes, whole):  # noqa: C901, PLR0912, PLR0913, PLR0917  (a list)
        match deed:
            case "triage":
                plan = Plan.EMPLOYER_SELF_FUNDED if whole else None
                self._try(work.triage, *self._at(who), plan=plan, us_state="TX", urgency=Urgency.STANDARD)
            case "pend":
                self._try(work.pend, *self._at(who), reason="waits")
            case "resume":
                self._try(work.resume, *self._at(who))
            case "correct":
                claim = Add(Claim(concept="lab.igg", value="350 mg/dL" if whole else "many"), "seen")
                self._try(record.amend, *self._at(who), corrections=(claim,))
            case "receive":
                self._try(work.receive_information, *self._at(who), documents=(document("No rash."),))
            case "determine":
                self._try(record.determine, *self._at(who))
            case "talk":
                self._try(work.peer_to_peer, *self._at(who), talk=PeerToPeer(self.now, "Dr. A.", "talked"))
            case "propose":
                self._try(decide.propose, *self._at(who), decision=decision(self.file, outcome))
            case "sign":
                self._sign(signer, whose or signer, outcome, minutes, whole=whole)
            case "notice":
                self._try(decide.notice, *self._at(who), text="Dear ...", sent_by="post")
            case "appeal":
                self._try(decide.appeal, *self._at(CLINIC), appellant="clinic", grounds="more is known")
            case "withdraw":
                self._try(work.withdraw, *self._at(who), reason="moved")
            case "erase":
                self._try(retention.erase, who, self.file.head.id, reason="asked_for")

    def _sign(self, who, whose, outcome, minutes, *, whole):
        told = decision(self.file, outcome) if whole else replace(decision(self.file, outcome), rationale="")
        fresh = Reauthenticated(whose.id, self.file.head.id, self.now + timedelta(minutes=1 - minutes))
        barred = decide.barred(self.file, who)
        done = self._try(decide.decide, *self._at(who), decision=told, fresh=fresh)
        if done and outcome is not DecisionOutcome.APPROVE:
            assert who.id in MAY_DENY
            assert who is whose
            assert minutes <= 5
            assert whole
            assert not barred
            self.denials.append(who.id)

    @invariant()
    def denied_by_a_licensed_physician_or_not_at_all(self):
        if not hasattr(self, "store"):
            return
        with self.store.reading() as session:
            level, state = session.execute(select(CaseRow.level, CaseRow.state)).one()
            rows = session.execute(
                select(
                    DecisionRow.signer, DecisionRow.role, DecisionRow.licence, DecisionRow.level, DecisionRow.outcome
                )
                .where(DecisionRow.outcome != "approve")
                .order_by(DecisionRow.number)
            ).all()
        assert [one.signer for one in rows] == self.denials
        assert all(one.role == Role.PHYSICIAN_REVIEWER.value and one.licence for one in rows)
        reached = {"deny": CaseState.DENIED, "partial": CaseState.PARTLY_APPROVED}
        assert state not in ADVERSE or (level, state) in [(one.level, reached[one.outcome]) for one in rows]
        assert all(lacking(one) == () for one in self.file.decisions)


Review.TestCase.settings = settings(settings.default, max_examples=15, stateful_step_count=25)
test_random_people_doing_random_things = Review.TestCase
