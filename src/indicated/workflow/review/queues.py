"""The queue as a question to the database: which cases, in what order, from where on."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from indicated.store.base import Moment
from indicated.store.tables import CaseRow
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.files import BETWEEN, head_of
from indicated.workflow.review.states import OPEN
from indicated.workflow.review.values import Filter, QueuePage, Sort

MOST = 500
"""Cases on one page at most."""

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_Cursor = tuple[int, datetime, str]


def page(session: Session, wanted: Filter, sort: Sort, after: str, limit: int, now: datetime) -> QueuePage:
    """One page of the cases that are wanted; `after` is what the page before ended with."""
    if not 1 <= limit <= MOST:
        raise Incomplete(f"a page of the queue has from 1 to {MOST} cases")
    asked = and_(*_conditions(wanted, now))
    total = session.scalar(select(func.count()).select_from(CaseRow).where(asked)) or 0
    still, moment = _order(sort)
    rows = session.scalars(
        select(CaseRow).where(asked, *_later(after, still, moment)).order_by(still, moment, CaseRow.id).limit(limit + 1)
    ).all()
    shown = rows[:limit]
    more = _cursor(shown[-1], sort) if len(rows) > limit else ""
    return QueuePage(tuple(head_of(row, now) for row in shown), total, more)


def _conditions(wanted: Filter, now: datetime) -> list[ColumnElement[bool]]:
    equal: list[tuple[Any, str]] = [
        (CaseRow.requester, wanted.requester),
        (CaseRow.plan, wanted.plan.value if wanted.plan else ""),
        (CaseRow.us_state, wanted.us_state),
        (CaseRow.urgency, wanted.urgency.value if wanted.urgency else ""),
        (CaseRow.next_step, wanted.next_step.value if wanted.next_step else ""),
        (CaseRow.treatment, wanted.treatment),
    ]
    found: list[ColumnElement[bool]] = [literal(True), *(column == value for column, value in equal if value)]  # noqa: FBT003
    if wanted.states:
        found.append(CaseRow.state.in_([one.value for one in wanted.states]))
    if wanted.assigned:
        found.append(CaseRow.assigned.contains(f"{BETWEEN}{wanted.assigned}{BETWEEN}", autoescape=True))
    if wanted.unassigned:
        found.append(CaseRow.assigned == "")
    if wanted.overdue:
        found.append(and_(CaseRow.state.in_(sorted(OPEN)), CaseRow.stopped_at.is_(None), CaseRow.due_at < now))
    if wanted.continues_by is not None:
        found.append(CaseRow.continues_until <= wanted.continues_by)
    return found


def _order(sort: Sort) -> tuple[ColumnElement[int], ColumnElement[datetime]]:
    if sort is Sort.RECEIVED:
        return literal(0) + 0, CaseRow.received.expression
    still = case((CaseRow.stopped_at.is_(None), 0), else_=1)
    return still, func.coalesce(CaseRow.due_at, literal(_NEVER, Moment))


def _later(after: str, still: ColumnElement[int], moment: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    if not after:
        return []
    stood, at, last = _read(after)
    when = literal(at, Moment)
    same = and_(still == stood, or_(moment > when, and_(moment == when, CaseRow.id > last)))
    return [or_(still > stood, same)]


def _cursor(row: CaseRow, sort: Sort) -> str:
    at = row.received if sort is Sort.RECEIVED else row.due_at or _NEVER
    stood = 0 if sort is Sort.RECEIVED or row.stopped_at is None else 1
    return base64.urlsafe_b64encode(msgspec.json.encode((stood, at, row.id))).decode()


def _read(after: str) -> _Cursor:
    try:
        found: _Cursor = msgspec.json.decode(base64.urlsafe_b64decode(after), type=_Cursor)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise Incomplete("that is not where a page ended; ask for the first page again") from None
    return found
