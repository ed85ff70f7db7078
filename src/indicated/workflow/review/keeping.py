"""The site's rule of how long contents are kept, and what it makes of one case. Pure.

The years are counted from the last thing that was done with a case that is over. The program has no rule of its own:
how long is for each site to say, by its law and its contracts.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from indicated.model.law import Plan
from indicated.workflow.review.states import CaseState


class Keeping(Struct, frozen=True):
    """For how many years contents are kept; `plans` has other years for some kinds of plan. 0: for good."""

    years: int = 0
    plans: dict[Plan, int] = {}

    def of(self, plan: Plan | None) -> int:
        """The years for a plan. Where it is not known the longest count, so that nothing goes too early."""
        if plan is not None:
            return self.plans.get(plan, self.years)
        every = {self.years, *self.plans.values()}
        return 0 if 0 in every else max(every)


class Kept(Struct, frozen=True, kw_only=True):
    """A case that is over, as the rule has it: since when, how many years of which plan it is kept, until when (None:
    for good), whether it is on hold, and until when an approval or an appeal of it still runs.
    """

    case: str
    state: CaseState
    plan: Plan | None
    since: datetime
    years: int
    until: date | None
    held: bool
    runs_until: date | None = None

    def due(self, on: date) -> bool:
        """Whether its contents are to go."""
        runs = self.runs_until is not None and self.runs_until >= on
        return self.until is not None and self.until <= on and not self.held and not runs


def years_after(day: date, years: int) -> date:
    """The same day so many years later; after 29 February comes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
