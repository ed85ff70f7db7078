"""Requests held against each other, each in documents or as a kept case; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from indicated.model.contrast import SideBySide
from indicated.model.text import Document
from indicated.store.base import Store
from indicated.workflow.assess import current, read
from indicated.workflow.contrast import Side, held, refuse_number
from indicated.workflow.errors import BadUse
from indicated.workflow.review import cases
from indicated.workflow.review.determining import case_of, policy_of
from indicated.workflow.review.files import corrections_of, determined_at, documents_at
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import PolicyChoice


class Compared(Struct, frozen=True):
    """A request: the id of a kept case, or documents. `policy` stands before the policy for all, and that before the
    one a kept case was sent in with. Without a `name` it is the case's id, or its place in the list.
    """

    case: str = ""
    documents: tuple[Document, ...] = ()
    policy: PolicyChoice = PolicyChoice()
    name: str = ""


def compare(
    store: Store, person: Person, given: Sequence[Compared], for_all: PolicyChoice, *, now: datetime, on: date
) -> SideBySide:
    """The requests decided on a day and held against each other. The errors of `side` and of `held`."""
    refuse_number(len(given))
    sides = [side(store, person, one, for_all, number, now=now, on=on) for number, one in enumerate(given, 1)]
    return held(sides, on)


def side(
    store: Store, person: Person, given: Compared, for_all: PolicyChoice, number: int, *, now: datetime, on: date
) -> Side:
    """A request as it is held against others: a kept case with its corrections as it stands, which goes into the audit
    log. NoCase where there is none that this person may see; BadUse where it is neither case nor documents, or both.
    """
    if bool(given.case) == bool(given.documents):
        raise BadUse(f"request {number}: give the number of a kept case, or documents; one of the two")
    release = current()
    chosen = [one for one in (given.policy, for_all) if one.id or one.text.strip()]
    if not given.case:
        policy = policy_of(chosen[0], release, on) if chosen else None
        return Side(given.name or f"request {number}", read(given.documents), policy)
    file = cases.case(store, person, given.case, now=now)
    at, _ = determined_at(file, 0)
    case = case_of(documents_at(file, at), corrections_of(file, at), release)
    return Side(given.name or file.head.id, case, policy_of(chosen[0] if chosen else file.policy, release, on))
