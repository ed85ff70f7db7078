"""The states of a standard or policy on its way into force, and the signature of a second person over what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy.orm import Session

from indicated.content import signing as in_file
from indicated.model.policy import Policy
from indicated.model.standard import ContentStatus, Standard
from indicated.store import audit, signing
from indicated.store.base import Store
from indicated.store.tables import ContentRow
from indicated.workflow.assess import current
from indicated.workflow.errors import UnknownDocument
from indicated.workflow.review.errors import Incomplete, NotNow, SamePerson
from indicated.workflow.review.people import Action, Person, Reauthenticated, require, require_fresh


class ContentState(StrEnum):
    """Where a content stands; shown on every answer that rests on it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"


class ContentReview(Struct, frozen=True):
    """The review of one standard or policy as it says at `hash`: when that changes, it is a draft again."""

    id: str
    hash: str
    state: ContentState
    author: str = ""
    reviewer: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    note: str = ""


Reviewed = Standard | Policy | None
"""What is reviewed: a document that no release has yet, or None for that of the installed release."""


def state_of(store: Store, content_id: str, document: Reviewed = None) -> ContentReview:
    """Where a standard or policy of the installed release, or the one given, stands. One that is in force by its file,
    signed there by another than its authors, is approved. UnknownDocument where there is none.
    """
    document = document or _document(content_id)
    now = in_file.digest(document)
    with store.reading() as session:
        row = session.get(ContentRow, (content_id, now))
        return _value(row) if row is not None else _by_file(document, now)


def submit(store: Store, person: Person, content_id: str, *, now: datetime, document: Reviewed = None) -> ContentReview:
    """Hand a draft in for review."""
    require(person, Action.SUBMIT_CONTENT)
    document = document or _document(content_id)
    told = in_file.digest(document)
    with store.writing() as session:
        row = session.get(ContentRow, (content_id, told))
        if row is None and _by_file(document, told).state is ContentState.APPROVED:
            raise NotNow(f"{content_id} is approved by its file, signed there; there is nothing to hand in")
        if row is not None:
            _refuse_unless(ContentState(row.state), ContentState.DRAFT, content_id)
        else:
            row = ContentRow(id=content_id, hash=told, state=ContentState.DRAFT.value, author=person.id)
            session.add(row)
        row.author, row.note = person.id, ""
        return _moved(session, store, person, Action.SUBMIT_CONTENT, row, ContentState.SUBMITTED, now)


def take_up(
    store: Store, person: Person, content_id: str, *, now: datetime, document: Reviewed = None
) -> ContentReview:
    """Begin to review it; not the one who handed it in. SamePerson."""
    require(person, Action.REVIEW_CONTENT)
    with store.writing() as session:
        row = _row(session, content_id, document, ContentState.SUBMITTED)
        _refuse_author(row, person)
        row.reviewer = person.id
        return _moved(session, store, person, Action.REVIEW_CONTENT, row, ContentState.UNDER_REVIEW, now)


def approve(
    store: Store,
    person: Person,
    content_id: str,
    *,
    fresh: Reauthenticated | None,
    now: datetime,
    document: Reviewed = None,
) -> ContentReview:
    """Sign it as it stands; not the one who handed it in. SamePerson; SignInAgain unless the person proved just now who
    they are, for signing exactly what it says (`about` is its hash).
    """
    require(person, Action.APPROVE_CONTENT)
    refuse_unless_may_approve(store, person, content_id, document)
    require_fresh(person, fresh, signed_hash(content_id, document), now)
    with store.writing() as session:
        row = _row(session, content_id, document, ContentState.UNDER_REVIEW)
        _refuse_author(row, person)
        row.approved_by, row.approved_at = person.id, now
        row.public_key, row.seal = signing.sign(session, store.vault, person.id, approval_bytes(row), now=now)
        return _moved(session, store, person, Action.APPROVE_CONTENT, row, ContentState.APPROVED, now)


def refuse_unless_may_approve(store: Store, person: Person, content_id: str, document: Reviewed = None) -> None:
    """The refusals that proving who one is would change nothing of. Refused, NotNow, SamePerson."""
    require(person, Action.APPROVE_CONTENT)
    with store.reading() as session:
        _refuse_author(_row(session, content_id, document, ContentState.UNDER_REVIEW), person)


