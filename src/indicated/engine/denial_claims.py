"""What one reason of a denial claims, judged by itself, and the criteria of policy and standard that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from indicated.engine.evaluate import evaluate, leaves, refs
from indicated.engine.facts import Facts
from indicated.model.concept import Kind
from indicated.model.denial import DenialKind, DenialReason
from indicated.model.determination import Determination, PolicyResult, Step
from indicated.model.fact import Fact, Outcome, Result, Tolerance
from indicated.model.numbering import item
from indicated.model.policy import Policy
from indicated.model.rule import All, Has, Measured, Ref, Response, ResultIs, Rule, Tried
from indicated.model.verdict import Gap, GapKind, Settle, Verdict

DRUGS = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
_TESTS = frozenset((Kind.LAB, Kind.SCALE, Kind.STUDY))
_NOT_ENOUGH = (
    Outcome.FAILED,
    Outcome.PARTIAL,
    Outcome.WORSENED,
    Tolerance.INTOLERANT,
    Tolerance.ALLERGIC,
    Tolerance.CONTRAINDICATED,
)


class Unit(Struct, frozen=True):
    """A requirement that stands by itself in a policy or standard, judged. `criterion` is empty where the policy gives
    it no number.
    """

    document: str
    criterion: str
    step: Step


class Claim(Struct, frozen=True):
    """What a reason says of one concept, judged on the record."""

    concept: str
    verdict: Verdict
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


def units_of(d: Determination) -> tuple[Unit, ...]:
    """The requirements the request was held against: the policy's where there is one that reaches it, else those of the
    standard that carries the finding.
    """
    result = d.policy_result
    if result is not None and result.start is not None:
        whole = [step for step in (result.start, result.limits) if step is not None]
        return tuple(Unit(result.policy, _name(part), part) for step in whole for part in _tops(step))
    return standard_units(d)


def standard_units(d: Determination) -> tuple[Unit, ...]:
    """The requirements of the standard that carries the finding."""
    return tuple(Unit(one.standard, j.criterion, j.step) for one in d.weighed[:1] for j in one.judgements)


def speaking_of(units: Iterable[Unit], concepts: tuple[str, ...], items: frozenset[str], facts: Facts) -> list[Unit]:
    """The units that ask about one of the concepts, or that hold a criterion of one of these ids."""
    return [
        unit
        for unit in units
        if items & set(refs(unit.step)) | ({unit.criterion} & items)
        or any(asks(leaf.rule, concepts, facts) for leaf in leaves(unit.step))
    ]


def narrowest(unit: Unit, concepts: tuple[str, ...], items: frozenset[str], facts: Facts) -> list[Unit]:
    """The criteria within a unit that a reason speaks of, as deep as they go; the unit itself where none is named."""
    numbered = items & set(refs(unit.step))
    found = list(_within(unit, unit.step, () if numbered else concepts, items, facts))
    return found or [unit]


def _within(unit: Unit, step: Step, concepts: tuple[str, ...], items: frozenset[str], facts: Facts) -> Iterator[Unit]:
    inner = [one for part in step.parts for one in _within(unit, part, concepts, items, facts)]
    if inner:
        yield from inner
    elif isinstance(step.rule, Ref):
        about = any(asks(leaf.rule, concepts, facts) for leaf in leaves(step))
        if step.rule.criterion in items or about:
            yield Unit(unit.document, step.rule.criterion, step)


def asks(rule: Rule, concepts: Iterable[str], facts: Facts) -> bool:
    """Whether a leaf asks about one of the concepts, or something narrower or broader."""
    concept = getattr(rule, "concept", "")
    return bool(concept) and any(facts.vocabulary.related(concept, one) for one in concepts)


def ids_of(policy: Policy | None, numbers: Iterable[str]) -> frozenset[str]:
    """The ids of a policy's criteria that have one of these numbers."""
    wanted = set(numbers)
    return (
        frozenset(one.id for one in policy.criteria if item(one.section) in wanted)
        if policy is not None
        else frozenset()
    )


def subjects(reason: DenialReason, facts: Facts, about: frozenset[str]) -> tuple[str, ...]:
    """What a reason speaks of, without the treatment and the conditions that the request is for (`about`); a brand of
    the treatment counts where the reason wants it tried.
    """
    vocabulary = facts.vocabulary
    named = [one.concept for one in reason.concepts if one.concept in vocabulary]
    wants = reason.kind in (DenialKind.STEP_THERAPY, DenialKind.PRODUCT)
    brands = {one for one in named if wants and one not in about and vocabulary[one].kind is Kind.PRODUCT}
    return tuple(
        one
        for one in dict.fromkeys(named)
        if (vocabulary[one].kind is not Kind.DEMOGRAPHIC or reason.kind is DenialKind.INFORMATION)
        and (one in brands or not any(vocabulary.related(one, other) for other in about))
    )


