"""A case as one file that replays anywhere, and back."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indicated.model.text import Document
from indicated.store.base import Base, Store
from indicated.store.boxes import box_of, new_box
from indicated.store.digests import body_hash
from indicated.store.plain import columns, plain, revived, table_of
from indicated.store.tables import (
    AuditRow,
    CaseRow,
    DecisionRow,
    DeterminationRow,
    ReleaseRow,
    SigningKeyRow,
)
from indicated.workflow.review.archived import Held, problems, replayed
from indicated.workflow.review.errors import BadArchive
from indicated.workflow.review.files import Slip, answer_of, file_of, find
from indicated.workflow.review.open_case import OpenCase, record, subject
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Decided, Happened
from indicated.workflow.review.zips import packed, unpacked

_KIND = "case"


class Checked(Struct, frozen=True):
    """What an archive holds and whether it is whole: its case, its problems (a line each; none when all is well), and
    which determinations were replayed to the same bytes.
    """

    case: str
    problems: tuple[str, ...]
    replayed: tuple[int, ...]


def export(store: Store, person: Person, case_id: str, *, now: datetime) -> bytes:
    """The case as a ZIP: documents, policy, history, determinations, decisions with keys, its part of the audit log up
    to its last change, and the releases it was determined under. The same case gives the same bytes.
    """
    require(person, Action.EXPORT)
    with store.writing() as session:
        row = find(session, person, Action.EXPORT, case_id)
        held = _held(session, store, row, now)
        record(session, store.vault, person, Action.EXPORT, row, row.digest, {}, now)
    return packed(_KIND, version("indicated"), dict(_files(held)))


def check(archive: bytes) -> Checked:
    """Whether an archive is whole, its chain and signatures hold, and its determinations replay. BadArchive when it
    is none.
    """
    return _checked(archive)[1]


def bring_in(store: Store, person: Person, archive: bytes, *, now: datetime) -> str:
    """Put the case of an archive into this store, for reading; its id. BadArchive when anything in it is not as it was
    exported, or the store has a case of that id.
    """
    require(person, Action.IMPORT)
    held, found = _checked(archive)
    if found.problems:
        raise BadArchive(f"the archive was changed ({found.problems[0]}); export it again")
    with store.writing() as session:
        if session.get(CaseRow, found.case) is not None:
            raise BadArchive(f"case {found.case} is in this store already; nothing was brought in")
        _put(session, store, person, held, now)
    return found.case


def _checked(archive: bytes) -> tuple[Held, Checked]:
    held, wrong = _opened(archive)
    again, differ = replayed(held)
    return held, Checked(str(held.row["id"]), (*wrong, *problems(held), *differ), again)


def _held(session: Session, store: Store, row: CaseRow, now: datetime) -> Held:
    box = box_of(session, store.vault, row.id)
    file = file_of(session, box, row, now)
    determinations = session.scalars(
        select(DeterminationRow).where(DeterminationRow.case_id == row.id).order_by(DeterminationRow.number)
    ).all()
    decisions = session.scalars(select(DecisionRow).where(DecisionRow.case_id == row.id).order_by(DecisionRow.number))
    events = session.scalars(_events_of(row)).all()
    releases = session.scalars(select(ReleaseRow).where(ReleaseRow.id.in_([one.release for one in determinations])))
    return Held(
        row=_told(row),
        slip=Slip(file.policy, file.reference, file.denial),
        documents=file.documents,
        history=file.history,
        answers={one.number: answer_of(box, one) for one in determinations},
        determinations=tuple(_told(one) for one in determinations),
        decisions=tuple(_told(one) for one in decisions),
        events=tuple(_told(one) for one in events),
        releases={one.id: one.body for one in releases},
    )


def _events_of(row: CaseRow) -> Any:
    """The case's events up to the last that changed it."""
    mine = AuditRow.subject == subject(row.id)
    last = select(func.max(AuditRow.seq)).where(mine, AuditRow.before != AuditRow.after).scalar_subquery()
    return select(AuditRow).where(mine, AuditRow.seq <= last).order_by(AuditRow.seq)


def _told(row: Base) -> dict[str, Any]:
    """A row in plain values; a body stands in a file of its own."""
    values = columns(row)
    if "body" in values:
        values["body"], values["hash"] = b"", ""
    return plain(table_of(type(row)), values)


