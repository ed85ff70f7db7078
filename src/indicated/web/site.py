"""What the pages stand on, given once at the start: the store, who is asking, the limits."""

from __future__ import annotations

from msgspec import Struct

from indicated.store.base import Store
from indicated.web.person import Who, local
from indicated.workflow.accounts.provider import Provider
from indicated.workflow.accounts.sign_in import USUAL
from indicated.workflow.accounts.values import Lasting
from indicated.workflow.review.keeping import Keeping

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What one's own machine is called by itself. Another name may have been pointed here by another site."""
MOST = 50_000_000
"""Bytes that one request may send: the same as one file may have."""


class Site(Struct, frozen=True, kw_only=True):
    """`secret` marks the forms; `single` is the machine of one person; `parts` shows the page of all parts;
    requests for another host than `hosts` are refused (empty: none is). With `accounts` people sign in: `public` is
    the address that browsers use, `lasting` how long sessions last, `sign_in_rate`
    how often one address may try in a minute, `provider` that of single sign-on. `keeping` is the
    rule of how long contents are kept.
    """

    store: Store
    secret: bytes
    who: Who = local
    single: bool = True
    secure: bool = False
    parts: bool = False
    most: int = MOST
    per_minute: int = 600
    sign_in_rate: int = 20
    hosts: frozenset[str] = OWN_NAMES
    accounts: bool = False
    public: str = ""
    lasting: Lasting = USUAL
    provider: Provider | None = None
    keeping: Keeping = Keeping()
