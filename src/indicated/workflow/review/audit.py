"""Who saw and did what, and whether all of it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indicated.model.decision import signed_bytes
from indicated.store import audit, signing
from indicated.store.base import Store
from indicated.store.boxes import box_of
from indicated.store.digests import case_digest, changed_bodies
from indicated.store.errors import CannotOpen
from indicated.store.tables import AuditHeadRow, AuditRow, CaseRow, ContentRow, DecisionRow, SigningKeyRow
from indicated.workflow.review.content_review import ContentState, approval_bytes
from indicated.workflow.review.files import history_of
from indicated.workflow.review.open_case import subject
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Decided


class Event(Struct, frozen=True):
    """One event of the log: who did what to which subject (`case:...`), and the hash of it before and after."""

    seq: int
    at: datetime
    person: str
    action: str
    subject: str
    before: str
    after: str
    detail: dict[str, str]
    hash: str


class Wanted(Struct, frozen=True):
    """Which events are looked for; what is empty is not asked."""

    subject: str = ""
    by: str = ""
    action: str = ""


class Verified(Struct, frozen=True):
    """What checking the log found: how many events, the last as `SEQ:HASH`, and every problem as a line."""

    events: int
    head: str
    problems: tuple[str, ...]


def events(
    store: Store, person: Person, *, now: datetime, subject: str = "", by: str = "", after: int = 0, limit: int = 100
) -> tuple[Event, ...]:
    """Events in order, from the one after `after`. That the log was looked at goes into it as well."""
    require(person, Action.AUDIT)
    with store.writing() as session:
        asked = select(AuditRow).where(AuditRow.seq > after).order_by(AuditRow.seq).limit(limit)
        if subject:
            asked = asked.where(AuditRow.subject == subject)
        if by:
            asked = asked.where(AuditRow.person == by)
        found = tuple(event_of(row) for row in session.scalars(asked))
        audit.append(session, store.vault, at=now, person=person.id, action=Action.AUDIT.value, subject="audit")
        return found


def latest(
    store: Store, person: Person, *, now: datetime, wanted: Wanted, before: int = 0, limit: int = 50
) -> tuple[Event, ...]:
    """Events that were asked for, the newest first, from below the number `before` (0: from the newest of all). That
    the log was looked at goes into it as well.
    """
    require(person, Action.AUDIT)
    with store.writing() as session:
        asked = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
        if before:
            asked = asked.where(AuditRow.seq < before)
        for column, value in (
            (AuditRow.subject, wanted.subject), (AuditRow.person, wanted.by), (AuditRow.action, wanted.action),
        ):  # fmt: skip
            asked = asked.where(column == value) if value else asked
        found = tuple(event_of(row) for row in session.scalars(asked))
        audit.append(session, store.vault, at=now, person=person.id, action=Action.AUDIT.value, subject="audit")
        return found


def actions(store: Store, person: Person) -> tuple[str, ...]:
    """The words for what was done that stand in the log."""
    require(person, Action.AUDIT)
    with store.reading() as session:
        return tuple(session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action)))


def event_of(row: AuditRow) -> Event:
    """A row of the log as a value."""
    detail = msgspec.json.decode(row.detail, type=dict[str, str])
    return Event(row.seq, row.at, row.person, row.action, row.subject, row.before, row.after, detail, row.hash)


def verify(store: Store, *, expect: str = "") -> Verified:
    """Go through the whole log, and hold every case and every signature against it. `expect` is the `head` of an
    earlier check, kept elsewhere: the log has to hold that event still.
    """
    with store.reading() as session:
        head = session.get(AuditHeadRow, 1)
        count = session.scalar(select(func.count()).select_from(AuditRow)) or 0
        found = (
            *audit.problems(session, store.vault),
            *_expected(session, expect),
            *_cases(store, session),
            *_contents(session),
        )
        return Verified(count, f"{head.seq}:{head.hash}" if head is not None else "", found)


def _expected(session: Session, expect: str) -> Iterator[str]:
    if not expect:
        return
    number, _, told = expect.partition(":")
    row = session.get(AuditRow, int(number)) if number.isdecimal() else None
    if row is None or row.hash != told:
        yield f"event {number} is not the one that was there at the earlier check"


def _cases(store: Store, session: Session) -> Iterator[str]:
    """Every case whose rows are not those that the log last told of."""
    newest = select(func.max(AuditRow.seq)).where(AuditRow.subject.startswith("case:")).group_by(AuditRow.subject)
    told_of = select(AuditRow.subject, AuditRow.after).where(AuditRow.seq.in_(newest))
    last = {name: after for name, after in session.execute(told_of)}  # noqa: C416  (rows are no pairs to mypy)
    for row in session.scalars(select(CaseRow).order_by(CaseRow.id)):
        told = last.pop(subject(row.id), None)
        if told is None:
            yield f"case {row.id} is in the store, and no event tells of it"
        elif case_digest(session, row.id) != told:
            yield f"case {row.id} is not as the log has it"
        erased = row.state == CaseState.ERASED
        yield from (f"case {row.id}: {body} was changed" for body in changed_bodies(session, row.id, erased=erased))
        yield from () if erased else _signatures(store, session, row.id)
    yield from (f"{name.replace(':', ' ')} is in the log, and not in the store" for name in last)


def _owner(session: Session, case_id: str, signer: str) -> str:
    """Whose key it has to be: in a case out of an archive, that of somebody elsewhere."""
    row = session.get_one(CaseRow, case_id)
    return f"imported:{signer}" if row.imported else signer


def _contents(session: Session) -> Iterator[str]:
    """Every approval of a content whose signature does not hold."""
    for row in session.scalars(select(ContentRow).where(ContentRow.state == ContentState.APPROVED.value)):
        key = session.get(SigningKeyRow, row.public_key)
        theirs = key is not None and key.person == row.approved_by
        if not (theirs and signing.holds(row.public_key, row.seal, approval_bytes(row))):
            yield f"content {row.id}: the signature of its approval does not hold"


def _signatures(store: Store, session: Session, case_id: str) -> Iterator[str]:
    """Every signed decision of a case that does not hold. One that cannot be opened without its key is not judged."""
    rows = {row.number: row for row in session.scalars(select(DecisionRow).where(DecisionRow.case_id == case_id))}
    if not rows:
        return
    try:
        history = history_of(session, box_of(session, store.vault, case_id), case_id)
    except CannotOpen:
        yield f"case {case_id}: its contents cannot be opened with the key given"
        return
    for entry in history:
        if isinstance(entry.said, Decided):
            row, sign_off = rows.pop(entry.number, None), entry.said.decision.sign_off
            key = session.get(SigningKeyRow, entry.said.key)
            theirs = key is not None and row is not None and key.person == _owner(session, case_id, row.signer)
            held = sign_off is not None and signing.holds(
                entry.said.key, sign_off.seal, signed_bytes(entry.said.decision)
            )
            if not (theirs and held and row is not None and row.outcome == entry.said.decision.outcome):
                yield f"case {case_id}: the signature of entry {entry.number} does not hold"
    yield from (f"case {case_id}: decision {number} has no entry in its history" for number in rows)
