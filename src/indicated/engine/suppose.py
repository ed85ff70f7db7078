"""Supposed facts: which fact would bring a leaf to a verdict, and the case as if it were so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from indicated.engine.facts import AGE, WEIGHT, Facts
from indicated.engine.leaves import ATTESTED
from indicated.engine.measurements import days
from indicated.model.assertion import Assertion, Polarity
from indicated.model.case import Case
from indicated.model.concept import Kind
from indicated.model.determination import Change, Step
from indicated.model.fact import Course, Entry, Fact, Outcome, Result, Stage, Therapy, Tolerance
from indicated.model.quantity import Comparison, Quantity
from indicated.model.rule import (
    Age,
    Has,
    Judged,
    Lacks,
    Leaf,
    Measured,
    Response,
    ResultIs,
    Tried,
    Weight,
)
from indicated.model.verdict import Verdict

SUPPOSED = (Entry("what-if"),)
_PRESENT = Assertion()
_ABSENT = Assertion(polarity=Polarity.ABSENT)
_CONTRARY = {
    Result.POSITIVE: Result.NEGATIVE,
    Result.NEGATIVE: Result.POSITIVE,
    Result.ELEVATED: Result.NORMAL,
    Result.LOW: Result.NORMAL,
    Result.ABNORMAL: Result.NORMAL,
    Result.NORMAL: Result.ABNORMAL,
}
_MOST_OF_ONE, _MOST_EPISODES = 5, 40
_OPPOSITE_SIGN = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": ">"}
_OUTCOMES = {outcome.value for outcome in Outcome}
_TOLERANCES = {tolerance.value for tolerance in Tolerance if tolerance is not Tolerance.UNKNOWN}
_CONTRARY_COURSE = {
    Course.IMPROVED: Course.WORSENED,
    Course.STABLE: Course.WORSENED,
    Course.WORSENED: Course.IMPROVED,
    Course.RELAPSE_OFF_TREATMENT: Course.STABLE,
}


def suppose(case: Case, changes: Iterable[Change]) -> Case:
    """The case as if the changes were so: their facts added, what they replace gone."""
    listed = tuple(changes)
    gone = {fact for change in listed for fact in change.replaces}
    kept = tuple(fact for fact in case.facts if fact not in gone)
    added = tuple(dict.fromkeys(fact for change in listed for fact in change.facts))
    return replace(case, facts=(*kept, *added))


def changes_for(leaf: Step, wanted: Verdict, facts: Facts, on: date) -> tuple[Change, ...]:
    """The single changes that may bring the leaf to the wanted verdict, likeliest first. Not yet checked.

    A request's own limits and codes have none: they are asked, not found.
    """
    known = leaf.verdict not in (Verdict.UNKNOWN, wanted) and not leaf.silent
    rule: Leaf = leaf.rule  # type: ignore[assignment]
    return tuple(
        Change(supposed, _replaced(leaf, supposed, facts), known=known) for supposed in _facts(rule, wanted, facts, on)
    )


def _replaced(leaf: Step, supposed: tuple[Fact, ...], facts: Facts) -> tuple[Fact, ...]:
    """What the record says on the same concept, and what this leaf's verdict rests on today."""
    if isinstance(leaf.rule, Tried):
        never = [fact for fact in leaf.facts if fact.therapy is not None and fact.therapy.stage is Stage.NEVER]
        return tuple(fact for fact in facts.facts if fact.concept == supposed[0].concept or fact in never)
    same = [fact for fact in facts.facts if fact.concept == supposed[0].concept]
    return tuple(dict.fromkeys([*same, *leaf.facts]))


def _facts(rule: Leaf, wanted: Verdict, facts: Facts, on: date) -> Iterator[tuple[Fact, ...]]:
    met = wanted is Verdict.MET
    match rule:
        case Has(concept=concept):
            yield (_presence(concept, facts, present=met),)
        case Lacks(concept=concept):
            yield (_presence(concept, facts, present=not met),)
        case Measured():
            yield _values(rule, facts, on, met=met)
        case ResultIs(concept=concept, is_=wanted_results):
            shown = wanted_results[0] if met else _CONTRARY[wanted_results[0]]
            yield (_result(concept, shown, on),)
        case Age(is_=limit):
            yield (Fact(AGE, SUPPOSED, value=_meeting(limit, met=met)),)
        case Weight(is_=limit):
            yield (Fact(WEIGHT, SUPPOSED, value=_meeting(limit, met=met)),)
        case Tried():
            yield from _therapies(rule, facts, on, met=met)
        case Response(is_=courses, concept=concept):
            course = courses[0] if met else _CONTRARY_COURSE[courses[0]]
            yield (Fact(concept or "request.response", SUPPOSED, course=course),)
        case Judged(question=question):
            yield (Fact(ATTESTED + question, SUPPOSED, assertion=_PRESENT if met else _ABSENT),)
        case _:
            return


