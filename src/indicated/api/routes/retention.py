"""How long contents are kept: what is due under the site's rule, holds, and erasing. All of it takes a session."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.shapes import Line, ReasonIn
from indicated.api.table import Call, Route
from indicated.workflow.review import retention
from indicated.workflow.review.people import Action
from indicated.workflow.review.retention import Standing


class CasesIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Cases by their ids."""

    cases: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=10_000)]


class CasesOut(Struct, frozen=True):
    """The cases that it was done to, by their ids."""

    cases: tuple[str, ...]


def _standing(call: Call) -> Standing:
    return retention.standing(call.store, call.person, call.settings.keeping, now=call.now)


def _erase_due(call: Call) -> CasesOut:
    rule = call.settings.keeping
    return CasesOut(retention.erase_due(call.store, call.person, rule, cases=call.body.cases, now=call.now))


def _erase(call: Call) -> None:
    retention.erase(call.store, call.person, call.path["case"], reason=call.body.reason, now=call.now)


def _hold(call: Call) -> None:
    retention.hold(call.store, call.person, call.path["case"], reason=call.body.reason, now=call.now)


def _let_go(call: Call) -> None:
    retention.let_go(call.store, call.person, call.path["case"], reason=call.body.reason, now=call.now)


ROUTES = (
    Route(
        method="GET", path="/retention", name="retention", tag="records", handle=_standing, right=Action.ERASE,
        reply=Standing, says="The rule of the site, the cases that are due under it, and those on hold.",
    ),
    Route(
        method="POST", path="/retention/erasures", name="erase_due", tag="records", handle=_erase_due,
        right=Action.ERASE, body=CasesIn, reply=CasesOut,
        says="Erase those of these cases that are due; the answer names them. What is not due is left alone.",
    ),
    Route(
        method="POST", path="/cases/{case}/erasure", name="erase", tag="records", handle=_erase, right=Action.ERASE,
        body=ReasonIn, status=204,
        says="Destroy the contents of a case that is over, with their key. That it was there, and its audit, stay.",
    ),
    Route(
        method="POST", path="/cases/{case}/hold", name="hold", tag="records", handle=_hold, right=Action.HOLD,
        body=ReasonIn, status=204, says="Keep a case from being erased, by whomever, until it is let go.",
    ),
    Route(
        method="POST", path="/cases/{case}/release", name="let_go", tag="records", handle=_let_go, right=Action.HOLD,
        body=ReasonIn, status=204, says="End the hold of a case; the rule counts again.",
    ),
)  # fmt: skip
