"""Who saw and did what."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from indicated.store.base import Store
from indicated.workflow.review.people import Person


class Event(Struct, frozen=True):
    """One event of the log: who did what to which subject (`case:...`), and the hash of it before and after."""

    seq: int
    at: datetime
    person: str
    action: str
    subject: str
    before: str
    after: str
    detail: dict[str, str]
    hash: str


class Verified(Struct, frozen=True):
    """What checking the log found: how many events, the hash of the last, and every problem as a line."""

    events: int
    head: str
    problems: tuple[str, ...]


def events(
    store: Store, person: Person, *, now: datetime, subject: str = "", by: str = "", after: int = 0, limit: int = 100
) -> tuple[Event, ...]:
    """Events in order, from the one after `after`."""
    raise NotImplementedError


def verify(store: Store, *, expect: str = "") -> Verified:
    """Go through the whole log, and hold every case against it. `expect` is `SEQ:HASH` of an earlier check."""
    raise NotImplementedError
