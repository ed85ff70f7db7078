"""The application: every route of the table behind one prefix, its OpenAPI, and the probes beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from indicated.api import metrics, openapi
from indicated.api.answer import Site, answer
from indicated.api.errors import NoRoute
from indicated.api.limits import Rate, address_of
from indicated.api.metrics import Metrics
from indicated.api.problems import problem
from indicated.api.routes import every
from indicated.api.table import Route
from indicated.store.base import Store
from indicated.workflow import assess
from indicated.workflow.accounts.tokens import same
from indicated.workflow.settings import Settings

PREFIX = "/api/v1"
VERSION = "1"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def add_to(app: FastAPI, settings: Settings, store: Store, *, clock: Callable[[], datetime] = assess.now) -> None:
    """Put the API at `/api/v1` and the probes `/healthz`, `/readyz`, `/metrics` into an application."""
    counted = Metrics(VERSION, assess.current().id)
    app.include_router(probes(settings, store, counted))
    app.mount(PREFIX, create(settings, store, clock=clock, counted=counted))


def create(
    settings: Settings,
    store: Store,
    *,
    clock: Callable[[], datetime] = assess.now,
    counted: Metrics | None = None,
) -> FastAPI:
    """The API by itself, to be mounted at `/api/v1`."""
    site = Site(
        store=store,
        settings=settings,
        clock=clock,
        rate=Rate(settings.rate),
        sign_in_rate=Rate(settings.sign_in_rate),
        metrics=counted or Metrics(VERSION, assess.current().id),
    )
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    routes = every()
    described = _described()

    def own_openapi() -> dict[str, Any]:
        return described

    app.openapi = own_openapi  # type: ignore[method-assign]
    app.add_api_route("/openapi.json", _describing(described), methods=["GET"])
    for route in sorted(routes, key=lambda route: ":path}" in route.path):
        app.add_api_route(route.path, _answering(site, route), methods=[route.method], name=route.name)
    app.add_exception_handler(HTTPException, _lost)
    return app


@cache
def _described() -> dict[str, Any]:
    """The OpenAPI document, which is the same for every application."""
    return openapi.document(every(), VERSION, PREFIX)


def probes(settings: Settings, store: Store, counted: Metrics) -> APIRouter:
    """`/healthz`: the process lives. `/readyz`: it can answer. `/metrics`: for Prometheus, guarded."""
    router = APIRouter()

    @router.get("/healthz", include_in_schema=False)
    def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:
        ready = await run_in_threadpool(_answers, store)
        return JSONResponse({"status": "ok" if ready else "the store does not answer"}, 200 if ready else 503)

    @router.get("/metrics", include_in_schema=False)
    def scraped(request: Request) -> Response:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        expected = settings.metrics_token
        passed_on = "x-forwarded-for" in request.headers or "forwarded" in request.headers
        local = address_of(request, settings.proxies) in _LOOPBACK and not passed_on
        if not (same(given, expected) if expected else local):
            return Response(status_code=403)
        return Response(counted.text(), media_type=metrics.MEDIA)

    return router


def _answers(store: Store) -> bool:
    try:
        with store.reading() as session:
            session.execute(text("SELECT 1 FROM audit_head WHERE id = 1"))
    except SQLAlchemyError:
        return False
    return True


def _answering(site: Site, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await answer(site, route, request)

    return endpoint


def _describing(described: dict[str, Any]) -> Callable[[], Response]:
    def endpoint() -> Response:
        return JSONResponse(described)

    return endpoint


async def _lost(request: Request, error: Exception) -> Response:
    """No such address, or not by that method."""
    del request
    status = getattr(error, "status_code", 404)
    response = problem(
        NoRoute("there is nothing at that address by that method; see /api/v1/openapi.json"), "-", status
    )
    response.headers.update(getattr(error, "headers", None) or {})
    return response
