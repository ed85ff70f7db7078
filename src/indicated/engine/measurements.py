"""Judging measurements and results: limits, windows, repeats, and what a number says by itself."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from indicated.engine.facts import Facts, latest_of_each, says_absent, says_present
from indicated.engine.found import Found
from indicated.model.fact import Fact, Result
from indicated.model.quantity import Quantity
from indicated.model.rule import Measured, ResultIs
from indicated.model.verdict import GapKind, Settle, Verdict, any_of

_UNREMARKABLE = (Result.NEGATIVE, Result.NORMAL)


def days(period: Quantity, facts: Facts) -> Decimal:
    """A period in days (a month counts as the unit table says)."""
    inside = facts.units.convert(period, "d")
    exact = None if inside is None else inside.exact
    if exact is None:
        raise ValueError("a period is one exact time")
    return exact


def judge_measured(rule: Measured, facts: Facts, on: date) -> Found:
    """The latest value against the limit, or `times` of them; an undated value cannot satisfy a window."""
    measured = [fact for fact in facts.below(rule.concept) if fact.value is not None]
    if not measured:
        told = [fact for fact in facts.below(rule.concept) if not says_absent(fact)]
        kind = GapKind.UNCLEAR if told else GapKind.NOT_DOCUMENTED
        return Found.unknown(rule.concept, kind, Settle.VALUE, told)
    timely, undated = _in_window(measured, rule.within, facts, on)
    if not timely and not undated:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.RECENT_VALUE, measured)
    if rule.times > 1:
        return _judge_repeats(rule, timely, undated, facts)
    judged = {fact: _against_limit(rule, fact, facts) for fact in (latest_of_each(timely) or undated)}
    verdicts = set(judged.values())
    if len(verdicts) > 1:
        return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, judged)
    verdict = verdicts.pop()
    if verdict is Verdict.UNKNOWN:
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.VALUE, judged)
    if rule.within is not None and not timely:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.DATE, judged)
    if all(fact.scanned for fact in judged):
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.SECOND_SOURCE, judged)
    return Found(verdict, tuple(judged))


def _in_window(measured: list[Fact], within: Quantity | None, facts: Facts, on: date) -> tuple[list[Fact], list[Fact]]:
    """The facts inside the window, and those whose day is unknown."""
    past = [fact for fact in measured if fact.on is None or fact.on <= on]
    if within is None:
        return past, []
    first = on - timedelta(days=int(days(within, facts)))
    timely = [fact for fact in past if fact.on is not None and fact.on >= first]
    return timely, [fact for fact in past if fact.on is None]


def _against_limit(rule: Measured, fact: Fact, facts: Facts) -> Verdict:
    assert fact.value is not None
    value = facts.units.convert(fact.value, rule.is_.value.unit)
    return Verdict.UNKNOWN if value is None else rule.is_.judge(value)


def _judge_repeats(rule: Measured, timely: list[Fact], undated: list[Fact], facts: Facts) -> Found:
    """At least `times` values that meet the limit, each `apart` from the one counted before it. A value of unknown day
    may count towards a window but cannot fill it.
    """
    measured = [*timely, *undated]
    judged = {id(fact): _against_limit(rule, fact, facts) for fact in measured}
    if all(verdict is Verdict.NOT_MET for verdict in judged.values()):
        return Found(Verdict.NOT_MET, tuple(measured))
    counted = _spaced([fact for fact in timely if judged[id(fact)] is Verdict.MET], rule.apart, facts)
    if len(counted) >= rule.times:
        return Found(Verdict.MET, tuple(counted))
    meeting = [fact for fact in measured if judged[id(fact)] is Verdict.MET]
    if len(meeting) >= rule.times and any(fact.on is None for fact in meeting):
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.DATE, meeting)
    return Found.unknown(rule.concept, GapKind.NOT_DOCUMENTED, Settle.ANOTHER_VALUE, measured)


def _spaced(meeting: list[Fact], apart: Quantity | None, facts: Facts) -> list[Fact]:
    if apart is None:
        return meeting
    gap = days(apart, facts)
    counted: list[Fact] = []
    for fact in sorted((fact for fact in meeting if fact.on is not None), key=lambda fact: str(fact.on)):
        before = counted[-1].on if counted else None
        if before is None or (fact.on is not None and (fact.on - before).days >= gap):
            counted.append(fact)
    return counted


def judge_result(rule: ResultIs, facts: Facts, on: date) -> Found:
    """What the test showed. A fact on the concept itself (or anything broader) settles it either way; one on
    something narrower only when it is out of the ordinary: one negative antibody of a class leaves the class open.
    """
    told = [
        fact for fact in dict.fromkeys([*facts.below(rule.concept), *facts.above(rule.concept)]) if not _planned(fact)
    ]
    timely, undated = _in_window(told, rule.within, facts, on)
    if told and not timely and not undated:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.RECENT_VALUE, told)
    judged = [(fact, _result_verdict(rule, fact, facts)) for fact in (latest_of_each(timely) or undated)]
    met = [fact for fact, verdict in judged if verdict is Verdict.MET]
    not_met = [fact for fact, verdict in judged if verdict is Verdict.NOT_MET]
    # A value that says nothing by itself (a CK of 96) stands against an undated one of the same test that does (2368).
    open_ = [fact for fact, verdict in judged if verdict is Verdict.UNKNOWN and fact.value is not None]
    against = [fact for fact in open_ if any(fact.concept == one.concept for one in met)]
    if met and (not_met or against):
        return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, met + not_met + against)
    if (met or not_met) and rule.within is not None and not timely:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.DATE, met + not_met)
    if met:
        return Found(Verdict.MET, tuple(met))
    if not_met:
        return Found(Verdict.NOT_MET, tuple(not_met))
    unsure = [fact for fact, _ in judged if facts.vocabulary.is_a(fact.concept, rule.concept)]
    kind = GapKind.UNCLEAR if unsure else GapKind.NOT_DOCUMENTED
    return Found.unknown(rule.concept, kind, Settle.VALUE if unsure else Settle.DOCUMENTATION, unsure)


def _planned(fact: Fact) -> bool:
    return fact.result is None and fact.value is None and not says_present(fact) and not says_absent(fact)


def _result_verdict(rule: ResultIs, fact: Fact, facts: Facts) -> Verdict:
    shown = result_of(fact, facts)
    if shown is None:
        return Verdict.UNKNOWN
    verdict = any_of(_shows(shown, wanted) for wanted in rule.is_)
    if rule.concept == fact.concept:
        return verdict
    # One normal test of several leaves the rest open, and so does one remarkable in another way than is asked for.
    if facts.vocabulary.is_a(fact.concept, rule.concept):
        asked_unremarkable = all(wanted in _UNREMARKABLE for wanted in rule.is_)
        settles = shown not in _UNREMARKABLE and (verdict is Verdict.MET or asked_unremarkable)
        return verdict if settles else Verdict.UNKNOWN
    return verdict if shown in _UNREMARKABLE else Verdict.UNKNOWN


def _shows(shown: Result, wanted: Result) -> Verdict:
    """Whether one result is another in other words: normal is negative, elevated is positive and abnormal. Positive
    alone does not say elevated or low.
    """
    if shown is wanted or (shown in _UNREMARKABLE and wanted in _UNREMARKABLE):
        return Verdict.MET
    if shown in _UNREMARKABLE or wanted in _UNREMARKABLE or {shown, wanted} == {Result.ELEVATED, Result.LOW}:
        return Verdict.NOT_MET
    entailed = wanted is Result.ABNORMAL or (shown is Result.ELEVATED and wanted is Result.POSITIVE)
    return Verdict.MET if entailed else Verdict.UNKNOWN


def result_of(fact: Fact, facts: Facts) -> Result | None:
    """What the fact shows: as stated; else its value, where it is remarkable in any laboratory; else its presence or
    absence. The usual range of a test is the laboratory's own: without it a value inside says nothing.
    """
    if fact.result is not None:
        return fact.result
    if fact.value is not None:
        concept = facts.vocabulary.concepts.get(fact.concept)
        return None if concept is None or concept.telling is None else _beyond(fact.value, concept.telling, facts)
    if says_absent(fact):
        return Result.NEGATIVE
    return Result.POSITIVE if says_present(fact) else None


def _beyond(told: Quantity, limits: Quantity, facts: Facts) -> Result | None:
    """Elevated where the whole value lies above the limits, low where it lies below; None for anything else."""
    value = facts.units.convert(told, limits.unit)
    if value is None:
        return None
    if limits.high is not None and value.low is not None and value.low > limits.high:
        return Result.ELEVATED
    if limits.low is not None and value.high is not None and value.high < limits.low:
        return Result.LOW
    return None
