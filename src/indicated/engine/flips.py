"""What would change the answer: the smallest sets of facts, and the facts on which it rests alone.

Sets come from the algebra of `ways` and are then checked by deciding again: applying a flip changes the outcome and
no smaller part of it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import TypeVar

from indicated.engine import coverage
from indicated.engine.evaluate import deciding, evaluate
from indicated.engine.facts import Facts
from indicated.engine.outcome import Outcome, candidates, weigh_all
from indicated.engine.suppose import changes_for, suppose
from indicated.engine.ways import Way, cost, smallest, ways
from indicated.engine.weigh import applicable, phase_of
from indicated.model.determination import Change, Finding, Flip, FlipTarget, Step, Support
from indicated.model.fact import Fact
from indicated.model.policy import Coverage, Policy
from indicated.model.rule import All, NoneOf, Rule
from indicated.model.standard import Need, Stance, Standard
from indicated.model.verdict import Verdict

Value = TypeVar("Value", Finding, Verdict)

MOST_SHOWN = 12
_WORTH = (Finding.NOT_SUPPORTED, Finding.UNDETERMINED, Finding.SUPPORTED_IF, Finding.SUPPORTED)


class _Try:
    """One case to try changes on: each leaf's changes are found once, each set is decided once."""

    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.on = facts, on
        self._leaf: dict[tuple[Rule, Verdict], tuple[Change, ...]] = {}

    def changes(self, leaf: Step, wanted: Verdict) -> tuple[Change, ...]:
        """The single changes that do bring this leaf to the verdict."""
        key = (leaf.rule, wanted)
        if key not in self._leaf:
            offered = changes_for(leaf, wanted, self.facts, self.on)
            self._leaf[key] = tuple(
                change for change in offered if evaluate(leaf.rule, self.with_((change,)), self.on).verdict is wanted
            )
        return self._leaf[key]

    def with_(self, changes: Iterable[Change]) -> Facts:
        """The facts as if the changes were so."""
        return Facts(suppose(self.facts.case, changes), self.facts.knowledge)


def find_flips(facts: Facts, on: date, policy: Policy | None, outcome: Outcome) -> tuple[Flip, ...]:
    """The smallest sets that would change the finding or the policy's verdict, for the better first.

    Bounded: at most MOST_SHOWN for each part of the outcome and each direction.
    """
    attempt = _Try(facts, on)
    found = list(_finding_flips(attempt, outcome))
    if policy is not None and outcome.policy is not None and outcome.policy.coverage is not None:
        found += _policy_flips(attempt, policy, policy.coverages[outcome.policy.coverage], outcome)
    return tuple(found)


def _policy_flips(attempt: _Try, policy: Policy, cover: Coverage, outcome: Outcome) -> Iterator[Flip]:
    assert outcome.policy is not None
    now = outcome.policy.verdict
    whole = evaluate(_policy_rule(cover, attempt.facts), attempt.facts, attempt.on)

    def decided(changes: Iterable[Change]) -> Verdict:
        return coverage.apply(policy, attempt.with_(changes), attempt.on).verdict

    for wanted in (Verdict.MET, Verdict.NOT_MET):
        if wanted is now:
            continue
        sets = ways(whole, wanted, attempt.changes)
        for way, reached in _checked(sets, now, decided):
            yield Flip(FlipTarget.POLICY, reached.value, _ordered(way))


def _policy_rule(cover: Coverage, facts: Facts) -> Rule:
    continued = phase_of(facts).value == "continuation" and cover.continuation is not None
    parts: list[Rule] = [cover.continuation if continued and cover.continuation is not None else cover.start]
    parts += [NoneOf((cover.exclusions,))] if cover.exclusions is not None else []
    parts += [cover.limits] if cover.limits is not None else []
    return All(tuple(parts))


def _finding_flips(attempt: _Try, outcome: Outcome) -> Iterator[Flip]:
    leads: dict[Way, str] = {}

    def decided(changes: Iterable[Change]) -> Finding:
        weighed = weigh_all(attempt.with_(changes), attempt.on)
        leads[frozenset(changes)] = weighed[0].standard if weighed else ""
        return weighed[0].finding if weighed else Finding.UNDETERMINED

    better = [way for standard, aim in _aims(attempt.facts, outcome) for way in _ways_to(attempt, standard, aim)]
    for way, reached in _checked(smallest(better), outcome.finding, decided):
        yield Flip(FlipTarget.FINDING, reached.value, _ordered(way), leads[way])
    worse = _ways_down(attempt, outcome)
    for way, reached in _checked(worse, outcome.finding, decided):
        yield Flip(FlipTarget.FINDING, reached.value, _ordered(way), leads[way])


