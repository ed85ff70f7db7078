"""Signing in and out, and what everybody does with their own account."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.table import Call, Route
from indicated.workflow.accounts import manage, own, sign_in
from indicated.workflow.accounts.values import Account, Scope, SignedIn

_Secret = Annotated[str, Meta(max_length=1000)]


class SignInIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Name and password."""

    login: _Secret
    password: _Secret


class CodeIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A code of the authenticator app, or a recovery code."""

    code: _Secret


class PasswordIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A one-time code of an administrator, and the password that is to be."""

    code: _Secret
    password: _Secret


class ChangeIn(Struct, frozen=True, forbid_unknown_fields=True):
    """The password as it is and as it is to be."""

    old: _Secret
    new: _Secret


class PasswordOnly(Struct, frozen=True, forbid_unknown_fields=True):
    """The password again."""

    password: _Secret


class FactorOut(Struct, frozen=True):
    """What an authenticator app scans."""

    address: str


class RecoveryOut(Struct, frozen=True):
    """Recovery codes, shown this once."""

    codes: tuple[str, ...]


def _sign_in(call: Call) -> SignedIn:
    return sign_in.sign_in(
        call.store, call.body.login, call.body.password, now=call.now, lasting=call.settings.sessions
    )


def _code(call: Call) -> SignedIn:
    return sign_in.give_code(call.store, call.bearer, call.body.code, now=call.now, lasting=call.settings.sessions)


def _sign_out(call: Call) -> None:
    sign_in.sign_out(call.store, call.bearer, now=call.now)


def _everywhere(call: Call) -> None:
    sign_in.sign_out_everywhere(call.store, call.person, now=call.now)


def _password(call: Call) -> None:
    own.set_password(call.store, call.body.code, call.body.password, now=call.now)


def _me(call: Call) -> Account:
    return manage.account(call.store, call.person, call.person.id)


def _change(call: Call) -> SignedIn:
    return own.change_password(
        call.store, call.person, old=call.body.old, new=call.body.new, now=call.now, lasting=call.settings.sessions
    )


def _begin(call: Call) -> FactorOut:
    return FactorOut(own.begin_second_factor(call.store, call.person, password=call.body.password, now=call.now))


def _confirm(call: Call) -> RecoveryOut:
    return RecoveryOut(own.confirm_second_factor(call.store, call.person, call.body.code, now=call.now))


ROUTES = (
    Route(
        method="POST", path="/sessions", name="sign_in", tag="me", handle=_sign_in, public=True, body=SignInIn,
        reply=SignedIn, status=201,
        says="Sign in. The token is sent as a bearer token from then on; while `whole` is false it takes a code first.",
    ),
    Route(
        method="POST", path="/sessions/code", name="give_code", tag="me", handle=_code, public=True, body=CodeIn,
        reply=SignedIn, says="Give the code of the second factor, with the token that is not whole as bearer.",
    ),
    Route(
        method="DELETE", path="/sessions/current", name="sign_out", tag="me", handle=_sign_out, status=204,
        says="End the session that this is sent in.",
    ),
    Route(
        method="DELETE", path="/sessions", name="sign_out_everywhere", tag="me", handle=_everywhere, status=204,
        says="End every session of one's own.",
    ),
    Route(
        method="POST", path="/passwords", name="set_password", tag="me", handle=_password, public=True, body=PasswordIn,
        status=204, says="Set a password by a one-time code of an administrator.",
    ),
    Route(
        method="GET", path="/me", name="me", tag="me", handle=_me, scope=Scope.READ, reply=Account,
        says="One's own account: roles and licence on record.",
    ),
    Route(
        method="PUT", path="/me/password", name="change_password", tag="me", handle=_change, body=ChangeIn,
        reply=SignedIn, says="Put a new password in place of the old one. Every session ends; the answer is a new one.",
    ),
    Route(
        method="POST", path="/me/second-factor", name="begin_second_factor", tag="me", handle=_begin,
        body=PasswordOnly, reply=FactorOut, status=201,
        says="Begin to set up an authenticator app; it counts once a code of it was given.",
    ),
    Route(
        method="POST", path="/me/second-factor/code", name="confirm_second_factor", tag="me", handle=_confirm,
        body=CodeIn, reply=RecoveryOut,
        says="Put the second factor in force by a code of the app; every session ends.",
    ),
)  # fmt: skip
