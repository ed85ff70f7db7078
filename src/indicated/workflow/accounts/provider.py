"""A provider of single sign-on (OpenID Connect): where it is, its keys, and what its tokens say.

What it says of itself is fetched once a day and its keys once an hour; a token under an unknown key has them fetched
anew, at most once a minute, so that a change of keys goes unnoticed and a forged key id costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from indicated.workflow.accounts.errors import SignOnFailed
from indicated.workflow.accounts.tokens import same
from indicated.workflow.settings import SignOnSettings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""How an ID token may be signed: with a key that only the provider has. `none` and shared secrets are refused."""

LEEWAY = timedelta(minutes=1)
_OLDEST = timedelta(minutes=10)
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_MOST_BYTES = 1_000_000
_WAIT = 10.0


class Endpoints(Struct, frozen=True):
    """What a provider says of itself."""

    authorize: str
    token: str
    keys: str
    names_itself: bool
    basic: bool


class Provider:
    """One provider. Safe to use from several threads; `close` when done."""

    def __init__(self, settings: SignOnSettings, http: httpx.Client | None = None) -> None:
        self.settings = settings
        self._http = http or httpx.Client(timeout=_WAIT, follow_redirects=False, trust_env=False)
        self._lock = Lock()
        self._endpoints: tuple[datetime, Endpoints] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def endpoints(self, now: datetime) -> Endpoints:
        """Where to send browsers and codes. SignOnFailed when the provider cannot be asked, or is another."""
        with self._lock:
            if self._endpoints is None or now - self._endpoints[0] >= _DAY:
                self._endpoints = (now, self._discovered())
            return self._endpoints[1]

    def exchange(self, code: str, verifier: str, redirect: str, now: datetime) -> str:
        """The ID token for an authorization code."""
        where = self.endpoints(now)
        own = self.settings
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
        basic = httpx.BasicAuth(own.client, own.secret) if own.secret and where.basic else None
        if basic is None:
            form |= {"client_id": own.client} | ({"client_secret": own.secret} if own.secret else {})
        told = self._json("POST", where.token, data=form, auth=basic)
        token = told.get("id_token")
        if not isinstance(token, str):
            raise SignOnFailed("the provider gave no ID token; its client has to ask for the scope openid")
        return token

    def claims(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        """What an ID token says, once signature, issuer, audience, times and nonce hold. SignOnFailed otherwise."""
        found = self._verified(token, now)
        _refuse_unless(found.get("iss") == self.settings.issuer, "another issuer")
        audience = found.get("aud")
        audiences = [audience] if isinstance(audience, str) else audience
        _refuse_unless(isinstance(audiences, list) and self.settings.client in audiences, "another audience")
        party = found.get("azp", self.settings.client if len(audiences) == 1 else None)  # type: ignore[arg-type]
        _refuse_unless(party == self.settings.client, "another audience")
        ends, made = _moment(found, "exp"), _moment(found, "iat")
        _refuse_unless(now.timestamp() < ends + LEEWAY.total_seconds(), "a time that is over")
        _refuse_unless(-LEEWAY <= now - datetime.fromtimestamp(made, now.tzinfo) <= _OLDEST, "a time that is over")
        said = found.get("nonce")
        _refuse_unless(isinstance(said, str) and same(said, nonce), "another sign-on")
        _refuse_unless(isinstance(found.get("sub"), str) and 0 < len(found["sub"]) <= 255, "no subject")  # noqa: PLR2004
        return found

    def _verified(self, token: str, now: datetime) -> dict[str, Any]:
        for anew in (False, True):
            keys = self._key_set(now, anew=anew)
            try:
                return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise SignOnFailed("the provider's ID token does not hold: its signature is not by a key of the provider")

    def _key_set(self, now: datetime, *, anew: bool) -> KeySet:
        uri = self.endpoints(now).keys
        with self._lock:
            if self._keys is None or now - self._keys[0] >= (_MINUTE if anew else _HOUR):
                try:
                    self._keys = (now, KeySet.import_key_set(self._json("GET", uri)))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError):
                    raise SignOnFailed("the provider's keys cannot be read; look at its jwks_uri") from None
            return self._keys[1]

    def _discovered(self) -> Endpoints:
        told = self._json("GET", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != self.settings.issuer:
            raise SignOnFailed("the provider calls itself by another issuer than INDICATED_OIDC_ISSUER")
        found = [told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        begins = "https://" if self.settings.issuer.startswith("https://") else "http"
        if not all(isinstance(one, str) and one.startswith(begins) for one in found):
            raise SignOnFailed("the provider does not say where its endpoints are, or not by https")
        methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        names_itself = told.get("authorization_response_iss_parameter_supported") is True
        authorize, token, keys = map(str, found)
        return Endpoints(authorize, token, keys, names_itself=names_itself, basic="client_secret_basic" in methods)

    def _json(self, method: str, url: str, **sent: Any) -> Mapping[str, Any]:
        try:
            with self._http.stream(method, url, headers={"Accept": "application/json"}, **sent) as reply:
                body = b""
                for part in reply.iter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES:
                        raise SignOnFailed("the provider's answer has no end")
            found = json.loads(body) if reply.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError):
            raise SignOnFailed("the provider of single sign-on cannot be reached; try again in a while") from None
        if not isinstance(found, dict):
            raise SignOnFailed(f"the provider of single sign-on refused ({reply.status_code}); begin again")
        return found


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    _refuse_unless(isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e11, f"no {name}")  # noqa: PLR2004
    return float(value)  # type: ignore[arg-type]


def _refuse_unless(holds: bool, what: str) -> None:  # noqa: FBT001
    if not holds:
        raise SignOnFailed(f"the provider's ID token does not hold: it has {what}; begin again")
