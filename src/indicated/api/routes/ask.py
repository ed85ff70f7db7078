"""Questions: of a case that is not kept, and of one that is, as it stands or as it would be with what is supposed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from indicated.api.files import documents_of
from indicated.api.routes.determine import determined
from indicated.api.shapes import Documents
from indicated.api.table import Call, Route
from indicated.explain.phrasebook import AUDIENCES
from indicated.workflow import ask
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import Assessment
from indicated.workflow.review import cases, record
from indicated.workflow.review.people import Action
from indicated.workflow.review.values import Correction, PolicyChoice

_Question = Annotated[str, Meta(max_length=ask.LIMIT)]
_Audience = Annotated[str, Meta(pattern=f"^({'|'.join(AUDIENCES)})$")]


class AskIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, and the case it is about in documents, with the policy and the day (today where it is not given).
    What a question supposes ("would it be approved if ...?") is answered for the case as it would then be.
    """

    question: _Question
    documents: Documents
    policy: PolicyChoice = PolicyChoice()
    on: date | None = None
    audience: _Audience = AUDIENCES[0]


class CaseAskIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about a case. With corrections in `supposing` it is asked of the case as it would be with them."""

    question: _Question
    supposing: Annotated[tuple[Correction, ...], Meta(max_length=200)] = ()
    audience: _Audience = AUDIENCES[0]


class AskOut(Struct, frozen=True):
    """The answer as data with the proof of every sentence (docs/reference/json.md), and as text in Markdown."""

    answer: dict[str, Any]
    text: str


def _ask(call: Call) -> AskOut:
    body: AskIn = call.body
    made = determined(documents_of(body.documents), body.policy, body.on or call.now.date())
    return _answered(made, body.question, body.audience)


def _ask_case(call: Call) -> AskOut:
    body: CaseAskIn = call.body
    store, person, case = call.store, call.person, call.path["case"]
    if body.supposing:
        made, _ = record.what_if(store, person, case, corrections=body.supposing, now=call.now)
    else:
        made = cases.assessment(cases.case(store, person, case, now=call.now))
    return _answered(made, body.question, body.audience)


def _answered(made: Assessment, question: str, audience: str) -> AskOut:
    found = ask.ask(made, question, audience)
    return AskOut(found.to_dict(), found.show("markdown"))


ROUTES = (
    Route(
        method="POST", path="/ask", name="ask", tag="determine", handle=_ask, scope=Scope.READ, body=AskIn,
        reply=AskOut, says="A question about a case that is not kept, answered with proofs. What it supposes is tried.",
    ),
    Route(
        method="POST", path="/cases/{case}/ask", name="ask_case", tag="cases", handle=_ask_case, right=Action.READ,
        scope=Scope.READ, body=CaseAskIn, reply=AskOut,
        says="A question about a case as it stands, or as it would be. Neither question nor answer is kept.",
    ),
)  # fmt: skip
