"""What the pages stand on, given once at the start: the store, who is asking, the limits."""

from __future__ import annotations

from msgspec import Struct

from indicated.store.base import Store
from indicated.web.person import Who, local

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What one's own machine is called by itself. Another name may have been pointed here by another site."""
MOST = 50_000_000
"""Bytes that one request may send: the same as one file may have."""


class Site(Struct, frozen=True, kw_only=True):
    """`secret` marks the forms; `single` is the machine of one person; `parts` shows the page of all parts;
    requests for another host than `hosts` are refused (empty: none is).
    """

    store: Store
    secret: bytes
    who: Who = local
    single: bool = True
    secure: bool = False
    parts: bool = False
    most: int = MOST
    per_minute: int = 600
    hosts: frozenset[str] = OWN_NAMES
