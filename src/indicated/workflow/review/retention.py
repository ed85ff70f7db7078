"""How long contents are kept, and their erasing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update

from indicated.store.accounts import ReplyRow
from indicated.store.base import Store
from indicated.store.boxes import destroy
from indicated.store.tables import CaseRow, DeterminationRow, DocumentRow, EntryRow
from indicated.workflow.review.cases import today
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.open_case import working
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import OVER


class Reason(StrEnum):
    """Why contents are erased; the word goes into the audit log."""

    RETENTION_ENDED = "retention_ended"
    ASKED_FOR = "asked_for"
    TAKEN_IN_BY_MISTAKE = "taken_in_by_mistake"


def erase(store: Store, person: Person, case_id: str, *, reason: str, now: datetime) -> None:
    """Destroy the contents of a case that is over, with their key: documents, history, answers, and what the REST API
    still kept of it to send again. That it was there, its
    dates, codes, signed outcomes and its audit stay. `reason` is one of `Reason`. What a backup holds is not reached.
    """
    try:
        told = Reason(reason)
    except ValueError:
        raise Incomplete(f"say why contents are erased: {', '.join(one.value for one in Reason)}") from None
    with working(store, person, Action.ERASE, case_id, None, now) as case:
        for table in (DocumentRow, EntryRow, DeterminationRow):
            case.session.execute(update(table).where(table.case_id == case_id).values(body=b""))
        case.session.execute(delete(ReplyRow).where(ReplyRow.case_id == case_id))
        destroy(case.session, case_id)
        case.row.intake_key, case.row.intake_hash, case.row.assigned = None, "", ""
        case.detail = {"reason": told.value}
    store.forget()


def erase_due(store: Store, person: Person, *, years: int, now: datetime) -> tuple[str, ...]:
    """Erase every case that has been over for so many years, and of which no approval runs on; their ids."""
    require(person, Action.ERASE)
    if years < 1:
        raise Incomplete("contents are kept for at least a year; say for how many")
    day = today(now)
    until = now.replace(year=now.year - years, day=min(now.day, 28))
    last = select(EntryRow.case_id).group_by(EntryRow.case_id).having(func.max(EntryRow.at) < until)
    over = CaseRow.state.in_([one.value for one in OVER]), CaseRow.id.in_(last)
    ended = CaseRow.continues_until.is_(None) | (CaseRow.continues_until < day)
    with store.reading() as session:
        due = tuple(session.scalars(select(CaseRow.id).where(*over, ended).order_by(CaseRow.id)))
    for case_id in due:
        erase(store, person, case_id, reason=Reason.RETENTION_ENDED, now=now)
    return due
