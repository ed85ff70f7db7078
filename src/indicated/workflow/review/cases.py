"""Cases come in, are looked at, and stand in a queue."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.explain.show import OtherRelease
from indicated.model.law import DecisionStage
from indicated.model.text import Document
from indicated.store.base import Store
from indicated.store.boxes import box_of, new_box
from indicated.store.tables import CaseRow
from indicated.workflow.assess import Assessment, current
from indicated.workflow.review.determining import Outcome, decided, outcome, policy_of
from indicated.workflow.review.errors import Incomplete, OtherRequest
from indicated.workflow.review.files import Slip, as_seen_by, corrections_of, determined_at, documents_at, file_of, find
from indicated.workflow.review.open_case import OpenCase, record
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.queues import page
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import CaseFile, Filter, Intake, QueuePage, Received, Sort

PASTED = "pasted"
"""What a case's `policy` says where the criteria came as text."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that look like others
_SHOWN = 12


def intake(store: Store, person: Person, given: Intake, *, now: datetime, key: str = "") -> CaseFile:
    """Take a request in: it is read, determined as of that day, and given its clock from when it was received. One in
    which nothing can be determined is taken in all the same. With an idempotency `key` the same request again gives
    the same case, and another request under that key is OtherRequest.
    """
    require(person, Action.INTAKE)
    given = _usable(given, now)
    told = hashlib.sha256(msgspec.json.encode(given, order="deterministic")).hexdigest()
    if key:
        with store.reading() as session:
            there = _taken_in(session, store, person, key, told, now)
        if there is not None:
            return there
    policy_of(given.policy, current(), today(now))
    found = outcome(given.documents, (), given.policy, today(now), 1, given.denial)
    with store.writing() as session:
        there = _taken_in(session, store, person, key, told, now) if key else None
        return there or _begun(session, store, person, given, found, key, told, now)


def _begun(
    session: Session,
    store: Store,
    person: Person,
    given: Intake,
    found: Outcome,
    key: str,
    told: str,
    now: datetime,
) -> CaseFile:
    received = given.received or now
    row = CaseRow(
        id=_new_id(),
        version=0,
        state=CaseState.RECEIVED.value,
        stage=DecisionStage.FIRST.value,
        level=0,
        received=received,
        opened=received,
        requester=person.id,
        asker=given.asker.value,
        plan=given.plan.value if given.plan else None,
        us_state=given.us_state,
        urgency=given.urgency.value if given.urgency else None,
        electronic=given.electronic,
        policy=PASTED if given.policy.text.strip() else given.policy.id,
        stood_still=0,
        intake_key=key or None,
        intake_hash=told if key else "",
    )
    session.add(row)
    session.flush()
    new_box(session, store.vault, row.id)
    session.flush()
    case = OpenCase(session, store.vault, row, person, now)
    case.keep_slip(Slip(given.policy, given.reference, given.denial))
    for document in given.documents:
        case.keep_document(document)
    case.add(Received(given.asker))
    case.determined(found)
    case.close(Action.INTAKE, "")
    return case.kept()


def case(store: Store, person: Person, case_id: str, *, now: datetime) -> CaseFile:
    """All of one case; that it was read, and by whom, goes into the audit log. NoCase where there is none, or where a
    requester asks for somebody else's; Erased where its contents are gone. A requester does not see what reviewers say
    among themselves.
    """
    return look(store, person, Action.READ, case_id, now)


def look(store: Store, person: Person, action: Action, case_id: str, now: datetime) -> CaseFile:
    """All of one case, read in order to do this, and that it was read in the audit log. Writers wait for the event
    only: the case is opened before their turn is taken, and anew where it was changed meanwhile.
    """
    require(person, action)
    file, seen = _opened(store, person, action, case_id, now)
    with store.writing() as session:
        row = find(session, person, action, case_id)
        if row.digest != seen:
            file = file_of(session, box_of(session, store.vault, row.id), row, now)
        record(session, store.vault, person, action, row, row.digest, {}, now)
    return as_seen_by(file, person)


def peek(store: Store, person: Person, action: Action, case_id: str, now: datetime) -> CaseFile:
    """All of one case, read on the way to a change that will itself stand in the audit log."""
    require(person, action)
    return _opened(store, person, action, case_id, now)[0]


def _opened(store: Store, person: Person, action: Action, case_id: str, now: datetime) -> tuple[CaseFile, str]:
    """A case, and the digest of what was read."""
    with store.reading() as session:
        row = find(session, person, action, case_id)
        return file_of(session, box_of(session, store.vault, row.id), row, now), row.digest


def queue(
    store: Store,
    person: Person,
    *,
    now: datetime,
    wanted: Filter | None = None,
    sort: Sort = Sort.DUE,
    after: str = "",
    limit: int = 50,
) -> QueuePage:
    """A page of cases in order, the one due first before the others, those whose clock stands still after those whose
    clock runs; a requester sees their own.
    """
    require(person, Action.QUEUE)
    wanted = wanted or Filter()
    if person.own_only(Action.QUEUE):
        wanted = replace(wanted, requester=person.id)
    with store.reading() as session:
        return page(session, wanted, sort, after, limit, now)


def assessment(file: CaseFile, number: int = 0) -> Assessment:
    """A determination of the case (0: the last) as a value that pages and letters are made from. OtherRelease when it
    was made under another release than the installed one: then only the stored answer can be shown.
    """
    at, said = determined_at(file, number)
    release = current().id
    if said.release != release:
        raise OtherRelease(
            f"this was decided under content release {said.release[:_SHOWN]} and the installed one is "
            f"{release[:_SHOWN]}; decide it again, or install that release"
        )
    return decided(documents_at(file, at), corrections_of(file, at), file.policy, said.on, file.denial)


def numbered(documents: Iterable[Document], taken: Iterable[str]) -> tuple[Document, ...]:
    """The documents, each under a name of its own: a name that is taken gets a number."""
    names, found = set(taken), []
    for document in documents:
        name, count = document.id, 1
        while name in names:
            count += 1
            name = f"{document.id} ({count})"
        names.add(name)
        found.append(replace(document, id=name))
    return tuple(found)


def usable(documents: tuple[Document, ...]) -> None:
    """Incomplete when there is no document with a word in it."""
    if not any(one.text.strip() for one in documents):
        raise Incomplete("there is no text in what was given; give at least one document with words in it")


def refuse_unless_state(us_state: str) -> None:
    """Incomplete unless it is two capital letters, or empty."""
    if us_state and (len(us_state) != 2 or not us_state.isascii() or not us_state.isupper()):  # noqa: PLR2004
        raise Incomplete("a state is two capital letters, for example TX; leave it empty where it is not known")


def _usable(given: Intake, now: datetime) -> Intake:
    usable(given.documents)
    refuse_unless_state(given.us_state)
    if given.received is not None and not given.received <= now:
        raise Incomplete("a request cannot have been received later than now; check the time of receipt")
    return replace(given, documents=numbered(given.documents, ()))


def _taken_in(session: Session, store: Store, person: Person, key: str, told: str, now: datetime) -> CaseFile | None:
    row = session.scalars(select(CaseRow).where(CaseRow.requester == person.id, CaseRow.intake_key == key)).first()
    if row is None:
        return None
    if row.intake_hash != told:
        raise OtherRequest("that idempotency key was used for another request; take a new key for a new request")
    return as_seen_by(file_of(session, box_of(session, store.vault, row.id), row, now), person)


def _new_id() -> str:
    drawn = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(12))
    return f"C-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def today(now: datetime) -> date:
    """The day that a determination made now is as of."""
    return now.astimezone(UTC).date()
