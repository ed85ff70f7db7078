"""Judging measurements and results: limits, windows, repeats, and what a number says against its usual range."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from indicated.engine.facts import Facts, latest, says_absent, says_present
from indicated.engine.found import Found
from indicated.model.fact import Fact, Result
from indicated.model.quantity import Quantity
from indicated.model.rule import Measured, ResultIs
from indicated.model.verdict import GapKind, Settle, Verdict

_UNREMARKABLE = (Result.NEGATIVE, Result.NORMAL)
_REMARKABLE = (Result.POSITIVE, Result.ELEVATED, Result.LOW, Result.ABNORMAL)


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
        return _judge_repeats(rule, [*timely, *undated], facts)
    judged = {fact: _against_limit(rule, fact, facts) for fact in (latest(timely) or undated)}
    verdicts = set(judged.values())
    if len(verdicts) > 1:
        return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, judged)
    verdict = verdicts.pop()
    if verdict is Verdict.UNKNOWN:
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.VALUE, judged)
    if rule.within is not None and not timely:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.DATE, judged)
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


def _judge_repeats(rule: Measured, measured: list[Fact], facts: Facts) -> Found:
    """At least `times` values that meet the limit, each `apart` from the one counted before it."""
    judged = [(fact, _against_limit(rule, fact, facts)) for fact in measured]
    meeting = [fact for fact, verdict in judged if verdict is Verdict.MET]
    counted = _spaced(meeting, rule.apart, facts)
    if len(counted) >= rule.times:
        return Found(Verdict.MET, tuple(counted))
    if all(verdict is Verdict.NOT_MET for _, verdict in judged):
        return Found(Verdict.NOT_MET, tuple(measured))
    if len(meeting) >= rule.times:
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
    judged = [(fact, _result_verdict(rule, fact, facts)) for fact in (latest(timely) or undated)]
    met = [fact for fact, verdict in judged if verdict is Verdict.MET]
    not_met = [fact for fact, verdict in judged if verdict is Verdict.NOT_MET]
    if met and not_met:
        return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, met + not_met)
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
    wanted = shown in rule.is_ or (Result.ABNORMAL in rule.is_ and shown in _REMARKABLE)
    itself = rule.concept == fact.concept
    narrower = not itself and facts.vocabulary.is_a(fact.concept, rule.concept)
    if narrower and shown in _UNREMARKABLE:
        return Verdict.UNKNOWN
    if not itself and not narrower and shown not in _UNREMARKABLE:
        return Verdict.UNKNOWN
    if wanted:
        return Verdict.MET
    return Verdict.UNKNOWN if shown is Result.ABNORMAL else Verdict.NOT_MET


def result_of(fact: Fact, facts: Facts) -> Result | None:
    """What the fact shows: as stated; else its value against the usual range; else its presence or absence."""
    if fact.result is not None:
        return fact.result
    if fact.value is not None:
        return _against_usual(fact, facts)
    if says_absent(fact):
        return Result.NEGATIVE
    return Result.POSITIVE if says_present(fact) else None


def _against_usual(fact: Fact, facts: Facts) -> Result | None:
    concept = facts.vocabulary.concepts.get(fact.concept)
    if concept is None or concept.usual is None or fact.value is None:
        return None
    value = facts.units.convert(fact.value, concept.usual.unit)
    if value is None:
        return None
    low, high = concept.usual.low, concept.usual.high
    if high is not None and value.low is not None and value.low > high:
        return Result.ELEVATED
    if low is not None and value.high is not None and value.high < low:
        return Result.LOW
    inside = (low is None or (value.low is not None and value.low >= low)) and (
        high is None or (value.high is not None and value.high <= high)
    )
    return Result.NORMAL if inside else None
