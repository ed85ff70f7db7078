"""Proving anew who one is, for signing one thing. The one place where a `Reauthenticated` is made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from indicated.store.accounts import AccountRow, ProofRow
from indicated.store.base import Store
from indicated.workflow.accounts import lock, passwords, second_factor
from indicated.workflow.accounts.errors import TooManyAttempts
from indicated.workflow.accounts.logged import log
from indicated.workflow.accounts.sign_in import failure, refusal
from indicated.workflow.review.people import FRESH_FOR, Person, Reauthenticated


def reauthenticate(
    store: Store, person: Person, about: str, *, password: str, code: str = "", now: datetime
) -> Reauthenticated:
    """Proof that this is the person, for signing `about` (a case's id, the hash of a policy) within the next minutes:
    their password, and a code where the account has a second factor. NotSignedIn, TooManyAttempts; failures count as
    those of signing in do.
    """
    with store.reading() as session:
        row = session.get(AccountRow, person.id)
        wait = lock.closed_for(session, row.login, now) if row else 0
    if wait:
        raise TooManyAttempts(wait)
    right = passwords.matches(row.password if row else "", password)
    if row is None or row.disabled_at is not None:
        raise refusal()
    if not right or not _second(store, row.id, code, now):
        raise failure(store, row.login, row.id, now, "prove_failed")
    with store.writing() as session:
        lock.forget(session, row.login)
        log(session, store, now, "prove", by=row.id, account=row.id, detail={"about": about})
    return Reauthenticated(row.id, about, now)


def proved_by_sign_on(store: Store, person: Person, about: str, *, now: datetime) -> Reauthenticated | None:
    """The proof that a single sign-on made for this just now, taken once; None where there is none."""
    with store.writing() as session:
        session.execute(delete(ProofRow).where(ProofRow.at < now - FRESH_FOR))
        row = session.get(ProofRow, (person.id, about))
        if row is None:
            return None
        session.delete(row)
    return Reauthenticated(person.id, about, row.at)


def proof_waits(store: Store, person: Person, about: str, *, now: datetime) -> bool:
    """Whether single sign-on made a proof for this just now that nobody took yet."""
    with store.reading() as session:
        row = session.get(ProofRow, (person.id, about))
        return row is not None and row.at >= now - FRESH_FOR


def _second(store: Store, account_id: str, code: str, now: datetime) -> bool:
    with store.writing() as session:
        return not second_factor.asked(session, account_id) or second_factor.right(
            session, store.vault, account_id, code, now
        )
