"""A case's facts, indexed by every concept they speak to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from indicated.model.assertion import Time
from indicated.model.case import Case
from indicated.model.fact import Fact, Result, Stage
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity

if TYPE_CHECKING:
    from indicated.model.concept import Vocabulary
    from indicated.model.regimen import Request
    from indicated.model.score import Calculator

AGE = "demo.age"
WEIGHT = "demo.weight"
ANY_COURSE = "*"
"""The place in the index of facts that tell how a disease did, whatever concept that was told of."""


class Index:
    """Facts by the concepts they speak to. `copy` shares its lists; they are replaced, never changed."""

    __slots__ = ("against", "below", "exact", "vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.exact: dict[str, list[Fact]] = {}
        self.below: dict[str, list[Fact]] = {}
        self.against: dict[str, list[Fact]] = {}

    def copy(self) -> Index:
        """Another index of the same facts."""
        other = Index(self.vocabulary)
        other.exact, other.below, other.against = self.exact.copy(), self.below.copy(), self.against.copy()
        return other

    def add(self, facts: Iterable[Fact]) -> None:
        """Index more facts, after the others."""
        for table, concept, told in self._placed(facts):
            table[concept] = [*table.get(concept, ()), *told]

    def drop(self, facts: Iterable[Fact]) -> None:
        """Forget facts."""
        for table, concept, told in self._placed(facts):
            gone = set(map(id, told))
            table[concept] = [other for other in table[concept] if id(other) not in gone]

    def _placed(self, facts: Iterable[Fact]) -> Iterator[tuple[dict[str, list[Fact]], str, list[Fact]]]:
        """The places of some facts, each with those that stand there."""
        placed: dict[tuple[int, str], tuple[dict[str, list[Fact]], str, list[Fact]]] = {}
        for fact in facts:
            for table, concept in self._places(fact):
                placed.setdefault((id(table), concept), (table, concept, []))[2].append(fact)
        yield from placed.values()

    def _places(self, fact: Fact) -> Iterator[tuple[dict[str, list[Fact]], str]]:
        yield self.exact, fact.concept
        if fact.course is not None:
            yield self.below, ANY_COURSE
        for broader in self.vocabulary.ancestors(fact.concept):
            yield self.below, broader
        known = self.vocabulary.concepts.get(fact.concept)
        if known is not None and known.against and fact.present:
            for target in known.against:
                yield self.against, target


class Facts:
    """The facts of one case under one release of content. Immutable; `but` makes another.

    Facts that are only planned or supposed (`if IVIG fails`) are left out: they are not yet true of the patient.
    """

    __slots__ = ("calculators", "facts", "index", "kept", "knowledge", "request", "units", "vocabulary")

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.vocabulary = knowledge.vocabulary
        self.units = knowledge.unit_table
        self.calculators: dict[str, Calculator] = knowledge.calculator_table
        self.kept = knowledge.kept
        self.request: Request | None = case.request
        self.facts = tuple(fact for fact in case.facts if _holds(fact))
        self.index = Index(self.vocabulary)
        self.index.add(self.facts)

    def but(self, gone: tuple[Fact, ...], added: Iterable[Fact]) -> Facts:
        """These facts without some and then with others, as if the case had been told so.

        Only what the two touch is indexed again, so that many suppositions on one case are cheap.
        """
        other = Facts.__new__(Facts)
        other.knowledge, other.vocabulary, other.units = self.knowledge, self.vocabulary, self.units
        other.calculators, other.request, other.index = self.calculators, self.request, self.index.copy()
        other.kept = self.kept
        coming = tuple(fact for fact in added if _holds(fact))
        leaving = set(gone)
        dropped = [fact for fact in self.facts if fact in leaving] if leaving else []
        other.facts = (
            (*(fact for fact in self.facts if fact not in leaving), *coming) if leaving else self.facts + coming
        )
        other.index.drop(dropped)
        other.index.add(coming)
        return other

    def below(self, concept: str) -> list[Fact]:
        """Facts on the concept or anything narrower."""
        return self.index.below.get(concept, [])

    def above(self, concept: str) -> list[Fact]:
        """Facts on the concept or anything broader."""
        return [fact for broader in self.vocabulary.lineage(concept) for fact in self.index.exact.get(broader, ())]

    def exactly(self, concept: str) -> list[Fact]:
        """Facts on the concept itself."""
        return self.index.exact.get(concept, [])

    def against(self, concept: str) -> list[Fact]:
        """Present facts of concepts that speak against this one, or against something broader."""
        return [fact for broader in self.vocabulary.lineage(concept) for fact in self.index.against.get(broader, ())]

    def weight(self) -> tuple[Quantity, Fact] | None:
        """The body weight in kilograms and its fact, the latest where all are dated; None when missing or when
        documents disagree.
        """
        told = latest([fact for fact in self.exactly(WEIGHT) if fact.value])
        found = [(self.units.convert(fact.value, "kg"), fact) for fact in told if fact.value]
        known = [(value, fact) for value, fact in found if value is not None]
        if not known or any(value != known[0][0] for value, _ in known):
            return None
        return known[0]


def _holds(fact: Fact) -> bool:
    """Whether the fact speaks of what is or was, not of what is planned or supposed."""
    if fact.therapy is not None:
        return fact.therapy.stage not in (Stage.PLANNED, Stage.REQUESTED)
    return fact.assertion.time not in (Time.PLANNED, Time.HYPOTHETICAL)


def says_absent(fact: Fact) -> bool:
    """Whether the fact says that its concept is not there: denied, ruled out, tested negative, never used."""
    if fact.therapy is not None:
        return fact.therapy.stage is Stage.NEVER
    return fact.absent or fact.result is Result.NEGATIVE


def says_present(fact: Fact) -> bool:
    """Whether the fact says, surely, that its concept is or was there."""
    return fact.present and not says_absent(fact)


def latest(facts: list[Fact]) -> list[Fact]:
    """The facts of the latest day when every one is dated; else all but those said to be of the past, if any is not
    (`FVC 62% (was 75%)`).
    """
    days = [fact.on for fact in facts]
    if not facts or any(day is None for day in days):
        return [fact for fact in facts if fact.assertion.time is not Time.PAST] or facts
    last: date = max(day for day in days if day is not None)
    return [fact for fact in facts if fact.on == last]


def latest_of_each(facts: list[Fact]) -> list[Fact]:
    """The latest facts of each concept: a newer test of one antibody says nothing about another."""
    by_concept: dict[str, list[Fact]] = {}
    for fact in facts:
        by_concept.setdefault(fact.concept, []).append(fact)
    kept = {id(fact) for told in by_concept.values() for fact in latest(told)}
    return [fact for fact in facts if id(fact) in kept]
