"""Proposing, deciding, notice, appeal. No machine denies: signing takes the person anew, whatever the token."""

from __future__ import annotations

from indicated.api.proving import proof
from indicated.api.routes.cases import told
from indicated.api.shapes import AppealIn, DecisionIn, NoticeIn, SignIn
from indicated.api.table import Call, Route, Told
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review import decide
from indicated.workflow.review.people import Action
from indicated.workflow.review.values import CaseFile


def _propose(call: Call) -> Told:
    decision = call.body.decision()
    return told(
        decide.propose(call.store, call.person, call.path["case"], call.version, decision=decision, now=call.now)
    )


def _decide(call: Call) -> Told:
    case, body = call.path["case"], call.body
    decision = body.decision.decision()
    return told(
        decide.decide(
            call.store, call.person, case, call.version,
            decision=decision, fresh=proof(call, case, body.password, body.code), now=call.now, until=body.until,
        )
    )  # fmt: skip


def _notice(call: Call) -> Told:
    body: NoticeIn = call.body
    return told(
        decide.notice(
            call.store, call.person, call.path["case"], call.version, text=body.text, sent_by=body.sent_by, now=call.now
        )
    )


def _appeal(call: Call) -> Told:
    body: AppealIn = call.body
    return told(
        decide.appeal(
            call.store, call.person, call.path["case"], call.version,
            appellant=body.appellant, grounds=body.grounds, now=call.now,
        )
    )  # fmt: skip


ROUTES = (
    Route(
        method="PUT", path="/cases/{case}/proposal", name="propose", tag="decisions", handle=_propose,
        right=Action.PROPOSE, scope=Scope.WORK, body=DecisionIn, reply=CaseFile, versioned=True,
        says="Prepare a decision for the one who signs.",
    ),
    Route(
        method="POST", path="/cases/{case}/decisions", name="decide", tag="decisions", handle=_decide,
        right=Action.APPROVE, scope=Scope.DECIDE, body=SignIn, reply=CaseFile, versioned=True,
        says="Decide and sign. The person proves anew who they are; an adverse decision takes a licensed physician, "
        "the specific reason, the plan's provision, the rationale, and a reason for each unmet criterion.",
    ),
    Route(
        method="POST", path="/cases/{case}/notices", name="notice", tag="decisions", handle=_notice,
        right=Action.NOTICE, scope=Scope.WORK, body=NoticeIn, reply=CaseFile, versioned=True,
        says="Put the notice that was sent on record; until when an appeal may be made follows from the law.",
    ),
    Route(
        method="POST", path="/cases/{case}/appeals", name="appeal", tag="decisions", handle=_appeal,
        right=Action.APPEAL, scope=Scope.WORK, body=AppealIn, reply=CaseFile, versioned=True,
        says="Open an appeal of an adverse decision: a clock and a level of its own, and other reviewers than before.",
    ),
)  # fmt: skip
