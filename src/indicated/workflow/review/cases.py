"""Cases come in, are looked at, and stand in a queue."""

from __future__ import annotations

from datetime import datetime

from indicated.store.base import Store
from indicated.workflow.assess import Assessment
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import CaseFile, Filter, Intake, QueuePage, Sort


def intake(store: Store, person: Person, given: Intake, *, now: datetime, key: str = "") -> CaseFile:
    """Take a request in: it is read, determined as of that day, and given its clock. A request in which nothing can be
    determined is taken in all the same. With an idempotency `key` the same request again gives the same case, and
    another request under that key is OtherRequest.
    """
    raise NotImplementedError


def case(store: Store, person: Person, case_id: str, *, now: datetime) -> CaseFile:
    """All of one case; that it was read, and by whom, goes into the audit log. NoCase where there is none, or where a
    requester asks for somebody else's; Erased where its contents are gone.
    """
    raise NotImplementedError


def queue(
    store: Store,
    person: Person,
    *,
    now: datetime,
    wanted: Filter | None = None,
    sort: Sort = Sort.DUE,
    after: str = "",
    limit: int = 50,
) -> QueuePage:
    """A page of cases in order, the one due first before the others; a requester sees their own."""
    raise NotImplementedError


def assessment(file: CaseFile, number: int = 0) -> Assessment:
    """The determination that now stands, as a value that pages and letters are made from. OtherRelease when it was made
    under another release than the installed one: then only the stored answer can be shown.
    """
    raise NotImplementedError
