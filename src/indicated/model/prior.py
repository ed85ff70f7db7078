"""Treatments on record against what is asked of them, and the alternatives nobody has tried."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.fact import Fact
from indicated.model.quantity import Quantity
from indicated.model.rule import Tried
from indicated.model.standard import Alternative, Note
from indicated.model.verdict import Verdict


class Shortfall(StrEnum):
    """Why a trial of a drug is not enough, or cannot be called so: what was told falls short, or was not told."""

    NOT_TAKEN = "not_taken"
    OUTCOME = "outcome"
    OUTCOME_NOT_TOLD = "outcome_not_told"
    STILL_RUNNING = "still_running"
    TOO_SHORT = "too_short"
    DURATION_NOT_TOLD = "duration_not_told"
    TOO_LONG_AGO = "too_long_ago"
    DATE_NOT_TOLD = "date_not_told"
    ROUTE_NOT_TOLD = "route_not_told"


class TrialAsk(Struct, frozen=True):
    """What one criterion asks of a therapy (`rule`), and what this episode of it comes to.

    `document` is the standard or policy. `short_by` is how much longer it would have had to be, in the rule's unit,
    where both are told in times that convert exactly.
    """

    document: str
    criterion: str
    rule: Tried
    verdict: Verdict
    shortfalls: tuple[Shortfall, ...] = ()
    short_by: Quantity | None = None


class PriorTherapy(Struct, frozen=True):
    """A therapy on record, what asks for it and whether it was enough; `alternative` when the standard lists it."""

    fact: Fact
    asks: tuple[TrialAsk, ...] = ()
    alternative: bool = False

    @property
    def verdict(self) -> Verdict | None:
        """NOT_MET when some criterion finds it too little, UNKNOWN when one is open; None when nothing asks for it."""
        told = {ask.verdict for ask in self.asks}
        if not told:
            return None
        return next(one for one in (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET) if one in told)


class Bar(Struct, frozen=True):
    """Why an alternative is not for this patient: a rule of the content that is met, with the facts that meet it."""

    note: Note
    facts: tuple[Fact, ...]


class Untried(Struct, frozen=True):
    """An alternative that the record does not show as used. `refused` are the facts that say it cannot be given (an
    allergy, a contraindication), `bars` the content's reasons against it here; with either it is ruled out.
    """

    alternative: Alternative
    refused: tuple[Fact, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def ruled_out(self) -> bool:
        """Whether something on record speaks against giving it."""
        return bool(self.refused or self.bars)
