"""Signing in and out: name and password, the code, single sign-on, and setting a password by a one-time code."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.web import forms, signed_in
from indicated.web.errors import NoPage, TooOften
from indicated.web.guard import Rate
from indicated.web.pages import SEE_OTHER, page
from indicated.web.site import Site
from indicated.workflow.accounts import own, sign_in, sign_on
from indicated.workflow.accounts.passwords import SHORTEST
from indicated.workflow.accounts.provider import Provider
from indicated.workflow.accounts.values import SignedIn
from indicated.workflow.assess import now
from indicated.workflow.review.people import Reauthenticated

router = APIRouter()
_SIGN_IN, _CODE, _PASSWORD = "/sign-in", "/sign-in/code", "/password"
_BACK = "/sign-on/back"
_REFUSED = 401


@router.get(_SIGN_IN)
async def ask(request: Request) -> Response:
    """The page."""
    return _page(request)


@router.post(_SIGN_IN)
async def begin(request: Request) -> Response:
    """Sign in; on to the code where one is asked for."""
    _count(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    login, password = forms.text(form, "login"), forms.text(form, "password")

    def try_it() -> SignedIn:
        return sign_in.sign_in(site.store, login, password, now=now(), lasting=site.lasting)

    return await _begun(request, try_it, lambda line: _page(request, login=login, wrong=line))


@router.get(_CODE)
async def ask_code(request: Request) -> Response:
    """The page for the code of the second factor."""
    return page(request, "accounts/code.html", wrong="")


@router.post(_CODE)
async def give_code(request: Request) -> Response:
    """Give the code."""
    _count(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    code, token = forms.text(form, "code"), signed_in.token_of(request)

    def try_it() -> SignedIn:
        return sign_in.give_code(site.store, token, code, now=now(), lasting=site.lasting)

    def again(line: str) -> Response:
        return page(request, "accounts/code.html", status=_REFUSED, wrong=line)

    return await _begun(request, try_it, again)


@router.post("/sign-out")
async def leave(request: Request) -> Response:
    """Sign out, here or everywhere."""
    form = await forms.posted(request)
    site: Site = request.app.state.site
    person = signed_in.person(request)
    if forms.text(form, "everywhere") and person is not None:
        await run_in_threadpool(sign_in.sign_out_everywhere, site.store, person, now=now())
    else:
        await run_in_threadpool(sign_in.sign_out, site.store, signed_in.token_of(request), now=now())
    response = RedirectResponse(_SIGN_IN, SEE_OTHER)
    signed_in.forget(request, response)
    return response


@router.get("/sign-on")
async def go(request: Request) -> Response:
    """Off to the provider of single sign-on; with `about` (a case, the hash of a policy) to prove for signing who one
    is, and then back `to` a page of ours. A link, for a form may not lead to another site; what comes back counts in
    the browser that went only.
    """
    _count(request)
    site, provider = request.app.state.site, _provider(request)
    about = request.query_params.get("about", "")[:64]
    proving = signed_in.person(request) if about else None
    begun = await run_in_threadpool(
        sign_on.begin, site.store, provider, redirect=site.public + _BACK, now=now(), proving=proving, about=about
    )
    response = RedirectResponse(begun.url, SEE_OTHER)
    signed_in.keep_way(request, response, begun.browser, begun.ends_at)
    signed_in.keep_back(request, response, request.query_params.get("to", ""))
    return response


@router.get(_BACK)
async def come_back(request: Request) -> Response:
    """Back from the provider: signed in, or on to what is to be signed."""
    site, provider = request.app.state.site, _provider(request)
    told, browser = dict(request.query_params), signed_in.way_of(request)

    def try_it() -> SignedIn | Reauthenticated:
        return sign_on.finish(
            site.store, provider, told, browser, redirect=site.public + _BACK, now=now(), lasting=site.lasting
        )

    try:
        done = await run_in_threadpool(try_it)
    except IndicatedError as error:
        return _page(request, wrong=str(error))
    if not isinstance(done, SignedIn):
        return signed_in.led_back(request)
    response = signed_in.led_back(request)
    signed_in.keep(request, response, done)
    return response


@router.get(_PASSWORD)
async def ask_password(request: Request) -> Response:
    """The page for setting a password."""
    return page(request, "accounts/password.html", shortest=SHORTEST, wrong="", code="")


@router.post(_PASSWORD)
async def set_password(request: Request) -> Response:
    """Set a password by a one-time code; signing in is next."""
    _count(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    code, first = forms.text(form, "code").strip(), forms.text(form, "password")
    try:
        await run_in_threadpool(own.set_password, site.store, code, first, now=now())
    except IndicatedError as error:
        return page(request, "accounts/password.html", shortest=SHORTEST, status=422, wrong=str(error), code=code)
    return RedirectResponse(_SIGN_IN, SEE_OTHER)


def _page(request: Request, *, login: str = "", wrong: str = "") -> Response:
    site: Site = request.app.state.site
    label = site.provider.settings.label if site.provider is not None else ""
    status = _REFUSED if wrong else 200
    return page(request, "accounts/sign_in.html", status=status, login=login, wrong=wrong, sign_on=label)


async def _begun(request: Request, try_it: Callable[[], SignedIn], again: Callable[[str], Response]) -> Response:
    """The page that a step of signing in leads to: the next step, the start, or the same page with the refusal."""
    try:
        begun = await run_in_threadpool(try_it)
    except IndicatedError as error:
        return again(str(error))
    response = signed_in.led_back(request) if begun.whole else RedirectResponse(_CODE, SEE_OTHER)
    signed_in.keep(request, response, begun)
    return response


def _count(request: Request) -> None:
    """TooOften when the address tried to sign in more often than one may in a minute: what is asked here is guessing,
    and each password takes long to check.
    """
    attempts: Rate = request.app.state.attempts
    if not attempts.allows(request.client.host if request.client else ""):
        raise TooOften("that was too many attempts to sign in within a minute; wait a minute and try again")


def _provider(request: Request) -> Provider:
    site: Site = request.app.state.site
    if site.provider is None:
        raise NoPage("there is no single sign-on here; sign in with name and password")
    return site.provider
