"""A case while something is done with it: the one place where its row, its history and the audit log are written.

Whatever is done goes through `working`: the right, the state, the version are checked first, and the change, its
history and its event in the audit log are kept together or not at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import msgspec
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indicated.model.text import Document
from indicated.release import Release
from indicated.store import audit
from indicated.store.base import Store
from indicated.store.boxes import box_of
from indicated.store.digests import body_hash, case_digest
from indicated.store.tables import CaseRow, DeterminationRow, DocumentRow, EntryRow, ReleaseRow
from indicated.store.vault import Vault
from indicated.workflow.assess import current
from indicated.workflow.review import clocks
from indicated.workflow.review.determining import Outcome
from indicated.workflow.review.errors import Conflict, NotNow
from indicated.workflow.review.files import Slip, as_column, as_seen_by, file_of, find
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import ADVERSE, CaseState, next_state
from indicated.workflow.review.values import CaseFile, Determined, Happened, Said

_TAKES_NOTHING = ("noted", "held", "let_go")
"""Entries that take nothing from whoever is at work on the case."""
_OF_WHAT_IS_KEPT = (Action.ERASE, Action.HOLD)
_MANY = 3


class OpenCase:
    """A case in a writing transaction. What is written is numbered on from the case's version."""

    def __init__(self, session: Session, vault: Vault, row: CaseRow, person: Person, now: datetime) -> None:
        self.session, self.vault, self.row, self.person, self.now = session, vault, row, person, now
        self.box = box_of(session, vault, row.id)
        self.detail: dict[str, str] = {}
        self._kept: CaseFile | None = None

    def kept(self) -> CaseFile:
        """All of the case as it was kept, once `working` has ended, as the person may see it."""
        assert self._kept is not None, "the case is still being worked on"
        return as_seen_by(self._kept, self.person)

    def refuse_since(self, file: CaseFile) -> None:
        """Conflict when the case as it was read on the way here is not the one that now stands (notes, holds aside)."""
        refuse_stale(self.session, self.row, file.head.version)

    def add(self, said: Said) -> int:
        """Put what happened into the history; the case's new version."""
        number = self.row.version + 1
        self.put(Happened(number, self.now, self.person.id, self.person.name, said))
        self.row.version = number
        return number

    def put(self, happened: Happened) -> None:
        """Put an entry into the history as it is."""
        body = self.box.seal(msgspec.json.encode(happened.said), f"entry {happened.number}")
        kind = str(type(happened.said).__struct_config__.tag)
        self.session.add(
            EntryRow(
                case_id=self.row.id,
                number=happened.number,
                at=happened.at,
                person=happened.by,
                name=happened.name,
                kind=kind,
                body=body,
                hash=body_hash(body),
            )
        )

    def keep_slip(self, slip: Slip) -> None:
        """Keep what came with the documents; once."""
        self._keep(0, msgspec.json.encode(slip))

    def keep_document(self, document: Document) -> None:
        """Keep a document, after those that are there."""
        last = self.session.scalar(select(func.max(DocumentRow.number)).where(DocumentRow.case_id == self.row.id))
        self._keep((last or 0) + 1, msgspec.json.encode(document))

    def _keep(self, number: int, told: bytes) -> None:
        body = self.box.seal(told, f"document {number}")
        self.session.add(DocumentRow(case_id=self.row.id, number=number, body=body, hash=body_hash(body)))
        self.session.flush()

    def determined(self, found: Outcome) -> None:
        """Put what came of determining into the history, and let the case stand on it."""
        row, said = self.row, found.said
        self.add(replace(said, answer=b"") if isinstance(said, Determined) else said)
        known = said if isinstance(said, Determined) else None
        if known is not None:
            self._keep_answer(known, found.gaps)
        row.determination = known.number if known is not None else 0
        row.finding = known.finding.value if known is not None else None
        row.next_step = known.next_step.value if known is not None else None
        row.policy_verdict = known.policy_verdict.value if known is not None and known.policy_verdict else None
        row.treatment = found.treatment or row.treatment
        row.condition = found.condition or row.condition
        row.payer = found.payer or row.payer
        row.age_band, row.sex = found.age_band or row.age_band, found.sex or row.sex
        self.set_clock(current())

    def _keep_answer(self, said: Determined, gaps: tuple[str, ...]) -> None:
        keep_release(self.session, current())
        body = self.box.seal(zlib.compress(said.answer), f"determination {said.number}")
        self.session.add(
            DeterminationRow(
                case_id=self.row.id,
                number=said.number,
                as_of=said.on,
                release=said.release,
                digest=said.digest,
                answer_hash=said.hash,
                finding=said.finding.value,
                next_step=said.next_step.value,
                policy_verdict=said.policy_verdict.value if said.policy_verdict is not None else None,
                gaps=as_column(gaps),
                body=body,
                hash=body_hash(body),
            )
        )

    def set_clock(self, release: Release) -> None:
        """Set the clock by what is now known of the case."""
        due, row = clocks.due(self.row, release), self.row
        row.due_at = due.due if due is not None else None
        row.due_law = due.law if due is not None else ""
        row.due_section = due.row.section if due is not None else ""
        row.due_says = due.row.says if due is not None else ""
        row.due_assumed = as_column(due.assumed) if due is not None else ""

    def wait(self) -> None:
        """Let the clock stand still from now on, where the law that sets it says so, and run where it does not."""
        stops = clocks.stops_under(self.row, current())
        if stops and self.row.stopped_at is None:
            self.row.stopped_at = self.now
        if not stops:
            self.run_on()

    def run_on(self) -> None:
        """Let a clock that stood still run on from where it stood."""
        row = self.row
        if row.stopped_at is not None:
            row.stood_still += max(int((self.now - row.stopped_at).total_seconds()), 0)
            row.stopped_at = None
            self.set_clock(current())

    def close(self, action: Action, before: str) -> None:
        """Give the case its new hash, and put what was done into the audit log."""
        self.row.digest = case_digest(self.session, self.row.id)
        told = {"version": str(self.row.version), **self.detail}
        record(self.session, self.vault, self.person, action, self.row, before, told, self.now)
        if self.row.state != CaseState.ERASED:
            self._kept = file_of(self.session, self.box, self.row, self.now)


