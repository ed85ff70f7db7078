"""What stands before every page: size and rate of requests, and the headers that tell a browser what it may do.

Written against ASGI itself, so that it also counts what is streamed and never holds a body.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indicated.model.errors import IndicatedError
from indicated.web.errors import OtherHost, TooLarge, TooOften
from indicated.workflow.assess import now

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_STS = "max-age=31536000; includeSubDomains"
_KEPT_ADDRESSES = 10_000
_MINUTE = timedelta(minutes=1)

Refuse = Callable[[IndicatedError], ASGIApp]
"""The answer for a request that is refused before a page sees it."""


class Guard:
    """Refuses what is too large or too often, and puts the headers on every answer."""

    def __init__(  # noqa: PLR0913 - what stands before every page is told once
        self, app: ASGIApp, *, most: int, per_minute: int, hosts: frozenset[str], secure: bool, refuse: Refuse
    ) -> None:
        self._app = app
        self._most = most
        self._rate = Rate(per_minute)
        self._hosts = hosts
        self._secure = secure
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put_headers(scope, MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await self._refuse(refusal)(scope, receive, with_headers)
            return
        counted = 0

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > self._most:
                raise self._too_large()
            return message

        await self._app(scope, counting, with_headers)

    def _refusal(self, scope: Scope) -> IndicatedError | None:
        """Why no page is to see the request."""
        if self._hosts and _host(scope) not in self._hosts:
            return OtherHost("these pages answer to this machine's own names only; open them at 127.0.0.1")
        address = scope["client"][0] if scope.get("client") else ""
        if not _is_static(scope) and not self._rate.allows(address):
            return TooOften("that was too many requests in a minute; wait a little and go on")
        return self._too_large() if _told_length(scope) > self._most else None

    def _too_large(self) -> TooLarge:
        return TooLarge(f"that is more than {self._most // 1_000_000} MB; send only the files that matter")

    def _put_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault("strict-transport-security", _STS)
        if not _is_static(scope):
            headers.setdefault("cache-control", "no-store")


class Rate:
    """How often each address asked within the running minute; the addresses seen last are remembered."""

    def __init__(self, per_minute: int, clock: Callable[[], datetime] = now) -> None:
        self._most = per_minute
        self._clock = clock
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Whether one more is within the limit; it counts."""
        at = self._clock()
        began, count = self._seen.pop(address, (at, 0))
        if at - began >= _MINUTE:
            began, count = at, 0
        self._seen[address] = (began, count + 1)
        if len(self._seen) > _KEPT_ADDRESSES:
            self._seen.popitem(last=False)
        return count < self._most


def _is_static(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/static/")


def _host(scope: Scope) -> str:
    """The name that was asked for, without its port."""
    told: bytes = next((value for name, value in scope["headers"] if name == b"host"), b"")
    host, colon, port = told.decode("latin-1").rpartition(":")
    return host if colon and port.isdigit() else told.decode("latin-1")


def _told_length(scope: Scope) -> int:
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0
