"""A policy against the case: which of its coverages reaches the request, and the verdict of each criterion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.engine.weigh import phase_of
from indicated.model.determination import Judgement, PolicyResult, Step
from indicated.model.policy import Coverage, Policy
from indicated.model.regimen import Phase
from indicated.model.rule import All, NoneOf, Ref, Rule
from indicated.model.standard import Criterion
from indicated.model.verdict import Verdict, all_of, opposite


def apply(policy: Policy, facts: Facts, on: date) -> PolicyResult:
    """The policy's verdict: the start or continuation rule, its limits, and no exclusion met.

    A policy none of whose coverages reaches the indication is not met; with no indication told it is unknown.
    """
    index = reached(policy, facts)
    if index is None:
        told = facts.request is not None and bool(facts.request.indications)
        return PolicyResult(policy.id, Verdict.NOT_MET if told else Verdict.UNKNOWN, None, ())
    coverage = policy.coverages[index]
    start = evaluate(_asked(coverage, facts), facts, on)
    exclusions = evaluate(coverage.exclusions, facts, on) if coverage.exclusions is not None else None
    limits = evaluate(coverage.limits, facts, on) if coverage.limits is not None else None
    verdicts = [start.verdict]
    verdicts += [opposite(exclusions.verdict)] if exclusions is not None else []
    verdicts += [limits.verdict] if limits is not None else []
    traced = {name: step for whole in (start, exclusions, limits) if whole is not None for name, step in _named(whole)}
    judgements = tuple(
        Judgement(criterion.id, traced[criterion.id]) for criterion in policy.criteria if criterion.id in traced
    )
    return PolicyResult(policy.id, all_of(verdicts), index, judgements, start, exclusions, limits)


def reached(policy: Policy, facts: Facts) -> int | None:
    """The index of the first coverage whose conditions include what is asked for; one without conditions covers all."""
    asked = facts.request.indications if facts.request is not None else ()
    for index, coverage in enumerate(policy.coverages):
        if not coverage.conditions or _includes(coverage, asked, facts):
            return index
    return None


def unverified(policy: Policy, result: PolicyResult) -> tuple[Criterion, ...]:
    """The criteria applied that nobody has read in the source."""
    applied = {judgement.criterion for judgement in result.judgements}
    return tuple(one for one in policy.criteria if not one.verified and one.id in applied)


def whole_rule(coverage: Coverage, facts: Facts) -> Rule:
    """All that the coverage asks of this request as one rule: start or continuation, no exclusion, the limits."""
    parts: list[Rule] = [_asked(coverage, facts)]
    parts += [NoneOf((coverage.exclusions,))] if coverage.exclusions is not None else []
    parts += [coverage.limits] if coverage.limits is not None else []
    return All(tuple(parts))


def _asked(coverage: Coverage, facts: Facts) -> Rule:
    if phase_of(facts) is Phase.CONTINUATION and coverage.continuation is not None:
        return coverage.continuation
    return coverage.start


def _includes(coverage: Coverage, asked: tuple[str, ...], facts: Facts) -> bool:
    return any(facts.vocabulary.is_a(one, condition) for one in asked for condition in coverage.conditions)


def _named(step: Step) -> Iterator[tuple[str, Step]]:
    """Every criterion in the trace with its own step."""
    if isinstance(step.rule, Ref):
        yield step.rule.criterion, step.parts[0]
    for part in step.parts:
        yield from _named(part)