@contextmanager
def working(
    store: Store,
    person: Person,
    action: Action,
    case_id: str,
    version: int | None,
    now: datetime,
    *,
    to: CaseState | None = None,
) -> Iterator[OpenCase]:
    """A case on which the person does this. Refused, NoCase, Conflict (without a `version` there is none), NotNow; when
    the block ends without an error, all is kept and the case stands where the action leads.
    """
    require(person, action)
    with store.writing() as session:
        row = find(session, person, action, case_id)
        if action not in _OF_WHAT_IS_KEPT:
            refuse_imported(row)
        if version is not None:
            refuse_stale(session, row, version)
        end = next_state(action, CaseState(row.state), to)
        case, before = OpenCase(session, store.vault, row, person, now), row.digest
        if end not in ADVERSE:
            row.state = end.value
        yield case
        session.flush()  # the database takes an adverse state only once the signed decision is there
        row.state = end.value
        if end is not CaseState.PENDED and row.pended_at is not None:
            case.run_on()
            row.pended_at = None
        case.close(action, before)


def record(
    session: Session,
    vault: Vault,
    person: Person,
    action: Action,
    row: CaseRow,
    before: str,
    detail: Mapping[str, str],
    now: datetime,
) -> None:
    """Put into the audit log what was done with a case."""
    audit.append(
        session,
        vault,
        at=now,
        person=person.id,
        action=action.value,
        subject=subject(row.id),
        before=before,
        after=row.digest,
        detail=detail,
    )


def subject(case_id: str) -> str:
    """What the audit log calls a case."""
    return f"case:{case_id}"


def refuse_stale(session: Session, row: CaseRow, version: int) -> None:
    """Conflict when more than notes and holds were written since that version was read."""
    if version > row.version or version < 1:
        raise Conflict(f"case {row.id} is at version {row.version} and {version} was given; read the case again")
    later = select(EntryRow.number, EntryRow.name, EntryRow.kind, EntryRow.at).where(
        EntryRow.case_id == row.id, EntryRow.number > version, EntryRow.kind.not_in(_TAKES_NOTHING)
    )
    since = session.execute(later.order_by(EntryRow.number)).all()
    if since:
        told = "; ".join(
            f"{one.name}: {one.kind.replace('_', ' ')} (version {one.number}, {one.at:%Y-%m-%d %H:%M} UTC)"
            for one in since[:_MANY]
        )
        more = f" and {len(since) - _MANY} more" if len(since) > _MANY else ""
        raise Conflict(
            f"case {row.id} was changed since you read version {version}: {told}{more}; nothing was written, "
            "look at it again and repeat what still holds"
        )


def refuse_imported(row: CaseRow) -> None:
    """NotNow for a case that came out of an archive."""
    if row.imported:
        raise NotNow(f"case {row.id} came out of an archive and is here for reading; work on it where it came from")


def keep_release(session: Session, release: Release) -> None:
    """Keep the release that a determination rests on, once."""
    if session.scalar(select(ReleaseRow.id).where(ReleaseRow.id == release.id)) is None:
        session.add(ReleaseRow(id=release.id, body=zlib.compress(release.packed(), 1)))
        session.flush()
