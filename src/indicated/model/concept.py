"""The vocabulary: concepts and what is narrower than what."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity


class Kind(StrEnum):
    """What sort of thing a concept is; it decides what kind of fact a mention makes."""

    CONDITION = "condition"
    FINDING = "finding"
    ANTIBODY = "antibody"
    LAB = "lab"
    IMAGING = "imaging"
    PATHOLOGY = "pathology"
    STUDY = "study"
    PROCEDURE = "procedure"
    DRUG = "drug"
    DRUG_CLASS = "drug_class"
    TREATMENT = "treatment"
    PRODUCT = "product"
    DEMOGRAPHIC = "demographic"
    SCALE = "scale"


VALUE = "#"
"""The companion of a short form that is a figure right after it."""


class Better(StrEnum):
    """In which direction of a measure the disease that it follows is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Short(Struct, frozen=True):
    """A short form, matched with its case, and what must be near before it counts.

    `needs`: `nothing`; `long_form` (the long form stands somewhere in the document); `companion` (one of
    `companions` stands in the same sentence; the companion `#` is a figure or a mark of its result right after it);
    `long_form_or_section`.
    """

    text: str
    needs: str = "nothing"
    companions: tuple[str, ...] = ()


class Example(Struct, frozen=True):
    """A sentence that the reader must read so. Runs as a test. `expect` maps axis or field to value, or is
    `{absent: true}` when the concept must not be read there.
    """

    text: str
    expect: dict[str, str] = {}


class Concept(Struct, frozen=True):
    """An entry of the vocabulary.

    `id` is ours, stable and never reused (`dx.jdm`). `broader` are ids. `against` lists concepts that a present
    fact of this one speaks against (granulomatous pathology against myositis pathology). `unit` is the usual UCUM
    unit of a lab; outside the range `telling` a value is elevated or low whatever the laboratory, and inside it says
    nothing. A figure without unit inside one of the ranges `bare` is in that
    range's unit, for it would make no sense in another. `also_in` are units of other dimensions that the test is told
    in (mmol/L beside mg/dL): they are read, and never converted. `below_zero`: a minus before its figure is one, and no
    dash. `pair` are the tests that two figures parted by a
    slash are values of (blood pressure). `panel` lists what a study tests for: negative as a whole, it says that each
    is. `settled_by` names the test or note that would document it. `local_form` is the same drug given where it does
    not act on the whole body (on the skin). `billed` says how much one unit billed under a HCPCS code is (`J1459: 500
    mg`); a code whose amount nobody has seen in a source is not in it. `better`: the direction in which a change of the
    measure is one for the better.
    """

    id: str
    kind: Kind
    label: str
    source: str
    plain: str = ""
    synonyms: tuple[str, ...] = ()
    short: tuple[Short, ...] = ()
    never: tuple[str, ...] = ()
    codes: dict[str, tuple[str, ...]] = {}
    broader: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unit: str = ""
    telling: Quantity | None = None
    bare: tuple[Quantity, ...] = ()
    also_in: tuple[str, ...] = ()
    below_zero: bool = False
    pair: tuple[str, ...] = ()
    panel: tuple[str, ...] = ()
    settled_by: str = ""
    local_form: str = ""
    billed: dict[str, Quantity] = {}
    better: Better | None = None
    examples: tuple[Example, ...] = ()


class Vocabulary:
    """All concepts, indexed. Nothing a caller sees changes; what is broader is looked up when first asked for."""

    __slots__ = ("_ancestors", "_broader", "_lineages", "concepts")

    def __init__(
        self,
        concepts: Iterable[Concept] | Mapping[str, Concept],
        broader: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """`concepts` in any order, or by their ids. `broader` is what they say is broader, where that is known without
        looking at each.
        """
        self.concepts: Mapping[str, Concept] = (
            concepts if isinstance(concepts, Mapping) else {concept.id: concept for concept in concepts}
        )
        self._broader = broader
        self._ancestors: dict[str, frozenset[str]] = {}
        self._lineages: dict[str, tuple[str, ...]] = {}

    def __contains__(self, concept_id: str) -> bool:
        return concept_id in self.concepts

    def __getitem__(self, concept_id: str) -> Concept:
        return self.concepts[concept_id]

    def label(self, concept_id: str) -> str:
        """The concept's label; the id itself when it is not in the vocabulary."""
        concept = self.concepts.get(concept_id)
        return concept.label if concept else concept_id

    def ancestors(self, concept_id: str) -> frozenset[str]:
        """The concept and everything broader."""
        known = self._ancestors.get(concept_id)
        if known is None:
            known = self._ancestors[concept_id] = self._climbed(concept_id)
        return known

    def broadened(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts and everything broader than one of them."""
        return frozenset[str]().union(*map(self.ancestors, concepts))

    def _climbed(self, concept_id: str) -> frozenset[str]:
        found = {concept_id}
        waiting = [concept_id]
        while waiting:
            above = self._above(waiting.pop())
            waiting += [parent for parent in above if parent not in found]
            found.update(above)
        return frozenset(found)

    def _above(self, concept_id: str) -> tuple[str, ...]:
        if self._broader is not None:
            return self._broader.get(concept_id, ())
        concept = self.concepts.get(concept_id)
        return () if concept is None else concept.broader

    def lineage(self, concept_id: str) -> tuple[str, ...]:
        """The concept and everything broader, in the order of their ids."""
        known = self._lineages.get(concept_id)
        if known is None:
            known = self._lineages[concept_id] = tuple(sorted(self.ancestors(concept_id)))
        return known

    def is_a(self, narrow: str, broad: str) -> bool:
        """Whether `narrow` is `broad` or something narrower."""
        return broad in self.ancestors(narrow)

    def related(self, one: str, other: str) -> bool:
        """Whether one of two concepts is the other or something narrower."""
        return self.is_a(one, other) or self.is_a(other, one)
