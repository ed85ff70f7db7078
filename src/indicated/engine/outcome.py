"""The outcome of a case before dose, safety and words: the standards reached, the lead among them, the policy."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from msgspec import Struct

from indicated.engine import coverage
from indicated.engine.evaluate import combine, evaluate
from indicated.engine.facts import Facts
from indicated.engine.touch import look
from indicated.engine.weigh import weigh
from indicated.model.determination import Finding, PolicyResult, Step, Weighed
from indicated.model.policy import Policy
from indicated.model.rule import All, Any, AtLeast, NoneOf, Ref, Rule, Score
from indicated.model.standard import Care
from indicated.model.verdict import GapKind, Verdict, opposite

_FINDINGS = (Finding.SUPPORTED, Finding.SUPPORTED_IF, Finding.UNDETERMINED, Finding.NOT_SUPPORTED)
_CARE = list(Care)


class Outcome(Struct, frozen=True):
    """What flips compare: the finding, the standards reached (the lead first), the policy's result."""

    finding: Finding
    weighed: tuple[Weighed, ...]
    policy: PolicyResult | None = None

    @property
    def lead(self) -> str:
        """The standard that carries the finding, empty when none is reached."""
        return self.weighed[0].standard if self.weighed else ""

    @property
    def policy_verdict(self) -> Verdict | None:
        """The policy's verdict, None without a policy."""
        return self.policy.verdict if self.policy is not None else None


def reach(facts: Facts, on: date, policy: Policy | None = None) -> Outcome:
    """Weigh every standard that the facts reach and put the best supported first; apply the policy.

    No standard reached: undetermined, for there is nothing to weigh the case against.
    """
    weighed = weigh_all(facts, on)
    return Outcome(
        finding=weighed[0].finding if weighed else Finding.UNDETERMINED,
        weighed=weighed,
        policy=coverage.apply(policy, facts, on) if policy is not None else None,
    )


def weigh_all(facts: Facts, on: date) -> tuple[Weighed, ...]:
    """Every standard that the facts reach, weighed, the lead first."""
    found = (weigh_reached(name, facts, on) for name in awake(facts))
    return tuple(sorted((weighed for weighed in found if weighed), key=lambda each: rank(each, facts)))


def weigh_reached(name: str, facts: Facts, on: date) -> Weighed | None:
    """The standard weighed, None when the facts do not reach it."""
    known = facts.knowledge
    reached = comes_to(known.reached_by[name], Verdict.MET, facts, on)
    return weigh(known.standard_table[name], facts, on) if reached else None


def candidates(facts: Facts) -> tuple[str, ...]:
    """The ids of the standards for the treatment asked for, in the order of content; retired ones are never used."""
    request = facts.request
    if request is None:
        return ()
    asked, treatments = request.product or request.treatment, facts.knowledge.wakes.treatments
    same = {treatment: facts.vocabulary.related(asked, treatment) for treatment in {told for _, told in treatments}}
    return tuple(name for name, treatment in treatments if same[treatment])


def awake(facts: Facts) -> tuple[str, ...]:
    """The candidates that the facts may reach; the others need not be judged."""
    wakes = facts.knowledge.wakes
    request = facts.request
    asked = (facts.vocabulary.ancestors(one) for one in (request.indications if request is not None else ()))
    told = facts.index.below.keys() | frozenset[str]().union(*asked)
    woken = woken_by(told, facts) | frozenset(wakes.always)
    return tuple(name for name in candidates(facts) if name in woken)


def woken_by(concepts: AbstractSet[str], facts: Facts) -> frozenset[str]:
    """The standards woken by facts on these concepts, each concept given with everything broader."""
    woken = facts.knowledge.wakes.woken
    return frozenset(name for concept in woken.keys() & concepts for name in woken[concept])


def reaches(step: Step) -> bool:
    """Met, or met if what was said unclearly, of another time or in conflict were so; silence reaches nothing."""
    return _at_its_word(step) is Verdict.MET


def comes_to(rule: Rule, wanted: Verdict, facts: Facts, on: date) -> bool:
    """Whether the rule has the verdict if what was said is taken at its word. Unlike a trace, which shows every part,
    this looks at parts only until they have decided.
    """
    looked = look(rule, facts)
    if looked.unspoken(facts):
        if looked.silent_word is None:
            looked.silent_word = _at_its_word(evaluate(rule, facts, on))
        return looked.silent_word is wanted
    enough = all if wanted is Verdict.MET else any
    match rule:
        case All(parts=parts):
            return enough(comes_to(part, wanted, facts, on) for part in parts)
        case Any(parts=parts):
            return (any if enough is all else all)(comes_to(part, wanted, facts, on) for part in parts)
        case NoneOf(parts=parts):
            return enough(comes_to(part, opposite(wanted), facts, on) for part in parts)
        case AtLeast(n=n, of=parts):
            needed = n if wanted is Verdict.MET else len(parts) - n + 1
            return sum(comes_to(part, wanted, facts, on) for part in parts) >= needed
        case Ref(rule=inner) if inner is not None:
            return comes_to(inner, wanted, facts, on)
        case _:
            return _at_its_word(evaluate(rule, facts, on)) is wanted


def _at_its_word(step: Step) -> Verdict:
    if step.parts:
        return combine(step.rule, [_at_its_word(part) for part in step.parts])
    # Of a score one value that is unclear says nothing of its total.
    told = not isinstance(step.rule, Score) and any(gap.kind in _TOLD for gap in step.gaps)
    return Verdict.MET if step.verdict is Verdict.UNKNOWN and told else step.verdict


_TOLD = (GapKind.UNCLEAR, GapKind.CONFLICTING, GapKind.OUTSIDE_WINDOW)


def rank(weighed: Weighed, facts: Facts) -> tuple[int, int, int, int, str]:
    """Best supported first; among those that carry nothing, the one for what is asked before the rest."""
    standard = facts.knowledge.standard_table[weighed.standard]
    asked = facts.request.indications if facts.request is not None else ()
    named = [
        place
        for place, one in enumerate(asked)
        if any(facts.vocabulary.is_a(one, condition) for condition in standard.conditions)
    ]
    place = min(named, default=len(asked))
    finding = _FINDINGS.index(weighed.finding)
    carries = min(finding, _FINDINGS.index(Finding.UNDETERMINED))
    care = _CARE.index(standard.standing.care)
    return (carries, 0 if named else 1, finding, care * 100 + place, weighed.standard)
