"""A rule in a short canonical form, so that a reader sees how a line was understood."""

from __future__ import annotations

from indicated.model.concept import Vocabulary
from indicated.model.quantity import Comparison, Quantity
from indicated.model.rule import (
    Age,
    All,
    Any,
    AtLeast,
    Codes,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    Ref,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Score,
    Tried,
    Weight,
)


def say(rule: Rule, vocabulary: Vocabulary) -> str:
    """The rule in the words of the rule language with concept labels: `any of: creatine kinase elevated; ...`."""
    if isinstance(rule, Ref):
        return rule.criterion
    if isinstance(rule, All | Any | NoneOf | AtLeast):
        parts = [_inner(part, vocabulary) for part in rule.parts]
        return f"{_group(rule)}: {'; '.join(parts)}"
    return _leaf(rule, vocabulary)


def _group(rule: All | Any | NoneOf | AtLeast) -> str:
    if isinstance(rule, AtLeast):
        return f"at least {rule.n} of"
    return "all of" if isinstance(rule, All) else "any of" if isinstance(rule, Any) else "none of"


def _inner(rule: Rule, vocabulary: Vocabulary) -> str:
    said = say(rule, vocabulary)
    return f"({said})" if isinstance(rule, All | Any | NoneOf | AtLeast) else said


def _leaf(rule: Rule, vocabulary: Vocabulary) -> str:
    if isinstance(rule, Has | Lacks):
        denied = "no " if isinstance(rule, Lacks) else ""
        return denied + vocabulary.label(rule.concept) + (" at present" if rule.now else "")
    if isinstance(rule, Measured):
        return _measured(rule, vocabulary)
    if isinstance(rule, ResultIs):
        window = f", within {rule.within.text()}" if rule.within else ""
        return f"{vocabulary.label(rule.concept)} {' or '.join(rule.is_)}{window}"
    if isinstance(rule, Tried):
        return _tried(rule, vocabulary)
    if isinstance(rule, Age | Weight):
        return f"{'age' if isinstance(rule, Age) else 'weight'} {_limit(rule.is_)}"
    return _of_request(rule, vocabulary)


def _of_request(rule: Rule, vocabulary: Vocabulary) -> str:
    if isinstance(rule, Codes):
        return f"diagnosis code {' or '.join(rule.any_of)}"
    if isinstance(rule, RequestIs):
        return "request: " + "; ".join(_request(rule, vocabulary))
    if isinstance(rule, Response):
        return f"response: {' or '.join(course.replace('_', ' ') for course in rule.is_)}"
    if isinstance(rule, Score):
        return f"{rule.score} at least {rule.at_least}"
    assert isinstance(rule, Judged)
    return f"for a person to judge: “{rule.question}”"


def _measured(rule: Measured, vocabulary: Vocabulary) -> str:
    said = f"{vocabulary.label(rule.concept)} {_limit(rule.is_)}"
    said += f", {rule.times} times" if rule.times > 1 else ""
    said += f", {rule.apart.text()} apart" if rule.apart else ""
    return said + (f", within {rule.within.text()}" if rule.within else "")


def _tried(rule: Tried, vocabulary: Vocabulary) -> str:
    count = f"{rule.count} of " if rule.count > 1 else ""
    said = f"{count}{vocabulary.label(rule.concept)} tried"
    said += f": {' or '.join(rule.outcomes)}" if rule.outcomes else ""
    said += f", for at least {rule.for_at_least.text()}" if rule.for_at_least else ""
    return said + (f", within {rule.within.text()}" if rule.within else "")


def _request(rule: RequestIs, vocabulary: Vocabulary) -> list[str]:
    said = [f"for {' or '.join(map(vocabulary.label, rule.indications))}"] if rule.indications else []
    said += [f"product {' or '.join(map(vocabulary.label, rule.products))}"] if rule.products else []
    said += [f"phase {rule.phase}"] if rule.phase else []
    named = (
        ("per course", rule.per_course),
        ("interval", rule.interval),
        ("courses", rule.courses),
        ("duration", rule.duration),
    )
    said += [f"{name} {_limit(value)}" for name, value in named if value is not None]
    return said + ([f"prescriber {' or '.join(rule.prescribers)}"] if rule.prescribers else [])


def _limit(limit: Comparison) -> str:
    value: Quantity = limit.value
    return f"{limit.sign} {value.text()}"
