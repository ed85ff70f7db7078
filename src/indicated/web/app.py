"""The application: pages, static files, and the one place where a refusal becomes an answer."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from indicated.model.errors import IndicatedError
from indicated.web import (
    accounts,
    ask,
    audit,
    case,
    concepts,
    dashboard,
    design,
    documents,
    editor,
    editor_parts,
    fact_forms,
    letters,
    library,
    my_account,
    my_tokens,
    questions,
    retention,
    sign_in,
    signed_in,
    theme,
    what_if,
)
from indicated.web.errors import NoPage, NotSignedIn, TooOften, status_of
from indicated.web.guard import Guard, Rate
from indicated.web.pages import SEE_OTHER, STATIC, is_part, page
from indicated.web.release import OneRelease
from indicated.web.site import Site
from indicated.web.work import decision, new, notice, queue
from indicated.web.work import page as work_page

SIGN_IN = "/sign-in"


class Kept(StaticFiles):
    """Static files under addresses that change when they do, so that browsers may keep them for good."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """With leave to keep it for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create(site: Site) -> FastAPI:
    """The pages over a store."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, middleware=_before_pages(site))
    app.state.site = site
    app.mount("/static", Kept(directory=STATIC), name="static")
    app.state.kept = case.Kept()
    app.state.attempts = Rate(site.sign_in_rate)
    for family in (
        theme,
        ask,
        case,
        what_if,
        fact_forms,
        concepts,
        documents,
        letters,
        questions,
        new,
        queue,
        decision,
        notice,
        work_page,
        library,
        dashboard,
        audit,
        retention,
        editor,
        editor_parts,
    ):
        app.include_router(family.router, dependencies=[Depends(_known)])
    if site.accounts:
        for family in (sign_in, my_account, my_tokens, accounts):
            app.include_router(family.router, dependencies=[Depends(_known)])
    if site.parts:
        app.include_router(design.router)
    app.add_exception_handler(IndicatedError, refused)
    app.add_exception_handler(HTTPException, lost)
    app.add_exception_handler(Exception, broken)
    return app


def _known(request: Request) -> None:
    """Look up who asks beside the event loop, which a store that has to be waited for would stop for everybody."""
    site: Site = request.app.state.site
    site.who(request)


def _before_pages(site: Site) -> list[Middleware]:
    """What a request goes through before a page sees it."""

    def refuse(error: IndicatedError) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            del receive
            response = await refused(Request(scope), error)
            await response(scope, _nothing, send)

        return answer

    guard = Middleware(
        Guard, most=site.most, per_minute=site.per_minute, hosts=site.hosts, secure=site.secure, refuse=refuse
    )
    return [guard, Middleware(OneRelease, refuse=refuse)]


async def _nothing() -> dict[str, object]:
    return {"type": "http.disconnect"}


async def refused(request: Request, error: Exception) -> Response:
    """A refusal as a page with its one line, or as the part that takes the place of what was asked for."""
    assert isinstance(error, IndicatedError)
    if isinstance(error, NotSignedIn) and not is_part(request) and request.method == "GET":
        return _to_sign_in(request)
    extent = "part" if is_part(request) else "page"
    response = page(request, f"problem_{extent}.html", status=status_of(error), code=error.code, line=str(error))
    if isinstance(error, TooOften):
        response.headers["retry-after"] = "60"
    return response


def _to_sign_in(request: Request) -> Response:
    """To signing in, and from there back to what was asked for."""
    response = RedirectResponse(SIGN_IN, SEE_OTHER)
    asked = f"?{request.url.query}" if request.url.query else ""
    signed_in.keep_back(request, response, request.url.path + asked)
    return response


async def lost(request: Request, error: Exception) -> Response:
    """No such page, or not in that way."""
    assert isinstance(error, HTTPException)
    return await refused(request, NoPage("there is nothing at this address; begin again from the start page"))


async def broken(request: Request, error: Exception) -> Response:
    """A mistake in the program: its kind and nothing of what it was about."""
    line = f"a mistake in the program ({type(error).__name__}); nothing was decided or changed"
    return page(request, "problem_page.html", status=500, code="mistake", line=line)
