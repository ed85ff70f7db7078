"""Who may sign which decision of a case, and the proof of the person that a signature takes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from indicated.model.decision import DecisionOutcome
from indicated.model.errors import IndicatedError
from indicated.web.site import Site
from indicated.workflow.accounts.errors import NotSignedIn
from indicated.workflow.accounts.manage import account
from indicated.workflow.accounts.prove import proved_by_sign_on, reauthenticate
from indicated.workflow.review.cases import today
from indicated.workflow.review.decide import refuse_unless_may
from indicated.workflow.review.errors import SignInAgain
from indicated.workflow.review.people import Person, Reauthenticated
from indicated.workflow.review.values import CaseFile


class May(Struct, frozen=True):
    """Why the person may not approve and why not decide adversely; empty where they may. How they prove who they are:
    by a `password`, a `code` of the second factor as well, single sign-on (its `label`).
    """

    approve: str
    adverse: str
    password: bool
    code: bool
    label: str

    @property
    def sign(self) -> bool:
        """Whether there is anything that they may sign here."""
        return (not self.approve or not self.adverse) and (self.password or bool(self.label))


def may(site: Site, person: Person, file: CaseFile, at: datetime) -> May:
    """What the person may sign of the case as it stands."""
    mine = account(site.store, person, person.id) if site.accounts else None
    return May(
        _why_not(file, person, DecisionOutcome.APPROVE, at),
        _why_not(file, person, DecisionOutcome.DENY, at),
        mine is not None and mine.password,
        mine is not None and mine.second_factor,
        site.provider.settings.label if site.provider is not None and mine is not None and mine.sign_on else "",
    )


def prove(site: Site, person: Person, case_id: str, given: tuple[str, str], at: datetime) -> Reauthenticated | None:
    """The proof for signing this case: by password and code, or made by single sign-on just now; SignInAgain where what
    was given is not right, TooManyAttempts.
    """
    password, code = given
    if not password:
        return proved_by_sign_on(site.store, person, case_id, now=at)
    try:
        return reauthenticate(site.store, person, case_id, password=password, code=code, now=at)
    except NotSignedIn:
        raise SignInAgain("that is not right; give your password, and the code where you have one, again") from None


def _why_not(file: CaseFile, person: Person, outcome: DecisionOutcome, at: datetime) -> str:
    try:
        refuse_unless_may(file, person, outcome, today(at))
    except IndicatedError as error:
        return str(error)
    return ""
