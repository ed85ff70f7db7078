"""The states of a standard or policy on its way into force."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from indicated.store.base import Store
from indicated.workflow.review.people import Person


class ContentState(StrEnum):
    """Where a content stands; shown on every answer that rests on it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"


class ContentReview(Struct, frozen=True):
    """The review of one standard or policy as it says at `hash`: when that changes, it is a draft again."""

    id: str
    hash: str
    state: ContentState
    author: str = ""
    reviewer: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    note: str = ""


def state_of(store: Store, content_id: str) -> ContentReview:
    """Where a standard or policy of the installed release stands."""
    raise NotImplementedError


def submit(store: Store, person: Person, content_id: str, *, now: datetime) -> ContentReview:
    """Hand a draft in for review."""
    raise NotImplementedError


def take_up(store: Store, person: Person, content_id: str, *, now: datetime) -> ContentReview:
    """Begin to review it; not its author."""
    raise NotImplementedError


def approve(store: Store, person: Person, content_id: str, *, now: datetime) -> ContentReview:
    """Sign it as it stands; not its author. SamePerson."""
    raise NotImplementedError


def return_to_author(store: Store, person: Person, content_id: str, *, note: str, now: datetime) -> ContentReview:
    """Give it back with a note."""
    raise NotImplementedError
