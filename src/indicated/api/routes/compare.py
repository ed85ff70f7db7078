"""Requests side by side: why their answers differ. Nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from indicated.api.files import documents_of
from indicated.api.shapes import DocumentIn, Line
from indicated.api.table import Call, Route
from indicated.explain.phrasebook import AUDIENCES
from indicated.explain.show import contrast_as_dict, show_contrast
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import current
from indicated.workflow.contrast import FEWEST, MOST
from indicated.workflow.review.compared import Compared, compare
from indicated.workflow.review.values import PolicyChoice

_Audience = Annotated[str, Meta(pattern=f"^({'|'.join(AUDIENCES)})$")]


class ComparedIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request: the id of a kept `case`, or `documents`; one of the two. Its own `policy` stands before the one for
    all, and that before the one a kept case was sent in with.
    """

    name: Line = ""
    case: Line = ""
    documents: Annotated[tuple[DocumentIn, ...], Meta(max_length=100)] = ()
    policy: PolicyChoice = PolicyChoice()


class CompareIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Requests of one patient, the policy that all are held against, and the day on which all are decided (today where
    it is not given).
    """

    requests: Annotated[tuple[ComparedIn, ...], Meta(min_length=FEWEST, max_length=MOST)]
    policy: PolicyChoice = PolicyChoice()
    on: date | None = None
    audience: _Audience = AUDIENCES[0]


class CompareOut(Struct, frozen=True):
    """Why the answers differ, as data with the proof of every sentence (docs/reference/json.md), and in Markdown."""

    answer: dict[str, Any]
    text: str


def _compare(call: Call) -> CompareOut:
    body: CompareIn = call.body
    given = [Compared(one.case, documents_of(one.documents), one.policy, one.name) for one in body.requests]
    on, release = body.on or call.now.date(), current()
    told = compare(call.store, call.person, given, body.policy, now=call.now, on=on)
    text = show_contrast(told, release, body.audience, "markdown")
    assert isinstance(text, str)
    return CompareOut(contrast_as_dict(told, release, body.audience), text)


ROUTES = (
    Route(
        method="POST", path="/comparisons", name="compare", tag="determine", handle=_compare, scope=Scope.READ,
        body=CompareIn, reply=CompareOut,
        says="Hold requests of one patient against each other, in documents or as kept cases, and say fact by fact why "
        "their answers differ. A kept case takes the right to read it. Nothing is kept.",
    ),
)  # fmt: skip
