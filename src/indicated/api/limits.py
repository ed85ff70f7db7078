"""How many requests one account or address may send in a minute."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from starlette.requests import Request

from indicated.api.errors import TooManyRequests

_MINUTE = timedelta(minutes=1)
_REMEMBERED = 20_000


class Rate:
    """Counts by name within the running minute; the names seen last are remembered. Several threads may use it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def count(self, name: str, now: datetime) -> None:
        """One more by this name; TooManyRequests when it is beyond the limit."""
        with self._lock:
            began, count = self._seen.pop(name, (now, 0))
            if now - began >= _MINUTE:
                began, count = now, 0
            self._seen[name] = (began, count + 1)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        self._refuse(began, count + 1, now)

    def check(self, name: str, now: datetime) -> None:
        """The same, without counting."""
        with self._lock:
            began, count = self._seen.get(name, (now, 0))
        if now - began < _MINUTE:
            self._refuse(began, count + 1, now)

    def _refuse(self, began: datetime, count: int, now: datetime) -> None:
        if count > self._most:
            raise TooManyRequests(max(1, ceil((began + _MINUTE - now).total_seconds())))


def address_of(request: Request, proxies: frozenset[str]) -> str:
    """Where a request comes from. What a proxy says is believed of known proxies only, from the last backwards."""
    address = request.client.host if request.client else "-"
    said = [one.strip() for one in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if one.strip()]
    while address in proxies and said:
        address = said.pop()
    return address[:64]
