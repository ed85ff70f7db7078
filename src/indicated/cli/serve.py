"""`indicated serve`: the pages on this machine, over a store of cases."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from indicated.workflow.errors import BadUse, NotInstalled

if TYPE_CHECKING:
    from argparse import Namespace

    from indicated.web.site import Site

LOCAL = ("127.0.0.1", "localhost", "::1")
STORE, KEYS = "INDICATED_DB", "INDICATED_KEYS"
_FILE, _MEMORY = "sqlite:///indicated.db", "sqlite://"


def run(options: Namespace) -> int:
    """Serve until it is interrupted."""
    if options.host not in LOCAL:
        raise BadUse(
            f"without accounts the pages are for this machine only; serve on {' or '.join(LOCAL)}, not {options.host}"
        )
    try:
        import uvicorn

        from indicated.web.app import create
    except ModuleNotFoundError as missing:
        raise NotInstalled(f"{missing.name} is not installed; pip install 'indicated[web]'") from None
    site = _site(options)
    if options.demo:
        from indicated.web.demo import load

        load(site)
    config = uvicorn.Config(
        create(site), host=options.host, port=options.port, log_level="critical", access_log=False, server_header=False
    )
    shown = f"[{options.host}]" if ":" in options.host else options.host
    sys.stdout.write(f"http://{shown}:{options.port}/ (to end it: Ctrl+C)\n")
    sys.stdout.flush()
    try:
        uvicorn.Server(config).run()
    except SystemExit:
        raise BadUse(f"port {options.port} of {options.host} cannot be had; take another with --port") from None
    finally:
        site.store.close()
    return 0


def _site(options: Namespace) -> Site:
    from indicated.store.base import open_store
    from indicated.web.site import Site

    url = options.url or (_MEMORY if options.demo else os.environ.get(STORE) or _FILE)
    store = open_store(url, keys=os.environ.get(KEYS, ""))
    return Site(store=store, secret=os.urandom(32))
