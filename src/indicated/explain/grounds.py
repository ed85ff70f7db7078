"""What each proof holds beside its figures: the concepts it speaks of, the facts read in it, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from indicated.explain.proofs import proof_text
from indicated.model.determination import Determination
from indicated.model.fact import Fact
from indicated.model.figures import proof_text as source_text
from indicated.model.figures import proved_by
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.rule import RequestIs, Rule, Score
from indicated.model.score import Calculator
from indicated.model.standard import Criterion, Standard
from indicated.model.statement import (
    FromCalculation,
    FromCitation,
    FromClause,
    FromEntry,
    FromPassage,
    FromTrace,
    Proof,
)
from indicated.model.text import Passage
from indicated.model.verdict import Settle

_SURE = 6
_PARTING = str.maketrans(";,+", "   ")


class Ground(NamedTuple):
    """What one proof is of: concepts, and the facts read in it."""

    concepts: set[str]
    facts: tuple[Fact, ...] = ()


class Grounds:
    """The grounds of one article. Each proof is looked into once, and its words only where its facts do not do."""

    def __init__(self, determinations: tuple[Determination, ...], knowledge: Knowledge) -> None:
        self._all = determinations
        self._policies = {one.policy.id: one.policy for one in determinations if one.policy is not None}
        self._knowledge = knowledge
        self._figures: dict[Proof, frozenset[str]] = {}
        self._known: dict[Proof, Ground] = {}
        self._named: dict[Proof, frozenset[str]] = {}
        self._read: dict[str, list[tuple[int, int, Fact]]] = {}
        self._questions = tuple(
            gap.about for one in determinations for gap in one.gaps if gap.settles is Settle.JUDGEMENT
        )
        # The same fact stands in two of them where one was made from the other.
        for fact in {id(fact): fact for one in determinations for fact in one.case.facts}.values():
            for passage in fact.passages:
                self._read.setdefault(passage.document, []).append((passage.start, passage.end, fact))

    def of(self, proof: Proof) -> Ground:
        """What the proof holds by what it is."""
        known = self._known.get(proof)
        if known is None:
            known = self._known[proof] = self._looked_into(proof)
        return known

    def figures(self, proof: Proof) -> frozenset[str]:
        """The figures of the proof."""
        known = self._figures.get(proof)
        if known is None:
            known = self._figures[proof] = proved_by(proof_text(proof))
        return known

    def names(self, proof: Proof) -> frozenset[str]:
        """The concepts that the words of the proof name, with everything broader."""
        if isinstance(proof, FromCitation):
            return self._knowledge.named_by(proof.key)
        known = self._named.get(proof)
        if known is None:
            found = self._knowledge.naming.find("\n".join(self.lines(proof)))
            concepts = {one for name in found for one in name.concepts}
            known = self._named[proof] = self._knowledge.vocabulary.broadened(concepts)
        return known

    def reach(self, ground: Ground, concepts: set[str]) -> bool:
        """Whether a proof is of one of the concepts, or of something narrower."""
        if not concepts.isdisjoint(ground.concepts):
            return True
        broader = self._knowledge.vocabulary.ancestors
        return any(not concepts.isdisjoint(broader(one)) for one in ground.concepts)

    def has_word(self, concept: str, proofs: Iterable[Proof]) -> bool:
        """Whether a proof has the concept's label or a synonym in its words: sooner known than all that it names."""
        known = self._knowledge.vocabulary.concepts.get(concept)
        if known is None:
            return False
        terms = [term.lower() for term in (known.label, *known.synonyms) if len(term) >= _SURE]
        return any(term in line.lower() for proof in proofs for line in self.words(proof) for term in terms)

    def words(self, proof: Proof) -> tuple[str, ...]:
        """All that the proof says, a source with everything that somebody read in it."""
        if isinstance(proof, FromCitation):
            evidence = self._knowledge.sources.get(proof.key)
            return () if evidence is None else (source_text(evidence),)
        return self.lines(proof)

    def lines(self, proof: Proof) -> tuple[str, ...]:
        """What the proof says, line by line; of a source only what was called upon."""
        match proof:
            case FromPassage(passage=passage):
                return (" ".join(passage.quote.split()),)
            case FromEntry(where=where, says=says):
                return (says, *self._titles(where))
            case FromClause(section=section, text=text):
                return (*text.split("\n"), section)
            case FromCitation(figures=figures):
                return figures
            case FromCalculation(name=name, inputs=inputs, result=result):
                return (name, *inputs, result)
            case FromTrace(rule=rule, verdict=verdict):
                return (verdict.replace("_", " "), *self._titles(rule), *self._questions)

    def _looked_into(self, proof: Proof) -> Ground:
        match proof:
            case FromPassage(passage=passage):
                return self._passage(passage)
            case FromEntry(where=where, says=says):
                return Ground(self._ids(f"{where} {says}"))
            case FromClause(document=document, criterion=key):
                return Ground(set(asked_in(self._rule(document, key), self._knowledge.calculator_table)))
            case FromCitation(key=key):
                evidence = self._knowledge.sources.get(key)
                return Ground(set(evidence.conditions if evidence is not None else ()))
            case FromCalculation():
                return Ground(set())
            case FromTrace(rule=rule, verdict=verdict):
                return Ground(self._ids(f"{rule} {verdict}") | self._owned(rule))

    def _passage(self, passage: Passage) -> Ground:
        facts = tuple(
            fact
            for start, end, fact in self._read.get(passage.document, ())
            if start < passage.end and passage.start < end
        )
        concepts = {fact.concept for fact in facts}
        for case in (one.case for one in self._all):
            concepts |= {one.about for one in case.contradictions if passage in one.passages}
            request = case.request
            if request is not None:
                more = request.regimen.passages if request.regimen is not None else ()
                if any(_meet(passage, one) for one in (*request.passages, *more)):
                    concepts |= {request.treatment, request.product, *request.indications} - {""}
        return Ground(concepts, facts)

    def _ids(self, text: str) -> set[str]:
        """The ids of concepts in a text of our own."""
        parts = text.translate(_PARTING).replace(": ", " ").split()
        return {one for one in parts if "." in one and one in self._knowledge.vocabulary}

    def _titles(self, key: str) -> tuple[str, ...]:
        owner = self._owner(key)
        return () if owner is None else (owner.title,)

    def _owner(self, key: str) -> Standard | Policy | None:
        policy = self._policies.get(key)
        if policy is not None:
            return policy
        return self._knowledge.standard_table.get(key) if "/" in key else None

    def _owned(self, key: str) -> set[str]:
        """What a standard or policy is about, or a criterion of those that this answer applies."""
        owner = self._owner(key)
        if isinstance(owner, Standard):
            return {owner.treatment, *owner.conditions}
        if isinstance(owner, Policy):
            return {owner.treatment, *self._asked(owner.criteria)}
        leads = (self._knowledge.standard_table.get(one.lead) for one in self._all)
        applied = (*leads, *self._policies.values())
        named = (one for each in applied if each is not None for one in each.criteria if one.id == key)
        return self._asked(named)

    def _asked(self, criteria: Iterable[Criterion]) -> set[str]:
        scores = self._knowledge.calculator_table
        return {one for criterion in criteria for one in asked_in(criterion.rule, scores)}

    def _rule(self, document: str, key: str) -> Rule | None:
        owner = self._owner(document)
        return next((one.rule for one in owner.criteria if one.id == key), None) if owner is not None else None


def asked_in(rule: Rule | None, scores: Mapping[str, Calculator]) -> Iterator[str]:
    """Every concept that a rule asks about, those of a request and of what a score counts included."""
    for part in getattr(rule, "parts", ()):
        yield from asked_in(part, scores)
    if isinstance(rule, Score) and rule.score in scores:
        for item in scores[rule.score].items:
            yield from asked_in(item.rule, scores)
    if isinstance(rule, RequestIs):
        yield from (*rule.indications, *rule.products)
    concept = getattr(rule, "concept", "")
    if concept:
        yield concept


def _meet(one: Passage, other: Passage) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end
