"""The proof of a person that a signature takes, as a request brings it."""

from __future__ import annotations

from indicated.api.table import Call
from indicated.workflow.accounts.errors import NotSignedIn
from indicated.workflow.accounts.prove import proved_by_sign_on, reauthenticate
from indicated.workflow.review.errors import SignInAgain
from indicated.workflow.review.people import Reauthenticated


def proof(call: Call, about: str, password: str, code: str) -> Reauthenticated | None:
    """The proof for signing this: by the password that was sent, or made by single sign-on just now."""
    if not password:
        return proved_by_sign_on(call.store, call.person, about, now=call.now)
    try:
        return reauthenticate(call.store, call.person, about, password=password, code=code, now=call.now)
    except NotSignedIn:
        raise SignInAgain("password and code are not right together; to sign, give both again") from None
