"""Signing in by name and password, the second factor, sessions, and signing out.

All failures read alike and take alike long, whether or not there is such an account. A session's token is random, new
at every step of signing in, and ends when rights, password or second factor change.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy import orm as sql

from indicated.store.accounts import AccountRow, SessionRow
from indicated.store.base import Store
from indicated.workflow.accounts import lock, passwords, second_factor
from indicated.workflow.accounts.errors import NotSignedIn, TooManyAttempts
from indicated.workflow.accounts.logged import NOBODY, log
from indicated.workflow.accounts.rows import person_of
from indicated.workflow.accounts.tokens import csrf_of, new_token, token_hash
from indicated.workflow.accounts.values import Lasting, Session, SignedIn, SignedInBy
from indicated.workflow.review.people import Person

_CODE_WITHIN = timedelta(minutes=5)
_NOTE_EVERY = timedelta(minutes=1)
USUAL = Lasting()


def sign_in(store: Store, login: str, password: str, *, now: datetime, lasting: Lasting = USUAL) -> SignedIn:
    """Begin a session. Where the account has a second factor it is not whole until `give_code`. NotSignedIn when name
    and password are not right together, TooManyAttempts while the name is closed after failures.
    """
    name = login_of(login)
    with store.reading() as session:
        wait = lock.closed_for(session, name, now)
        row = _open_account(session, name)
    if wait:
        raise TooManyAttempts(wait)
    right = passwords.matches(row.password if row else "", password)
    if row is None or not right:
        raise failure(store, name, row.id if row else "", now, "sign_in_failed")
    renewed = passwords.hashed(password) if passwords.outdated(row.password) else ""
    with store.writing() as session:
        fresh = session.get(AccountRow, row.id)
        wait = lock.closed_for(session, name, now)
        if fresh is None or fresh.disabled_at is not None or fresh.password != row.password or wait:
            raise TooManyAttempts(wait) if wait else refusal()
        fresh.password = renewed or fresh.password
        asked = second_factor.asked(session, row.id)
        if not asked:
            lock.forget(session, name)
            return begin_session(session, store, fresh, SignedInBy.PASSWORD, now=now, lasting=lasting)
        return _half(session, fresh, now)


def give_code(store: Store, token: str, code: str, *, now: datetime, lasting: Lasting = USUAL) -> SignedIn:
    """Make a session whole by a code of the second factor, or by a recovery code; it gets a new token. A wrong code
    counts as a failed attempt; after the free ones the session is gone, and signing in begins anew.
    """
    with store.writing() as session:
        half = session.get(SessionRow, token_hash(token))
        if half is None or half.whole or half.ends_at <= now:
            raise refusal()
        row = session.get(AccountRow, half.account_id)
        assert row is not None
        wait = lock.closed_for(session, row.login, now)
        if wait or row.disabled_at is not None:
            session.delete(half)
            done: SignedIn | Exception = TooManyAttempts(wait) if wait else refusal()
        elif second_factor.right(session, store.vault, row.id, code, now):
            session.delete(half)
            lock.forget(session, row.login)
            done = begin_session(session, store, row, SignedInBy.TWO_FACTORS, now=now, lasting=lasting)
        else:
            lock.failed(session, row.login, now)
            log(session, store, now, "code_failed", by=NOBODY, account=row.id)
            done = refusal()
    if isinstance(done, Exception):
        raise done
    return done


def session_of(store: Store, token: str, *, now: datetime, lasting: Lasting = USUAL) -> Session | None:
    """Whoever a token stands for; None when it is none, is not whole, has run out, or the account was closed."""
    with store.reading() as session:
        found = session.execute(
            select(SessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == SessionRow.account_id)
            .where(SessionRow.hash == token_hash(token))
        ).first()
    if found is None:
        return None
    row, account = found
    if not row.whole or account.disabled_at is not None or _over(row, now, lasting):
        return None
    if now - row.seen_at >= _NOTE_EVERY:
        with store.writing() as session:
            kept = session.get(SessionRow, row.hash)
            if kept is not None:
                kept.seen_at = now
    return Session(person_of(account), SignedInBy(row.by), row.made_at, row.ends_at, csrf_of(token))


def sign_out(store: Store, token: str, *, now: datetime) -> None:
    """End a session. Whether there was one is not told."""
    with store.writing() as session:
        row = session.get(SessionRow, token_hash(token))
        if row is not None:
            log(session, store, now, "sign_out", by=row.account_id, account=row.account_id)
            session.delete(row)


def sign_out_everywhere(store: Store, person: Person, *, now: datetime) -> None:
    """End every session of the person. Tokens of programs stay."""
    with store.writing() as session:
        end_sessions(session, person.id)
        log(session, store, now, "sign_out_everywhere", by=person.id, account=person.id)


def begin_session(
    session: sql.Session, store: Store, row: AccountRow, by: SignedInBy, *, now: datetime, lasting: Lasting
) -> SignedIn:
    """Begin a whole session of an account, and forget those that have run out."""
    session.execute(delete(SessionRow).where(SessionRow.ends_at <= now))
    token, ends = new_token(), now + lasting.whole
    session.add(
        SessionRow(
            hash=token_hash(token), account_id=row.id, whole=True, by=by.value, made_at=now, seen_at=now, ends_at=ends
        )
    )
    row.seen_at = now
    log(session, store, now, "sign_in", by=row.id, account=row.id, detail={"by": by.value})
    return SignedIn(token, whole=True, ends_at=ends, account=row.id)


def end_sessions(session: sql.Session, account_id: str) -> None:
    """End every session of an account."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


def failure(store: Store, login: str, account: str, now: datetime, action: str) -> Exception:
    """Count and log one more failure under a name; what to raise. It is written before anything is raised."""
    with store.writing() as session:
        wait = lock.closed_for(session, login, now)
        if wait:
            return TooManyAttempts(wait)
        failures = lock.failed(session, login, now)
        log(session, store, now, action, by=NOBODY, account=account or NOBODY, detail={"in_a_row": str(failures)})
    return refusal()


def refusal() -> NotSignedIn:
    """The one line of every failure to sign in."""
    return NotSignedIn("that did not sign you in; check name, password and code, or ask an administrator for help")


def login_of(text: str) -> str:
    """A name to sign in with, as it is kept."""
    return text.strip().lower()[:200]


def _half(session: sql.Session, row: AccountRow, now: datetime) -> SignedIn:
    token, ends = new_token(), now + _CODE_WITHIN
    session.add(
        SessionRow(
            hash=token_hash(token), account_id=row.id, whole=False, by=SignedInBy.PASSWORD.value,
            made_at=now, seen_at=now, ends_at=ends,
        )
    )  # fmt: skip
    return SignedIn(token, whole=False, ends_at=ends, account=row.id)


def _over(row: SessionRow, now: datetime, lasting: Lasting) -> bool:
    return now >= row.ends_at or now - row.seen_at >= lasting.idle


def _open_account(session: sql.Session, login: str) -> AccountRow | None:
    return session.scalars(
        select(AccountRow).where(AccountRow.login == login, AccountRow.disabled_at.is_(None))
    ).first()
