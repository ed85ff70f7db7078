"""Who is asking. The one place that pages learn it from."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from indicated.web.errors import NotSignedIn
from indicated.workflow.review.people import Person, Role

Who = Callable[[Request], Person | None]
"""How a request's person is found: None for nobody."""

LOCAL = Person("local", "local", frozenset(Role))
"""The person of a machine of one's own, without a login. No licence is on record, so that nothing adverse is signed."""


def local(request: Request) -> Person:
    """Everybody who can reach this machine's own address is the local person."""
    del request
    return LOCAL


def current_person(request: Request) -> Person:
    """The person of this request; NotSignedIn where there is none."""
    who: Who = request.app.state.site.who
    person = who(request)
    if person is None:
        raise NotSignedIn("sign in to see this page")
    return person