def _files(held: Held) -> Iterator[tuple[str, bytes]]:
    yield "case.json", _json(held.row)
    yield "slip.json", _json(held.slip)
    yield "determinations.json", _json(held.determinations)
    yield "decisions.json", _json(held.decisions)
    yield "events.json", _json(held.events)
    yield from ((f"documents/{at:04}.json", _json(one)) for at, one in enumerate(held.documents, 1))
    yield from ((f"history/{one.number:04}.json", _json(one)) for one in held.history)
    yield from ((f"determinations/{number}.json", answer) for number, answer in held.answers.items())
    yield from ((f"releases/{name}", body) for name, body in held.releases.items())


def _opened(archive: bytes) -> tuple[Held, list[str]]:
    files, wrong = unpacked(_KIND, archive)

    def under(folder: str) -> dict[str, bytes]:
        return {name.removeprefix(folder): files[name] for name in sorted(files) if name.startswith(folder)}

    try:
        held = Held(
            row=msgspec.json.decode(files["case.json"], type=dict[str, Any]),
            slip=msgspec.json.decode(files["slip.json"], type=Slip),
            documents=tuple(msgspec.json.decode(one, type=Document) for one in under("documents/").values()),
            history=tuple(msgspec.json.decode(one, type=Happened) for one in under("history/").values()),
            answers={int(name.removesuffix(".json")): one for name, one in under("determinations/").items()},
            determinations=msgspec.json.decode(files["determinations.json"], type=tuple[dict[str, Any], ...]),
            decisions=msgspec.json.decode(files["decisions.json"], type=tuple[dict[str, Any], ...]),
            events=msgspec.json.decode(files["events.json"], type=tuple[dict[str, Any], ...]),
            releases=under("releases/"),
        )
        revived(table_of(CaseRow), held.row)
        _refuse_others(held)
    except (KeyError, ValueError, msgspec.MsgspecError):
        raise BadArchive("a part of the archive is missing or is not what it should be; export it again") from None
    return held, wrong


def _refuse_others(held: Held) -> None:
    """ValueError where a row of the archive would stand in another case than its own: a decision is for good."""
    for kind, rows in ((DeterminationRow, held.determinations), (DecisionRow, held.decisions)):
        if any(revived(table_of(kind), told)["case_id"] != held.row["id"] for told in rows):
            raise ValueError


def _put(session: Session, store: Store, person: Person, held: Held, now: datetime) -> None:
    values = revived(table_of(CaseRow), held.row)
    state = values["state"]
    mine = {
        "imported": True,
        "requester": "imported",
        "assigned": "",
        "intake_key": None,
        "intake_hash": "",
        "stopped_at": None,
        "state": CaseState.RECEIVED.value,
    }
    row = CaseRow(**{**values, **mine})
    session.add(row)
    session.flush()
    new_box(session, store.vault, row.id)
    session.flush()
    case = OpenCase(session, store.vault, row, person, now)
    case.keep_slip(held.slip)
    for document in held.documents:
        case.keep_document(document)
    for happened in held.history:
        case.put(happened)
        if isinstance(happened.said, Decided):
            _keep_key(session, happened.said.key, happened.by, now)
    for told in held.determinations:
        number = told["number"]
        body = case.box.seal(zlib.compress(held.answers[number]), f"determination {number}")
        given = revived(table_of(DeterminationRow), told)
        session.add(DeterminationRow(**{**given, "body": body, "hash": body_hash(body)}))
    for told in held.decisions:
        session.add(DecisionRow(**revived(table_of(DecisionRow), told)))
    for name, body in held.releases.items():
        if session.get(ReleaseRow, name) is None:
            session.add(ReleaseRow(id=name, body=body))
    session.flush()
    row.state = state
    case.close(Action.IMPORT, "")


def _keep_key(session: Session, key: str, signer: str, now: datetime) -> None:
    """The public half of a key that signed elsewhere; it is nobody's here."""
    if session.get(SigningKeyRow, key) is None:
        session.add(SigningKeyRow(public_key=key, person=f"imported:{signer}", made_at=now, sealed=b""))


def _json(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
