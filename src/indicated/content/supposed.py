"""A plan as the request and facts of a golden case: what a record would have to say for its leaves to be as planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from indicated.content.cases import GivenFact, GivenRequest
from indicated.content.plans import Path, Plan, leaves_of
from indicated.engine.facts import AGE, WEIGHT
from indicated.model.concept import Kind, Vocabulary
from indicated.model.fact import Course, Outcome, Result, Stage, Therapy, Tolerance
from indicated.model.quantity import Comparison, Quantity, Units
from indicated.model.regimen import Phase, Regimen
from indicated.model.rule import (
    Age,
    Codes,
    Has,
    Lacks,
    Measured,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Tried,
    Weight,
)
from indicated.model.verdict import Verdict

_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS)
_CONTRARY = {
    Result.POSITIVE: Result.NEGATIVE,
    Result.NEGATIVE: Result.POSITIVE,
    Result.NORMAL: Result.ABNORMAL,
}
_ELSEWHERE = "Z00.00"
"""A code that no list of diseases has: an examination without findings."""
_SYSTEMIC = "oral"
"""The route of a supposed therapy, so that no form of the drug for eye or skin is meant."""
_AMOUNTS = ("per_course", "interval", "courses", "duration")


At = dict[tuple[Path, str], Quantity]
"""Amounts that are fixed, by the leaf that limits them and what they are amounts of."""


class Supposed(Struct, frozen=True):
    """The request and the facts of a supposed case."""

    request: GivenRequest
    facts: tuple[GivenFact, ...]


class Supposer:
    """Makes supposed cases for rules of one document: `request` is what they ask on, before a rule speaks of it."""

    def __init__(self, vocabulary: Vocabulary, units: Units, on: date) -> None:
        self.vocabulary, self.units, self.on = vocabulary, units, on
        self._others: dict[tuple[str, ...], str] = {}

    def case(self, rule: Rule, plan: Plan, request: GivenRequest, at: At | None = None) -> Supposed | None:
        """The case of a plan, None when it asks for what no record can say at once. `at` fixes amounts of leaves."""
        wanted = _Wanted(request, dict(at or {}))
        for path, leaf in leaves_of(rule):
            verdict = plan.get(path, Verdict.UNKNOWN)
            if verdict is not Verdict.UNKNOWN or wanted.fixes(path):
                self._want(wanted, leaf, verdict, path)
        amounts = self._amounts(wanted)
        if amounts is None or not wanted.possible:
            return None
        facts = [*wanted.facts, *(GivenFact(name, value=value) for name, value in amounts.items() if name in _PLAIN)]
        for name, value in amounts.items():
            if name not in _PLAIN and not name.startswith("request."):
                facts += self._dated(name, value, wanted)
        asked = {name.removeprefix("request."): value for name, value in amounts.items() if name.startswith("request.")}
        if asked:
            wanted.request = replace(wanted.request, regimen=replace(Regimen(), **asked))
        said = tuple(dict.fromkeys(facts))
        return Supposed(wanted.request, said) if _agree(said) else None

    def _want(self, wanted: _Wanted, leaf: Rule, verdict: Verdict, path: Path) -> None:
        match leaf:
            case Measured(concept=concept, is_=limit):
                wanted.limit(concept, limit, verdict, path)
                wanted.repeat(concept, leaf.times, self._days(leaf.apart))
            case Age(is_=limit) | Weight(is_=limit):
                wanted.limit(AGE if isinstance(leaf, Age) else WEIGHT, limit, verdict, path)
            case RequestIs():
                self._ask(wanted, leaf, verdict, path)
            case Tried():
                wanted.facts += self._tried(
                    leaf, wanted.fixed.get((path, f"tried.{leaf.concept}")), met=verdict is Verdict.MET
                )
            case _:
                self._say(wanted, leaf, met=verdict is Verdict.MET)

    def _say(self, wanted: _Wanted, leaf: Rule, *, met: bool) -> None:
        match leaf:
            case Has(concept=concept) | Lacks(concept=concept):
                wanted.facts.append(self._presence(concept, present=met is isinstance(leaf, Has)))
            case ResultIs(concept=concept, is_=results):
                wanted.facts.append(self._result(concept, results, met=met))
            case Response(concept=concept, is_=courses):
                course = courses[0] if met else next(one for one in _BY_NEED if one not in courses)
                wanted.facts.append(GivenFact(concept or _condition(wanted.request), course=course))
            case Codes(any_of=codes):
                wanted.request = replace(wanted.request, codes=(codes[0].split("-")[0] if met else _ELSEWHERE,))
                wanted.possible &= met or not self._coded(wanted.request)
            case _:
                wanted.possible = False

    def _presence(self, concept: str, *, present: bool) -> GivenFact:
        kind = self.vocabulary[concept].kind
        if kind in _DRUGS and present:
            return GivenFact(concept, tried=Therapy(stage=Stage.CURRENT))
        if kind is Kind.ANTIBODY:
            return GivenFact(concept, present=present, result=Result.POSITIVE if present else Result.NEGATIVE)
        return GivenFact(concept, present=present)

    def _result(self, concept: str, results: tuple[Result, ...], *, met: bool) -> GivenFact:
        if met:
            return GivenFact(concept, result=results[0], on=self.on)
        other = next((_CONTRARY.get(one, Result.NORMAL) for one in results), Result.NORMAL)
        return GivenFact(concept, result=other, on=self.on)

    def _tried(self, rule: Tried, duration: Quantity | None, *, met: bool) -> Iterator[GivenFact]:
        if not met and duration is None:
            yield GivenFact(rule.concept, present=False)
            return
        words = rule.outcomes or ("failed",)
        outcome = next((Outcome(word) for word in words if word in set(Outcome)), Outcome.UNKNOWN)
        tolerance = next((Tolerance(word) for word in words if word in set(Tolerance)), Tolerance.UNKNOWN)
        if outcome is not Outcome.UNKNOWN:
            tolerance = Tolerance.UNKNOWN
        therapy = Therapy(
            outcome=outcome,
            tolerance=tolerance,
            route=_SYSTEMIC,
            duration=duration or rule.for_at_least,
            ended=self.on if rule.within is not None else None,
            count=rule.count,
        )
        yield GivenFact(rule.concept, tried=therapy)

    def _ask(self, wanted: _Wanted, rule: RequestIs, verdict: Verdict, path: Path) -> None:
        """A limit on the request is met whole; of one that is not, the first thing that can be otherwise is."""
        limits = {name: limit for name in _AMOUNTS if (limit := getattr(rule, name)) is not None}
        if verdict is Verdict.MET or wanted.fixes(path):
            wanted.request, verdict = _asking(wanted.request, rule), Verdict.MET
        elif not limits:
            wanted.request = self._not_asking(wanted, rule)
        for name, limit in limits.items():
            wanted.limit(f"request.{name}", limit, verdict, path)

    def _not_asking(self, wanted: _Wanted, rule: RequestIs) -> GivenRequest:
        """The request with the other phase, another prescriber, or for another disease, as the rule allows."""
        request = wanted.request
        if rule.phase is not None:
            other = Phase.INITIAL if rule.phase is Phase.CONTINUATION else Phase.CONTINUATION
            return replace(request, phase=other)
        if rule.prescribers:
            return replace(request, prescriber="none of those")
        wanted.possible &= bool(rule.indications)
        return replace(request, indications=(self._unrelated(rule.indications),))

    def _unrelated(self, conditions: tuple[str, ...]) -> str:
        """A disease that is none of these, nor broader or narrower than one of them."""
        if conditions not in self._others:
            related = self.vocabulary.related
            diseases = (one.id for one in self.vocabulary.concepts.values() if one.kind is Kind.CONDITION)
            other = next((one for one in diseases if not any(related(one, other) for other in conditions)), "")
            self._others[conditions] = other
        return self._others[conditions]

    def _coded(self, request: GivenRequest) -> bool:
        """Whether what is asked for has codes of its own, which a code of the request does not take away."""
        return any(self.vocabulary[one].codes.get("icd10cm") for one in request.indications)

    def _amounts(self, wanted: _Wanted) -> dict[str, Quantity] | None:
        """A value for everything measured that keeps every limit set on it; None when there is no such value."""
        found: dict[str, Quantity] = {}
        for name, limits in wanted.limits.items():
            value = wanted.at.get(name) or self._value(limits)
            if value is None:
                return None
            found[name] = value
        return found

    def _value(self, limits: list[tuple[Comparison, Verdict]]) -> Quantity | None:
        unit = limits[0][0].value.unit
        tried: list[Decimal] = []
        for limit, _ in limits:
            edge = self.units.convert(limit.value, unit)
            if edge is not None and edge.low is not None:
                step = step_of(limit.value.low or Decimal(0))
                tried += [edge.low, edge.low - step, edge.low + step]
        for number in tried:
            value = Quantity(number, number, unit)
            if number >= 0 and all(self._keeps(value, limit, verdict) for limit, verdict in limits):
                return value
        return None

    def _keeps(self, value: Quantity, limit: Comparison, wanted: Verdict) -> bool:
        found = self.units.convert(value, limit.value.unit)
        return found is not None and limit.judge(found) is wanted

    def _days(self, period: Quantity | None) -> int:
        inside = self.units.convert(period, "d") if period is not None else None
        return ceil(inside.low) if inside is not None and inside.low is not None else 1

    def _dated(self, concept: str, value: Quantity, wanted: _Wanted) -> Iterator[GivenFact]:
        times, apart = wanted.repeats.get(concept, (1, 1))
        for number in range(times):
            yield GivenFact(concept, value=value, on=self.on - timedelta(days=apart * number))


def _asking(request: GivenRequest, rule: RequestIs) -> GivenRequest:
    """The request as the rule wants it, but for its amounts."""
    return replace(
        request,
        indications=tuple(dict.fromkeys((*rule.indications[:1], *request.indications))),
        product=rule.products[0] if rule.products else request.product,
        phase=rule.phase or request.phase,
        prescriber=rule.prescribers[0] if rule.prescribers else request.prescriber,
    )


class _Wanted:
    """What is gathered for one case: facts, the request, and the limits set on each thing that has an amount."""

    def __init__(self, request: GivenRequest, fixed: At) -> None:
        self.request, self.fixed = request, fixed
        self.facts: list[GivenFact] = []
        self.limits: dict[str, list[tuple[Comparison, Verdict]]] = {}
        self.at: dict[str, Quantity] = {}
        self.repeats: dict[str, tuple[int, int]] = {}
        self.possible = True

    def fixes(self, path: Path) -> bool:
        """Whether some amount of the leaf is fixed."""
        return any(one == path for one, _ in self.fixed)

    def limit(self, name: str, limit: Comparison, verdict: Verdict, path: Path) -> None:
        """Set a limit on an amount; a leaf whose amount is fixed sets the amount itself."""
        self.limits.setdefault(name, [])
        if (path, name) in self.fixed:
            self.at[name] = self.fixed[path, name]
        else:
            self.limits[name].append((limit, verdict))

    def repeat(self, concept: str, times: int, apart: int) -> None:
        """Tell a value so many times, so many days apart."""
        before = self.repeats.get(concept, (1, 1))
        self.repeats[concept] = (max(before[0], times), max(before[1], apart))


_PLAIN = (AGE, WEIGHT)
_BY_NEED = (Course.WORSENED, Course.STABLE, Course.IMPROVED, Course.RELAPSE_OFF_TREATMENT)


def step_of(number: Decimal) -> Decimal:
    """One in the last place that the number is written with: 1 for 400, 0.1 for 0.4."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _condition(request: GivenRequest) -> str:
    return request.indications[0] if request.indications else request.treatment


def _agree(facts: Iterable[GivenFact]) -> bool:
    """Whether no fact of the case denies another of the same concept."""
    said: dict[str, Any] = {}
    for fact in facts:
        if fact.value is not None:
            continue
        key = (fact.present, fact.result, fact.course)
        if said.setdefault(fact.concept, key) != key and fact.course is None:
            return False
    return True
