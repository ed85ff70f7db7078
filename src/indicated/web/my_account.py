"""One's own account: roles and licence on record, the password, the second factor."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import segno
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.web import forms, signed_in
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.accounts import manage, own
from indicated.workflow.assess import now

router = APIRouter()
_REFUSED = 422


@router.get("/me")
async def me(request: Request) -> Response:
    """The page."""
    return await _page(request)


@router.post("/me/password")
async def password(request: Request) -> Response:
    """A new password in place of the old one; every other session ends."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    old, new = forms.text(form, "old"), forms.text(form, "new")
    try:
        begun = await run_in_threadpool(
            own.change_password, site.store, person, old=old, new=new, now=now(), lasting=site.lasting
        )
    except IndicatedError as error:
        return await _page(request, field="password", wrong=str(error))
    response = RedirectResponse("/me", SEE_OTHER)
    signed_in.keep(request, response, begun)
    return response


@router.post("/me/factor")
async def begin(request: Request) -> Response:
    """Show what an authenticator app scans."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    given = forms.text(form, "password")
    try:
        address = await run_in_threadpool(own.begin_second_factor, site.store, person, password=given, now=now())
    except IndicatedError as error:
        return await _page(request, field="factor", wrong=str(error))
    return _scan(request, address)


@router.post("/me/factor/code")
async def confirm(request: Request) -> Response:
    """Put the second factor in force; the recovery codes are shown this once."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    try:
        codes = await run_in_threadpool(
            own.confirm_second_factor, site.store, person, forms.text(form, "code"), now=now()
        )
    except IndicatedError as error:
        return _scan(request, "", wrong=str(error))
    return page(request, "accounts/recovery.html", codes=codes)


def drawn(address: str) -> str:
    """The code that an app scans, as a picture in the page: nothing of it is kept or sent elsewhere."""
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return f"data:image/svg+xml;base64,{b64encode(out.getvalue()).decode()}"


def _scan(request: Request, address: str, wrong: str = "") -> Response:
    secret = address.partition("secret=")[2].partition("&")[0]
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    picture = drawn(address) if address else ""
    status = _REFUSED if wrong else 200
    return page(request, "accounts/factor.html", status=status, picture=picture, secret=grouped, wrong=wrong)


async def _page(request: Request, *, field: str = "", wrong: str = "") -> Response:
    site: Site = request.app.state.site
    person = current_person(request)
    account = await run_in_threadpool(manage.account, site.store, person, person.id)
    status = _REFUSED if wrong else 200
    return page(request, "accounts/me.html", status=status, account=account, field=field, wrong=wrong)