def _aims(facts: Facts, outcome: Outcome) -> Iterator[tuple[Standard, Finding]]:
    """The standards worth reaching: those reached, those that the lead is related to, and how high."""
    table = facts.knowledge.standard_table
    near = [weighed.standard for weighed in outcome.weighed]
    for name in tuple(near[:1]):
        lead = table[name]
        near += [*(other.standard for other in lead.differential if other.standard), *lead.related]
    allowed = {standard.id for standard in candidates(facts)}
    for name in dict.fromkeys(near):
        if name in allowed and name in table:
            for aim in (Finding.SUPPORTED_IF, Finding.SUPPORTED):
                if _WORTH.index(aim) > _WORTH.index(outcome.finding):
                    yield table[name], aim


def _ways_to(attempt: _Try, standard: Standard, aim: Finding) -> tuple[Way, ...]:
    criteria = applicable(standard.criteria, phase_of(attempt.facts))
    needed = [c.rule for c in criteria if aim is Finding.SUPPORTED or c.need is Need.DECIDES]
    # A `confirms` that fails today must be met too: unknown is not among the verdicts a change can bring.
    if aim is Finding.SUPPORTED_IF:
        needed += [
            c.rule
            for c in criteria
            if c.need is Need.CONFIRMS and evaluate(c.rule, attempt.facts, attempt.on).verdict is Verdict.NOT_MET
        ]
    if standard.stance is not Stance.FOR:
        if standard.exception is None:
            return ()
        needed.append(standard.exception)
    whole = evaluate(All((standard.reached_by, *needed)), attempt.facts, attempt.on)
    return tuple(way for way in ways(whole, Verdict.MET, attempt.changes) if way)


def _ways_down(attempt: _Try, outcome: Outcome) -> tuple[Way, ...]:
    """What would sink a lead that carries the request: any one of its criteria not met."""
    if outcome.finding not in (Finding.SUPPORTED, Finding.SUPPORTED_IF):
        return ()
    lead = outcome.weighed[0]
    return smallest(
        way for judgement in lead.judgements for way in ways(judgement.step, Verdict.NOT_MET, attempt.changes) if way
    )


def _checked(
    sets: Iterable[Way], now: Value, decided: Callable[[Iterable[Change]], Value]
) -> Iterator[tuple[Way, Value]]:
    """The sets that do change the outcome and of which no proper part does, at most MOST_SHOWN, cheapest first."""
    known: dict[Way, Value] = {}

    def outcome(way: Way) -> Value:
        if way not in known:
            known[way] = decided(way)
        return known[way]

    shown = 0
    for way in sorted(sets, key=cost):
        parts = (frozenset(part) for size in range(1, len(way)) for part in combinations(_ordered(way), size))
        reached = outcome(way)
        if reached == now or any(outcome(part) != now for part in parts):
            continue
        yield way, reached
        shown += 1
        if shown == MOST_SHOWN:
            return


def _ordered(way: Way) -> tuple[Change, ...]:
    return tuple(sorted(way, key=lambda change: (change.known, change.fact.concept, str(change.fact.value))))


def find_support(facts: Facts, on: date, policy: Policy | None, outcome: Outcome) -> tuple[Support, ...]:
    """The facts on which the outcome rests alone: without the fact, the finding or the policy verdict is another."""
    found = []
    for fact in _relied_on(outcome):
        without = Facts(facts.case.without(fact), facts.knowledge)
        weighed = weigh_all(without, on)
        finding = weighed[0].finding if weighed else Finding.UNDETERMINED
        if finding is not outcome.finding:
            found.append(Support(fact, FlipTarget.FINDING, finding.value))
        if policy is not None:
            verdict = coverage.apply(policy, without, on).verdict
            if verdict is not outcome.policy_verdict:
                found.append(Support(fact, FlipTarget.POLICY, verdict.value))
    return tuple(found)


def _relied_on(outcome: Outcome) -> tuple[Fact, ...]:
    steps = [judgement.step for weighed in outcome.weighed[:1] for judgement in weighed.judgements]
    if outcome.policy is not None:
        steps += [step for step in (outcome.policy.start, outcome.policy.exclusions) if step is not None]
    return tuple(dict.fromkeys(fact for step in steps for leaf in deciding(step) for fact in leaf.facts))
