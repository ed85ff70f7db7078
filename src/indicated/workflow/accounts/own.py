"""What everybody does with their own account: set a password, set up a second factor."""

from __future__ import annotations

from datetime import datetime

from indicated.store.accounts import AccountRow, ResetRow
from indicated.store.base import Store
from indicated.workflow.accounts import lock, passwords, second_factor
from indicated.workflow.accounts.errors import BadAccount, CodeSpent, NotSignedIn, TooManyAttempts
from indicated.workflow.accounts.logged import log
from indicated.workflow.accounts.rows import account_row
from indicated.workflow.accounts.sign_in import USUAL, begin_session, end_sessions, failure, refusal
from indicated.workflow.accounts.tokens import token_hash
from indicated.workflow.accounts.values import Lasting, SignedIn, SignedInBy
from indicated.workflow.review.people import Person


def set_password(store: Store, code: str, password: str, *, now: datetime) -> None:
    """Set a password by a one-time code of an administrator. CodeSpent, WeakPassword (the code then stays good). All
    sessions end; signing in is the next step.
    """
    with store.reading() as session:
        reset = session.get(ResetRow, token_hash(code))
        row = session.get(AccountRow, reset.account_id) if reset is not None else None
    if reset is None or row is None or reset.ends_at <= now or row.disabled_at is not None:
        raise CodeSpent("that code was used, has run out, or is none; ask an administrator for a new one")
    passwords.refuse_weak(password, row.login, row.name)
    kept = passwords.hashed(password)
    with store.writing() as session:
        again = session.get(ResetRow, token_hash(code))
        if again is None:
            raise CodeSpent("that code was used just now; ask an administrator for a new one")
        session.delete(again)
        account = account_row(session, row.id)
        account.password = kept
        lock.forget(session, account.login)
        end_sessions(session, account.id)
        log(session, store, now, "password_set", by=account.id, account=account.id)


def change_password(
    store: Store, person: Person, *, old: str, new: str, now: datetime, lasting: Lasting = USUAL
) -> SignedIn:
    """Put a new password in place of the old one. Every session ends, and a new one begins. NotSignedIn when the old
    one is wrong, WeakPassword.
    """
    row, factors = _sure_of(store, person, old, now, "password_change_failed")
    passwords.refuse_weak(new, row.login, row.name)
    kept = passwords.hashed(new)
    with store.writing() as session:
        account = account_row(session, person.id)
        if account.password != row.password or account.disabled_at is not None:
            raise refusal()  # an administrator took it back, or closed the account, in between
        account.password = kept
        end_sessions(session, account.id)
        log(session, store, now, "password_set", by=account.id, account=account.id)
        by = SignedInBy.TWO_FACTORS if factors else SignedInBy.PASSWORD
        return begin_session(session, store, account, by, now=now, lasting=lasting)


def begin_second_factor(store: Store, person: Person, *, password: str, now: datetime) -> str:
    """A secret for an authenticator app, as the `otpauth://` address that it scans; not in force before
    `confirm_second_factor`. Takes the password, so that an unattended screen is not enough; BadAccount when there is a
    factor already.
    """
    row, _ = _sure_of(store, person, password, now, "second_factor_failed")
    with store.writing() as session:
        if second_factor.asked(session, row.id):
            raise BadAccount("there is a second factor already; an administrator takes it away when it was lost")
        return second_factor.begin(session, store.vault, row.id, row.login, now)


def confirm_second_factor(store: Store, person: Person, code: str, *, now: datetime) -> tuple[str, ...]:
    """Put the second factor in force by a code of the app. The recovery codes are shown once; every session ends."""
    with store.writing() as session:
        codes = second_factor.confirm(session, store.vault, person.id, code, now)
        if codes:
            end_sessions(session, person.id)
            log(session, store, now, "second_factor_set", by=person.id, account=person.id)
    if not codes:
        raise NotSignedIn("that is not a code of the app now; check the time of the telephone and give the next one")
    return codes


def _sure_of(store: Store, person: Person, password: str, now: datetime, failed: str) -> tuple[AccountRow, bool]:
    """The account, whose password this is, and whether it has a second factor. TooManyAttempts while it is locked;
    NotSignedIn, kept as `failed`, when it is another password.
    """
    with store.reading() as session:
        row = account_row(session, person.id)
        wait = lock.closed_for(session, row.login, now)
        asked = second_factor.asked(session, row.id)
    if wait:
        raise TooManyAttempts(wait)
    if not passwords.matches(row.password, password):
        raise failure(store, row.login, row.id, now, failed)
    return row, asked
