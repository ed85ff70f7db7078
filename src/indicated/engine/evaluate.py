"""The one way to a verdict: judge a rule against the facts on a date and keep the trace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import is_

from indicated.engine.facts import Facts
from indicated.engine.found import Found
from indicated.engine.leaves import JUDGES
from indicated.engine.score import calculate
from indicated.engine.touch import look
from indicated.model.determination import Step
from indicated.model.errors import Nonsense
from indicated.model.fact import Fact
from indicated.model.rule import All, Any, AtLeast, NoneOf, Ref, Rule, Score
from indicated.model.verdict import Gap, GapKind, Settle, Verdict, all_of, any_of, at_least, opposite

_GROUPS = (All, Any, NoneOf, AtLeast, Ref)
_ONE_IS_ENOUGH = {Verdict.MET: (Any, NoneOf), Verdict.NOT_MET: (All,)}
"""The groups that a single part of this verdict decides; that of a `none` is the contrary of its parts'."""


def evaluate(rule: Rule, facts: Facts, on: date) -> Step:
    """Judge the rule on a date and record why. Every part is visited; nothing stops early.

    A leaf left unknown by silence alone takes the author's `when_silent`; the step says so and keeps its gaps. A rule
    of whose concepts nothing was told has the same trace in every case, so that one is made for all.
    """
    looked = look(rule, facts)
    if not looked.unspoken(facts):
        return _judged(rule, facts, on)
    if looked.silent is None:
        looked.silent = _judged(rule, facts, on)
    return looked.silent


def _judged(rule: Rule, facts: Facts, on: date) -> Step:
    if isinstance(rule, _GROUPS):
        parts = tuple([evaluate(part, facts, on) for part in rule.parts])
        return Step(rule, combine(rule, [part.verdict for part in parts]), parts=parts)
    if isinstance(rule, Score):
        return _judge_score(rule, facts, on)
    found = JUDGES[type(rule)](rule, facts, on)
    return _with_silence(rule, found)


def evaluate_again(step: Step, judge: Callable[[Step], Step]) -> Step:
    """A group's trace with the traces that `judge` now gives for its parts; the same step when they stay the same."""
    parts = tuple([judge(part) for part in step.parts])
    if all(map(is_, parts, step.parts)):
        return step
    return Step(step.rule, combine(step.rule, [part.verdict for part in parts]), parts=parts)


def combine(rule: Rule, verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a group from those of its parts."""
    match rule:
        case All():
            return all_of(verdicts)
        case Any():
            return any_of(verdicts)
        case NoneOf():
            return opposite(any_of(verdicts))
        case AtLeast(n=n):
            return at_least(n, verdicts)
        case Ref():
            if len(verdicts) != 1:
                raise Nonsense(f"the reference to {rule.criterion} was never resolved")
            return verdicts[0]
        case _:
            raise Nonsense("a leaf has no parts to combine")


def deciding(step: Step) -> tuple[Step, ...]:
    """The leaves that carry the verdict, in order, each once. Where one part is enough, what was told carries it before
    what silence was taken for.
    """
    return tuple(dict.fromkeys(_deciding(step, step.verdict)))


def _deciding(step: Step, wanted: Verdict) -> Iterator[Step]:
    if not step.parts:
        yield step
        return
    inner = opposite(wanted) if isinstance(step.rule, NoneOf) else wanted
    carrying = [part for part in step.parts if part.verdict is inner]
    if isinstance(step.rule, _ONE_IS_ENOUGH.get(inner, ())):
        carrying = [part for part in carrying if not _by_silence(part, inner)] or carrying
    for part in carrying:
        yield from _deciding(part, inner)


def _by_silence(step: Step, verdict: Verdict) -> bool:
    return any(leaf.silent for leaf in _deciding(step, verdict))


def leaves(step: Step) -> Iterator[Step]:
    """Every leaf of the trace, in order."""
    if not step.parts:
        yield step
    for part in step.parts:
        yield from leaves(part)


def refs(step: Step | None) -> Iterator[str]:
    """Every criterion that a trace refers to, in order."""
    if step is None:
        return
    if isinstance(step.rule, Ref):
        yield step.rule.criterion
    for part in step.parts:
        yield from refs(part)


def gaps(step: Step) -> tuple[Gap, ...]:
    """What is missing for the step's verdict: the gaps of its unknown deciding leaves, and those silence closed."""
    if step.verdict is Verdict.UNKNOWN:
        told: Iterable[Step] = deciding(step)
    else:
        told = (leaf for leaf in deciding(step) if leaf.silent)
    return tuple(dict.fromkeys(gap for leaf in told for gap in leaf.gaps))


def facts_used(step: Step) -> tuple[Fact, ...]:
    """Every fact that some leaf of the trace looked at, in order, each once."""
    return tuple(dict.fromkeys(fact for leaf in leaves(step) for fact in leaf.facts))


def facts_deciding(step: Step) -> tuple[Fact, ...]:
    """The facts of the leaves that carry the verdict, in order, each once."""
    return tuple(dict.fromkeys(fact for leaf in deciding(step) for fact in leaf.facts))


def _with_silence(rule: Rule, found: Found) -> Step:
    silent = (
        found.verdict is Verdict.UNKNOWN
        and rule.when_silent is not Verdict.UNKNOWN  # type: ignore[union-attr]
        and all(gap.kind is GapKind.NOT_DOCUMENTED for gap in found.gaps)
    )
    verdict = rule.when_silent if silent else found.verdict  # type: ignore[union-attr]
    return Step(rule, verdict, found.facts, found.gaps, silent=silent)


def _judge_score(rule: Score, facts: Facts, on: date) -> Step:
    calculator = facts.calculators.get(rule.score)
    if calculator is None:
        raise Nonsense(f"there is no calculator {rule.score}")
    result = calculate(calculator, facts, on, evaluate)
    steps = [*((result.requires,) if result.requires is not None else ()), *(item.step for item in result.items)]
    used = tuple(dict.fromkeys(fact for step in steps for fact in facts_used(step)))
    total = Verdict.MET if result.low >= rule.at_least else Verdict.UNKNOWN
    total = Verdict.NOT_MET if result.high < rule.at_least else total
    # A total says nothing of a patient to whom the score does not apply.
    verdict = all_of([total, result.requires.verdict if result.requires is not None else Verdict.MET])
    if verdict is not Verdict.UNKNOWN:
        return Step(rule, verdict, used)
    missing = tuple(dict.fromkeys(gap for step in steps for gap in gaps(step)))
    return _with_silence(rule, Found(Verdict.UNKNOWN, used, missing or (_no_score(rule),)))


def _no_score(rule: Score) -> Gap:
    return Gap(GapKind.NOT_DOCUMENTED, rule.score, Settle.VALUE)
