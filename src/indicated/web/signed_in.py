"""The cookie of a session, and whoever it stands for. The other side of `web.person` where there are accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from indicated.web.site import Site
from indicated.workflow.accounts.sign_in import session_of
from indicated.workflow.accounts.values import Session, SignedIn
from indicated.workflow.assess import now
from indicated.workflow.review.people import Person

_NAME, _ON_THE_WAY = "indicated_session", "indicated_sign_on"


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


def _set(request: Request, response: Response, name: str, value: str, ends_at: datetime) -> None:
    name, secure, ends = _name(name, request), _secure(request), ends_at.astimezone(UTC)  # a cookie's date is in GMT
    response.set_cookie(name, value, expires=ends, path="/", secure=secure, httponly=True, samesite="lax")


def _name(name: str, request: Request) -> str:
    """Over https browsers take a name that begins so from this very host only."""
    return f"__Host-{name}" if _secure(request) else name


def _secure(request: Request) -> bool:
    site: Site = request.app.state.site
    return site.secure
