"""Tokens of programs, by their owner: the list, making one that is shown this once, revoking one at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.web import forms
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.accounts import programs
from indicated.workflow.accounts.values import Scope, Token
from indicated.workflow.assess import now

router = APIRouter()
DAYS = (30, 90, 180, programs.LONGEST.days)
_USUAL_DAYS, _REFUSED = 90, 422


class Asked(Struct, frozen=True):
    """What the form holds, so that a refusal loses nothing typed."""

    name: str = ""
    scopes: tuple[str, ...] = (Scope.READ,)
    days: int = _USUAL_DAYS


class Listed(Struct, frozen=True):
    """A token, and where it stands: `holds`, `ended` or `revoked`."""

    token: Token
    state: str


@router.get("/me/tokens")
async def tokens(request: Request) -> Response:
    """The page."""
    return await _page(request, Asked())


@router.post("/me/tokens")
async def make(request: Request) -> Response:
    """Make a token; its secret is shown this once."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    asked = Asked(forms.text(form, "name"), tuple(forms.texts(form, "scope")), forms.number(form, "days"))
    scopes = [scope for scope in Scope if scope in asked.scopes]
    try:
        made, secret = await run_in_threadpool(
            programs.make, site.store, person, account_id=person.id, name=asked.name, scopes=scopes,
            lasts=timedelta(days=min(asked.days, programs.LONGEST.days + 1)), now=now(),
        )  # fmt: skip
    except IndicatedError as error:
        return await _page(request, asked, wrong=str(error))
    return page(request, "accounts/token_made.html", token=made, secret=secret)


@router.post("/me/tokens/{token}/revoke")
async def revoke(request: Request, token: str) -> Response:
    """End a token at once."""
    await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    await run_in_threadpool(programs.revoke, site.store, person, token, now=now())
    return RedirectResponse("/me/tokens", SEE_OTHER)


def listed(found: Sequence[Token], at: datetime) -> list[Listed]:
    """The tokens in two parts that each keep their order: those that hold, then those that are over."""
    told = [Listed(one, "revoked" if one.revoked_at else "ended" if one.ends_at <= at else "holds") for one in found]
    return sorted(told, key=lambda one: one.state != "holds")


async def _page(request: Request, asked: Asked, *, wrong: str = "") -> Response:
    site: Site = request.app.state.site
    person = current_person(request)
    found = await run_in_threadpool(programs.tokens, site.store, person, account_id=person.id)
    return page(
        request, "accounts/tokens.html", status=_REFUSED if wrong else 200,
        listed=listed(found, now()), scopes=tuple(Scope), days=DAYS, asked=asked, wrong=wrong,
    )  # fmt: skip
