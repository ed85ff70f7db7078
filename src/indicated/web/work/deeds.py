"""What is done at a case's work page, each by one form: its right, its fields, what they begin with, the service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from indicated.model.law import Plan, Urgency
from indicated.web.ask import Refusal
from indicated.web.documents import documents_of
from indicated.web.site import Site
from indicated.web.work.new import moment_of, state_in
from indicated.workflow.review import decide, work
from indicated.workflow.review.asked import missing
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.values import CaseFile, PeerToPeer

BETWEEN = "\n"
"""What stands between the values of a field that has several."""


class Doing(Struct, frozen=True):
    """Who does it, to which version of which case, and what the form says."""

    site: Site
    person: Person
    case: str
    version: int
    values: dict[str, str]
    files: list[tuple[str, bytes]]
    at: datetime


class Deed(Struct, frozen=True):
    """One form. `begins` gives what it holds before anybody typed."""

    fields: tuple[str, ...]
    do: Callable[[Doing], CaseFile]
    begins: Callable[[CaseFile], dict[str, str]] = lambda _: {}


def lines(text: str) -> tuple[str, ...]:
    """The lines of a field that are not empty."""
    return tuple(one.strip() for one in text.split(BETWEEN) if one.strip())


def _triage(d: Doing) -> CaseFile:
    v = d.values
    try:
        us_state = state_in(v["us_state"])
    except Refusal as refusal:
        raise Incomplete(refusal.wrong.line) from None
    return work.triage(
        d.site.store,
        d.person,
        d.case,
        d.version,
        plan=Plan(v["plan"]) if v["plan"] in set(Plan) else None,
        us_state=us_state,
        urgency=Urgency(v["urgency"]) if v["urgency"] in set(Urgency) else None,
        now=d.at,
    )


def _assign(d: Doing) -> CaseFile:
    return work.assign(d.site.store, d.person, d.case, d.version, to=lines(d.values["to"]), now=d.at)


def _note(d: Doing) -> CaseFile:
    return work.note(d.site.store, d.person, d.case, text=d.values["text"], now=d.at)


def _request_information(d: Doing) -> CaseFile:
    items, text = lines(d.values["items"]), d.values["text"].strip()
    return work.request_information(d.site.store, d.person, d.case, d.version, items=items, text=text, now=d.at)


def _receive_information(d: Doing) -> CaseFile:
    documents = documents_of(d.values["text"], d.files)
    return work.receive_information(d.site.store, d.person, d.case, d.version, documents=documents, now=d.at)


def _pend(d: Doing) -> CaseFile:
    return work.pend(d.site.store, d.person, d.case, d.version, reason=d.values["reason"], now=d.at)


def _resume(d: Doing) -> CaseFile:
    return work.resume(d.site.store, d.person, d.case, d.version, reason=d.values["reason"], now=d.at)


def _peer_to_peer(d: Doing) -> CaseFile:
    v = d.values
    held = moment_of(v["held_at"])
    if held is None or held > d.at:
        raise Incomplete("say when the talk was held: a day and time that have passed")
    talk = PeerToPeer(held, v["clinician"], v["summary"], v["outcome"])
    return work.peer_to_peer(d.site.store, d.person, d.case, d.version, talk=talk, now=d.at)


def _withdraw(d: Doing) -> CaseFile:
    return work.withdraw(d.site.store, d.person, d.case, d.version, reason=d.values["reason"], now=d.at)


def _appeal(d: Doing) -> CaseFile:
    v = d.values
    return decide.appeal(
        d.site.store, d.person, d.case, d.version, appellant=v["appellant"], grounds=v["grounds"], now=d.at
    )


def _as_it_stands(file: CaseFile) -> dict[str, str]:
    head = file.head
    return {"plan": head.plan or "", "us_state": head.us_state, "urgency": head.urgency or ""}


def _who_has_it(file: CaseFile) -> dict[str, str]:
    return {"to": BETWEEN.join(file.head.assigned)}


def _what_is_missing(file: CaseFile) -> dict[str, str]:
    stands = file.determination
    return {"items": BETWEEN.join(missing(stands.answer)) if stands is not None else ""}


DEEDS: dict[str, Deed] = {
    Action.TRIAGE: Deed(("plan", "us_state", "urgency"), _triage, _as_it_stands),
    Action.ASSIGN: Deed(("to",), _assign, _who_has_it),
    Action.REQUEST_INFORMATION: Deed(("items", "text"), _request_information, _what_is_missing),
    Action.RECEIVE_INFORMATION: Deed(("text",), _receive_information),
    Action.PEND: Deed(("reason",), _pend),
    Action.RESUME: Deed(("reason",), _resume),
    Action.PEER_TO_PEER: Deed(("held_at", "clinician", "summary", "outcome"), _peer_to_peer),
    Action.APPEAL: Deed(("appellant", "grounds"), _appeal),
    Action.NOTE: Deed(("text",), _note),
    Action.WITHDRAW: Deed(("reason",), _withdraw),
}
"""By the name of the action, in the order of the page."""
