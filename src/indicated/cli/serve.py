"""`indicated serve`: the pages on this machine, over a store of cases."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from indicated.workflow.errors import BadUse, NotInstalled

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
STORE, KEYS = "INDICATED_STORE", "INDICATED_KEYS"
_FILE = "sqlite:///indicated.db"


def run(options: Namespace) -> int:
    """Serve until it is interrupted."""
    if options.accounts:
        return _for_a_team(options)
    if options.host not in LOCAL:
        raise BadUse(
            f"without --accounts the pages are for this machine only; serve on {' or '.join(LOCAL)}, not {options.host}"
        )
    try:
        from indicated.store.base import open_store
        from indicated.web.app import create
        from indicated.web.demo import load
        from indicated.web.site import Site
    except ModuleNotFoundError as missing:
        raise NotInstalled(f"{missing.name} is not installed; pip install 'indicated[web]'") from None
    with _place(options) as url:
        site = Site(store=open_store(url, keys=os.environ.get(KEYS, "")), secret=os.urandom(32))
        try:
            if options.demo:
                load(site)
            _serve(create(site), options)
        finally:
            site.store.close()
    return 0


def _for_a_team(options: Namespace) -> int:
    """The pages with sign-in, and the REST API, as the settings of the environment have it."""
    try:
        from indicated.cli.team import team
    except ModuleNotFoundError as missing:
        raise NotInstalled(f"{missing.name} is not installed; pip install 'indicated[web]'") from None
    if options.demo:
        raise BadUse("--demo is for one's own machine; leave it out, or leave --accounts out")
    with team(options.url) as (app, proxies):
        _serve(app, options, proxies)
    return 0


def _serve(app: FastAPI, options: Namespace, proxies: Collection[str] = ()) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        host=options.host,
        port=options.port,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=sorted(proxies),
    )
    shown = f"[{options.host}]" if ":" in options.host else options.host
    sys.stdout.write(f"http://{shown}:{options.port}/ (to end it: Ctrl+C)\n")
    sys.stdout.flush()
    sys.setswitchinterval(_TURN_S)
    try:
        uvicorn.Server(config).run()
    except SystemExit:
        raise BadUse(f"port {options.port} of {options.host} cannot be had; take another with --port") from None


@contextmanager
def _place(options: Namespace) -> Iterator[str]:
    """The address of the store. Where nothing is to be kept it is a file all the same, for several to use at once."""
    if options.url or not options.demo:
        yield options.url or os.environ.get(STORE) or _FILE
        return
    with TemporaryDirectory(prefix="indicated-") as folder:
        yield f"sqlite:///{folder}/demo.db"
