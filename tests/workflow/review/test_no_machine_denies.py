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
WHO = st.sampled_from(EVERYBODY)


def test_adverse_states_stand_behind_one_action():
    ways = {action for (action, _), ends in MOVES.items() if ends & ADVERSE and action not in states._STAYS}
    assert ways == {Action.DECIDE_ADVERSE}


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
        self.file = cases.intake(self.store, CLINIC, given(), now=NOW)
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

    @rule(who=WHO, plan=st.sampled_from([None, *Plan]), urgency=st.sampled_from([None, *Urgency]))
    def triage(self, who, plan, urgency):
        self._try(work.triage, *self._at(who), plan=plan, us_state="TX", urgency=urgency)

    @rule(who=WHO)
    def pend(self, who):
        self._try(work.pend, *self._at(who), reason="waits")

    @rule(who=WHO)
    def resume(self, who):
        self._try(work.resume, *self._at(who))

    @rule(who=WHO, value=st.sampled_from(["350 mg/dL", "900 mg/dL", "many"]))
    def correct(self, who, value):
        claim = Add(Claim(concept="lab.igg", value=value), "seen")
        self._try(record.amend, *self._at(who), corrections=(claim,))

    @rule(who=WHO)
    def receive(self, who):
        self._try(work.receive_information, *self._at(who), documents=(document("No rash."),))

    @rule(who=WHO)
    def determine(self, who):
        self._try(record.determine, *self._at(who))

    @rule(who=WHO)
    def talk(self, who):
        self._try(work.peer_to_peer, *self._at(who), talk=PeerToPeer(self.now, "Dr. A.", "talked"))

    @rule(who=WHO, outcome=st.sampled_from(DecisionOutcome))
    def propose(self, who, outcome):
        self._try(decide.propose, *self._at(who), decision=decision(self.file, outcome))

    @rule(who=WHO, whose=WHO, outcome=st.sampled_from(DecisionOutcome), minutes=st.integers(0, 8), whole=st.booleans())
    def decide(self, who, whose, outcome, minutes, whole):
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

    @rule(who=st.sampled_from([DOCTOR, OTHER_DOCTOR]), outcome=st.sampled_from(DecisionOutcome))
    def decide_rightly(self, who, outcome):
        self.decide(who, who, outcome, 1, whole=True)

    @rule(who=WHO)
    def notice(self, who):
        self._try(decide.notice, *self._at(who), text="Dear ...", sent_by="post")

    @rule(who=WHO)
    def appeal(self, who):
        self._try(decide.appeal, *self._at(who), appellant="clinic", grounds="more is known")

    @rule(who=WHO)
    def withdraw(self, who):
        self._try(work.withdraw, *self._at(who), reason="moved")

    @rule(who=WHO)
    def erase(self, who):
        self._try(retention.erase, who, self.file.head.id, reason="asked_for")

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


Review.TestCase.settings = settings(settings.default, max_examples=12, stateful_step_count=25)
test_random_people_doing_random_things = Review.TestCase
