"""The work on a case between its coming in and its decision."""

from __future__ import annotations

from datetime import datetime

from indicated.model.law import Plan, Urgency
from indicated.model.text import Document
from indicated.store.base import Store
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import CaseFile, PeerToPeer


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
    raise NotImplementedError


def assign(store: Store, person: Person, case_id: str, version: int, *, to: tuple[str, ...], now: datetime) -> CaseFile:
    """Give it to these persons (ids), several at once or nobody; it stands in place of who had it."""
    raise NotImplementedError


def note(store: Store, person: Person, case_id: str, *, text: str, now: datetime) -> CaseFile:
    """A note among reviewers. Needs no version: a note takes nothing from anybody."""
    raise NotImplementedError


def draft_information_request(store: Store, person: Person, case_id: str, *, now: datetime) -> tuple[str, ...]:
    """What is missing, a line each in words, the most telling first: ready to be asked for."""
    raise NotImplementedError


def request_information(
    store: Store, person: Person, case_id: str, version: int, *, items: tuple[str, ...], text: str = "", now: datetime
) -> CaseFile:
    """Ask the requester for these."""
    raise NotImplementedError


def receive_information(
    store: Store, person: Person, case_id: str, version: int, *, documents: tuple[Document, ...], now: datetime
) -> CaseFile:
    """More documents: the case is read and determined again with them. Names already taken are numbered."""
    raise NotImplementedError


def pend(store: Store, person: Person, case_id: str, version: int, *, reason: str, now: datetime) -> CaseFile:
    """Let it wait. The clock stops only where the law that sets it says so."""
    raise NotImplementedError


def resume(store: Store, person: Person, case_id: str, version: int, *, reason: str = "", now: datetime) -> CaseFile:
    """Go on with it; a clock that stood still runs on from where it stood."""
    raise NotImplementedError


def peer_to_peer(
    store: Store, person: Person, case_id: str, version: int, *, talk: PeerToPeer, now: datetime
) -> CaseFile:
    """Put a talk between the treating clinician and a reviewer on record."""
    raise NotImplementedError


def withdraw(store: Store, person: Person, case_id: str, version: int, *, reason: str, now: datetime) -> CaseFile:
    """The request is taken back."""
    raise NotImplementedError
