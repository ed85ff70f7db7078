"""Each request is answered under one release of the content: the newest there is, whichever process put it in force."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from indicated.model.errors import IndicatedError
from indicated.web.guard import Refuse
from indicated.workflow.assess import current, one_release, outdated, renew


class OneRelease:
    """Takes up what another process put in force, and holds the release for as long as a request is answered."""

    def __init__(self, app: ASGIApp, *, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if outdated():
                await run_in_threadpool(_take_up)
        except IndicatedError as error:
            await self._refuse(error)(scope, receive, send)
            return
        with one_release():
            await self._app(scope, receive, send)


def _take_up() -> None:
    """Load the newer release here, beside the loop that serves everybody."""
    renew()
    current()
