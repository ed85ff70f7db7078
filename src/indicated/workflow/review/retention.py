"""How long contents are kept, what keeps them longer, and their erasing.

A hold is an entry in the history of its case, so that it is sealed, chained and backed up like all else; the last such
entry says whether a case is on hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from indicated.model.law import Plan
from indicated.store.accounts import ReplyRow
from indicated.store.base import Store
from indicated.store.boxes import destroy
from indicated.store.tables import CaseRow, DeterminationRow, DocumentRow, EntryRow
from indicated.workflow.review.cases import today
from indicated.workflow.review.errors import Incomplete, NotNow, OnHold
from indicated.workflow.review.keeping import Keeping, Kept, years_after
from indicated.workflow.review.open_case import OpenCase, working
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import OVER, CaseState
from indicated.workflow.review.values import Held, LetGo

_HELD, _LET_GO = "held", "let_go"
_SOON = timedelta(days=365)


class Reason(StrEnum):
    """Why contents are erased; the word goes into the audit log."""

    RETENTION_ENDED = "retention_ended"
    ASKED_FOR = "asked_for"
    TAKEN_IN_BY_MISTAKE = "taken_in_by_mistake"


BEFORE_TIME = (Reason.ASKED_FOR, Reason.TAKEN_IN_BY_MISTAKE)
"""Why one case goes whatever the rule says."""


class Standing(Struct, frozen=True):
    """Where the store stands by the rule: the cases that are due, those that are on hold, how many are over, how many
    of these become due within a year, and how many are still open.
    """

    rule: Keeping
    due: tuple[Kept, ...]
    held: tuple[str, ...]
    over: int
    soon: int
    open: int


def standing(store: Store, person: Person, keeping: Keeping, *, now: datetime) -> Standing:
    """Which cases are due under the rule, and what is kept. Ids, codes and days: nothing of a record is read."""
    require(person, Action.ERASE)
    day = today(now)
    with store.reading() as session:
        over = tuple(_kept(session, keeping))
        held = tuple(sorted(_held(session)))
        there = select(func.count()).select_from(CaseRow).where(CaseRow.state != CaseState.ERASED.value)
        open_ones = (session.scalar(there) or 0) - len(over)
    due = tuple(one for one in over if one.due(day))
    soon = sum(one.due(day + _SOON) for one in over) - len(due)
    return Standing(keeping, due, held, len(over), soon, open_ones)


def erase_due(
    store: Store, person: Person, keeping: Keeping, *, cases: Collection[str], now: datetime
) -> tuple[str, ...]:
    """Erase those of these cases that are due; their ids. What is due no longer is left alone."""
    wanted = set(cases)
    due = [one for one in standing(store, person, keeping, now=now).due if one.case in wanted]
    gone = []
    for one in due:
        detail = {"years": str(one.years), "plan": one.plan.value if one.plan is not None else "unknown"}
        with suppress(NotNow), working(store, person, Action.ERASE, one.case, None, now) as case:
            _destroy(case, Reason.RETENTION_ENDED, detail)
            gone.append(one.case)
    if gone:
        store.forget()
    return tuple(gone)


def erase(store: Store, person: Person, case_id: str, *, reason: str, now: datetime) -> None:
    """Destroy the contents of a case that is over, with their key: documents, history, answers, and what the REST API
    still kept of it to send again. That it was there, its dates, codes, signed outcomes and its audit stay. `reason` is
    one of `BEFORE_TIME`. OnHold while it is on hold. What a backup holds is not reached.
    """
    told = next((one for one in BEFORE_TIME if one.value == reason), None)
    if told is None:
        raise Incomplete(f"say why contents are erased before their time: {' or '.join(BEFORE_TIME)}")
    with working(store, person, Action.ERASE, case_id, None, now) as case:
        _destroy(case, told, {})
    store.forget()


def hold(store: Store, person: Person, case_id: str, *, reason: str, now: datetime) -> None:
    """Keep the contents of a case from being erased, by whomever, until it is let go. NotNow where it is on hold."""
    _refuse_empty(reason)
    with working(store, person, Action.HOLD, case_id, None, now) as case:
        if case_id in _held(case.session, case_id):
            raise NotNow(f"case {case_id} is on hold already; its history says why")
        case.add(Held(reason.strip()))
        case.detail = {"hold": "begun"}


def let_go(store: Store, person: Person, case_id: str, *, reason: str, now: datetime) -> None:
    """End the hold; the rule counts again. NotNow where there is none."""
    _refuse_empty(reason)
    with working(store, person, Action.HOLD, case_id, None, now) as case:
        if case_id not in _held(case.session, case_id):
            raise NotNow(f"case {case_id} is not on hold; there is nothing to end")
        case.add(LetGo(reason.strip()))
        case.detail = {"hold": "ended"}


def _destroy(case: OpenCase, reason: Reason, detail: dict[str, str]) -> None:
    session, case_id = case.session, case.row.id
    if case_id in _held(session, case_id):
        raise OnHold(f"case {case_id} is on hold and is not erased; end the hold first ('indicated retention let-go')")
    for table in (DocumentRow, EntryRow, DeterminationRow):
        session.execute(update(table).where(table.case_id == case_id).values(body=b""))
    session.execute(delete(ReplyRow).where(ReplyRow.case_id == case_id))
    destroy(session, case_id)
    case.row.intake_key, case.row.intake_hash, case.row.assigned = None, "", ""
    case.detail = {"reason": reason.value, **detail}


def _kept(session: Session, keeping: Keeping) -> Iterator[Kept]:
    """Every case that is over, in order."""
    held = _held(session)
    last = select(EntryRow.case_id, func.max(EntryRow.at).label("at")).where(EntryRow.kind.not_in((_HELD, _LET_GO)))
    since = last.group_by(EntryRow.case_id).subquery()
    asked = select(CaseRow, since.c.at).join(since, since.c.case_id == CaseRow.id)
    over = asked.where(CaseRow.state.in_([one.value for one in OVER])).order_by(since.c.at, CaseRow.id)
    for row, at in session.execute(over):
        plan = Plan(row.plan) if row.plan else None
        years = keeping.of(plan)
        yield Kept(
            case=row.id,
            state=CaseState(row.state),
            plan=plan,
            since=at,
            years=years,
            until=years_after(today(at), years) if years else None,
            held=row.id in held,
            runs_until=max(_runs(row), default=None),
        )


def _runs(row: CaseRow) -> Iterator[date]:
    """Until when something of a case that is over still runs: what was approved, the right to appeal."""
    if row.continues_until is not None:
        yield row.continues_until
    if row.appeal_until is not None:
        yield today(row.appeal_until)


def _held(session: Session, case_id: str = "") -> frozenset[str]:
    """The cases on hold; of one case, where it is given."""
    kinds = EntryRow.kind.in_((_HELD, _LET_GO))
    wanted = (kinds, EntryRow.case_id == case_id) if case_id else (kinds,)
    newest = select(EntryRow.case_id, func.max(EntryRow.number).label("number")).where(*wanted)
    last = newest.group_by(EntryRow.case_id).subquery()
    of_last = (last.c.case_id == EntryRow.case_id) & (last.c.number == EntryRow.number)
    return frozenset(session.scalars(select(EntryRow.case_id).join(last, of_last).where(EntryRow.kind == _HELD)))


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise Incomplete("say why, for example the matter that it is held for; it was left empty")
