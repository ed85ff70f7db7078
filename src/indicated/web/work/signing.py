"""Who may sign which decision of a case."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from indicated.model.decision import DecisionOutcome
from indicated.model.errors import IndicatedError
from indicated.web.proving import Means, means
from indicated.web.site import Site
from indicated.workflow.review.cases import today
from indicated.workflow.review.decide import refuse_unless_may
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import CaseFile


class May(Struct, frozen=True):
    """Why the person may not approve and why not decide adversely; empty where they may. By what they prove who they
    are.
    """

    approve: str
    adverse: str
    means: Means

    @property
    def sign(self) -> bool:
        """Whether there is anything that they may sign here."""
        return (not self.approve or not self.adverse) and self.means.some


def may(site: Site, person: Person, file: CaseFile, at: datetime) -> May:
    """What the person may sign of the case as it stands."""
    return May(
        _why_not(file, person, DecisionOutcome.APPROVE, at),
        _why_not(file, person, DecisionOutcome.DENY, at),
        means(site, person, file.head.id, at),
    )


def _why_not(file: CaseFile, person: Person, outcome: DecisionOutcome, at: datetime) -> str:
    try:
        refuse_unless_may(file, person, outcome, today(at))
    except IndicatedError as error:
        return str(error)
    return ""
