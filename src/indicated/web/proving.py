"""How a person proves anew who they are before a signature: by what, and the proof itself."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from indicated.web.site import Site
from indicated.workflow.accounts.errors import NotSignedIn
from indicated.workflow.accounts.manage import account
from indicated.workflow.accounts.prove import proof_waits, proved_by_sign_on, reauthenticate
from indicated.workflow.review.errors import SignInAgain
from indicated.workflow.review.people import Person, Reauthenticated


class Means(Struct, frozen=True):
    """By what the person proves it: a `password`, a `code` of the second factor as well, single sign-on (its `label`),
    by which they `proved` it just now.
    """

    password: bool = False
    code: bool = False
    label: str = ""
    proved: bool = False

    @property
    def some(self) -> bool:
        """Whether there is any."""
        return self.password or bool(self.label)


def means(site: Site, person: Person, about: str, at: datetime) -> Means:
    """What the person has for signing this; nothing where nobody signs in."""
    mine = account(site.store, person, person.id) if site.accounts else None
    if mine is None:
        return Means()
    linked = site.provider is not None and any(one.issuer == site.provider.settings.issuer for one in mine.identities)
    label = site.provider.settings.label if site.provider is not None and linked else ""
    return Means(mine.password, mine.second_factor, label, proof_waits(site.store, person, about, now=at))


def prove(site: Site, person: Person, about: str, given: tuple[str, str], at: datetime) -> Reauthenticated | None:
    """The proof for signing this: by password and code, or made by single sign-on just now; SignInAgain where what was
    given is not right, TooManyAttempts.
    """
    password, code = given
    if not password:
        return proved_by_sign_on(site.store, person, about, now=at)
    try:
        return reauthenticate(site.store, person, about, password=password, code=code, now=at)
    except NotSignedIn:
        raise SignInAgain("that is not right; give your password, and the code where you have one, again") from None
