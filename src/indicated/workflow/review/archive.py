"""A case as one file that replays anywhere, and back."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from indicated.store.base import Store
from indicated.workflow.review.people import Person


class Checked(Struct, frozen=True):
    """What an archive holds and whether it is whole: its case, its problems (a line each; none when all is well), and
    which determinations were replayed to the same bytes.
    """

    case: str
    problems: tuple[str, ...]
    replayed: tuple[int, ...]


def export(store: Store, person: Person, case_id: str, *, now: datetime) -> bytes:
    """The case as a ZIP: documents, policy, history, determinations, decisions with keys, its part of the audit log,
    and the releases it was decided under. The same case gives the same bytes.
    """
    raise NotImplementedError


def check(archive: bytes) -> Checked:
    """Whether an archive is whole, its chain and signatures hold, and its determinations replay. BadArchive when it
    is none.
    """
    raise NotImplementedError


def bring_in(store: Store, person: Person, archive: bytes, *, now: datetime) -> str:
    """Put the case of an archive into this store, for reading; its id."""
    raise NotImplementedError
