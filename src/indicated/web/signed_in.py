"""The cookie of a session, and whoever it stands for. The other side of `web.person` where there are accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.web.forms import own_path
from indicated.web.pages import SEE_OTHER
from indicated.web.site import Site
from indicated.workflow.accounts.sign_in import session_of
from indicated.workflow.accounts.values import Session, SignedIn
from indicated.workflow.assess import now
from indicated.workflow.review.people import Person

_NAME, _ON_THE_WAY, _BACK = "indicated_session", "indicated_sign_on", "indicated_back"
_REMEMBERED = timedelta(minutes=10)


def session(request: Request) -> Session | None:
    """The session of a request, looked up once."""
    if not hasattr(request.state, "session"):
        site: Site = request.app.state.site
        token = token_of(request)
        found = session_of(site.store, token, now=now(), lasting=site.lasting) if token else None
        request.state.session = found
    known: Session | None = request.state.session
    return known


def person(request: Request) -> Person | None:
    """Whoever is signed in."""
    found = session(request)
    return found.person if found is not None else None


def token_of(request: Request) -> str:
    """The secret of the cookie, empty where there is none."""
    return request.cookies.get(_name(_NAME, request), "")


def keep(request: Request, response: Response, begun: SignedIn) -> None:
    """Give the browser a new session; it is sent along where other sites lead here, and to no script."""
    _set(request, response, _NAME, begun.token, begun.ends_at)


def forget(request: Request, response: Response) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(_name(_NAME, request), path="/", secure=_secure(request), httponly=True, samesite="lax")


def keep_way(request: Request, response: Response, secret: str, ends_at: datetime) -> None:
    """Give the browser what it has to bring back from the provider of single sign-on."""
    _set(request, response, _ON_THE_WAY, secret, ends_at)


def way_of(request: Request) -> str:
    """What it brought back."""
    return request.cookies.get(_name(_ON_THE_WAY, request), "")


def keep_back(request: Request, response: Response, path: str) -> None:
    """Let the browser remember which page of ours was asked for, to be led back to it once it has signed in."""
    if own_path(path):
        _set(request, response, _BACK, quote(path), now() + _REMEMBERED)


def led_back(request: Request, otherwise: str = "/") -> Response:
    """To the page that was asked for, which is then forgotten; `otherwise` where none is remembered."""
    found = own_path(unquote(request.cookies.get(_name(_BACK, request), "")))
    response = RedirectResponse(found or otherwise, SEE_OTHER)
    response.delete_cookie(_name(_BACK, request), path="/", secure=_secure(request), httponly=True, samesite="lax")
    return response


def _set(request: Request, response: Response, name: str, value: str, ends_at: datetime) -> None:
    response.set_cookie(
        _name(name, request), value, expires=ends_at, path="/", secure=_secure(request), httponly=True, samesite="lax"
    )


def _name(name: str, request: Request) -> str:
    """Over https browsers take a name that begins so from this very host only."""
    return f"__Host-{name}" if _secure(request) else name


def _secure(request: Request) -> bool:
    site: Site = request.app.state.site
    return site.secure
