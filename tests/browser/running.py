"""A server of pages in a thread, for as long as a test looks at it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest

WAIT_S = 60


@contextmanager
def running(app):
    """The address of a server of `app`. Skipped, with the reason, where the pages are not installed."""
    uvicorn = pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    began = time.monotonic()
    while not server.started:
        assert time.monotonic() - began < WAIT_S
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(WAIT_S)
