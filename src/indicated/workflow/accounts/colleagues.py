"""The names behind ids of accounts: who a case can be given to, and who did what. The name, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from indicated.store.accounts import AccountRow
from indicated.store.base import Store
from indicated.workflow.accounts.rows import person_of
from indicated.workflow.review.people import Action, Person, require


def colleagues(store: Store, person: Person) -> dict[str, str]:
    """The id and name of everybody with an open account who may work on cases, by name; the person too."""
    require(person, Action.ASSIGN)
    with store.reading() as session:
        rows = session.scalars(select(AccountRow).where(AccountRow.disabled_at.is_(None)))
        found = [person_of(row) for row in rows]
    there = {one.id: one.name for one in (person, *found) if one.may(Action.NOTE)}
    return dict(sorted(there.items(), key=lambda one: (one[1].casefold(), one[0])))


def names_of(store: Store, person: Person, ids: Collection[str]) -> dict[str, str]:
    """The names of these accounts, closed ones too, for whoever may read the audit log, in which only ids stand."""
    require(person, Action.AUDIT)
    with store.reading() as session:
        rows = session.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids)))
        return {row.id: row.name for row in rows}
