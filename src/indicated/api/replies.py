"""Idempotency keys: the reply to a POST is kept for a day, and the same request under the same key gets it again.

What is about a case goes when the case is erased (`workflow.review.retention`). Bodies are sealed like everything else
of a patient's. A key belongs to one account.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete

from indicated.api.errors import BadRequest, StillAnswering
from indicated.store.accounts import ReplyRow
from indicated.store.base import Store
from indicated.workflow.review.errors import OtherRequest

KEPT = timedelta(days=1)
_GIVEN_UP = timedelta(minutes=5)
_KEY = re.compile(r"[!-~]{1,200}")
REPLAYED = "idempotent-replayed"


class Kept(msgspec.Struct, frozen=True):
    """A reply as it was sent, and the case that it is about (empty: none)."""

    status: int
    headers: dict[str, str]
    body: bytes
    case: str = ""


def request_hash(*parts: bytes) -> str:
    """What makes two requests the same."""
    return hashlib.sha256(msgspec.json.encode([hashlib.sha256(part).hexdigest() for part in parts])).hexdigest()


def begin(store: Store, account: str, key: str, told: str, now: datetime) -> Kept | None:
    """Take the key for a request; or the reply that it got before. OtherRequest when the key was used for another one,
    StillAnswering while the first is being answered.
    """
    if not _KEY.fullmatch(key):
        raise BadRequest("an idempotency key has 1 to 200 visible ASCII characters")
    with store.writing() as session:
        session.execute(delete(ReplyRow).where(ReplyRow.at < now - KEPT))
        row = session.get(ReplyRow, (account, key))
        if row is not None and row.status == 0 and now - row.at > _GIVEN_UP:
            session.delete(row)  # whoever began it was killed; what it wrote is guarded by versions
            session.flush()
            row = None
        if row is None:
            session.add(ReplyRow(account_id=account, key=key, request_hash=told, at=now, status=0))
            return None
        if row.request_hash != told:
            raise OtherRequest("that idempotency key was used for another request; take a new one")
        if row.status == 0:
            raise StillAnswering("the first request under that idempotency key is still being answered; ask again")
        headers = msgspec.json.decode(row.headers, type=dict[str, str])
        return Kept(row.status, headers, store.vault.open(row.body, _about(account, key)))


def keep(store: Store, account: str, key: str, reply: Kept) -> None:
    """Keep the reply of a key that was taken."""
    with store.writing() as session:
        row = session.get(ReplyRow, (account, key))
        if row is not None:
            row.status, row.headers = reply.status, msgspec.json.encode(reply.headers).decode()
            row.body, row.case_id = store.vault.seal(reply.body, _about(account, key)), reply.case


def give_back(store: Store, account: str, key: str) -> None:
    """Let go of a key whose request came to nothing, so that it can be sent again."""
    with store.writing() as session:
        row = session.get(ReplyRow, (account, key))
        if row is not None and row.status == 0:
            session.delete(row)


def _about(account: str, key: str) -> str:
    return f"reply to {account} {key}"
