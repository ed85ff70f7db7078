"""Cases: coming in, being looked at, their record and their determinations."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.errors import BadRequest
from indicated.api.files import documents_of
from indicated.api.shapes import (
    AmendedOut,
    CasePage,
    CorrectionsIn,
    DocumentsIn,
    IntakeIn,
    Line,
    Page,
    WhatIfOut,
    without_answers,
)
from indicated.api.table import Call, Route, Told
from indicated.model.determination import NextStep
from indicated.model.law import Plan, Urgency
from indicated.workflow.accounts.values import Scope
from indicated.workflow.intake import document
from indicated.workflow.review import cases, record, work
from indicated.workflow.review.errors import NoCase
from indicated.workflow.review.people import Action
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Amended, CaseFile, Determined, Filter, Intake, Sort


class QueueQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which cases, in what order, from which on."""

    state: tuple[CaseState, ...] = ()
    assigned: Line = ""
    unassigned: bool = False
    requester: Line = ""
    plan: Plan | None = None
    us_state: Line = ""
    urgency: Urgency | None = None
    next_step: NextStep | None = None
    treatment: Line = ""
    overdue: bool = False
    sort: Sort = Sort.DUE
    after: Annotated[str, Meta(max_length=500)] = ""
    limit: Page = 50


def told(file: CaseFile) -> Told:
    """A case as it is answered with."""
    return Told(without_answers(file), str(file.head.version))


def amended(found: Amended) -> Told:
    """A case after a change of its record, as it is answered with."""
    return Told(AmendedOut(without_answers(found.case), found.changes), str(found.case.head.version))


def _queue(call: Call) -> CasePage:
    query: QueueQuery = call.query
    wanted = Filter(
        states=query.state, assigned=query.assigned, unassigned=query.unassigned, requester=query.requester,
        plan=query.plan, us_state=query.us_state, urgency=query.urgency, next_step=query.next_step,
        treatment=query.treatment, overdue=query.overdue,
    )  # fmt: skip
    page = cases.queue(
        call.store, call.person, now=call.now, wanted=wanted, sort=query.sort, after=query.after, limit=query.limit
    )
    return CasePage(page.cases, page.total, page.after)


def _intake(call: Call) -> Told:
    body: IntakeIn = call.body
    given = Intake(
        documents=documents_of(body.documents), policy=body.policy, plan=body.plan, us_state=body.us_state,
        urgency=body.urgency, electronic=body.electronic, asker=body.asker, reference=body.reference,
        denial=document(body.denial, "denial") if body.denial.strip() else None,
    )  # fmt: skip
    return told(cases.intake(call.store, call.person, given, now=call.now, key=call.key))


def _case(call: Call) -> Told:
    return told(cases.case(call.store, call.person, call.path["case"], now=call.now))


def _determination(call: Call) -> Told:
    file = cases.case(call.store, call.person, call.path["case"], now=call.now)
    number = call.path["number"]
    if not number.isdecimal():
        raise BadRequest("determinations are numbered from 1")
    found = [one.said for one in file.history if isinstance(one.said, Determined)]
    found += [file.determination] if file.determination else []
    for one in reversed(found):
        if one.number == int(number[:9]) and one.answer:
            return Told(one.answer, one.hash)
    raise NoCase("the case has no determination of that number")


def _documents(call: Call) -> Told:
    documents = documents_of(call.body.documents)
    return told(
        work.receive_information(
            call.store, call.person, call.path["case"], call.version, documents=documents, now=call.now
        )
    )


def _amend(call: Call) -> Told:
    corrections = call.body.corrections
    return amended(
        record.amend(call.store, call.person, call.path["case"], call.version, corrections=corrections, now=call.now)
    )


def _again(call: Call) -> Told:
    return amended(record.determine(call.store, call.person, call.path["case"], call.version, now=call.now))


def _what_if(call: Call) -> WhatIfOut:
    found, changes = record.what_if(
        call.store, call.person, call.path["case"], corrections=call.body.corrections, now=call.now
    )
    return WhatIfOut(found.to_dict(), changes)


ROUTES = (
    Route(
        method="GET", path="/cases", name="queue", tag="cases", handle=_queue, right=Action.QUEUE, scope=Scope.READ,
        query=QueueQuery, reply=CasePage,
        says="A page of cases, the one due first before the others; a requester sees their own.",
    ),
    Route(
        method="POST", path="/cases", name="intake", tag="cases", handle=_intake, right=Action.INTAKE,
        scope=Scope.WORK, body=IntakeIn, reply=CaseFile, status=201,
        says="Take a request in: it is read, determined and given its clock.",
    ),
    Route(
        method="GET", path="/cases/{case}", name="case", tag="cases", handle=_case, right=Action.READ,
        scope=Scope.READ, reply=CaseFile,
        says="All of one case; that it was read goes into the audit log. Stored answers have a route of their own.",
    ),
    Route(
        method="GET", path="/cases/{case}/determinations/{number}", name="determination", tag="cases",
        handle=_determination, right=Action.READ, scope=Scope.READ,
        says="One determination of a case, as it was stored, to the byte (docs/reference/json.md).",
    ),
    Route(
        method="POST", path="/cases/{case}/determinations", name="determine_again", tag="cases", handle=_again,
        right=Action.DETERMINE, scope=Scope.WORK, reply=AmendedOut, versioned=True,
        says="Determine a case again, as of today and under the installed release; what that changed.",
    ),
    Route(
        method="POST", path="/cases/{case}/documents", name="receive_information", tag="cases", handle=_documents,
        right=Action.RECEIVE_INFORMATION, scope=Scope.WORK, body=DocumentsIn, reply=CaseFile, versioned=True,
        says="More documents; the case is read and determined again with them.",
    ),
    Route(
        method="POST", path="/cases/{case}/corrections", name="correct", tag="cases", handle=_amend,
        right=Action.CORRECT, scope=Scope.WORK, body=CorrectionsIn, reply=AmendedOut, versioned=True,
        says="Correct the record: add, replace, retract a fact; attest what only a person judges. What that changed.",
    ),
    Route(
        method="POST", path="/cases/{case}/what-if", name="what_if", tag="cases", handle=_what_if,
        right=Action.WHAT_IF, scope=Scope.READ, body=CorrectionsIn, reply=WhatIfOut,
        says="What it would come to if these were so. Nothing of it is kept.",
    ),
)  # fmt: skip
