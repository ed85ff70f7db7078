"""The audit log: events added in the transaction of what they tell of, chained by hashes, and the check of the chain.

With a master key each event carries a keyed mark, and the end of the log another, so that nobody who can only write to
the database can make a chain that holds, or a shorter one. The log says who, when, what and to which id; a word of a
record cannot get into it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.store.errors import NotForTheLog
from indicated.store.tables import AuditHeadRow, AuditRow
from indicated.store.vault import Vault

_CODE = re.compile(r"[\w.:@/+,-]{0,200}", re.ASCII)
_BEGIN = "0" * 64
_MARK, _LAST = "audit", "audit head"


def append(  # noqa: PLR0913
    session: Session,
    vault: Vault,
    *,
    at: datetime,
    person: str,
    action: str,
    subject: str,
    before: str = "",
    after: str = "",
    detail: Mapping[str, str] | None = None,
) -> int:
    """Add one event; its number. Only inside `Store.writing`, where writers take turns. NotForTheLog for anything that
    is not a plain code: letters, digits and `_.:@/+,-`, at most 200.
    """
    told = dict(detail or {})
    for word in (person, action, subject, *told, *told.values()):
        if not _CODE.fullmatch(word):
            raise NotForTheLog("only codes go into the audit log, no words; give an id")
    head = session.get(AuditHeadRow, 1)
    seq, previous = (head.seq + 1, head.hash) if head is not None else (1, _BEGIN)
    row = AuditRow(
        seq=seq,
        at=at.astimezone(UTC),
        person=person,
        action=action,
        subject=subject,
        before=before,
        after=after,
        detail=msgspec.json.encode(told, order="deterministic").decode(),
        previous=previous,
    )
    row.hash = event_hash(row)
    row.mark = vault.mark(row.hash.encode(), _MARK)
    session.add(row)
    mark = vault.mark(_end(seq, row.hash), _LAST)
    if head is None:
        session.add(AuditHeadRow(id=1, seq=seq, hash=row.hash, mark=mark))
    else:
        head.seq, head.hash, head.mark = seq, row.hash, mark
    session.flush()
    return seq


def event_hash(row: AuditRow) -> str:
    """SHA-256, in hex, of all that an event says and of the hash of the one before it."""
    told = (
        row.seq, row.at.isoformat(), row.person, row.action, row.subject, row.before, row.after, row.detail,
        row.previous,
    )  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def problems(session: Session, vault: Vault) -> Iterator[str]:
    """Everything in the log that is not as it was written, a line each."""
    expected, previous = 1, _BEGIN
    rows = session.scalars(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=500))
    for row in rows:
        if row.seq != expected:
            yield f"event {expected} is missing" if row.seq > expected else f"event {row.seq} is there twice"
        if row.previous != previous and row.seq == expected:
            yield f"event {row.seq} does not follow on the one before it"
        if event_hash(row) != row.hash:
            yield f"event {row.seq} was changed"
        elif row.mark and not vault.marked(row.mark, row.hash.encode(), _MARK):
            yield f"event {row.seq} carries a mark that is not the master key's"
        expected, previous = row.seq + 1, row.hash
    head = session.get(AuditHeadRow, 1)
    if head is None:
        if expected > 1:
            yield "the record of the last event is missing"
    elif (head.seq, head.hash) != (expected - 1, previous):
        yield f"the log ends with event {expected - 1}, and event {head.seq} was the last to be written"
    if head is not None and not vault.marked(head.mark, _end(head.seq, head.hash), _LAST):
        yield f"event {head.seq} was not written as the last one with the master key"


def _end(seq: int, told: str) -> bytes:
    return f"{seq}:{told}".encode()
