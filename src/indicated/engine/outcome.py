"""The outcome of a case before dose, safety and words: the standards reached, the lead among them, the policy."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from indicated.engine import coverage
from indicated.engine.evaluate import combine, evaluate
from indicated.engine.facts import Facts
from indicated.engine.weigh import weigh
from indicated.model.determination import Finding, PolicyResult, Step, Weighed
from indicated.model.policy import Policy
from indicated.model.rule import Score
from indicated.model.standard import Care, ContentStatus, Standard
from indicated.model.verdict import GapKind, Verdict

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
    found = (weigh_reached(standard, facts, on) for standard in candidates(facts))
    return tuple(sorted((weighed for weighed in found if weighed), key=lambda each: rank(each, facts)))


def weigh_reached(standard: Standard, facts: Facts, on: date) -> Weighed | None:
    """The standard weighed, None when the facts do not reach it."""
    return weigh(standard, facts, on) if reaches(evaluate(standard.reached_by, facts, on)) else None


def candidates(facts: Facts) -> tuple[Standard, ...]:
    """The standards for the treatment asked for, in the order of their ids; retired ones are never used."""
    request = facts.request
    if request is None:
        return ()
    asked = request.product or request.treatment

    def concerns(standard: Standard) -> bool:
        same = facts.vocabulary.related(asked, standard.treatment)
        return same and standard.status is not ContentStatus.RETIRED

    return tuple(standard for standard in facts.knowledge.standards if concerns(standard))


def reaches(step: Step) -> bool:
    """Met, or met if what was said unclearly, of another time or in conflict were so; silence reaches nothing."""
    return _at_its_word(step) is Verdict.MET


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
