"""A denial answered reason by reason: what record, policy and evidence say to each. Pure; it decides nothing.

The record meets what a reason finds missing, or does not, or holds facts that the notice passed over, or says nothing;
silence is never taken for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from indicated.engine.denial_claims import (
    Claim,
    Unit,
    claim,
    ids_of,
    narrowest,
    other_coverage,
    responds,
    speaking_of,
    standard_units,
    subjects,
    tries,
    units_of,
    unmentioned,
)
from indicated.engine.denial_notice import appeal_by, lacking, stated_by
from indicated.engine.evaluate import evaluate, facts_deciding, gaps, refs
from indicated.engine.facts import Facts
from indicated.model.concept import Kind
from indicated.model.denial import (
    Denial,
    DenialCheck,
    DenialFlag,
    DenialKind,
    DenialReason,
    HeldAgainst,
    ReasonAnswer,
    ReasonCheck,
)
from indicated.model.determination import Determination, DoseIssue, Finding
from indicated.model.fact import Fact
from indicated.model.knowledge import Knowledge
from indicated.model.law import Law, NoticePart
from indicated.model.rule import Age
from indicated.model.standard import Care
from indicated.model.verdict import Gap, GapKind, Settle, Verdict

_ANSWER = {
    Verdict.MET: ReasonAnswer.FACTS_MEET,
    Verdict.NOT_MET: ReasonAnswer.FACTS_DO_NOT_MEET,
    Verdict.UNKNOWN: ReasonAnswer.UNKNOWN,
}
_OF_FINDING = {
    Finding.SUPPORTED: Verdict.MET,
    Finding.SUPPORTED_IF: Verdict.UNKNOWN,
    Finding.UNDETERMINED: Verdict.UNKNOWN,
    Finding.NOT_SUPPORTED: Verdict.NOT_MET,
}
_OUTSIDE_MEDICINE = (DenialKind.ADMINISTRATIVE, DenialKind.SITE_OF_CARE)
_SUPPORTED = (Finding.SUPPORTED, Finding.SUPPORTED_IF)


def check_denial(
    denial: Denial,
    d: Determination,
    knowledge: Knowledge,
    law: Iterable[Law],
    untold: frozenset[NoticePart] = frozenset(),
) -> DenialCheck:
    """Every reason of the denial answered, what the notice lacks by law, and the last day for an appeal by law. Parts
    that words cannot show (`untold`) are never said to lack.
    """
    rules = tuple(law)
    desk = _Desk(denial, d, knowledge)
    return DenialCheck(
        denial=denial,
        checks=tuple(desk.check(reason) for reason in denial.reasons),
        lacking=() if denial.quoted else lacking(denial, rules, untold),
        appeal_by=appeal_by(denial, rules),
        stated_by=stated_by(denial),
    )


class _Desk:
    """One determination with its denial: what every reason is answered from."""

    def __init__(self, denial: Denial, d: Determination, knowledge: Knowledge) -> None:
        self.denial, self.d, self.knowledge = denial, d, knowledge
        self.facts = Facts(d.case, knowledge)
        self.units = units_of(d)
        request = d.case.request
        standard = knowledge.standard_table.get(d.lead)
        conditions = (*request.indications, *(standard.conditions if standard else ())) if request else ()
        self.conditions = tuple(dict.fromkeys(conditions))
        treatment = (request.treatment, request.product) if request else ()
        self.about = frozenset(one for one in (*treatment, *self.conditions) if one)

    def check(self, reason: DenialReason) -> ReasonCheck:
        """One reason, answered by its kind."""
        made = self._answered(reason)
        flags, about = self._flags(reason, made)
        told = () if made.answer is ReasonAnswer.FACTS_DO_NOT_MEET else made.facts
        return ReasonCheck(
            reason,
            made.answer,
            made.criteria,
            made.facts,
            unmentioned(told, self.denial.mentions, self.facts),
            made.gaps,
            flags,
            about,
        )

    def _answered(self, reason: DenialReason) -> ReasonCheck:
        match reason.kind:
            case DenialKind.EXPERIMENTAL:
                return self._experimental(reason)
            case DenialKind.DIAGNOSIS:
                return self._diagnosis(reason)
            case DenialKind.DOSE:
                return self._dose(reason)
            case DenialKind.ADMINISTRATIVE | DenialKind.SITE_OF_CARE:
                return ReasonCheck(reason, ReasonAnswer.UNKNOWN)
            case _:
                return self._claims(reason)

    def _claims(self, reason: DenialReason) -> ReasonCheck:
        """A reason that finds something missing: each thing it names, then the requirement these belong to."""
        named = subjects(reason, self.facts, self.about)
        if reason.kind in (DenialKind.STEP_THERAPY, DenialKind.PRODUCT):
            vocabulary = self.facts.vocabulary
            named = tuple(one for one in named if vocabulary[one].kind in _TRIED) or named
        items = ids_of(self.d.policy, reason.items)
        nothing = not (named or items or reason.bare or reason.of_response)
        if reason.kind is DenialKind.CRITERIA and nothing:
            return self._by_age(reason)
        units = speaking_of(self.units, named, items, self.facts) if named or items else []
        if reason.of_response and not units:
            return self._by_response(reason, named)
        if not named and not items:
            units = [unit for unit in self.units if reason.kind is not DenialKind.STEP_THERAPY or tries(unit.step)]
        criteria = (
            [one for unit in units for one in narrowest(unit, named, items, self.facts)] if named or items else units
        )
        held = tuple(HeldAgainst(one.document, one.criterion, one.step.verdict) for one in criteria if one.criterion)
        if not named and not items:
            return self._whole(reason, units, held)
        claims = [claim(reason, one, units, self.facts, self.d.on) for one in named]
        claims += [
            Claim("", one.step.verdict, facts_deciding(one.step), gaps(one.step))
            for one in criteria
            if one.criterion in items
        ]
        return self._settled(reason, claims, units, held)

    def _by_response(self, reason: DenialReason, named: tuple[str, ...]) -> ReasonCheck:
        """A reason that finds no response to treatment: the requirements of one, and what it names besides."""
        units = [unit for unit in self.units if responds(unit.step)]
        held = tuple(HeldAgainst(one.document, one.criterion, one.step.verdict) for one in units if one.criterion)
        claims = [claim(reason, one, (), self.facts, self.d.on) for one in named]
        claims += [Claim("", one.step.verdict, facts_deciding(one.step), gaps(one.step)) for one in units]
        return self._settled(reason, claims, units, held)

    def _by_age(self, reason: DenialReason) -> ReasonCheck:
        """A reason that names nothing but an age, held against the patient's; else one that was not recognised."""
        held = [evaluate(Age(limit), self.facts, self.d.on) for limit in reason.ages]
        verdicts = {step.verdict for step in held}
        told = tuple(dict.fromkeys(fact for step in held for fact in step.facts))
        missing = tuple(dict.fromkeys(gap for step in held for gap in step.gaps))
        if Verdict.NOT_MET in verdicts:
            return ReasonCheck(reason, ReasonAnswer.FACTS_DO_NOT_MEET, facts=told)
        answer = ReasonAnswer.FACTS_MEET if verdicts == {Verdict.MET} else ReasonAnswer.UNKNOWN
        return ReasonCheck(reason, answer, facts=told, gaps=missing)

    def _settled(
        self, reason: DenialReason, claims: list[Claim], units: list[Unit], held: tuple[HeldAgainst, ...]
    ) -> ReasonCheck:
        """What the record says of each thing named, and of the requirement it belongs to."""
        verdicts = {one.verdict for one in claims}
        told = tuple(dict.fromkeys(fact for one in claims for fact in one.facts))
        missing = tuple(dict.fromkeys(gap for one in claims for gap in one.gaps))
        wider = {unit.step.verdict for unit in units}
        if verdicts == {Verdict.MET} or (reason.any_of and Verdict.MET in verdicts):
            told = tuple(dict.fromkeys(f for one in claims if one.verdict is Verdict.MET for f in one.facts))
            return ReasonCheck(reason, ReasonAnswer.FACTS_MEET, held, told)
        if wider == {Verdict.MET}:
            carried = tuple(dict.fromkeys(fact for unit in units for fact in facts_deciding(unit.step)))
            return ReasonCheck(reason, ReasonAnswer.NOT_CONSIDERED, held, carried, gaps=missing)
        if Verdict.MET in verdicts:
            met = tuple(dict.fromkeys(fact for one in claims if one.verdict is Verdict.MET for fact in one.facts))
            return ReasonCheck(reason, ReasonAnswer.NOT_CONSIDERED, held, met, gaps=missing)
        if Verdict.NOT_MET in verdicts:
            against = tuple(fact for one in claims if one.verdict is Verdict.NOT_MET for fact in one.facts)
            return ReasonCheck(
                reason, ReasonAnswer.FACTS_DO_NOT_MEET, held, tuple(dict.fromkeys(against)), gaps=missing
            )
        return ReasonCheck(reason, ReasonAnswer.UNKNOWN, held, told, gaps=missing)

    def _whole(self, reason: DenialReason, units: list[Unit], held: tuple[HeldAgainst, ...]) -> ReasonCheck:
        """A reason that names nothing: every requirement there is, or everything that has to be tried."""
        if reason.kind is DenialKind.INFORMATION:
            return ReasonCheck(reason, ReasonAnswer.UNKNOWN, gaps=self.d.gaps)
        if reason.kind is DenialKind.PRODUCT or not units:
            return ReasonCheck(reason, ReasonAnswer.UNKNOWN, gaps=self.d.gaps if units else ())
        verdicts = [unit.step.verdict for unit in units]
        against = [unit for unit in units if unit.step.verdict is Verdict.NOT_MET]
        open_ = [unit for unit in units if unit.step.verdict is Verdict.UNKNOWN]
        verdict = Verdict.NOT_MET if against else Verdict.UNKNOWN if open_ else Verdict.MET
        if reason.kind is not DenialKind.STEP_THERAPY and verdict is Verdict.MET:
            verdict = _OF_FINDING[self.d.finding]
        speak = against or open_ or units
        told = tuple(dict.fromkeys(fact for unit in speak for fact in facts_deciding(unit.step)))
        missing = tuple(dict.fromkeys(gap for unit in open_ for gap in gaps(unit.step)))
        if verdict is Verdict.UNKNOWN and Verdict.MET in verdicts:
            met = [unit for unit in units if unit.step.verdict is Verdict.MET]
            told = tuple(dict.fromkeys(fact for unit in met for fact in facts_deciding(unit.step)))
        return ReasonCheck(reason, _ANSWER[verdict], held, told, gaps=missing)

    def _experimental(self, reason: DenialReason) -> ReasonCheck:
        """The evidence answers: an accepted use that the record reaches is not experimental."""
        standard = self.knowledge.standard_table.get(self.d.lead)
        if self._other_conditions(reason):
            return ReasonCheck(reason, ReasonAnswer.NOT_CONSIDERED)
        if standard is None:
            return ReasonCheck(reason, ReasonAnswer.UNKNOWN)
        held = tuple(HeldAgainst(one.document, one.criterion, one.step.verdict) for one in standard_units(self.d))
        accepted = standard.standing.care not in (Care.INSUFFICIENT_EVIDENCE, Care.RECOMMENDED_AGAINST)
        if not accepted:
            return ReasonCheck(reason, ReasonAnswer.FACTS_DO_NOT_MEET, held)
        verdict = _OF_FINDING[self.d.finding]
        if verdict is Verdict.NOT_MET:
            verdict = Verdict.UNKNOWN
        carried = [
            f for unit in standard_units(self.d) if unit.step.verdict is Verdict.MET for f in facts_deciding(unit.step)
        ]
        missing = [gap for unit in standard_units(self.d) for gap in gaps(unit.step)]
        told = tuple(dict.fromkeys(carried))
        return ReasonCheck(reason, _ANSWER[verdict], held, told, gaps=tuple(dict.fromkeys(missing)))

    def _diagnosis(self, reason: DenialReason) -> ReasonCheck:
        """Whether the plan's policy covers what the request is for, where the reason speaks of that at all."""
        told = tuple(fact for one in self.conditions for fact in self.facts.below(one))
        told = tuple(dict.fromkeys(told))
        if self._other_conditions(reason):
            return ReasonCheck(reason, ReasonAnswer.NOT_CONSIDERED, facts=told)
        result = self.d.policy_result
        if result is None:
            return ReasonCheck(reason, ReasonAnswer.UNKNOWN, facts=told)
        if result.coverage is None:
            return ReasonCheck(reason, _ANSWER[result.verdict], facts=told, gaps=_indication(told))
        excluded = result.exclusions.verdict if result.exclusions is not None else Verdict.NOT_MET
        verdict = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}.get(excluded, Verdict.UNKNOWN)
        missing = gaps(result.exclusions) if result.exclusions is not None and verdict is Verdict.UNKNOWN else ()
        return ReasonCheck(reason, _ANSWER[verdict], facts=told, gaps=missing)

    def _dose(self, reason: DenialReason) -> ReasonCheck:
        """The dose check answers: a dose in a sourced range, outside all, or one that cannot be held against any."""
        issues = [set(check.issues) for check in self.d.dose]
        limits = self.d.policy_result.limits if self.d.policy_result is not None else None
        weight = self.facts.weight()
        told = (weight[1],) if weight is not None else ()
        if limits is not None and limits.verdict is not Verdict.UNKNOWN:
            return ReasonCheck(reason, _ANSWER[limits.verdict], facts=facts_deciding(limits) or told)
        if any(DoseIssue.FITS in one for one in issues):
            return ReasonCheck(reason, ReasonAnswer.FACTS_MEET, facts=told)
        if issues and all(check.outside for check in self.d.dose):
            return ReasonCheck(reason, ReasonAnswer.FACTS_DO_NOT_MEET, facts=told)
        missing = tuple(gap for gap in self.d.gaps if gap.about in ("request.regimen", "demo.weight"))
        return ReasonCheck(reason, ReasonAnswer.UNKNOWN, facts=told, gaps=missing)

    def _flags(self, reason: DenialReason, made: ReasonCheck) -> tuple[tuple[DenialFlag, ...], tuple[str, ...]]:
        found: list[DenialFlag] = []
        others = self._other_conditions(reason)
        elsewhere = self._elsewhere(reason, made) if not others and reason.kind in _OF_A_PART else ()
        if others:
            found.append(DenialFlag.OTHER_CONDITION)
        if elsewhere:
            found.append(DenialFlag.OTHER_PART)
        others = others or elsewhere
        ages = [evaluate(Age(limit), self.facts, self.d.on).verdict for limit in reason.ages]
        if ages and all(verdict is Verdict.NOT_MET for verdict in ages):
            found.append(DenialFlag.OTHER_AGE)
        named = subjects(reason, self.facts, self.about)
        if self.d.policy is not None and reason.kind not in (*_OUTSIDE_MEDICINE, DenialKind.INFORMATION):
            asked = bool(reason.items or (named and reason.kind is not DenialKind.DIAGNOSIS))
            if asked and not made.criteria and not others and self.units:
                found.append(DenialFlag.NOT_IN_POLICY)
            policy = {one.criterion for one in made.criteria if one.document == self.d.policy.id}
            narrow = made.answer is ReasonAnswer.FACTS_DO_NOT_MEET and self.d.finding in _SUPPORTED
            if narrow and policy:
                found.append(DenialFlag.NARROWER)
        if made.answer is ReasonAnswer.FACTS_DO_NOT_MEET and self._others_do(made):
            found.append(DenialFlag.NOT_ALONE)
        if reason.bare and not named and not others:
            found.append(DenialFlag.NO_CRITERION_NAMED)
        return tuple(found), others

    def _others_do(self, made: ReasonCheck) -> bool:
        """Whether what is not met is a part of requirements that are not, for others can take its place."""
        named = {held.criterion for held in made.criteria}
        whole = [unit for unit in self.units if named & set(refs(unit.step)) and unit.criterion not in named]
        return bool(whole) and all(unit.step.verdict is not Verdict.NOT_MET for unit in whole)

    def _other_conditions(self, reason: DenialReason) -> tuple[str, ...]:
        """The diseases a reason names, where none of them is what the request is for nor a diagnosis on record."""
        vocabulary = self.facts.vocabulary
        named = [one.concept for one in reason.concepts if one.concept in vocabulary]
        named = [one for one in named if vocabulary[one].kind is Kind.CONDITION]
        of_a_disease = reason.kind in _OF_A_DISEASE or reason.bare
        if not named or not self.conditions or not of_a_disease:
            return ()
        own = [*self.conditions, *(fact.concept for fact in self.facts.facts if fact.present)]
        if any(vocabulary.related(one, other) for one in named for other in own):
            return ()
        return tuple(dict.fromkeys(named))

    def _elsewhere(self, reason: DenialReason, made: ReasonCheck) -> tuple[str, ...]:
        """The conditions of another part of the policy, where what a reason names is asked for only there."""
        if self.d.policy is None or self.d.policy_result is None or made.criteria:
            return ()
        named = subjects(reason, self.facts, self.about)
        return other_coverage(self.d.policy, self.d.policy_result, named, reason.items, self.facts)


_TRIED = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT, Kind.PROCEDURE))
_OF_A_PART = (DenialKind.CRITERIA, DenialKind.STEP_THERAPY)
_OF_A_DISEASE = (DenialKind.DIAGNOSIS, DenialKind.EXPERIMENTAL)


def _indication(told: tuple[Fact, ...]) -> tuple[Gap, ...]:
    return () if told else (Gap(GapKind.NOT_DOCUMENTED, "request.indications", Settle.DOCUMENTATION),)
