"""From rows of accounts to values."""

from __future__ import annotations

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.store.accounts import AccountRow, IdentityRow, TokenRow
from indicated.workflow.accounts import second_factor
from indicated.workflow.accounts.errors import NoAccount
from indicated.workflow.accounts.values import Account, Identity, Licence, Scope, Token
from indicated.workflow.review.people import Person, Role


def roles_of(text: str) -> frozenset[Role]:
    """The roles as a row keeps them: their words with spaces between."""
    return frozenset(Role(one) for one in text.split())


def roles_text(roles: frozenset[Role]) -> str:
    """The same, back."""
    return " ".join(role.value for role in Role if role in roles)


def person_of(row: AccountRow) -> Person:
    """Whoever the account belongs to, with the licence on record."""
    return Person(
        id=row.id,
        name=row.name,
        roles=roles_of(row.roles),
        licence=row.licence,
        licence_state=row.licence_state,
        specialty=row.specialty,
        credentials=row.credentials,
        boards=msgspec.json.decode(row.boards, type=tuple[str, ...]),
        licence_until=row.licence_until,
    )


def account_of(session: Session, row: AccountRow) -> Account:
    """The account as administrators see it."""
    return Account(
        id=row.id,
        version=row.version,
        login=row.login,
        name=row.name,
        roles=roles_of(row.roles),
        made_at=row.made_at,
        disabled_at=row.disabled_at,
        seen_at=row.seen_at,
        second_factor=second_factor.asked(session, row.id),
        password=bool(row.password),
        identities=identities_of(session, row.id),
        licence=Licence(
            number=row.licence,
            state=row.licence_state,
            specialty=row.specialty,
            credentials=row.credentials,
            boards=msgspec.json.decode(row.boards, type=tuple[str, ...]),
            until=row.licence_until,
            verified_by=row.licence_verified_by,
            verified_at=row.licence_verified_at,
        ),
    )


def identities_of(session: Session, account_id: str) -> tuple[Identity, ...]:
    """Who signs on as an account, in order."""
    mine = select(IdentityRow).where(IdentityRow.account_id == account_id)
    rows = session.scalars(mine.order_by(IdentityRow.issuer, IdentityRow.subject))
    return tuple(Identity(row.issuer, row.subject) for row in rows)


def token_of(row: TokenRow) -> Token:
    """The token as its owner sees it."""
    return Token(
        id=row.id,
        prefix=row.prefix,
        account=row.account_id,
        name=row.name,
        scopes=frozenset(Scope(one) for one in row.scopes.split()),
        made_at=row.made_at,
        ends_at=row.ends_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )


def account_row(session: Session, account_id: str) -> AccountRow:
    """The row of an account; NoAccount without one."""
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NoAccount("there is no account of that id; 'indicated account list' lists them")
    return row
