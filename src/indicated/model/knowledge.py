"""All content that the engine needs, as one value."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from msgspec import Struct

from indicated.model.concept import Concept, Vocabulary
from indicated.model.evidence import Evidence
from indicated.model.figures import proof_text, proved_by
from indicated.model.formula import WeightFormula
from indicated.model.naming import Naming
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.quantity import Unit, Units
from indicated.model.rule import Rule
from indicated.model.score import Calculator
from indicated.model.standard import Standard
from indicated.model.stored import Shelf, StoredValues
from indicated.model.terms import StoredConcepts, index_of
from indicated.model.wakes import Wakes, wakes_of


class StoredStandards(StoredValues[Standard]):
    """The standards of a release by their ids, with what wakes each and what brings each into play."""

    __slots__ = ("reached_by", "wakes")

    def __init__(self, standards: Shelf, wakes: Wakes, reached_by: Shelf) -> None:
        super().__init__(standards, Standard)
        self.wakes = wakes
        self.reached_by: Mapping[str, Rule] = StoredValues(reached_by, cast("type[Rule]", Rule)).by_key


class StoredProducts(StoredValues[Product]):
    """The products of a release by their concepts, with the conditions for which each has a dose."""

    __slots__ = ("dosed",)

    def __init__(self, products: Shelf, dosed: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(products, Product)
        self.dosed = dosed


def dosed_by(products: Iterable[Product]) -> dict[str, tuple[str, ...]]:
    """The conditions for which the label of each product has a dose."""
    return {
        product.concept: tuple(dict.fromkeys(one for use in product.uses if use.dosing for one in use.conditions))
        for product in products
    }


class Knowledge(Struct, frozen=True, dict=True):
    """One release of the content. `release` is the hash of all of it.

    In a compiled release everything but units and calculators is decoded where it is asked for.
    """

    release: str
    concepts: Sequence[Concept]
    units: tuple[Unit, ...]
    standards: Sequence[Standard] = ()
    policies: Sequence[Policy] = ()
    evidence: Sequence[Evidence] = ()
    products: Sequence[Product] = ()
    calculators: tuple[Calculator, ...] = ()
    formulas: tuple[WeightFormula, ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The concepts, indexed."""
        return self.concepts.vocabulary if isinstance(self.concepts, StoredConcepts) else Vocabulary(self.concepts)

    @cached_property
    def naming(self) -> Naming:
        """The words of the concepts, for finding what a sentence names."""
        stored = self.concepts.terms if isinstance(self.concepts, StoredConcepts) else index_of(self.concepts)
        return Naming(stored)

    def named_by(self, source: str) -> frozenset[str]:
        """The concepts that a source names in what somebody read of it, with everything broader; looked up once."""
        known = self._named_by.get(source)
        if known is None:
            evidence = self.sources.get(source)
            found = self.naming.find(proof_text(evidence)) if evidence is not None else ()
            about = evidence.conditions if evidence is not None else ()
            concepts = {*about, *(concept for one in found for concept in one.concepts)}
            known = self._named_by[source] = self.vocabulary.broadened(concepts)
        return known

    @cached_property
    def _named_by(self) -> dict[str, frozenset[str]]:
        return {}

    def figured(self, source: str) -> Sequence[tuple[str, frozenset[str]]]:
        """The lines of a source that hold a figure which somebody read, with their figures; looked up once."""
        known = self._figured.get(source)
        if known is None:
            said = ((text, proved_by(text)) for text in proof_text(self.sources[source]).splitlines())
            known = self._figured[source] = tuple(line for line in said if line[1])
        return known

    @cached_property
    def _figured(self) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
        return {}

    @cached_property
    def unit_table(self) -> Units:
        """The units, indexed."""
        return Units(self.units)

    @cached_property
    def sources(self) -> Mapping[str, Evidence]:
        """Evidence by key."""
        if isinstance(self.evidence, StoredValues):
            return self.evidence.by_key
        return {item.key: item for item in self.evidence}

    @cached_property
    def calculator_table(self) -> dict[str, Calculator]:
        """Calculators by id."""
        return {calculator.id: calculator for calculator in self.calculators}

    @cached_property
    def standard_table(self) -> Mapping[str, Standard]:
        """Standards by id."""
        if isinstance(self.standards, StoredValues):
            return self.standards.by_key
        return {standard.id: standard for standard in self.standards}

    @cached_property
    def product_table(self) -> Mapping[str, Product]:
        """Products by their concepts."""
        if isinstance(self.products, StoredValues):
            return self.products.by_key
        return {product.concept: product for product in self.products}

    @cached_property
    def product_concepts(self) -> tuple[str, ...]:
        """The concepts of the products, in the order of the products."""
        if isinstance(self.products, StoredValues):
            return self.products.all_keys()
        return tuple(self.product_table)

    @cached_property
    def dosed(self) -> Mapping[str, tuple[str, ...]]:
        """The conditions for which the label of a product has a dose, by the product's concept."""
        return self.products.dosed if isinstance(self.products, StoredProducts) else dosed_by(self.products)

    @cached_property
    def wakes(self) -> Wakes:
        """What wakes each standard."""
        if isinstance(self.standards, StoredStandards):
            return self.standards.wakes
        return wakes_of(self.standards, self.calculators)

    @cached_property
    def reached_by(self) -> Mapping[str, Rule]:
        """What brings each standard into play, by its id: few of those tried are reached, and only those read whole."""
        if isinstance(self.standards, StoredStandards):
            return self.standards.reached_by
        return {standard.id: standard.reached_by for standard in self.standards}

    @cached_property
    def kept(self) -> dict[int, Any]:
        """What the engine works out of rules once and keeps, by their identity; no answer depends on it."""
        return {}

    @cached_property
    def policy_ids(self) -> tuple[str, ...]:
        """The ids of policies, in the order of the policies: one of several versions comes as often."""
        if isinstance(self.policies, StoredValues):
            return tuple(key.partition(" ")[0] for key in self.policies.all_keys())
        return tuple(policy.id for policy in self.policies)

    def versions(self, policy: str) -> tuple[Policy, ...]:
        """The versions of the policy of an id; none when there is no such policy."""
        if isinstance(self.policies, StoredValues):
            keys = self.policies.all_keys()
            return tuple(self.policies.by_key[key] for key in keys if key.partition(" ")[0] == policy)
        return tuple(one for one in self.policies if one.id == policy)


def policy_key(policy: Policy) -> str:
    """What a policy is stored under: several versions have one id."""
    return f"{policy.id} {policy.version}"
