"""The work on a case between its coming in and its decision."""

from __future__ import annotations

from indicated.api.routes.cases import told
from indicated.api.shapes import AssignIn, InformationIn, Lines, MaybeReasonIn, ReasonIn, TextIn, TriageIn
from indicated.api.table import Call, Route, Told
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review import work
from indicated.workflow.review.people import Action
from indicated.workflow.review.values import CaseFile, PeerToPeer


def _triage(call: Call) -> Told:
    body: TriageIn = call.body
    return told(
        work.triage(
            call.store, call.person, call.path["case"], call.version,
            plan=body.plan, us_state=body.us_state, urgency=body.urgency, now=call.now,
        )
    )  # fmt: skip


def _assign(call: Call) -> Told:
    return told(work.assign(call.store, call.person, call.path["case"], call.version, to=call.body.to, now=call.now))


def _note(call: Call) -> Told:
    return told(work.note(call.store, call.person, call.path["case"], text=call.body.text, now=call.now))


def _draft(call: Call) -> Lines:
    return Lines(work.draft_information_request(call.store, call.person, call.path["case"], now=call.now))


def _ask(call: Call) -> Told:
    return told(
        work.request_information(
            call.store, call.person, call.path["case"], call.version,
            items=call.body.items, text=call.body.text, now=call.now,
        )
    )  # fmt: skip


def _pend(call: Call) -> Told:
    return told(
        work.pend(call.store, call.person, call.path["case"], call.version, reason=call.body.reason, now=call.now)
    )


def _resume(call: Call) -> Told:
    return told(
        work.resume(call.store, call.person, call.path["case"], call.version, reason=call.body.reason, now=call.now)
    )


def _talk(call: Call) -> Told:
    return told(
        work.peer_to_peer(call.store, call.person, call.path["case"], call.version, talk=call.body, now=call.now)
    )


def _withdraw(call: Call) -> Told:
    return told(
        work.withdraw(call.store, call.person, call.path["case"], call.version, reason=call.body.reason, now=call.now)
    )


ROUTES = (
    Route(
        method="PUT", path="/cases/{case}/triage", name="triage", tag="work", handle=_triage, right=Action.TRIAGE,
        scope=Scope.WORK, body=TriageIn, reply=CaseFile, versioned=True,
        says="Say what plan, state and urgency it is; the clock follows, from the moment of receipt.",
    ),
    Route(
        method="PUT", path="/cases/{case}/assignment", name="assign", tag="work", handle=_assign,
        right=Action.ASSIGN, scope=Scope.WORK, body=AssignIn, reply=CaseFile, versioned=True,
        says="Give it to these persons, in place of who had it.",
    ),
    Route(
        method="POST", path="/cases/{case}/notes", name="note", tag="work", handle=_note, right=Action.NOTE,
        scope=Scope.WORK, body=TextIn, reply=CaseFile, status=201,
        says="A note among reviewers. Needs no version: a note takes nothing from anybody.",
    ),
    Route(
        method="GET", path="/cases/{case}/information-requests/draft", name="draft_information_request", tag="work",
        handle=_draft, right=Action.REQUEST_INFORMATION, scope=Scope.READ, reply=Lines,
        says="What is missing, a line each, the most telling first: ready to be asked for.",
    ),
    Route(
        method="POST", path="/cases/{case}/information-requests", name="request_information", tag="work",
        handle=_ask, right=Action.REQUEST_INFORMATION, scope=Scope.WORK, body=InformationIn, reply=CaseFile,
        versioned=True, says="Ask the requester for these.",
    ),
    Route(
        method="POST", path="/cases/{case}/pending", name="pend", tag="work", handle=_pend, right=Action.PEND,
        scope=Scope.WORK, body=ReasonIn, reply=CaseFile, versioned=True,
        says="Let it wait. The clock stops only where the law that sets it says so.",
    ),
    Route(
        method="POST", path="/cases/{case}/resumption", name="resume", tag="work", handle=_resume,
        right=Action.RESUME, scope=Scope.WORK, body=MaybeReasonIn, reply=CaseFile, versioned=True,
        says="Go on with it; a clock that stood still runs on from where it stood.",
    ),
    Route(
        method="POST", path="/cases/{case}/peer-to-peer", name="peer_to_peer", tag="work", handle=_talk,
        right=Action.PEER_TO_PEER, scope=Scope.WORK, body=PeerToPeer, reply=CaseFile, versioned=True,
        says="Put a talk between the treating clinician and a reviewer on record.",
    ),
    Route(
        method="POST", path="/cases/{case}/withdrawal", name="withdraw", tag="work", handle=_withdraw,
        right=Action.WITHDRAW, scope=Scope.WORK, body=ReasonIn, reply=CaseFile, versioned=True,
        says="The request is taken back.",
    ),
)  # fmt: skip
