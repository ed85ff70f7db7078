"""One judge per leaf of the rule language: what the facts say, and why they leave it unknown where they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from indicated.engine.facts import AGE, WEIGHT, Facts, latest, says_absent, says_present
from indicated.engine.found import Found, settle
from indicated.engine.measurements import judge_measured, judge_result
from indicated.engine.request import judge_codes, judge_request
from indicated.engine.therapies import judge_tried
from indicated.model.assertion import Time
from indicated.model.fact import Course, Fact, Stage
from indicated.model.rule import (
    Age,
    Codes,
    Has,
    Judged,
    Lacks,
    Measured,
    RequestIs,
    Response,
    ResultIs,
    Tried,
    Weight,
)
from indicated.model.verdict import Gap, GapKind, Settle, Verdict, opposite

ATTESTED = "judged:"


def judge_has(rule: Has | Lacks, facts: Facts, _on: date) -> Found:
    """Present: a sure fact of the concept or anything narrower. Absent: a denial of it or of anything broader, or a
    finding that speaks against it. Both: conflicting. Neither: what was said is unclear, or nothing was said.
    """
    for_it = [fact for fact in facts.below(rule.concept) if says_present(fact)]
    absent = [fact for fact in facts.above(rule.concept) if says_absent(fact)]
    against = absent + [fact for fact in facts.against(rule.concept) if fact not in absent]
    ended = [fact for fact in for_it if fact.assertion.time is Time.RESOLVED]
    past = [fact for fact in for_it if _in_the_past(fact)]
    counted = [fact for fact in for_it if fact not in ended and not (rule.now and fact in past)]
    # What was so before and is not so now was so: the one does not deny the other.
    still = [fact for fact in counted if fact not in past]
    if counted and not still and absent and all(fact.assertion.time is Time.CURRENT for fact in absent):
        absent = []
    if counted and absent:
        return Found.unknown(rule.concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, counted + absent)
    if counted:
        return Found(Verdict.MET, tuple(counted))
    if against:
        return Found(Verdict.NOT_MET, tuple(against))
    if ended and rule.now:
        return Found(Verdict.NOT_MET, tuple(ended))
    if ended:
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.CONFIRMATION, ended)
    if past:
        return Found.unknown(rule.concept, GapKind.OUTSIDE_WINDOW, Settle.CONFIRMATION, past)
    unsure = [fact for fact in facts.below(rule.concept) if not says_absent(fact)]
    if unsure:
        return Found.unknown(rule.concept, GapKind.UNCLEAR, Settle.CONFIRMATION, unsure)
    return Found.unknown(rule.concept, GapKind.NOT_DOCUMENTED, Settle.DOCUMENTATION)


def _in_the_past(fact: Fact) -> bool:
    """Whether the fact speaks of an earlier time: of a drug its stage says so, of anything else the assertion."""
    return fact.therapy.stage is Stage.PAST if fact.therapy is not None else fact.assertion.time is Time.PAST


def judge_lacks(rule: Lacks, facts: Facts, on: date) -> Found:
    """The opposite of `has`, with the same facts and gaps."""
    found = judge_has(rule, facts, on)
    return Found(opposite(found.verdict), found.facts, found.gaps)


def judge_age(rule: Age, facts: Facts, _on: date) -> Found:
    """The age against the limit; two different ages are a conflict."""
    return _judge_one_value(AGE, rule, facts)


def judge_weight(rule: Weight, facts: Facts, _on: date) -> Found:
    """The body weight against the limit; the latest counts when weights are dated."""
    return _judge_one_value(WEIGHT, rule, facts)


def _judge_one_value(concept: str, rule: Age | Weight, facts: Facts) -> Found:
    unit = rule.is_.value.unit
    known = [(fact, facts.units.convert(fact.value, unit)) for fact in latest(facts.exactly(concept)) if fact.value]
    verdicts = {rule.is_.judge(value) for _, value in known if value is not None}
    used = [fact for fact, _ in known]
    if len(verdicts) == 1 and Verdict.UNKNOWN not in verdicts:
        return Found(verdicts.pop(), tuple(used))
    if not verdicts:
        return Found.unknown(concept, GapKind.NOT_DOCUMENTED, Settle.VALUE)
    if len(verdicts) > 1:
        return Found.unknown(concept, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, used)
    return Found.unknown(concept, GapKind.UNCLEAR, Settle.VALUE, used)


def judge_response(rule: Response, facts: Facts, _on: date) -> Found:
    """How the disease answered treatment. Worse on it excludes the others; they may all be true of one patient, who was
    better, stays so, and relapsed when it was stopped.
    """
    pool: Iterable[Fact] = facts.below(rule.concept) if rule.concept else facts.facts
    told = latest([fact for fact in pool if fact.course is not None])
    met = [fact for fact in told if fact.course in rule.is_]
    other = [fact for fact in told if fact.course not in rule.is_]
    about = rule.concept or "request.response"
    worse = {fact.course is Course.WORSENED for fact in (*met, *other)}
    if met and other and len(worse) > 1:
        return Found.unknown(about, GapKind.CONFLICTING, Settle.WHICH_IS_RIGHT, told)
    if told:
        return Found(Verdict.MET if met else Verdict.NOT_MET, tuple(told))
    return Found.unknown(about, GapKind.NOT_DOCUMENTED, Settle.DOCUMENTATION)


def judge_judged(rule: Judged, facts: Facts, _on: date) -> Found:
    """Unknown until a reviewer attests: a fact on `judged:<question>`, entered with name and reason."""
    attested = facts.exactly(ATTESTED + rule.question)
    verdicts = {settle(fact) for fact in attested}
    if len(verdicts) == 1:
        return Found(verdicts.pop(), tuple(attested))
    kind = GapKind.CONFLICTING if attested else GapKind.NEEDS_JUDGEMENT
    return Found(Verdict.UNKNOWN, tuple(attested), (Gap(kind, rule.question, Settle.JUDGEMENT),))


JUDGES: dict[type, Callable[[Any, Facts, date], Found]] = {
    Has: judge_has,
    Lacks: judge_lacks,
    Measured: judge_measured,
    ResultIs: judge_result,
    Tried: judge_tried,
    Age: judge_age,
    Weight: judge_weight,
    Codes: judge_codes,
    RequestIs: judge_request,
    Response: judge_response,
    Judged: judge_judged,
}
