"""How long contents are kept, and their erasing."""

from __future__ import annotations

from datetime import datetime

from indicated.store.base import Store
from indicated.workflow.review.people import Person


def erase(store: Store, person: Person, case_id: str, *, reason: str, now: datetime) -> None:
    """Destroy the contents of a case that is over, with their key. That it was there, its dates and its audit stay."""
    raise NotImplementedError


def erase_due(store: Store, person: Person, *, years: int, now: datetime) -> tuple[str, ...]:
    """Erase every case that has been over for so many years; their ids."""
    raise NotImplementedError
