"""All content that the engine needs, as one value."""

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from indicated.model.concept import Concept, Vocabulary
from indicated.model.evidence import Evidence
from indicated.model.formula import WeightFormula
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.quantity import Unit, Units
from indicated.model.score import Calculator
from indicated.model.standard import Standard
from indicated.model.terms import StoredConcepts


class Knowledge(Struct, frozen=True, dict=True):
    """One release of the content. `release` is the hash of all of it."""

    release: str
    concepts: Sequence[Concept]
    units: tuple[Unit, ...]
    standards: tuple[Standard, ...] = ()
    policies: tuple[Policy, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    products: tuple[Product, ...] = ()
    calculators: tuple[Calculator, ...] = ()
    formulas: tuple[WeightFormula, ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The concepts, indexed."""
        return Vocabulary(self.concepts.by_id if isinstance(self.concepts, StoredConcepts) else self.concepts)

    @cached_property
    def unit_table(self) -> Units:
        """The units, indexed."""
        return Units(self.units)

    @cached_property
    def sources(self) -> dict[str, Evidence]:
        """Evidence by key."""
        return {item.key: item for item in self.evidence}

    @cached_property
    def calculator_table(self) -> dict[str, Calculator]:
        """Calculators by id."""
        return {calculator.id: calculator for calculator in self.calculators}

    @cached_property
    def standard_table(self) -> dict[str, Standard]:
        """Standards by id."""
        return {standard.id: standard for standard in self.standards}
