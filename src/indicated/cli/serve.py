"""`indicated serve`: the pages on this machine, over a store of cases."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from socket import SOCK_STREAM, create_server, getaddrinfo, socket
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from indicated.workflow.errors import BadUse

if TYPE_CHECKING:
    from argparse import Namespace

    from fastapi import FastAPI

_TURN_S = 0.0005
"""How long one thread computes while another waits for its turn. Python's own 5 ms let whoever holds the writer's turn
wait behind every determination that is being made, and all other writers behind them (bench/server.py: 3 times slower).
"""
_KEEP_ALIVE_S = 75
"""Longer than most proxies and programs leave a connection unused: they end it, and no request runs into its end."""
LOCAL = ("127.0.0.1", "localhost", "::1")
_LAST_PORT = 65_535
_NOT_SEALED = "indicated: no INDICATED_KEYS: what is kept is not sealed (docs/reference/settings.md)\n"


def run(options: Namespace) -> int:
    """Serve until it is interrupted."""
    if options.accounts:
        return _for_a_team(options)
    if options.host not in LOCAL:
        raise BadUse(
            f"without --accounts the pages are for this machine only; serve on {' or '.join(LOCAL)}, not {options.host}"
        )
    from indicated.store.base import open_store
    from indicated.web.app import create
    from indicated.web.demo import load
    from indicated.web.site import Site
    from indicated.workflow.settings import from_environment

    settings = from_environment(os.environ)
    with _place(options, settings.store) as url:
        store = open_store(url, keys=settings.keys)
        site = Site(store=store, secret=os.urandom(32), keeping=settings.keeping)
        try:
            if not options.demo and not site.store.vault.locks:
                sys.stderr.write(_NOT_SEALED)
            if options.demo:
                load(site)
            _serve(create(site), options)
        finally:
            site.store.close()
    return 0


def _for_a_team(options: Namespace) -> int:
    """The pages with sign-in, and the REST API, as the settings of the environment have it."""
    from indicated.cli.team import team

    if options.demo:
        raise BadUse("--demo is for one's own machine; leave it out, or leave --accounts out")
    with team(options.url) as (app, proxies):
        _serve(app, options, proxies)
    return 0


def _serve(app: FastAPI, options: Namespace, proxies: Collection[str] = ()) -> None:
    import uvicorn

    gc.enable()  # the command line runs without (`cli/quick.py`), and every request leaves cycles behind
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=sorted(proxies),
    )
    sys.setswitchinterval(_TURN_S)
    with _listening(options.host, options.port) as door:
        shown = f"[{options.host}]" if ":" in options.host else options.host
        sys.stdout.write(f"http://{shown}:{door.getsockname()[1]}/ (to end it: Ctrl+C)\n")
        sys.stdout.flush()
        uvicorn.Server(config).run(sockets=[door])


def _listening(host: str, port: int) -> socket:
    """The port, taken before its address is shown. BadUse where it cannot be had."""
    refusal = BadUse(f"port {port} of {host} cannot be had; take another with --port")
    if not 0 <= port <= _LAST_PORT:
        raise refusal
    try:
        family = getaddrinfo(host, port, type=SOCK_STREAM)[0][0]
        return create_server((host, port), family=family)
    except OSError:
        raise refusal from None


@contextmanager
def _place(options: Namespace, store: str) -> Iterator[str]:
    """The address of the store. Where nothing is to be kept it is a file all the same, for several to use at once."""
    if options.url or not options.demo:
        yield options.url or store
        return
    with TemporaryDirectory(prefix="indicated-") as folder:
        yield f"sqlite:///{folder}/demo.db"
