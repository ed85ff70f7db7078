"""The states of a case and the one table of what leads from one to another. Nothing else sets a state.

`DENIED` and `PARTLY_APPROVED` stand once in the table, behind `Action.DECIDE_ADVERSE`, which takes a licensed
physician's signature. No other action, and no machine, leads there.
"""

from __future__ import annotations

from enum import StrEnum

from indicated.model.decision import DecisionOutcome
from indicated.workflow.review.errors import NotNow
from indicated.workflow.review.people import DEEDS, Action


class CaseState(StrEnum):
    """Where a case stands. `DENIED` is a signed decision of a person, never an outcome of the program."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    PENDED = "pended"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


_OPEN = (CaseState.RECEIVED, CaseState.IN_REVIEW, CaseState.PENDED, CaseState.PROPOSED)
_ACTIVE = (CaseState.RECEIVED, CaseState.IN_REVIEW, CaseState.PROPOSED)
_WORKED = (CaseState.IN_REVIEW, CaseState.PENDED, CaseState.PROPOSED)
_DECIDED = (CaseState.APPROVED, CaseState.PARTLY_APPROVED, CaseState.DENIED)
_ADVERSE = (CaseState.PARTLY_APPROVED, CaseState.DENIED)
_OVER = (*_DECIDED, CaseState.WITHDRAWN)

OPEN, DECIDED, ADVERSE, OVER = (frozenset(one) for one in (_OPEN, _DECIDED, _ADVERSE, _OVER))

_STAYS: dict[Action, tuple[CaseState, ...]] = {
    Action.ASSIGN: _OPEN,
    Action.NOTE: (*_OPEN, *_OVER),
    Action.TRIAGE: (CaseState.PENDED,),
    Action.CORRECT: (CaseState.PENDED,),
    Action.ATTEST: (CaseState.PENDED,),
    Action.DETERMINE: (CaseState.RECEIVED, CaseState.IN_REVIEW, CaseState.PENDED),
    Action.REQUEST_INFORMATION: _WORKED,
    Action.RECEIVE_INFORMATION: (CaseState.RECEIVED, CaseState.IN_REVIEW),
    Action.PEER_TO_PEER: (*_WORKED, *_DECIDED),
    Action.NOTICE: _DECIDED,
    Action.HOLD: (*_OPEN, *_OVER),
}
_BACK_TO_REVIEW: dict[Action, tuple[CaseState, ...]] = {
    Action.TRIAGE: _ACTIVE,
    Action.CORRECT: _ACTIVE,
    Action.ATTEST: _ACTIVE,
    Action.DETERMINE: (CaseState.PROPOSED,),
    Action.RECEIVE_INFORMATION: (CaseState.PENDED, CaseState.PROPOSED),
    Action.RESUME: (CaseState.PENDED,),
    Action.APPEAL: _ADVERSE,
}
OUTCOMES: dict[DecisionOutcome, tuple[Action, CaseState]] = {
    DecisionOutcome.APPROVE: (Action.APPROVE, CaseState.APPROVED),
    DecisionOutcome.PARTIAL: (Action.DECIDE_ADVERSE, CaseState.PARTLY_APPROVED),
    DecisionOutcome.DENY: (Action.DECIDE_ADVERSE, CaseState.DENIED),
}
"""What deciding each outcome is called, and where it leads."""

_PROPOSABLE = (CaseState.IN_REVIEW, CaseState.PROPOSED)

MOVES: dict[tuple[Action, CaseState], frozenset[CaseState]] = {
    **{(action, state): frozenset({state}) for action, states in _STAYS.items() for state in states},
    **{
        (action, state): frozenset({CaseState.IN_REVIEW})
        for action, states in _BACK_TO_REVIEW.items()
        for state in states
    },
    **{(Action.PEND, state): frozenset({CaseState.PENDED}) for state in (CaseState.IN_REVIEW, CaseState.PROPOSED)},
    **{(Action.PROPOSE, state): frozenset({CaseState.PROPOSED}) for state in _PROPOSABLE},
    **{
        (action, state): frozenset(to for named, to in OUTCOMES.values() if named is action)
        for action in (Action.APPROVE, Action.DECIDE_ADVERSE)
        for state in _PROPOSABLE
    },
    **{(Action.WITHDRAW, state): frozenset({CaseState.WITHDRAWN}) for state in _OPEN},
    **{(Action.ERASE, state): frozenset({CaseState.ERASED}) for state in _OVER},
}
"""From an action in a state to where it may lead. What is not in it cannot be done."""


def possible(state: CaseState) -> frozenset[Action]:
    """What can be done with a case in a state, by whoever has the right."""
    return frozenset(action for action, at in MOVES if at is state)


def next_state(action: Action, state: CaseState, to: CaseState | None = None) -> CaseState:
    """Where the action leads; `to` names which, where it may lead to several. NotNow where it cannot be done."""
    ends = MOVES.get((action, state))
    if ends is None or (to is not None and to not in ends):
        at = [found.value for named, found in MOVES if named is action]
        raise NotNow(
            f"{DEEDS[action]} cannot be done while a case is {_words(state)}; "
            f"it can when a case is {', '.join(_words(one) for one in at)}"
        )
    if to is not None:
        return to
    [only] = ends
    return only


def _words(value: str) -> str:
    return value.replace("_", " ")
