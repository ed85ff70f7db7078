"""What a determination asks of people: the questions only a person can answer, the criteria it found unmet. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from indicated.model.determination import Determination, Step
from indicated.model.policy import Policy
from indicated.model.rule import Judged, Ref, Rule
from indicated.model.verdict import GapKind, Verdict


def questions(determination: Determination) -> frozenset[str]:
    """Every question of a `judged` rule that bears on the determination, answered or not."""
    return frozenset(step.rule.question for step in _steps(determination) if isinstance(step.rule, Judged))


def criteria(answer: bytes) -> dict[str, Verdict]:
    """The verdict of every criterion of a stored answer: those of the policy, else those of the standard that leads."""
    told = msgspec.json.decode(answer)
    if told["policy"] is not None and told["policy"]["criteria"]:
        listed = told["policy"]["criteria"]
    else:
        weighed = (told["standard"] or {}).get("weighed", [])
        listed = weighed[0]["criteria"] if weighed else []
    return {one["id"]: Verdict(one["verdict"]) for one in listed}


def exclusions(policy: Policy | None) -> frozenset[str]:
    """The criteria of a policy that must not be met: one of these found not met speaks for the request."""
    rules = (one.exclusions for one in policy.coverages) if policy is not None else ()
    return frozenset(ref for rule in rules if rule is not None for ref in _refs(rule))


def missing(answer: bytes) -> tuple[str, ...]:
    """What a requester could send for a stored answer, the most telling first, in words. What a reviewer has to judge
    is not asked for.
    """
    gaps = msgspec.json.decode(answer)["gaps"]
    return tuple(dict.fromkeys(gap["text"] for gap in gaps if gap["kind"] != GapKind.NEEDS_JUDGEMENT))


def _steps(determination: Determination) -> Iterator[Step]:
    policy = determination.policy_result
    if policy is not None:
        yield from _below(*(one.step for one in policy.judgements), policy.start, policy.exclusions, policy.limits)
    for weighed in determination.weighed:
        yield from _below(*(one.step for one in weighed.judgements), weighed.exception)


def _below(*steps: Step | None) -> Iterator[Step]:
    for step in steps:
        if step is not None:
            yield step
            yield from _below(*step.parts)


def _refs(rule: Rule) -> Iterator[str]:
    if isinstance(rule, Ref):
        yield rule.criterion
    for part in getattr(rule, "parts", ()):
        yield from _refs(part)