def _presence(concept: str, facts: Facts, *, present: bool) -> Fact:
    known = facts.vocabulary.concepts.get(concept)
    if known is not None and known.kind in (Kind.DRUG, Kind.DRUG_CLASS):
        stage = Stage.CURRENT if present else Stage.NEVER
        return Fact(concept, SUPPOSED, therapy=Therapy(stage=stage))
    result = None
    if known is not None and known.kind is Kind.ANTIBODY:
        result = Result.POSITIVE if present else Result.NEGATIVE
    return Fact(concept, SUPPOSED, assertion=_PRESENT if present else _ABSENT, result=result)


def _result(concept: str, shown: Result, on: date) -> Fact:
    polarity = _ABSENT if shown is Result.NEGATIVE else _PRESENT
    return Fact(concept, SUPPOSED, assertion=polarity, result=shown, on=on)


def _values(rule: Measured, facts: Facts, on: date, *, met: bool) -> tuple[Fact, ...]:
    value = _meeting(rule.is_, met=met)
    gap = int(days(rule.apart, facts)) if rule.apart is not None else 1
    number = rule.times if met else 1
    return tuple(
        Fact(rule.concept, SUPPOSED, value=value, on=on - timedelta(days=gap * place)) for place in range(number)
    )


def _meeting(limit: Comparison, *, met: bool) -> Quantity:
    """Every value that meets the limit (or does not), as one range."""
    edge, unit = limit.value.low, limit.value.unit
    match limit.sign if met else _OPPOSITE_SIGN[limit.sign]:
        case "<":
            return Quantity(None, edge, unit, high_open=True)
        case "<=":
            return Quantity(None, edge, unit)
        case ">":
            return Quantity(edge, None, unit, low_open=True)
        case ">=":
            return Quantity(edge, None, unit)
        case _:
            return Quantity(edge, edge, unit)


def _therapies(rule: Tried, facts: Facts, on: date, *, met: bool) -> Iterator[tuple[Fact, ...]]:
    """The drugs on record with their outcome told; the drug or class itself where no outcome is open."""
    on_record = _episodes(facts.below(rule.concept))
    if met:
        for fact in on_record:
            yield (replace(fact, sources=SUPPOSED, therapy=_as_wanted(fact.therapy or Therapy(), rule, on)),)
        if not any(fact.therapy is not None and fact.therapy.outcome is Outcome.UNKNOWN for fact in on_record):
            yield (Fact(rule.concept, SUPPOSED, therapy=_as_wanted(Therapy(), rule, on)),)
        return
    for fact in on_record:
        if fact.concept == rule.concept:
            told = replace(fact.therapy or Therapy(), outcome=Outcome.EFFECTIVE, tolerance=Tolerance.TOLERATED)
            yield (replace(fact, sources=SUPPOSED, therapy=told),)
    yield (Fact(rule.concept, SUPPOSED, therapy=Therapy(stage=Stage.NEVER)),)


def _episodes(told: Iterable[Fact]) -> list[Fact]:
    """The therapies among facts, as many as suppositions are made on: a drug told of fifty times is one drug, and sets
    of several are sought among them.
    """
    often: Counter[str] = Counter()
    found: list[Fact] = []
    for fact in told:
        if fact.therapy is None:
            continue
        often[fact.concept] += 1
        if often[fact.concept] <= _MOST_OF_ONE:
            found.append(fact)
    return found[:_MOST_EPISODES]


def _as_wanted(therapy: Therapy, rule: Tried, on: date) -> Therapy:
    wanted = rule.outcomes[0] if rule.outcomes else ""
    outcome = Outcome(wanted) if wanted in _OUTCOMES else therapy.outcome
    tolerance = Tolerance(wanted) if wanted in _TOLERANCES else therapy.tolerance
    stage = therapy.stage if therapy.stage in (Stage.CURRENT, Stage.PAST) else Stage.PAST
    ended = on if rule.within is not None and stage is Stage.PAST else therapy.ended
    return replace(
        therapy,
        stage=stage,
        outcome=outcome,
        tolerance=tolerance,
        duration=rule.for_at_least or therapy.duration,
        ended=ended,
    )
