"""What an archive of a case holds, and the checks of it: history, signatures, events, replay. Pure."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from indicated.model.decision import signed_bytes
from indicated.model.errors import IndicatedError
from indicated.model.text import Document
from indicated.release import Release
from indicated.store import audit, signing
from indicated.store.plain import revived, table_of
from indicated.store.tables import AuditRow
from indicated.workflow.review.determining import again, entry
from indicated.workflow.review.files import Slip, corrections_in, documents_before
from indicated.workflow.review.values import Decided, Determined, Happened

_MOST = 200_000_000


class Held(Struct, frozen=True):
    """The parts of an archive. `row` and the lists of rows are plain values, the releases compressed."""

    row: dict[str, Any]
    slip: Slip
    documents: tuple[Document, ...]
    history: tuple[Happened, ...]
    answers: dict[int, bytes]
    determinations: tuple[dict[str, Any], ...]
    decisions: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    releases: dict[str, bytes]


def problems(held: Held) -> Iterator[str]:
    """What does not fit together, a line each."""
    if [one.number for one in held.history] != list(range(1, held.row["version"] + 1)):
        yield "the history is not whole"
    yield from _events(held)
    yield from _determinations(held)
    yield from _decisions(held)


def replayed(held: Held) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The determinations that come out with the same bytes when made again, and a line for each that does not."""
    same, differ = [], []
    for happened in held.history:
        if isinstance(happened.said, Determined):
            number = happened.said.number
            if _again(held, happened.number, happened.said):
                same.append(number)
            else:
                differ.append(f"determination {number} does not come out the same when it is made again")
    return tuple(same), tuple(differ)


def _again(held: Held, at: int, said: Determined) -> bool:
    try:
        release = Release(zlib.decompressobj().decompress(held.releases.get(said.release, b""), _MOST))
        documents = documents_before(held.documents, held.history, at)
        made = again(documents, corrections_in(held.history, at), held.slip.policy, said.on, release, held.slip.denial)
        return release.id == said.release and entry(made, release, said.number).hash == said.hash
    except (IndicatedError, msgspec.MsgspecError, zlib.error, LookupError, TypeError, ValueError):
        return False


def _events(held: Held) -> Iterator[str]:
    table, before = table_of(AuditRow), None
    for told in held.events:
        try:
            row = AuditRow(**revived(table, told))
        except (ValueError, msgspec.MsgspecError):
            yield "an event of the log is not one"
            return
        if audit.event_hash(row) != row.hash or row.subject != f"case:{held.row['id']}":
            yield f"event {row.seq} of the log was changed"
        if before is not None and before.seq + 1 == row.seq and before.hash != row.previous:
            yield f"event {row.seq} of the log does not follow on the one before it"
        if before is not None and before.after != row.before:
            yield f"between events {before.seq} and {row.seq} of the log something is missing"
        before = row
    if before is None or before.after != held.row["digest"]:
        yield "the log does not end with the case as it stands"


def _determinations(held: Held) -> Iterator[str]:
    said = {one.said.number: one.said for one in held.history if isinstance(one.said, Determined)}
    rows = {told.get("number"): told for told in held.determinations}
    if not said.keys() == held.answers.keys() == rows.keys():
        yield "the determinations are not those of the history"
        return
    for number, one in said.items():
        told = hashlib.sha256(held.answers[number]).hexdigest()
        if told != one.hash or rows[number].get("answer_hash") != one.hash or rows[number].get("digest") != one.digest:
            yield f"the answer of determination {number} was changed"


def _decisions(held: Held) -> Iterator[str]:
    rows = {told.get("number"): told for told in held.decisions}
    for happened in held.history:
        if isinstance(happened.said, Decided):
            decision, row = happened.said.decision, rows.pop(happened.number, {})
            sign_off = decision.sign_off
            held_by = sign_off is not None and signing.holds(happened.said.key, sign_off.seal, signed_bytes(decision))
            fits = (row.get("outcome"), row.get("signer")) == (decision.outcome.value, happened.by)
            if not (held_by and fits):
                yield f"the signature of entry {happened.number} does not hold"
    yield from (f"decision {number} has no entry in the history" for number in rows)
