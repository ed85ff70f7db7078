"""Who a case can be given to. What reviewers may know of each other's accounts: the name, and nothing else."""

from __future__ import annotations

from sqlalchemy import select

from indicated.store.accounts import AccountRow
from indicated.store.base import Store
from indicated.workflow.accounts.rows import person_of
from indicated.workflow.review.people import Action, Person, require


def named(store: Store, person: Person) -> dict[str, str]:
    """The name of every account by its id, also of those that were closed: what an auditor reads the log with."""
    require(person, Action.AUDIT)
    with store.reading() as session:
        return {row.id: row.name for row in session.scalars(select(AccountRow))}


def colleagues(store: Store, person: Person) -> dict[str, str]:
    """The id and name of everybody with an open account who may work on cases, by name; the person too."""
    require(person, Action.ASSIGN)
    with store.reading() as session:
        rows = session.scalars(select(AccountRow).where(AccountRow.disabled_at.is_(None)))
        found = [person_of(row) for row in rows]
    there = {one.id: one.name for one in (person, *found) if one.may(Action.NOTE)}
    return dict(sorted(there.items(), key=lambda one: (one[1].casefold(), one[0])))
