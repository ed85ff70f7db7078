"""Tokens that programs sign in with: made and revoked by their owner, good for some scopes and some time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from indicated.store.accounts import AccountRow, TokenRow
from indicated.store.base import Store
from indicated.workflow.accounts.errors import BadAccount, NoAccount
from indicated.workflow.accounts.logged import log
from indicated.workflow.accounts.rows import account_row, person_of, token_of
from indicated.workflow.accounts.tokens import new_id, new_token, token_hash
from indicated.workflow.accounts.values import Scope, Token
from indicated.workflow.review.people import Action, Person, require

BEGINS = "ind_"
"""What every token begins with, so that a search for leaked secrets finds it."""

LONGEST = timedelta(days=366)
_SHOWN, _LONGEST_NAME = 10, 80
_NOTE_EVERY = timedelta(minutes=1)


def make(
    store: Store,
    person: Person,
    *,
    account_id: str,
    name: str,
    scopes: Iterable[Scope],
    lasts: timedelta,
    now: datetime,
) -> tuple[Token, str]:
    """A token for an account (one's own, or anybody's for an administrator); its secret is shown this once."""
    if person.id != account_id:
        require(person, Action.MANAGE_ACCOUNTS)
    given, named = frozenset(scopes), " ".join(name.split())
    if not given or not named or len(named) > _LONGEST_NAME or not named.isprintable():
        raise BadAccount(f"a token has a name of 1 to {_LONGEST_NAME} characters and at least one scope")
    if not timedelta(0) < lasts <= LONGEST:
        raise BadAccount(f"a token is good for 1 to {LONGEST.days} days")
    secret = BEGINS + new_token()
    with store.writing() as session:
        row = TokenRow(
            id=new_id("token"),
            hash=token_hash(secret),
            prefix=secret[:_SHOWN],
            account_id=account_row(session, account_id).id,
            name=named,
            scopes=" ".join(scope.value for scope in Scope if scope in given),
            made_at=now,
            ends_at=now + lasts,
        )
        session.add(row)
        detail = {"token": row.id, "scopes": row.scopes.replace(" ", ",")}
        log(session, store, now, "token_make", by=person.id, account=account_id, detail=detail)
        return token_of(row), secret


def tokens(store: Store, person: Person, *, account_id: str) -> tuple[Token, ...]:
    """The tokens of an account, the newest first."""
    if person.id != account_id:
        require(person, Action.MANAGE_ACCOUNTS)
    with store.reading() as session:
        wanted = (
            select(TokenRow).where(TokenRow.account_id == account_id).order_by(TokenRow.made_at.desc(), TokenRow.id)
        )
        return tuple(token_of(row) for row in session.scalars(wanted))


def revoke(store: Store, person: Person, token_id: str, *, now: datetime) -> None:
    """End a token at once. NoAccount when there is none that the person may end."""
    with store.writing() as session:
        row = session.get(TokenRow, token_id)
        if row is None or (row.account_id != person.id and not person.may(Action.MANAGE_ACCOUNTS)):
            raise NoAccount("there is no token of that id")
        row.revoked_at = row.revoked_at or now
        log(session, store, now, "token_revoke", by=person.id, account=row.account_id, detail={"token": row.id})


def bearer(store: Store, secret: str, *, now: datetime) -> tuple[Person, Token] | None:
    """Whose token it is, and what it is good for; None when it is none, has ended, or its owner's account is closed."""
    if not secret.startswith(BEGINS):
        return None
    with store.reading() as session:
        found = session.execute(
            select(TokenRow, AccountRow)
            .join(AccountRow, AccountRow.id == TokenRow.account_id)
            .where(TokenRow.hash == token_hash(secret))
        ).first()
    if found is None:
        return None
    row, account = found
    if row.revoked_at is not None or row.ends_at <= now or account.disabled_at is not None:
        return None
    if row.used_at is None or now - row.used_at >= _NOTE_EVERY:
        with store.writing() as session:
            kept = session.get(TokenRow, row.id)
            if kept is not None:
                kept.used_at = now
    return person_of(account), token_of(row)
