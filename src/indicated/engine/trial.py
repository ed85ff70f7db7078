"""One case to try changes on. A verdict depends only on the changes that touch its rule, so nothing is judged twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Generic, TypeVar

from indicated.engine.coverage import whole_rule
from indicated.engine.evaluate import evaluate, evaluate_again
from indicated.engine.facts import Facts
from indicated.engine.outcome import Outcome, awake, candidates, rank, reaches, woken_by
from indicated.engine.suppose import changes_for
from indicated.engine.touch import Looked, Spoken, look
from indicated.engine.ways import Way
from indicated.engine.weigh import phase_of, weigh_by
from indicated.model.determination import Change, Finding, Step, Weighed
from indicated.model.fact import Fact
from indicated.model.policy import Policy
from indicated.model.rule import Rule, Tried
from indicated.model.standard import Standard
from indicated.model.verdict import Verdict

Told = TypeVar("Told")
_Ranked = tuple[tuple[int, int, int, int, str], Weighed]


class _Part(Generic[Told]):
    """Something decided again when a change touches it: what it looks at, and what it was for each set that touches
    it.
    """

    __slots__ = ("known", "looked", "seen", "touching")

    def __init__(self, looked: Looked, today: Told | None) -> None:
        self.looked = looked
        self.seen = self.touching = 0
        self.known: dict[Way, Told] = {} if today is None else {0: today}


class Trial:
    """Tries changes on a case; a `Book` for `ways`. Changes are numbered as they are met, equal ones once."""

    def __init__(self, facts: Facts, on: date, policy: Policy | None, outcome: Outcome) -> None:
        self.facts, self.on, self.policy, self.outcome = facts, on, policy, outcome
        self.changes: list[Change] = []
        self._known = 0
        self._numbers: dict[Change, Way] = {}
        self._spoken: list[Spoken] = []
        self._supposed: dict[Way, Facts] = {0: facts}
        self._own: dict[tuple[Rule, Verdict], tuple[Way, ...]] = {}
        self._rules: dict[int, _Part[Step]] = {}
        self._reached: dict[str, _Part[bool]] = {}
        self._standards: dict[str, tuple[Standard, _Part[_Ranked]]] = {}
        self._candidates = frozenset(candidates(facts))
        self._awake: dict[Way, tuple[str, ...]] = {0: awake(facts)}
        self._woken: dict[Way, frozenset[str]] = {}
        self._waking: Way = 0
        self.policy_rule = _rule_of(policy, outcome, facts)

    def _standard(self, name: str) -> tuple[Standard, _Part[_Ranked]]:
        if name not in self._standards:
            standard = self.facts.knowledge.standard_table[name]
            self._standards[name] = standard, self._part_of(standard)
        return self._standards[name]

    def _part_of(self, standard: Standard) -> _Part[_Ranked]:
        """What becomes of the standard where it is reached."""
        rules = [criterion.rule for criterion in standard.criteria]
        rules += [standard.exception] if standard.exception is not None else []
        weighed = next((weighed for weighed in self.outcome.weighed if weighed.standard == standard.id), None)
        today = None if weighed is None else (rank(weighed, self.facts), weighed)
        for judgement in weighed.judgements if weighed is not None else ():
            self._part(judgement.step.rule, judgement.step)
        return _Part(Looked.all(look(rule, self.facts) for rule in rules), today)

    def number(self, change: Change) -> Way:
        """The change as a set of one."""
        if change not in self._numbers:
            self._numbers[change] = 1 << len(self.changes)
            self.changes.append(change)
            self._spoken.append(Spoken((*change.facts, *change.replaces), self.facts))
            self._known |= self._numbers[change] if change.known else 0
            self._wake(change, self._numbers[change])
        return self._numbers[change]

    def _wake(self, change: Change, number: Way) -> None:
        told = (self.facts.vocabulary.ancestors(fact.concept) for fact in change.facts)
        woken = woken_by(frozenset[str]().union(*told), self.facts) & self._candidates
        if not woken.issubset(self._awake[0]):
            self._waking |= number
            self._woken[number] = woken

    def _awake_after(self, way: Way) -> tuple[str, ...]:
        """The standards that the facts may reach as if the changes were so."""
        waking = way & self._waking
        if waking not in self._awake:
            woken = frozenset[str]().union(*(self._woken[number] for number in _single(waking)))
            self._awake[waking] = tuple(dict.fromkeys((*self._awake[0], *sorted(woken))))
        return self._awake[waking]

    def members(self, way: Way) -> tuple[Change, ...]:
        """The changes of a set: those that fit today's record first, then by concept."""
        found = (change for place, change in enumerate(self.changes) if way >> place & 1)
        return tuple(sorted(found, key=lambda change: (change.known, change.fact.concept, str(change.fact.value))))

    def cost(self, way: Way) -> tuple[int, int]:
        """How far from today's record: changes that contradict it first, then how many in all."""
        return (way & self._known).bit_count(), way.bit_count()

    def supposing(self, way: Way) -> Facts:
        """The facts as if the changes of the set were so."""
        if way not in self._supposed:
            chosen = [change for place, change in enumerate(self.changes) if way >> place & 1]
            gone = tuple(fact for change in chosen for fact in change.replaces)
            added = dict.fromkeys(fact for change in chosen for fact in change.facts)
            self._supposed[way] = self.facts.but(gone, added)
        return self._supposed[way]

    def step(self, rule: Rule, way: Way) -> Step:
        """The rule judged as if the changes were so."""
        return self._again(self._part(rule), way)

    def _again(self, part: _Part[Step], way: Way) -> Step:
        touching = self._touching(part, way)
        if touching not in part.known:
            today = part.known[0]
            part.known[touching] = (
                evaluate_again(today, lambda inner: self._again(self._part(inner.rule, inner), touching))
                if today.parts
                else evaluate(today.rule, self.supposing(touching), self.on)
            )
        return part.known[touching]

    def _part(self, rule: Rule, today: Step | None = None) -> _Part[Step]:
        if id(rule) not in self._rules:
            step = today if today is not None else evaluate(rule, self.facts, self.on)
            self._rules[id(rule)] = _Part(look(rule, self.facts), step)
        return self._rules[id(rule)]

    def offers(self, leaf: Step, wanted: Verdict) -> tuple[Way, ...]:
        """The smallest sets that bring the leaf to the verdict: its own, and changes met elsewhere that do so too."""
        own = self._own_offers(leaf, wanted)
        touching = self._touching(self._part(leaf.rule), (1 << len(self.changes)) - 1)
        others = (way for way in _single(touching) if way not in own and self.step(leaf.rule, way).verdict is wanted)
        return (*own, *others)

    def _own_offers(self, leaf: Step, wanted: Verdict) -> tuple[Way, ...]:
        key = (leaf.rule, wanted)
        if key not in self._own:
            # From today's trace, whatever the supposition under which the leaf is asked.
            today = self._part(leaf.rule).known[0]
            single = [self.number(change) for change in changes_for(today, wanted, self.facts, self.on)]
            self._own[key] = tuple(self._bringing(leaf.rule, wanted, single))
        return self._own[key]

    def _bringing(self, rule: Rule, wanted: Verdict, single: list[Way]) -> Iterator[Way]:
        """Single changes that bring the rule to the verdict, and where several drugs are needed, several together."""
        found: list[Way] = []
        for size in range(1, (rule.count if isinstance(rule, Tried) else 1) + 1):
            for chosen in combinations(single, size):
                way = sum(chosen)
                if not any(other & way == other for other in found) and self.step(rule, way).verdict is wanted:
                    found.append(way)
                    yield way

    def finding(self, way: Way) -> tuple[Finding, str]:
        """The finding as if the changes were so, and the standard that would lead."""
        ranked = [found for name in self._awake_after(way) if (found := self._ranked(name, way)) is not None]
        if not ranked:
            return Finding.UNDETERMINED, ""
        lead = min(ranked, key=lambda found: found[0])[1]
        return lead.finding, lead.standard

    def weighed(self, standard: str, way: Way) -> Weighed | None:
        """One standard as if the changes were so; None where it is not reached."""
        found = self._ranked(standard, way)
        return found[1] if found is not None else None

    def policy_verdict(self, way: Way) -> Verdict | None:
        """The policy's verdict as if the changes were so."""
        return self.outcome.policy_verdict if self.policy_rule is None else self.step(self.policy_rule, way).verdict

    def _ranked(self, name: str, way: Way) -> _Ranked | None:
        if not self._reaches(name, way):
            return None
        standard, part = self._standard(name)
        touching = self._touching(part, way)
        if touching not in part.known:
            weighed = weigh_by(standard, phase_of(self.facts), lambda rule: self.step(rule, touching))
            part.known[touching] = rank(weighed, self.facts), weighed
        return part.known[touching]

    def _reaches(self, name: str, way: Way) -> bool:
        rule = self.facts.knowledge.reached_by[name]
        part = self._reached.get(name)
        if part is None:
            today = any(weighed.standard == name for weighed in self.outcome.weighed)
            part = self._reached[name] = _Part(look(rule, self.facts), today)
        touching = self._touching(part, way)
        if touching not in part.known:
            part.known[touching] = reaches(self.step(rule, touching))
        return part.known[touching]

    def _touching(self, part: _Part[Told], way: Way) -> Way:
        """The changes of the set that touch the part."""
        new = way & ~part.seen
        part.seen |= new
        while new:
            bit = new & -new
            new ^= bit
            if self._spoken[bit.bit_length() - 1].touches(part.looked):
                part.touching |= bit
        return way & part.touching


def _rule_of(policy: Policy | None, outcome: Outcome, facts: Facts) -> Rule | None:
    """What the policy asks of this request as one rule; None where no coverage reaches it."""
    if policy is None or outcome.policy is None or outcome.policy.coverage is None:
        return None
    return whole_rule(policy.coverages[outcome.policy.coverage], facts)


def removal(fact: Fact) -> Change:
    """The supposition that the fact had never been read."""
    return Change((), (fact,), known=True)


def _single(way: Way) -> Iterable[Way]:
    """The set's changes, one by one."""
    while way:
        bit = way & -way
        yield bit
        way ^= bit
