"""What each proof holds beside its figures: the concepts it speaks of, the facts read in it, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indicated.model.determination import Determination
from indicated.model.fact import Fact
from indicated.model.figures import proof_text
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.rule import RequestIs, Rule
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

_SURE = 6


class Ground(NamedTuple):
    """What one proof holds: concepts, the facts read in it, and lines of text."""

    concepts: set[str]
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]


class Grounds:
    """The grounds of one article. Each proof is looked into once, and its words only where its facts do not do."""

    def __init__(self, determination: Determination, knowledge: Knowledge) -> None:
        self._d = determination
        self._knowledge = knowledge
        self._known: dict[Proof, Ground] = {}
        self._named: dict[Proof, frozenset[str]] = {}
        self._read: dict[str, list[tuple[int, int, Fact]]] = {}
        for fact in determination.case.facts:
            for passage in fact.passages:
                self._read.setdefault(passage.document, []).append((passage.start, passage.end, fact))

    def of(self, proof: Proof) -> Ground:
        """What the proof holds by what it is."""
        known = self._known.get(proof)
        if known is None:
            known = self._known[proof] = Ground(*self._looked_into(proof))
        return known

    def names(self, proof: Proof) -> frozenset[str]:
        """The concepts that the words of the proof name, with everything broader."""
        if isinstance(proof, FromCitation):
            return self._knowledge.named_by(proof.key)
        known = self._named.get(proof)
        if known is None:
            found = self._knowledge.naming.find("\n".join(self.of(proof).lines))
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
            return () if evidence is None else (proof_text(evidence),)
        return self.of(proof).lines

    def _looked_into(self, proof: Proof) -> tuple[set[str], tuple[Fact, ...], tuple[str, ...]]:
        match proof:
            case FromPassage(passage=passage):
                return self._passage(passage)
            case FromEntry(where=where, says=says):
                return self._ids(f"{where} {says}"), (), (says, *self._titles(where))
            case FromClause(document=document, criterion=key, section=section, text=text):
                return self._clause(document, key), (), (*text.split("\n"), section)
            case FromCitation(key=key, figures=figures):
                evidence = self._knowledge.sources.get(key)
                return set(evidence.conditions if evidence is not None else ()), (), figures
            case FromCalculation(name=name, inputs=inputs, result=result):
                return set(), (), (name, *inputs, result)
            case FromTrace(rule=rule, verdict=verdict):
                about = self._ids(f"{rule} {verdict}") | self._owned(rule)
                return about, (), (verdict.replace("_", " "), *self._titles(rule))

    def _passage(self, passage: Passage) -> tuple[set[str], tuple[Fact, ...], tuple[str, ...]]:
        facts = tuple(
            fact
            for start, end, fact in self._read.get(passage.document, ())
            if start < passage.end and passage.start < end
        )
        case = self._d.case
        concepts = {fact.concept for fact in facts}
        concepts |= {one.about for one in case.contradictions if passage in one.passages}
        request = case.request
        if request is not None:
            more = request.regimen.passages if request.regimen is not None else ()
            if any(_meet(passage, one) for one in (*request.passages, *more)):
                concepts |= {request.treatment, request.product, *request.indications} - {""}
        return concepts, facts, (" ".join(passage.quote.split()),)

    def _ids(self, text: str) -> set[str]:
        """The ids of concepts in a text of our own."""
        parts = text.replace(";", " ").replace(",", " ").replace(": ", " ").split()
        return {one for one in parts if "." in one and one in self._knowledge.vocabulary}

    def _titles(self, key: str) -> tuple[str, ...]:
        owner = self._owner(key)
        return () if owner is None else (owner.title,)

    def _owner(self, key: str) -> Standard | Policy | None:
        policy = self._d.policy
        if policy is not None and policy.id == key:
            return policy
        return self._knowledge.standard_table.get(key) if "/" in key else None

    def _owned(self, key: str) -> set[str]:
        """What a standard or policy is about, or a criterion of those that this answer applies."""
        owner = self._owner(key)
        if isinstance(owner, Standard):
            return {owner.treatment, *owner.conditions}
        if isinstance(owner, Policy):
            return {owner.treatment, *(one for criterion in owner.criteria for one in asked_in(criterion.rule))}
        applied = (self._knowledge.standard_table.get(self._d.lead), self._d.policy)
        named = (one for each in applied if each is not None for one in each.criteria if one.id == key)
        return {one for criterion in named for one in asked_in(criterion.rule)}

    def _clause(self, document: str, key: str) -> set[str]:
        criterion = self._criterion(document, key)
        return set() if criterion is None else set(asked_in(criterion.rule))

    def _criterion(self, document: str, key: str) -> Criterion | None:
        owner = self._owner(document)
        return next((one for one in owner.criteria if one.id == key), None) if owner is not None else None


def asked_in(rule: Rule) -> Iterator[str]:
    """Every concept that a rule asks about, those of a request included."""
    for part in getattr(rule, "parts", ()):
        yield from asked_in(part)
    if isinstance(rule, RequestIs):
        yield from (*rule.indications, *rule.products)
    concept = getattr(rule, "concept", "")
    if concept:
        yield concept


def _meet(one: Passage, other: Passage) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end
