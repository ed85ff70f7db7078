"""The work on a case between its coming in and its decision."""

from __future__ import annotations

from datetime import datetime

from indicated.model.law import Plan, Urgency
from indicated.model.text import Document
from indicated.store.base import Store
from indicated.workflow.assess import current
from indicated.workflow.review.asked import missing
from indicated.workflow.review.cases import look, numbered, peek, refuse_unless_state, today, usable
from indicated.workflow.review.determining import outcome
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.files import as_column, corrections_of
from indicated.workflow.review.open_case import working
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.record import next_number
from indicated.workflow.review.values import (
    Assigned,
    CaseFile,
    InformationReceived,
    InformationRequested,
    Noted,
    PeerToPeer,
    Pended,
    Resumed,
    Triaged,
    Withdrawn,
)

_ID = 64


def triage(
    store: Store,
    person: Person,
    case_id: str,
    version: int,
    *,
    plan: Plan | None,
    us_state: str,
    urgency: Urgency | None,
    now: datetime,
) -> CaseFile:
    """Say what plan, state and urgency it is (None or empty: still unknown); the clock follows, from the moment of
    receipt.
    """
    refuse_unless_state(us_state)
    with working(store, person, Action.TRIAGE, case_id, version, now) as case:
        case.row.plan = plan.value if plan is not None else None
        case.row.us_state = us_state
        case.row.urgency = urgency.value if urgency is not None else None
        case.set_clock(current())
        if case.row.pended_at is not None:
            case.wait()
        case.add(Triaged(plan, us_state, urgency))
    return case.kept()


def assign(store: Store, person: Person, case_id: str, version: int, *, to: tuple[str, ...], now: datetime) -> CaseFile:
    """Give it to these persons (ids), several at once or nobody; it stands in place of who had it."""
    if any(not one.strip() or "\n" in one or len(one) > _ID for one in to):
        raise Incomplete("a case is assigned to persons by their ids; one of those given is none")
    with working(store, person, Action.ASSIGN, case_id, version, now) as case:
        named = tuple(dict.fromkeys(to))
        case.row.assigned = as_column(named)
        case.add(Assigned(named))
    return case.kept()


def note(store: Store, person: Person, case_id: str, *, text: str, now: datetime) -> CaseFile:
    """A note among reviewers. Needs no version: a note takes nothing from anybody."""
    _refuse_empty(text, "a note needs words")
    with working(store, person, Action.NOTE, case_id, None, now) as case:
        case.add(Noted(text))
    return case.kept()


def draft_information_request(store: Store, person: Person, case_id: str, *, now: datetime) -> tuple[str, ...]:
    """What is missing, a line each in words, the most telling first: ready to be asked for."""
    file = look(store, person, Action.REQUEST_INFORMATION, case_id, now)
    return missing(file.determination.answer) if file.determination is not None else ()


def request_information(
    store: Store, person: Person, case_id: str, version: int, *, items: tuple[str, ...], text: str = "", now: datetime
) -> CaseFile:
    """Ask the requester for these."""
    if not any(one.strip() for one in items):
        raise Incomplete("say what is asked for: at least one item")
    with working(store, person, Action.REQUEST_INFORMATION, case_id, version, now) as case:
        case.add(InformationRequested(tuple(one for one in items if one.strip()), text))
    return case.kept()


def receive_information(
    store: Store, person: Person, case_id: str, version: int, *, documents: tuple[Document, ...], now: datetime
) -> CaseFile:
    """More documents: the case is read and determined again with them. Names already taken are numbered."""
    usable(documents)
    file = peek(store, person, Action.RECEIVE_INFORMATION, case_id, now)
    more = numbered(documents, (one.id for one in file.documents))
    every = (*file.documents, *more)
    found = outcome(every, corrections_of(file), file.policy, today(now), next_number(file), file.denial)
    with working(store, person, Action.RECEIVE_INFORMATION, case_id, version, now) as case:
        case.refuse_since(file)
        for one in more:
            case.keep_document(one)
        case.add(InformationReceived(tuple(one.id for one in more)))
        case.determined(found)
    return case.kept()


def pend(store: Store, person: Person, case_id: str, version: int, *, reason: str, now: datetime) -> CaseFile:
    """Let it wait. The clock stops only where the law that sets it says so."""
    _refuse_empty(reason, "say why it waits")
    with working(store, person, Action.PEND, case_id, version, now) as case:
        case.row.pended_at = now
        case.wait()
        case.add(Pended(reason, case.row.due_law if case.row.stopped_at is not None else ""))
    return case.kept()


def resume(store: Store, person: Person, case_id: str, version: int, *, reason: str = "", now: datetime) -> CaseFile:
    """Go on with it; a clock that stood still runs on from where it stood."""
    with working(store, person, Action.RESUME, case_id, version, now) as case:
        case.add(Resumed(reason))
    return case.kept()


def peer_to_peer(
    store: Store, person: Person, case_id: str, version: int, *, talk: PeerToPeer, now: datetime
) -> CaseFile:
    """Put a talk between the treating clinician and a reviewer on record."""
    _refuse_empty(talk.clinician, "say with whom the talk was")
    _refuse_empty(talk.summary, "say what was said in the talk")
    with working(store, person, Action.PEER_TO_PEER, case_id, version, now) as case:
        case.add(talk)
    return case.kept()


def withdraw(store: Store, person: Person, case_id: str, version: int, *, reason: str, now: datetime) -> CaseFile:
    """The request is taken back."""
    _refuse_empty(reason, "say why the request is taken back")
    with working(store, person, Action.WITHDRAW, case_id, version, now) as case:
        case.add(Withdrawn(reason))
    return case.kept()


def _refuse_empty(text: str, says: str) -> None:
    if not text.strip():
        raise Incomplete(f"{says}; it was left empty")