def signed_hash(content_id: str, document: Reviewed = None) -> str:
    """The hash of what a content says, over which it is signed."""
    return in_file.digest(document or _document(content_id))


def return_to_author(
    store: Store, person: Person, content_id: str, *, note: str, now: datetime, document: Reviewed = None
) -> ContentReview:
    """Give it back with a note, as a draft."""
    require(person, Action.REVIEW_CONTENT)
    if not note.strip():
        raise Incomplete("say what has to change; the note was left empty")
    with store.writing() as session:
        row = _row(session, content_id, document, ContentState.UNDER_REVIEW)
        row.note = note
        return _moved(session, store, person, Action.REVIEW_CONTENT, row, ContentState.DRAFT, now)


def put_in_force(store: Store, person: Person, document: Standard | Policy, *, now: datetime) -> ContentReview:
    """Write down that an approved document was put in force, and by whom. NotNow unless it is approved as it stands."""
    require(person, Action.SUBMIT_CONTENT)
    with store.writing() as session:
        row = _row(session, document.id, document, ContentState.APPROVED)
        return _moved(session, store, person, Action.SUBMIT_CONTENT, row, ContentState.APPROVED, now)


def approval_bytes(row: ContentRow) -> bytes:
    """What the signature of an approval is made over: which content, its hash, who approved it and when."""
    assert row.approved_at is not None
    return msgspec.json.encode((row.id, row.hash, row.approved_by, row.approved_at.astimezone(UTC).isoformat()))


def _document(content_id: str) -> Standard | Policy:
    knowledge = current().knowledge
    standard = knowledge.standard_table.get(content_id)
    if standard is not None:
        return standard
    versions = knowledge.versions(content_id)
    if not versions:
        raise UnknownDocument(f"there is no standard and no policy {content_id[:80]!r} in this release; check the id")
    return max(versions, key=lambda one: one.version)


def _by_file(document: Standard | Policy, told: str) -> ContentReview:
    """Where a document stands by what its own file says."""
    gone = in_file.void(document)
    held = [one for one in document.signatures if one not in gone]
    signed = document.status is ContentStatus.ACTIVE and in_file.signed_by_another(document)
    state = {ContentStatus.IN_REVIEW: ContentState.UNDER_REVIEW}.get(document.status, ContentState.DRAFT)
    return ContentReview(
        document.id,
        told,
        ContentState.APPROVED if signed else state,
        author=", ".join(document.authors),
        approved_by=held[-1].name if signed else "",
    )


def _row(session: Session, content_id: str, document: Reviewed, needed: ContentState) -> ContentRow:
    row = session.get(ContentRow, (content_id, signed_hash(content_id, document)))
    if row is None:
        raise NotNow(f"{content_id} was not handed in for review as it now stands; its author does that first")
    _refuse_unless(ContentState(row.state), needed, content_id)
    return row


def _refuse_unless(state: ContentState, needed: ContentState, content_id: str) -> None:
    if state is not needed:
        raise NotNow(f"{content_id} is {_words(state)}, and that can be done when it is {_words(needed)}")


def _refuse_author(row: ContentRow, person: Person) -> None:
    if row.author == person.id:
        raise SamePerson(f"{row.id} is reviewed and signed by somebody else than the one who handed it in")


def _moved(
    session: Session, store: Store, person: Person, action: Action, row: ContentRow, to: ContentState, now: datetime
) -> ContentReview:
    before, row.state = row.state, to.value
    session.flush()
    audit.append(
        session,
        store.vault,
        at=now,
        person=person.id,
        action=action.value,
        subject=f"content:{row.id}",
        after=row.hash,
        detail={"from": before, "to": to.value, **({"key": row.public_key} if row.public_key else {})},
    )
    return _value(row)


def _value(row: ContentRow) -> ContentReview:
    return ContentReview(
        row.id, row.hash, ContentState(row.state), row.author, row.reviewer, row.approved_by, row.approved_at, row.note
    )


def _words(state: ContentState) -> str:
    return state.value.replace("_", " ")
