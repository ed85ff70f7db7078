"""Judging what was tried: a drug or several of a class, with an outcome, for long enough, recently enough.

"Treated with" is not failure, and a drug that is current has not failed by being current.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from indicated.engine.facts import Facts
from indicated.engine.found import Found
from indicated.engine.measurements import days
from indicated.model.fact import Fact, Outcome, Stage, Therapy, Tolerance
from indicated.model.prior import Shortfall
from indicated.model.rule import Tried
from indicated.model.verdict import Gap, GapKind, Settle, Verdict, all_of

_USED = (Stage.CURRENT, Stage.PAST)


def judge_tried(rule: Tried, facts: Facts, on: date) -> Found:
    """`count` different drugs that meet every condition; unclear ones leave it open; silence never fails it.

    Enough drugs beside "never had any of these" is a conflict.
    """
    told = [fact for fact in facts.below(rule.concept) if fact.therapy is not None]
    judged = [(fact, judge_episode(rule, fact, facts, on)) for fact in told]
    met = [fact for fact, episode in judged if episode.verdict is Verdict.MET]
    open_ = [fact for fact, episode in judged if episode.verdict is Verdict.UNKNOWN]
    never = [fact for fact in facts.above(rule.concept) if _never(fact) and not _counts_as_outcome(rule, fact)]
    if _drugs(met, facts) >= rule.count:
        if never:
            return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, met + never)
        return Found(Verdict.MET, tuple(met))
    if never and not open_ and not met:
        return Found(Verdict.NOT_MET, tuple(never))
    if open_:
        missing = [Gap(GapKind.UNCLEAR, fact.concept, settles) for fact, episode in judged for settles in episode.asked]
        return Found(Verdict.UNKNOWN, tuple(met + open_), tuple(dict.fromkeys(missing)))
    itself = [fact for fact, episode in judged if episode.verdict is Verdict.NOT_MET and fact.concept == rule.concept]
    if itself and rule.count == 1:
        return Found(Verdict.NOT_MET, tuple(itself))
    return Found.unknown(rule.concept, GapKind.NOT_DOCUMENTED, Settle.DOCUMENTATION, told)


class Episode(NamedTuple):
    """One therapy against one rule: the verdict, and where it falls short or nothing was told."""

    verdict: Verdict
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def asked(self) -> tuple[Settle, ...]:
        """What would settle an open one: the first thing that is unknown of its use, and the route where only one
        route counts.
        """
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        of_use = [_SETTLES[one] for one in self.shortfalls if one is not Shortfall.ROUTE_NOT_TOLD][:1]
        return (*of_use, *([Settle.ROUTE] if Shortfall.ROUTE_NOT_TOLD in self.shortfalls else []))


_SETTLES = {
    Shortfall.OUTCOME_NOT_TOLD: Settle.OUTCOME,
    Shortfall.STILL_RUNNING: Settle.OUTCOME,
    Shortfall.DURATION_NOT_TOLD: Settle.DURATION,
    Shortfall.DATE_NOT_TOLD: Settle.DATE,
}


def judge_episode(rule: Tried, fact: Fact, facts: Facts, on: date) -> Episode:
    """One therapy against every condition of the rule. It falls short in all that is told and not met or, where
    nothing is, in all that is not told.
    """
    therapy = fact.therapy
    assert therapy is not None
    if _counts_as_outcome(rule, fact):
        return Episode(Verdict.MET)
    if therapy.stage not in _USED or fact.absent:
        return Episode(Verdict.NOT_MET, (Shortfall.NOT_TAKEN,))
    untold = Shortfall.STILL_RUNNING if therapy.stage is Stage.CURRENT else Shortfall.OUTCOME_NOT_TOLD
    checks = (
        (_outcome(rule, therapy), Shortfall.OUTCOME, untold),
        (_long_enough(rule, therapy, facts), Shortfall.TOO_SHORT, Shortfall.DURATION_NOT_TOLD),
        (_recent_enough(rule, therapy, facts, on), Shortfall.TOO_LONG_AGO, Shortfall.DATE_NOT_TOLD),
        (_by_a_route_that_counts(rule, fact, facts), Shortfall.ROUTE_NOT_TOLD, Shortfall.ROUTE_NOT_TOLD),
    )
    verdict = all_of(check for check, _, _ in checks)
    short = tuple(
        failed if verdict is Verdict.NOT_MET else open_ for check, failed, open_ in checks if check is verdict
    )
    return Episode(verdict, () if verdict is Verdict.MET else short)


def _by_a_route_that_counts(rule: Tried, fact: Fact, facts: Facts) -> Verdict:
    """Unknown where the drug also has a local form that would not count, and the route was not told."""
    concept = facts.vocabulary.concepts.get(fact.concept)
    told = fact.therapy is not None and fact.therapy.route != ""
    if concept is None or not concept.local_form or told or facts.vocabulary.is_a(concept.local_form, rule.concept):
        return Verdict.MET
    return Verdict.UNKNOWN


def _counts_as_outcome(rule: Tried, fact: Fact) -> bool:
    """A drug that cannot be given counts where the rule lists that as an outcome, however long it was not taken."""
    therapy = fact.therapy
    return (
        therapy is not None
        and therapy.tolerance in (Tolerance.CONTRAINDICATED, Tolerance.ALLERGIC, Tolerance.INTOLERANT)
        and therapy.tolerance.value in rule.outcomes
    )


def _outcome(rule: Tried, therapy: Therapy) -> Verdict:
    if not rule.outcomes or therapy.outcome.value in rule.outcomes or therapy.tolerance.value in rule.outcomes:
        return Verdict.MET
    return Verdict.UNKNOWN if therapy.outcome is Outcome.UNKNOWN else Verdict.NOT_MET


def _long_enough(rule: Tried, therapy: Therapy, facts: Facts) -> Verdict:
    if rule.for_at_least is None:
        return Verdict.MET
    needed = days(rule.for_at_least, facts)
    if therapy.duration is not None:
        taken = facts.units.convert(therapy.duration, "d")
        if taken is not None and taken.low is not None:
            return Verdict.MET if taken.low >= needed else Verdict.NOT_MET
    if therapy.started is not None and therapy.ended is not None:
        return Verdict.MET if (therapy.ended - therapy.started).days >= needed else Verdict.NOT_MET
    return Verdict.UNKNOWN


def _recent_enough(rule: Tried, therapy: Therapy, facts: Facts, on: date) -> Verdict:
    if rule.within is None or therapy.stage is Stage.CURRENT:
        return Verdict.MET
    if therapy.ended is None:
        return Verdict.UNKNOWN
    first = on - timedelta(days=int(days(rule.within, facts)))
    return Verdict.MET if therapy.ended >= first else Verdict.NOT_MET


def _never(fact: Fact) -> bool:
    return fact.therapy is not None and fact.therapy.stage is Stage.NEVER


def _drugs(met: list[Fact], facts: Facts) -> int:
    """How many different drugs these are. A class stands for as many as it tells of, less those named below it."""
    told: dict[str, int] = {}
    for fact in met:
        told[fact.concept] = max(told.get(fact.concept, 1), fact.therapy.count if fact.therapy is not None else 1)
    below = {one: [other for other in told if other != one and facts.vocabulary.is_a(other, one)] for one in told}
    unnamed: dict[str, int] = {}
    for one in sorted(told, key=lambda concept: len(below[concept])):
        unnamed[one] = max(0, told[one] - sum(unnamed[other] for other in below[one]))
    return sum(unnamed.values())
