"""Rows of the store as the frozen values that services give, and the finding of a case that somebody may see."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.model.determination import Finding, NextStep
from indicated.model.law import DecisionStage, Plan, Urgency
from indicated.model.text import Document
from indicated.model.verdict import Verdict
from indicated.store.boxes import Box
from indicated.store.tables import CaseRow, DeterminationRow, DocumentRow, EntryRow
from indicated.workflow.review.corrections import SaidBy, all_of
from indicated.workflow.review.errors import Erased, NoCase
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import (
    Asker,
    Assigned,
    CaseFile,
    CaseHead,
    Corrected,
    Deadline,
    Determined,
    Happened,
    Held,
    InformationReceived,
    LetGo,
    Noted,
    PolicyChoice,
    Proposed,
    Said,
    Undetermined,
)

BETWEEN = "\n"
"""What stands between the entries of a list in one column; also before its first and after its last."""


_AMONG_REVIEWERS = (Noted, Proposed, Assigned, Held, LetGo)


class Slip(Struct, frozen=True):
    """What came with the documents: the choice of policy, the sender's own number for the request, a plan's denial."""

    policy: PolicyChoice
    reference: str = ""
    denial: Document | None = None


def find(session: Session, person: Person, action: Action, case_id: str) -> CaseRow:
    """The row of a case that the person may do this with. NoCase where there is none, or none of theirs."""
    row = session.get(CaseRow, case_id)
    if row is None or (person.own_only(action) and row.requester != person.id):
        raise NoCase(f"there is no case {case_id!r} that you may see; check the number")
    return row


def file_of(session: Session, box: Box, row: CaseRow, now: datetime) -> CaseFile:
    """All of a case. Erased where its contents are gone."""
    if row.state == CaseState.ERASED:
        raise Erased(f"the contents of case {row.id} were erased by policy; only its dates and its audit log are kept")
    documents = session.scalars(
        select(DocumentRow).where(DocumentRow.case_id == row.id).order_by(DocumentRow.number)
    ).all()
    slip = msgspec.json.decode(box.open(documents[0].body, "document 0"), type=Slip)
    history = history_of(session, box, row.id)
    return CaseFile(
        head=head_of(row, now),
        documents=tuple(
            msgspec.json.decode(box.open(one.body, f"document {one.number}"), type=Document) for one in documents[1:]
        ),
        policy=slip.policy,
        reference=slip.reference,
        history=history,
        determination=_standing(session, box, row.id, history),
        denial=slip.denial,
    )


def as_seen_by(file: CaseFile, person: Person) -> CaseFile:
    """The case as this person may see it: whoever reads their own cases only does not see what reviewers say among
    themselves, nor a decision that is prepared and that nobody signed yet.
    """
    if not person.own_only(Action.READ):
        return file
    return replace(file, history=tuple(one for one in file.history if not isinstance(one.said, _AMONG_REVIEWERS)))


def history_of(session: Session, box: Box, case_id: str) -> tuple[Happened, ...]:
    """What happened with a case, in order."""
    rows = session.scalars(select(EntryRow).where(EntryRow.case_id == case_id).order_by(EntryRow.number))
    return tuple(
        Happened(
            row.number,
            row.at,
            row.person,
            row.name,
            msgspec.json.decode(box.open(row.body, f"entry {row.number}"), type=Said),
        )
        for row in rows
    )


def answer_of(box: Box, row: DeterminationRow) -> bytes:
    """The stored answer of a determination."""
    return zlib.decompress(box.open(row.body, f"determination {row.number}"))


def _standing(session: Session, box: Box, case_id: str, history: Iterable[Happened]) -> Determined | None:
    """The last determination, with its answer; None where the last time nothing could be determined."""
    found = [entry.said for entry in history if isinstance(entry.said, Determined | Undetermined)]
    if not found or not isinstance(found[-1], Determined):
        return None
    row = session.get_one(DeterminationRow, (case_id, found[-1].number))
    return replace(found[-1], answer=answer_of(box, row))


def head_of(row: CaseRow, now: datetime) -> CaseHead:
    """A case as a queue shows it."""
    return CaseHead(
        id=row.id,
        version=row.version,
        state=CaseState(row.state),
        stage=DecisionStage(row.stage),
        level=row.level,
        received=row.received,
        requester=row.requester,
        asker=Asker(row.asker),
        plan=Plan(row.plan) if row.plan else None,
        us_state=row.us_state,
        urgency=Urgency(row.urgency) if row.urgency else None,
        policy=row.policy,
        treatment=row.treatment,
        condition=row.condition,
        finding=Finding(row.finding) if row.finding else None,
        next_step=NextStep(row.next_step) if row.next_step else None,
        policy_verdict=Verdict(row.policy_verdict) if row.policy_verdict else None,
        determination=row.determination,
        assigned=listed(row.assigned),
        due=_deadline(row, now),
        decided_at=row.decided_at,
        noticed_at=row.noticed_at,
        appeal_until=row.appeal_until,
        continues_until=row.continues_until,
        imported=row.imported,
    )


def listed(column: str) -> tuple[str, ...]:
    """The entries of a list in one column."""
    return tuple(one for one in column.split(BETWEEN) if one)


def as_column(entries: Iterable[str]) -> str:
    """A list as one column holds it."""
    told = BETWEEN.join(entries)
    return f"{BETWEEN}{told}{BETWEEN}" if told else ""


def _deadline(row: CaseRow, now: datetime) -> Deadline | None:
    if row.due_at is None:
        return None
    stood = max(now - row.stopped_at, now - now) if row.stopped_at is not None else now - now
    assumed = tuple(listed(row.due_assumed))
    return Deadline(row.due_at + stood, row.due_law, row.due_section, row.due_says, assumed, row.stopped_at)


def corrections_of(file: CaseFile, before: int | None = None) -> tuple[SaidBy, ...]:
    """The corrections on record, in order; with `before` only those of entries before that one."""
    return corrections_in(file.history, before)


def corrections_in(history: Iterable[Happened], before: int | None = None) -> tuple[SaidBy, ...]:
    """The corrections of a history, in order; with `before` only those of entries before that one."""
    return all_of(
        [
            (entry.by, entry.name, entry.at, entry.said.corrections)
            for entry in history
            if isinstance(entry.said, Corrected) and (before is None or entry.number < before)
        ]
    )


def documents_at(file: CaseFile, before: int) -> tuple[Document, ...]:
    """The documents that were there before an entry of the history."""
    return documents_before(file.documents, file.history, before)


def documents_before(documents: Iterable[Document], history: Iterable[Happened], before: int) -> tuple[Document, ...]:
    """Those of the documents that were there before an entry of the history."""
    later = {
        name
        for entry in history
        if isinstance(entry.said, InformationReceived) and entry.number > before
        for name in entry.said.documents
    }
    return tuple(one for one in documents if one.id not in later)


def determined_at(file: CaseFile, number: int) -> tuple[int, Determined]:
    """The entry of a determination (0: the last) and what it says; NoCase where there is none of that number."""
    found = [(entry.number, entry.said) for entry in file.history if isinstance(entry.said, Determined)]
    for at, said in reversed(found):
        if number in (0, said.number):
            return at, said
    raise NoCase(f"case {file.head.id} has no determination {number or ''}".rstrip())
