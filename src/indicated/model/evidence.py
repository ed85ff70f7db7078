"""What was published: one source's finding, where it stands, and how far it was read."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.rule import Rule


class Status(StrEnum):
    """Whether somebody read it on a page, or wrote it from memory. Recalled is shown as unverified."""

    SEEN = "seen"
    PART = "part"
    RECALLED = "recalled"


class Direction(StrEnum):
    """Towards the treatment, in the source's own population."""

    FOR = "for"
    AGAINST = "against"
    UNCERTAIN = "uncertain"


class PatientGroup(StrEnum):
    """Whom a source studied, or a standard speaks of. Evidence from one group applies to another only indirectly."""

    ADULTS = "adults"
    CHILDREN = "children"
    NEWBORNS = "newborns"
    PREGNANCY = "pregnancy"


class GroupRule(Struct, frozen=True):
    """Who belongs to a group of patients. What was found in one that stands `apart` is carried over to nobody else."""

    group: PatientGroup
    when: Rule
    apart: bool = False


class Citation(Struct, frozen=True):
    """Where it is published. Empty parts were not known; `pmid` and `doi` are never guessed."""

    authors: str
    title: str
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    pmid: str = ""
    doi: str = ""
    url: str = ""
    id_status: Status = Status.RECALLED
    recalled_fields: tuple[str, ...] = ()
    seen_at: str = ""


class Figure(Struct, frozen=True):
    """One figure exactly as the source has it."""

    what: str
    value: str
    status: Status
    url: str = ""


class Recommendation(Struct, frozen=True):
    """A guideline's statement with its own strength and certainty."""

    text: str
    strength: str
    certainty: str
    scheme: str
    status: Status


class Evidence(Struct, frozen=True):
    """One source. `summary` is the body of its file, in our words. `groups`: whom it studied, empty when not told."""

    key: str
    kind: str
    conditions: tuple[str, ...]
    citation: Citation
    population: str
    direction: Direction
    summary: str
    summary_basis: Status
    intervention: str = ""
    comparator: str = ""
    n: int | None = None
    n_status: Status | None = None
    figures: tuple[Figure, ...] = ()
    recommendation: Recommendation | None = None
    direction_by_condition: dict[str, Direction] = {}
    groups: tuple[PatientGroup, ...] = ()
    superseded_by: str = ""
    retracted: bool = False
