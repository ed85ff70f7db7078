"""The hash of a case as it is stored: its row, and the hashes of all that hangs on it. Needs no key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from indicated.store.base import Base
from indicated.store.tables import CaseRow, DecisionRow, DeterminationRow, DocumentRow, EntryRow

_PARTS: tuple[type[Base], ...] = (DocumentRow, EntryRow, DeterminationRow, DecisionRow)
_BODIES: tuple[type[DocumentRow | EntryRow | DeterminationRow], ...] = (DocumentRow, EntryRow, DeterminationRow)
_APART = ("digest", "body")


def body_hash(body: bytes) -> str:
    """SHA-256, in hex, of a body as it is stored."""
    return hashlib.sha256(body).hexdigest()


def case_digest(session: Session, case_id: str) -> str:
    """SHA-256, in hex, of everything stored of a case; for bodies their hash stands."""
    session.flush()
    told = [_rows(session, CaseRow, "id", case_id), *(_rows(session, part, "case_id", case_id) for part in _PARTS)]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def changed_bodies(session: Session, case_id: str, *, erased: bool = False) -> Iterator[str]:
    """The bodies of a case that are not those their hash was taken of, by table and number; erased ones are empty."""
    for table in _BODIES:
        rows = session.execute(select(table.number, table.body, table.hash).where(table.case_id == case_id))
        for number, body, told in rows:
            if body_hash(body) != told and (body or not erased):
                yield f"{table.__tablename__} {number}"


def _rows(session: Session, kind: type[Base], key: str, case_id: str) -> list[list[Any]]:
    table = kind.__table__
    assert isinstance(table, Table)
    columns = [column for column in table.columns if column.name not in _APART]
    order = list(inspect(kind).primary_key)
    rows = session.execute(select(*columns).where(table.columns[key] == case_id).order_by(*order))
    return [[_plain(value) for value in row] for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