def claim(reason: DenialReason, concept: str, units: Iterable[Unit], facts: Facts, on: date) -> Claim:
    """Whether the record answers what a reason says of one concept: shows what it finds missing, or not what it says
    to be so.
    """
    found = _shown(reason, concept, units, facts, on)
    if not reason.says_so:
        return found
    turned = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    return Claim(found.concept, turned.get(found.verdict, found.verdict), found.facts, found.gaps)


def _shown(reason: DenialReason, concept: str, units: Iterable[Unit], facts: Facts, on: date) -> Claim:
    """Whether the record shows what a reason names."""
    kind = reason.kind
    limits = [one.is_ for one in reason.limits if one.concept == concept]
    if limits and kind is not DenialKind.INFORMATION:
        held = evaluate(Measured(concept, limits[0]), facts, on)
        return Claim(concept, held.verdict, held.facts, held.gaps)
    what = facts.vocabulary[concept].kind
    step = next((leaf for unit in units for leaf in leaves(unit.step) if asks(leaf.rule, (concept,), facts)), None)
    only_whether = step is None and what in _TESTS and not (reason.of_value or reason.says_so)
    if kind is DenialKind.INFORMATION or only_whether:
        told = tuple(facts.below(concept))
        gap = Gap(GapKind.NOT_DOCUMENTED, concept, Settle.DOCUMENTATION)
        return Claim(concept, Verdict.MET, told) if told else Claim(concept, Verdict.UNKNOWN, (), (gap,))
    if what in DRUGS:
        step = evaluate(Tried(concept, tuple(one.value for one in _NOT_ENOUGH)), facts, on)
    elif step is None and what in _TESTS:
        told = tuple(facts.below(concept))
        gap = Gap(GapKind.UNCLEAR if told else GapKind.NOT_DOCUMENTED, concept, Settle.VALUE)
        return Claim(concept, Verdict.UNKNOWN, told, (gap,))
    elif step is None:
        rule = ResultIs(concept, (Result.POSITIVE,)) if what is Kind.ANTIBODY else Has(concept)
        step = evaluate(rule, facts, on)
    return Claim(concept, step.verdict, step.facts, step.gaps)


def tries(step: Step) -> bool:
    """Whether a requirement asks for something to have been tried."""
    return any(isinstance(leaf.rule, Tried) for leaf in leaves(step))


def responds(step: Step) -> bool:
    """Whether a requirement asks what treatment has done for the patient."""
    return any(isinstance(leaf.rule, Response) for leaf in leaves(step))


def concepts_in(rule: Rule) -> Iterator[str]:
    """Every concept that a rule asks about, in order."""
    for part in getattr(rule, "parts", ()):
        yield from concepts_in(part)
    concept = getattr(rule, "concept", "")
    if concept:
        yield concept


def other_coverage(
    policy: Policy, result: PolicyResult, named: tuple[str, ...], numbers: tuple[str, ...], facts: Facts
) -> tuple[str, ...]:
    """The conditions of a part of the policy that does not reach the request, where it asks for what is named."""
    items = ids_of(policy, numbers)
    for index, coverage in enumerate(policy.coverages if result.coverage is not None else ()):
        if index == result.coverage or not coverage.conditions:
            continue
        asked = set(concepts_in(coverage.start))
        by_concept = any(facts.vocabulary.related(one, other) for one in named for other in asked)
        if by_concept or items & set(_criteria_in(coverage.start)):
            return coverage.conditions
    return ()


def unmentioned(told: Iterable[Fact], mentions: Iterable[str], facts: Facts) -> tuple[Fact, ...]:
    """The facts of which a notice that mentions these concepts does not speak."""
    known = facts.vocabulary
    said = [one for one in mentions if one in known]
    return tuple(
        fact for fact in told if not (fact.concept in known and any(known.related(fact.concept, one) for one in said))
    )


def _criteria_in(rule: Rule) -> Iterator[str]:
    criterion = getattr(rule, "criterion", "")
    if criterion:
        yield criterion
    for part in getattr(rule, "parts", ()):
        yield from _criteria_in(part)


def _tops(step: Step) -> tuple[Step, ...]:
    return step.parts if isinstance(step.rule, All) and step.parts else (step,)


def _name(step: Step) -> str:
    return step.rule.criterion if isinstance(step.rule, Ref) else ""
