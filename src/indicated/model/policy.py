"""A payer's document in force from/to: criteria for start and continuation, limits, exclusions."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from indicated.model.rule import All, Rule
from indicated.model.standard import ContentStatus, Criterion, Signature
from indicated.model.text import Document, Passage


class Coverage(Struct, frozen=True):
    """The rules for some conditions (concept ids; empty for every condition). Exclusions are criteria that must
    not be met; they are evaluated as `none`. Without `start` nothing is asked but that no exclusion applies.
    """

    conditions: tuple[str, ...]
    start: Rule = All(())
    continuation: Rule | None = None
    limits: Rule | None = None
    exclusions: Rule | None = None

    @property
    def rules(self) -> tuple[tuple[str, Rule], ...]:
        """What it asks, each rule with the name of its field; a field that asks nothing is left out."""
        named = (("start", self.start), ("continuation", self.continuation), ("limits", self.limits))
        every = (*named, ("exclusions", self.exclusions))
        return tuple((name, rule) for name, rule in every if rule not in (None, All(())))


class Clause(Struct, frozen=True):
    """How one line of a pasted policy was understood: the criterion it became and the words not used."""

    passage: Passage
    criterion: str
    understood: str
    unused: tuple[str, ...] = ()
    judged: bool = False


class Via(StrEnum):
    """Whether the payer's own document was read, or what somebody else says of it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Origin(Struct, frozen=True):
    """Where the document was read."""

    title: str
    url: str = ""
    retrieved: date | None = None
    via: Via = Via.PRIMARY


class Policy(Struct, frozen=True):
    """A payer's document. A pasted one keeps its text in `document` and how each line was understood in `clauses`."""

    id: str
    version: str
    status: ContentStatus
    payer: str
    title: str
    treatment: str
    criteria: tuple[Criterion, ...]
    coverages: tuple[Coverage, ...]
    origin: Origin
    effective_from: date | None = None
    effective_to: date | None = None
    authors: tuple[str, ...] = ()
    review_due: date | None = None
    signatures: tuple[Signature, ...] = ()
    document: Document | None = None
    clauses: tuple[Clause, ...] = ()

    @property
    def pasted(self) -> bool:
        """Whether these are the words given with the case, and not a copy that was written from its source."""
        return self.document is not None
