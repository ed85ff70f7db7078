"""Answering a request to a route: who asks, how often, what was sent, and what comes of it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from indicated.api import replies
from indicated.api.errors import BadRequest, BodyTooBig, NotJson, VersionNeeded
from indicated.api.limits import Rate, address_of
from indicated.api.metrics import Metrics
from indicated.api.problems import Mistake, problem
from indicated.api.shapes import CaseOut
from indicated.api.table import Call, Route, Told
from indicated.model.errors import IndicatedError
from indicated.store.base import Store
from indicated.workflow.accounts.errors import NotSignedIn, ScopeMissing
from indicated.workflow.accounts.programs import BEGINS, bearer
from indicated.workflow.accounts.sign_in import session_of
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review.people import Person, require
from indicated.workflow.review.values import CaseFile
from indicated.workflow.settings import Settings

LOG = logging.getLogger("indicated.api")
NOBODY = Person("", "", frozenset())
_VERSION = re.compile(r'"(\d{1,9})"')
_PROOFS = frozenset({"password", "code", "old", "new"})
_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)


class Site(Struct, frozen=True):
    """What all routes share."""

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    rate: Rate
    sign_in_rate: Rate
    metrics: Metrics


async def answer(site: Site, route: Route, request: Request) -> Response:
    """The response to one request. Nothing of a body or a record gets into a log or a problem."""
    told = request.headers.get("x-request-id", "")
    name = told if _REQUEST_ID.fullmatch(told) else os.urandom(8).hex()
    began = asyncio.get_running_loop().time()
    person = NOBODY
    try:
        now = site.clock()
        person, secret = await run_in_threadpool(_who, site, route, request, now)
        raw = await _body(request, site.settings.body)
        response = await run_in_threadpool(_answered, site, route, request, raw, person=person, secret=secret, now=now)
    except IndicatedError as error:
        response = problem(error, name)
    except ClientDisconnect:
        response = Response(status_code=400)
    except Exception as error:
        LOG.exception("request %s: a mistake in the program (%s)", name, type(error).__name__, exc_info=_where(error))
        response = problem(
            Mistake("a mistake in the program; give the id of the request to whoever runs it"), name, 500
        )
    took = asyncio.get_running_loop().time() - began
    response.headers["x-request-id"] = name
    response.headers["cache-control"] = "no-store"
    response.headers["x-content-type-options"] = "nosniff"
    site.metrics.seen(route, response.status_code, took)
    LOG.info(
        "%s %s %s %d %.0f ms %s", name, route.method, route.path, response.status_code, took * 1000, person.id or "-"
    )
    return response


def _where(error: Exception) -> tuple[type[Exception], Exception, Any]:
    """Where a mistake happened, without its message, which may quote a record."""
    kind = type(error)
    return kind, kind.__new__(kind), error.__traceback__


def _who(site: Site, route: Route, request: Request, now: datetime) -> tuple[Person, str]:
    """Whose request it is and the secret it came with, once they may ask at all."""
    address = address_of(request, site.settings.proxies)
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip() if kind.lower() == "bearer" else ""
    if route.public:
        site.sign_in_rate.count(address, now)
        return NOBODY, secret
    site.rate.check(address, now)
    person, scopes = _known(site, secret, now)
    if person is None:
        site.rate.count(address, now)
        raise NotSignedIn("give a token of a program or of a session that holds, as 'Authorization: Bearer ...'")
    site.rate.count(person.id, now)
    if scopes is not None and (route.scope is None or route.scope not in scopes):
        needed = f"the scope {route.scope.value}" if route.scope else "a session: sign in with a password"
        raise ScopeMissing(f"that token may not be used for this; it takes {needed}")
    if route.right is not None:
        require(person, route.right)
    return person, secret


def _known(site: Site, secret: str, now: datetime) -> tuple[Person | None, frozenset[Scope] | None]:
    if secret.startswith(BEGINS):
        found = bearer(site.store, secret, now=now)
        return (found[0], found[1].scopes) if found else (None, None)
    session = session_of(site.store, secret, now=now, lasting=site.settings.sessions) if secret else None
    return (session.person if session else None), None


async def _body(request: Request, most: int) -> bytes:
    too_big = BodyTooBig(f"that is more than {most // 1_000_000} MB; send only the documents that matter")
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > most:
        raise too_big
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_big
        parts.append(part)
    return b"".join(parts)


def _answered(
    site: Site, route: Route, request: Request, raw: bytes, *, person: Person, secret: str, now: datetime
) -> Response:
    key = request.headers.get("idempotency-key", "") if route.method == "POST" and not route.public else ""
    call = Call(
        store=site.store,
        settings=site.settings,
        person=person,
        now=now,
        path=dict(request.path_params),
        query=_query(route, request),
        body=_decoded(route, raw, request.headers.get("content-type", "")),
        version=_version(route, request.headers.get("if-match", "")),
        bearer=secret,
        key=key,
    )
    if not key:
        return _response(route, route.handle(call), request.headers)
    told = replies.request_hash(
        route.method.encode(), request.url.path.encode(), request.url.query.encode(), told_of(route, raw),
        request.headers.get("if-match", "").encode(),
    )  # fmt: skip
    before = replies.begin(site.store, person.id, key, told, now)
    if before is not None:
        return Response(before.body, before.status, before.headers | {replies.REPLAYED: "true"})
    try:
        value = route.handle(call)
        response = _response(route, value, {})
    except BaseException:
        replies.give_back(site.store, person.id, key)
        raise
    about = call.path.get("case") or _case_of(value)
    kept = replies.Kept(response.status_code, _lasting(response), bytes(response.body), about)
    replies.keep(site.store, person.id, key, kept)
    return response


def told_of(route: Route, raw: bytes) -> bytes:
    """What of a body makes two requests the same: all but what proves who asks. A plain hash of a password, which could
    be guessed quickly, is kept nowhere.
    """
    fields = getattr(route.body, "__struct_fields__", ())
    if _PROOFS.isdisjoint(fields):
        return raw
    told = msgspec.json.decode(raw)
    return msgspec.json.encode({key: told[key] for key in told if key not in _PROOFS}, order="deterministic")


def _case_of(value: Any) -> str:
    """The case that came in with the request, which its path does not name."""
    told = value.value if isinstance(value, Told) else value
    if isinstance(told, CaseFile):
        return told.head.id
    return told.case if isinstance(told, CaseOut) else ""


def _lasting(response: Response) -> dict[str, str]:
    return {name: response.headers[name] for name in ("content-type", "etag") if name in response.headers}


def _query(route: Route, request: Request) -> Any:
    """The query as the struct that the route takes; a name given several times is a list."""
    names = dict.fromkeys(request.query_params.keys())
    if route.query is None:
        if names:
            raise BadRequest("this takes no query; see /openapi.json")
        return None
    lists = {field.name for field in msgspec.structs.fields(route.query) if "tuple" in str(field.type)}
    given = {
        name: request.query_params.getlist(name) if name in lists else request.query_params[name] for name in names
    }
    try:
        return msgspec.convert(given, route.query, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest(f"the query cannot be: {_plainly(error)}") from None


def _decoded(route: Route, raw: bytes, kind: str) -> Any:
    if route.body is None:
        return None
    media = kind.partition(";")[0].strip().lower()
    if media not in route.takes:
        raise NotJson(f"the body has to be {' or '.join(route.takes)}, and its Content-Type has to say so")
    if media != route.takes[0]:
        return raw
    if route.body is bytes:
        return raw
    try:
        return msgspec.json.decode(raw, type=route.body)
    except msgspec.ValidationError as error:
        raise BadRequest(f"the body cannot be: {_plainly(error)}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("the body is not JSON that can be read; see /openapi.json for what belongs there") from None


def _plainly(error: msgspec.ValidationError) -> str:
    """What does not fit and where, without the value that was sent."""
    told = re.sub(r"Invalid enum value .*?(?= - at|$)", "Not one of the values it may have", str(error))
    told = re.sub(r"Invalid value .*?(?= - at|$)", "Not one of the values it may have", told)
    return "".join(one for one in told if one.isprintable())[:300]


def _version(route: Route, told: str) -> int:
    if not route.versioned:
        return 0
    found = _VERSION.fullmatch(told.strip())
    if found is None:
        raise VersionNeeded('send the version that this is changed on, as If-Match: "7"; GET gives it as ETag')
    return int(found.group(1))


def _response(route: Route, value: Any, headers: Mapping[str, str]) -> Response:
    told = value if isinstance(value, Told) else Told(value)
    sent = {"etag": f'"{told.version}"'} if told.version else {}
    if told.file:
        sent["content-disposition"] = f'attachment; filename="{told.file}"'
    if route.method == "GET" and told.version and headers.get("if-none-match", "") == sent["etag"]:
        return Response(status_code=304, headers=sent)
    if route.status == 204:  # noqa: PLR2004
        return Response(status_code=204, headers=sent)
    body = told.value if isinstance(told.value, bytes) else msgspec.json.encode(told.value, order="deterministic")
    return Response(body, route.status, sent, told.media)
