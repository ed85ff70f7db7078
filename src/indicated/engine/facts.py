"""A case's facts, indexed by every concept they speak to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from indicated.model.assertion import Time
from indicated.model.case import Case
from indicated.model.fact import Fact, Result, Stage
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity

if TYPE_CHECKING:
    from indicated.model.regimen import Request
    from indicated.model.score import Calculator

AGE = "demo.age"
WEIGHT = "demo.weight"


class Facts:
    """The facts of one case under one release of content. Immutable; `plus` makes another.

    Facts that are only planned or supposed (`if IVIG fails`) are left out: they are not yet true of the patient.
    """

    __slots__ = (
        "_against",
        "_at_or_below",
        "_exact",
        "calculators",
        "case",
        "facts",
        "knowledge",
        "units",
        "vocabulary",
    )

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self.case = case
        self.knowledge = knowledge
        self.vocabulary = knowledge.vocabulary
        self.units = knowledge.unit_table
        self.calculators: dict[str, Calculator] = knowledge.calculator_table
        self.facts = tuple(fact for fact in case.facts if _holds(fact))
        self._at_or_below: dict[str, list[Fact]] = {}
        self._exact: dict[str, list[Fact]] = {}
        self._against: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self._exact.setdefault(fact.concept, []).append(fact)
            for broader in self.vocabulary.ancestors(fact.concept):
                self._at_or_below.setdefault(broader, []).append(fact)
            if fact.concept in self.vocabulary and fact.present:
                for target in self.vocabulary[fact.concept].against:
                    self._against.setdefault(target, []).append(fact)

    @property
    def request(self) -> Request | None:
        """What is asked for."""
        return self.case.request

    def below(self, concept: str) -> list[Fact]:
        """Facts on the concept or anything narrower."""
        return self._at_or_below.get(concept, [])

    def above(self, concept: str) -> list[Fact]:
        """Facts on the concept or anything broader."""
        return [fact for broader in sorted(self.vocabulary.ancestors(concept)) for fact in self._exact.get(broader, ())]

    def exactly(self, concept: str) -> list[Fact]:
        """Facts on the concept itself."""
        return self._exact.get(concept, [])

    def against(self, concept: str) -> list[Fact]:
        """Present facts of concepts that speak against this one, or against something broader."""
        return [
            fact for broader in sorted(self.vocabulary.ancestors(concept)) for fact in self._against.get(broader, ())
        ]

    def plus(self, added: Iterable[Fact]) -> Facts:
        """These facts and others; what the others replace is dropped (see `Case.with_facts`)."""
        return Facts(self.case.with_facts(*added), self.knowledge)

    def weight(self) -> tuple[Quantity, Fact] | None:
        """The body weight in kilograms and its fact; None when missing or when documents disagree."""
        found = [(self.units.convert(fact.value, "kg"), fact) for fact in self.exactly(WEIGHT) if fact.value]
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
    """The facts of the latest day when every one is dated, else all of them."""
    days = [fact.on for fact in facts]
    if not facts or any(day is None for day in days):
        return facts
    last: date = max(day for day in days if day is not None)
    return [fact for fact in facts if fact.on == last]
