"""Single sign-on: sending the browser to the provider, and what becomes of it when it comes back.

Authorization code with PKCE (RFC 7636), a state bound to the browser that began, and a nonce. An account is found by
issuer and subject alone: a mail address can be anybody's.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
from msgspec import Struct
from sqlalchemy import delete
from sqlalchemy import orm as sql

from indicated.model.text import visible
from indicated.store.accounts import AccountRow, IdentityRow, ProofRow, SignOnRow
from indicated.store.base import Store
from indicated.workflow.accounts.errors import NotSignedIn, SignOnFailed
from indicated.workflow.accounts.logged import NOBODY, log
from indicated.workflow.accounts.provider import LEEWAY, Provider
from indicated.workflow.accounts.rows import roles_text
from indicated.workflow.accounts.sign_in import USUAL, begin_session, end_sessions
from indicated.workflow.accounts.tokens import new_id, new_token, same, token_hash
from indicated.workflow.accounts.values import Lasting, SignedIn, SignedInBy
from indicated.workflow.review.people import Person, Reauthenticated, Role

_WITHIN = timedelta(minutes=10)
_SCOPE = "openid profile email"
_LONGEST, _LONGEST_SUBJECT = 120, 255


class Begun(Struct, frozen=True):
    """Where to send the browser, and the secret that it has to bring back in a cookie."""

    url: str
    browser: str
    ends_at: datetime


def begin(
    store: Store, provider: Provider, *, redirect: str, now: datetime, proving: Person | None = None, about: str = ""
) -> Begun:
    """Begin a sign-on; `redirect` is where the provider sends the browser back to. With `proving` it is to prove that
    this person is there now, for signing `about`.
    """
    where = provider.endpoints(now)
    state, browser, nonce, verifier = (new_token() for _ in range(4))
    row = SignOnRow(
        state_hash=token_hash(state),
        browser_hash=token_hash(browser),
        nonce=nonce,
        verifier=store.vault.seal(verifier.encode(), _about(state)),
        about=about,
        account_id=proving.id if proving else "",
        made_at=now,
        ends_at=now + _WITHIN,
    )
    with store.writing() as session:
        session.execute(delete(SignOnRow).where(SignOnRow.ends_at <= now))
        session.add(row)
    asked = {
        "response_type": "code",
        "client_id": provider.settings.client,
        "redirect_uri": redirect,
        "scope": _SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    } | ({"max_age": "0", "prompt": "login"} if proving else {})
    return Begun(str(httpx.URL(where.authorize).copy_merge_params(asked)), browser, now + _WITHIN)


def finish(
    store: Store,
    provider: Provider,
    told: Mapping[str, str],
    browser: str,
    *,
    redirect: str,
    now: datetime,
    lasting: Lasting = USUAL,
) -> SignedIn | Reauthenticated:
    """What a browser that came back with the query `told` and its cookie is: signed in, or proved to be there for
    signing (taken by `prove.proved_by_sign_on`). SignOnFailed; NotSignedIn when the person has no account here.
    """
    begun = _taken(store, told.get("state", ""), browser, now)
    where = provider.endpoints(now)
    issuer = told.get("iss")
    if (issuer is not None or where.names_itself) and issuer != provider.settings.issuer:
        raise SignOnFailed("the answer is by another provider than the one that was asked; begin again")
    if "error" in told or not told.get("code"):
        raise SignOnFailed("the provider did not sign you in; begin again")
    verifier = store.vault.open(begun.verifier, _about(told["state"])).decode()
    token = provider.exchange(told["code"], verifier, redirect, now)
    claims = provider.claims(token, begun.nonce, now)
    with store.writing() as session:
        done = (
            _prove(session, store, begun, claims, now)
            if begun.account_id
            else _enter(session, store, provider, claims, now=now, lasting=lasting)
        )
    if done is None:
        raise NotSignedIn(
            "the provider knows you, and there is no open account for you here; ask an administrator, and tell them by "
            f"which subject: {visible(str(claims['sub']))[:_LONGEST_SUBJECT]}"
        )
    return done


def _taken(store: Store, state: str, browser: str, now: datetime) -> SignOnRow:
    """The sign-on of a state, which is gone with this: an answer counts once, and in the browser that asked."""
    with store.writing() as session:
        row = session.get(SignOnRow, token_hash(state))
        if row is not None:
            session.delete(row)
    if row is None or row.ends_at <= now or not same(token_hash(browser), row.browser_hash):
        raise SignOnFailed("that sign-on was not begun in this browser, is over, or was used; begin again")
    return row


def _prove(
    session: sql.Session, store: Store, begun: SignOnRow, claims: Mapping[str, Any], now: datetime
) -> Reauthenticated | None:
    row = _account(session, claims)
    when = claims.get("auth_time")
    anew = isinstance(when, int | float) and when >= (begun.made_at - LEEWAY).timestamp()
    if row is None or row.id != begun.account_id or not anew:
        raise SignOnFailed("the provider did not ask you anew who you are, or it was somebody else; begin again")
    session.merge(ProofRow(account_id=row.id, about=begun.about, at=now))
    log(session, store, now, "prove", by=row.id, account=row.id, detail={"about": begun.about, "by": "sign_on"})
    return Reauthenticated(row.id, begun.about, now)


def _enter(
    session: sql.Session,
    store: Store,
    provider: Provider,
    claims: Mapping[str, Any],
    *,
    now: datetime,
    lasting: Lasting,
) -> SignedIn | None:
    row = _account(session, claims, closed_too=True)
    if row is not None and row.disabled_at is not None:
        return None
    given = provider.settings.roles
    if given:
        roles = roles_text(_roles(claims, provider))
        if row is None and roles:
            row = _made(session, store, claims, roles, now)
        elif row is not None and row.roles != roles:
            row.roles, row.version = roles, row.version + 1
            end_sessions(session, row.id)
            detail = {"roles": roles.replace(" ", ","), "version": str(row.version)}
            log(session, store, now, "account_roles", by=NOBODY, account=row.id, detail=detail)
        if row is not None and not roles:
            return None
    if row is None:
        return None
    return begin_session(session, store, row, SignedInBy.SIGN_ON, now=now, lasting=lasting)


def _account(session: sql.Session, claims: Mapping[str, Any], *, closed_too: bool = False) -> AccountRow | None:
    known = session.get(IdentityRow, (claims["iss"], claims["sub"]))
    row = session.get(AccountRow, known.account_id) if known is not None else None
    return None if row is not None and row.disabled_at is not None and not closed_too else row


def _made(session: sql.Session, store: Store, claims: Mapping[str, Any], roles: str, now: datetime) -> AccountRow:
    """The account of somebody seen for the first time. The name to sign in with only tells accounts apart: without a
    password nobody signs in by it.
    """
    login = f"sso-{token_hash(claims['iss'] + ' ' + claims['sub'])[:16]}"
    row = AccountRow(
        id=new_id("account"), login=login, name=_name(claims) or login, roles=roles, made_at=now, issuer=claims["iss"]
    )
    session.add(row)
    session.flush()
    session.add(IdentityRow(issuer=claims["iss"], subject=claims["sub"], account_id=row.id))
    detail = {"roles": roles.replace(" ", ","), "by": "sign_on"}
    log(session, store, now, "account_add", by=NOBODY, account=row.id, detail=detail)
    return row


def _roles(claims: Mapping[str, Any], provider: Provider) -> frozenset[Role]:
    told = claims.get(provider.settings.groups)
    groups = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    given = provider.settings.roles
    return frozenset(role for group in groups if isinstance(group, str) for role in given.get(group, ()))


def _name(claims: Mapping[str, Any]) -> str:
    for key in ("name", "preferred_username"):
        told = claims.get(key)
        if isinstance(told, str) and told.strip() and told.isprintable():
            return " ".join(told.split())[:_LONGEST]
    return ""


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _about(state: str) -> str:
    return f"sign-on {token_hash(state)}"
