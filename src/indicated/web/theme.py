"""Light or dark: a switch that is remembered in a cookie and works without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.web import forms
from indicated.web.pages import SEE_OTHER, THEME, THEMES

router = APIRouter()
_YEAR = 31_536_000


@router.post("/theme")
async def choose(request: Request) -> Response:
    """Keep the choice and go back to the page it was made on; anything else than a theme follows the system."""
    form = await forms.posted(request)
    chosen, back = forms.text(form, "theme"), forms.text(form, "back")
    response = RedirectResponse(back if is_ours(back) else "/", SEE_OTHER)
    if chosen in THEMES:
        response.set_cookie(THEME, chosen, max_age=_YEAR, httponly=True, samesite="lax", path="/")
    else:
        response.delete_cookie(THEME, path="/")
    return response


def is_ours(path: str) -> bool:
    """Whether a way back leads to a page of this site and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\r" not in path
