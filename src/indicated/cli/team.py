"""`indicated serve --accounts`: pages and REST API together, with people who sign in, as the environment sets it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from fastapi import FastAPI

from indicated.api.app import add_to
from indicated.store.base import open_store
from indicated.web import signed_in
from indicated.web.app import create
from indicated.web.site import OWN_NAMES, Site
from indicated.workflow.accounts.provider import Provider
from indicated.workflow.settings import Settings, from_environment

_OF_ONE_ADDRESS = 10
"""So many people may work from one address."""


@contextmanager
def team(url: str | None = None) -> Iterator[tuple[FastAPI, frozenset[str]]]:
    """The application over its store, and the proxies to believe; `url` in place of the store of the settings."""
    settings = from_environment(os.environ)
    if not settings.keys:
        sys.stderr.write(
            "indicated: no INDICATED_KEYS: records and second factors are not sealed (docs/reference/settings.md)\n"
        )
    provider = Provider(settings.sign_on) if settings.sign_on.issuer else None
    store = open_store(url or settings.store, keys=settings.keys)
    try:
        site = Site(
            store=store,
            secret=store.vault.mark(b"forms", "pages").encode() or os.urandom(32),
            who=signed_in.person,
            single=False,
            secure=settings.public.startswith("https://"),
            most=settings.body,
            per_minute=settings.rate * _OF_ONE_ADDRESS,
            sign_in_rate=settings.sign_in_rate,
            hosts=_hosts(settings),
            accounts=True,
            public=settings.public,
            lasting=settings.sessions,
            provider=provider,
            keeping=settings.keeping,
        )
        app = create(site)
        add_to(app, settings, store)
        yield app, settings.proxies
    finally:
        store.close()
        if provider is not None:
            provider.close()


def _hosts(settings: Settings) -> frozenset[str]:
    """The name that browsers use, and this machine's own, by which probes ask."""
    named = httpx.URL(settings.public).host
    return OWN_NAMES | ({named} if named else frozenset())
