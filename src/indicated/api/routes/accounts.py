"""Accounts, for administrators; tokens of programs, for their owners."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.shapes import AccountIn, Line, Page, RolesIn
from indicated.api.table import Call, Route, Told
from indicated.workflow.accounts import manage, programs
from indicated.workflow.accounts.values import Account, Identity, Licence, Scope, Token
from indicated.workflow.review.people import Action


class AccountQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """From which name to sign in with on."""

    after: Line = ""
    limit: Page = 100


class AccountPage(Struct, frozen=True):
    """A page of accounts; `next` is what to give as `after`, empty on the last."""

    items: tuple[Account, ...]
    next: str


class Added(Struct, frozen=True):
    """An account, and the one-time code by which its owner sets the first password."""

    account: Account
    code: str


class CodeOut(Struct, frozen=True):
    """A one-time code for setting a password."""

    code: str


class ResetIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the second factor goes too."""

    second_factor_too: bool = False


class OpenIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the account is open."""

    open: bool


class LicenceIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A physician's licence as it was verified."""

    number: Line
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    specialty: Line
    credentials: Line
    boards: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()
    until: date | None = None


class SubjectIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom single sign-on means, by the claim `sub`; of this site's provider where no issuer is said."""

    subject: Line
    issuer: Line = ""


class TokenIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A token: what it is for, what it may be used for, and for how many days."""

    name: Line
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=6)]
    days: Annotated[int, Meta(ge=1, le=366)] = 90


class Made(Struct, frozen=True):
    """A token with its secret, shown this once."""

    token: Token
    secret: str


class TokensOut(Struct, frozen=True):
    """Tokens, the newest first."""

    items: tuple[Token, ...]


def _told(account: Account) -> Told:
    return Told(account, str(account.version))


def _list(call: Call) -> AccountPage:
    query: AccountQuery = call.query
    found = manage.accounts(call.store, call.person, after=query.after, limit=query.limit)
    return AccountPage(found, found[-1].login if len(found) == query.limit else "")


def _add(call: Call) -> Added:
    body: AccountIn = call.body
    return Added(*manage.add(call.store, call.person, login=body.login, name=body.name, roles=body.roles, now=call.now))


def _one(call: Call) -> Told:
    return _told(manage.account(call.store, call.person, call.path["account"]))


def _roles(call: Call) -> Told:
    return _told(
        manage.set_roles(
            call.store, call.person, call.path["account"], call.version, roles=call.body.roles, now=call.now
        )
    )


def _open(call: Call) -> Told:
    return _told(
        manage.set_open(
            call.store, call.person, call.path["account"], call.version, is_open=call.body.open, now=call.now
        )
    )


def _licence(call: Call) -> Told:
    body: LicenceIn = call.body
    licence = Licence(body.number, body.state, body.specialty, body.credentials, body.boards, body.until)
    return _told(
        manage.set_licence(call.store, call.person, call.path["account"], call.version, licence=licence, now=call.now)
    )


def _reset(call: Call) -> CodeOut:
    return CodeOut(
        manage.new_password_code(
            call.store, call.person, call.path["account"], second_factor_too=call.body.second_factor_too, now=call.now
        )
    )


def _identity(call: Call) -> Identity:
    body: SubjectIn = call.body
    return Identity(body.issuer or call.settings.sign_on.issuer, body.subject)


def _link(call: Call) -> Told:
    account, who = call.path["account"], _identity(call)
    return _told(manage.link_sign_on(call.store, call.person, account, call.version, identity=who, now=call.now))


def _unlink(call: Call) -> Told:
    account, who = call.path["account"], _identity(call)
    return _told(manage.unlink_sign_on(call.store, call.person, account, call.version, identity=who, now=call.now))


def _tokens(call: Call) -> TokensOut:
    return TokensOut(programs.tokens(call.store, call.person, account_id=call.person.id))


def _make(call: Call) -> Made:
    body: TokenIn = call.body
    return Made(
        *programs.make(
            call.store,
            call.person,
            account_id=call.person.id,
            name=body.name,
            scopes=body.scopes,
            lasts=timedelta(days=body.days),
            now=call.now,
        )
    )


def _revoke(call: Call) -> None:
    programs.revoke(call.store, call.person, call.path["token"], now=call.now)


ROUTES = (
    Route(
        method="GET", path="/accounts", name="accounts", tag="accounts", handle=_list, right=Action.MANAGE_ACCOUNTS,
        scope=Scope.ACCOUNTS, query=AccountQuery, reply=AccountPage, says="Accounts by the name to sign in with.",
    ),
    Route(
        method="POST", path="/accounts", name="add_account", tag="accounts", handle=_add,
        right=Action.MANAGE_ACCOUNTS, scope=Scope.ACCOUNTS, body=AccountIn, reply=Added, status=201,
        says="Add an account; its owner sets a password by the code.",
    ),
    Route(
        method="GET", path="/accounts/{account}", name="account", tag="accounts", handle=_one,
        right=Action.MANAGE_ACCOUNTS, scope=Scope.ACCOUNTS, reply=Account, says="One account.",
    ),
    Route(
        method="PUT", path="/accounts/{account}/roles", name="set_roles", tag="accounts", handle=_roles,
        right=Action.MANAGE_ACCOUNTS, scope=Scope.ACCOUNTS, body=RolesIn, reply=Account, versioned=True,
        says="Put these roles in place of those before; not one's own.",
    ),
    Route(
        method="PUT", path="/accounts/{account}/open", name="set_open", tag="accounts", handle=_open,
        right=Action.MANAGE_ACCOUNTS, scope=Scope.ACCOUNTS, body=OpenIn, reply=Account, versioned=True,
        says="Close an account or open it again; not one's own.",
    ),
    Route(
        method="PUT", path="/accounts/{account}/licence", name="set_licence", tag="accounts", handle=_licence,
        right=Action.MANAGE_ACCOUNTS, body=LicenceIn, reply=Account, versioned=True,
        says="Put a physician's licence on record, as verified; not one's own. Takes a session.",
    ),
    Route(
        method="POST", path="/accounts/{account}/password-codes", name="new_password_code", tag="accounts",
        handle=_reset, right=Action.MANAGE_ACCOUNTS, body=ResetIn, reply=CodeOut, status=201,
        says="End a password; the answer is the one-time code for a new one. Takes a session.",
    ),
    Route(
        method="POST", path="/accounts/{account}/links", name="link_sign_on", tag="accounts", handle=_link,
        right=Action.MANAGE_ACCOUNTS, body=SubjectIn, reply=Account, versioned=True,
        says="Say that a subject of single sign-on is the owner of an account; not of one's own. Takes a session.",
    ),
    Route(
        method="POST", path="/accounts/{account}/unlinks", name="unlink_sign_on", tag="accounts", handle=_unlink,
        right=Action.MANAGE_ACCOUNTS, body=SubjectIn, reply=Account, versioned=True,
        says="Take such a link away; its owner is signed out. Takes a session.",
    ),
    Route(
        method="GET", path="/tokens", name="tokens", tag="accounts", handle=_tokens, scope=Scope.READ,
        reply=TokensOut, says="One's own tokens, the newest first.",
    ),
    Route(
        method="POST", path="/tokens", name="make_token", tag="accounts", handle=_make, body=TokenIn, reply=Made,
        status=201, says="Make a token for a program. Takes a session: no token makes another.",
    ),
    Route(
        method="DELETE", path="/tokens/{token}", name="revoke_token", tag="accounts", handle=_revoke, status=204,
        says="End a token at once.",
    ),
)  # fmt: skip
