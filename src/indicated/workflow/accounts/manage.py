"""What administrators do with accounts: add, list, close, open again, roles, licences, new passwords.

Nobody changes their own roles or licence, and whoever's rights change is signed out everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete, select
from sqlalchemy import orm as sql

from indicated.store.accounts import AccountRow, IdentityRow, ProofRow, ResetRow
from indicated.store.base import Store
from indicated.workflow.accounts import second_factor
from indicated.workflow.accounts.errors import BadAccount, NoAccount
from indicated.workflow.accounts.logged import log
from indicated.workflow.accounts.rows import account_of, account_row, identities_of, roles_text
from indicated.workflow.accounts.sign_in import end_sessions, login_of
from indicated.workflow.accounts.tokens import new_id, new_token, token_hash
from indicated.workflow.accounts.values import Account, Identity, Licence
from indicated.workflow.review.errors import Conflict, SamePerson
from indicated.workflow.review.people import Action, Person, Role, require

CONSOLE = Person("console", "console", frozenset({Role.ADMINISTRATOR}))
"""Whoever works at the machine itself, by the command line: the first administrator is added by them."""

RESET_WITHIN = timedelta(hours=24)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")
_STATE = re.compile(r"[A-Z]{2}")
_LONGEST_NAME, _LONGEST_SUBJECT = 120, 255


def add(
    store: Store, person: Person, *, login: str, name: str, roles: Iterable[Role], now: datetime
) -> tuple[Account, str]:
    """Add an account; with it the one-time code by which its owner sets the first password. BadAccount when the name is
    taken or is none.
    """
    require(person, Action.MANAGE_ACCOUNTS)
    found, named = login_of(login), _name(name)
    if not _LOGIN.fullmatch(found):
        raise BadAccount(
            "a name to sign in with has 2 to 100 letters, digits or ._@+- and begins with a letter or digit"
        )
    with store.writing() as session:
        if session.scalars(select(AccountRow).where(AccountRow.login == found)).first() is not None:
            raise BadAccount("that name to sign in with is taken; choose another")
        row = AccountRow(
            id=new_id("account"), version=1, login=found, name=named, roles=roles_text(frozenset(roles)), made_at=now
        )
        session.add(row)
        session.flush()
        log(session, store, now, "account_add", by=person.id, account=row.id, detail=_told(row))
        code = _new_reset(session, row.id, person.id, now)
        return account_of(session, row), code


def accounts(store: Store, person: Person, *, after: str = "", limit: int = 100) -> tuple[Account, ...]:
    """Accounts by the name to sign in with, from the one after `after`."""
    require(person, Action.MANAGE_ACCOUNTS)
    with store.reading() as session:
        wanted = select(AccountRow).where(AccountRow.login > after).order_by(AccountRow.login).limit(limit)
        return tuple(account_of(session, row) for row in session.scalars(wanted))


def account(store: Store, person: Person, account_id: str) -> Account:
    """One account: one's own, or anybody's for an administrator. NoAccount."""
    if person.id != account_id:
        require(person, Action.MANAGE_ACCOUNTS)
    with store.reading() as session:
        return account_of(session, account_row(session, account_id))


def by_login(store: Store, person: Person, login: str) -> Account:
    """The account of a name to sign in with. NoAccount."""
    require(person, Action.MANAGE_ACCOUNTS)
    with store.reading() as session:
        row = session.scalars(select(AccountRow).where(AccountRow.login == login_of(login))).first()
        if row is None:
            raise NoAccount("nobody signs in with that name; 'indicated account list' lists them")
        return account_of(session, row)


def set_roles(
    store: Store, person: Person, account_id: str, version: int, *, roles: Iterable[Role], now: datetime
) -> Account:
    """Give somebody these roles in place of those they had. Not oneself: SamePerson."""
    with store.writing() as session:
        row = _changing(session, person, account_id, version)
        row.roles = roles_text(frozenset(roles))
        _keep_one_administrator(session)
        return _changed(session, store, row, by=person, now=now, action="account_roles")


def set_open(store: Store, person: Person, account_id: str, version: int, *, is_open: bool, now: datetime) -> Account:
    """Close an account or open it again. Nothing of what its owner did is touched."""
    with store.writing() as session:
        row = _changing(session, person, account_id, version)
        row.disabled_at = None if is_open else row.disabled_at or now
        _keep_one_administrator(session)
        return _changed(
            session, store, row, by=person, now=now, action="account_enable" if is_open else "account_disable"
        )


def set_licence(
    store: Store, person: Person, account_id: str, version: int, *, licence: Licence, now: datetime
) -> Account:
    """Put a physician's licence on record, as the administrator verified it; who and when is kept. Not one's own."""
    if licence.state and not _STATE.fullmatch(licence.state):
        raise BadAccount("the state of a licence is two capital letters, for example NY")
    told = (licence.number, licence.specialty, licence.credentials, *licence.boards)
    if any(len(one) > _LONGEST_NAME or not one.isprintable() for one in told):
        raise BadAccount(f"each part of a licence is one line of at most {_LONGEST_NAME} characters")
    with store.writing() as session:
        row = _changing(session, person, account_id, version)
        row.licence, row.licence_state = licence.number.strip(), licence.state
        row.specialty, row.credentials = licence.specialty.strip(), licence.credentials.strip()
        row.boards, row.licence_until = msgspec.json.encode(licence.boards).decode(), licence.until
        row.licence_verified_by, row.licence_verified_at = person.id, now
        return _changed(session, store, row, by=person, now=now, action="account_licence")


def new_password_code(
    store: Store, person: Person, account_id: str, *, second_factor_too: bool = False, now: datetime
) -> str:
    """A one-time code for setting a new password, good for a day; earlier ones end. With `second_factor_too` the second
    factor is taken away as well, for somebody who lost it. All sessions end.
    """
    require(person, Action.MANAGE_ACCOUNTS)
    with store.writing() as session:
        row = account_row(session, account_id)
        row.password = ""
        if second_factor_too:
            second_factor.remove(session, row.id)
        end_sessions(session, row.id)
        detail = {"second_factor": "removed" if second_factor_too else "kept"}
        log(session, store, now, "account_reset", by=person.id, account=row.id, detail=detail)
        return _new_reset(session, row.id, person.id, now)


def link_sign_on(
    store: Store, person: Person, account_id: str, version: int, *, identity: Identity, now: datetime
) -> Account:
    """Say that a subject of a single sign-on provider is this account's owner, as the administrator made sure. Not to
    one's own account: SamePerson. BadAccount where the subject has an account.
    """
    issuer, subject = identity.issuer.strip(), identity.subject.strip()
    if not issuer:
        raise BadAccount("there is no single sign-on here to link to; INDICATED_OIDC_ISSUER sets it")
    if not subject or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise BadAccount(f"a subject is one line of 1 to {_LONGEST_SUBJECT} characters, as the provider gives it")
    with store.writing() as session:
        row = _changing(session, person, account_id, version)
        if session.get(IdentityRow, (issuer, subject)) is not None:
            raise BadAccount("that subject of the provider has an account already; take that link away first")
        session.add(IdentityRow(issuer=issuer, subject=subject, account_id=row.id))
        row.issuer = issuer
        return _changed(session, store, row, by=person, now=now, action="account_link")


def unlink_sign_on(
    store: Store, person: Person, account_id: str, version: int, *, identity: Identity, now: datetime
) -> Account:
    """Take a link away, with the proofs it made; the account's owner is signed out. NoAccount where there is no such
    link.
    """
    with store.writing() as session:
        row = _changing(session, person, account_id, version)
        found = session.get(IdentityRow, (identity.issuer, identity.subject))
        if found is None or found.account_id != row.id:
            raise NoAccount("that subject is not linked to this account; look at the account again")
        session.delete(found)
        session.execute(delete(ProofRow).where(ProofRow.account_id == row.id))
        session.flush()
        row.issuer = next((one.issuer for one in identities_of(session, row.id)), "")
        return _changed(session, store, row, by=person, now=now, action="account_unlink")


def _changing(session: sql.Session, person: Person, account_id: str, version: int) -> AccountRow:
    require(person, Action.MANAGE_ACCOUNTS)
    row = account_row(session, account_id)
    if row.id == person.id:
        raise SamePerson("nobody changes their own account in this; another administrator does")
    if row.version != version:
        raise Conflict(f"the account was changed since: it is at version {row.version} now; look at it again")
    return row


def _changed(session: sql.Session, store: Store, row: AccountRow, *, by: Person, now: datetime, action: str) -> Account:
    row.version += 1
    end_sessions(session, row.id)
    log(session, store, now, action, by=by.id, account=row.id, detail=_told(row))
    return account_of(session, row)


def _keep_one_administrator(session: sql.Session) -> None:
    session.flush()
    rows = session.scalars(select(AccountRow).where(AccountRow.disabled_at.is_(None)))
    if not any(Role.ADMINISTRATOR.value in row.roles.split() for row in rows):
        raise BadAccount("that would leave nobody who can manage accounts; make another administrator first")


def _new_reset(session: sql.Session, account_id: str, by: str, now: datetime) -> str:
    session.execute(delete(ResetRow).where(ResetRow.account_id == account_id))
    code = new_token()
    session.add(ResetRow(hash=token_hash(code), account_id=account_id, made_by=by, ends_at=now + RESET_WITHIN))
    return code


def _name(text: str) -> str:
    found = " ".join(text.split())
    if not found or len(found) > _LONGEST_NAME or not found.isprintable():
        raise BadAccount(f"a person's name is one line of 1 to {_LONGEST_NAME} characters")
    return found


def _told(row: AccountRow) -> dict[str, str]:
    return {"roles": row.roles.replace(" ", ","), "version": str(row.version)}
