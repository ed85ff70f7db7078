"""What guidelines, trials and labels support for one treatment in one condition; every part cited."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from indicated.model.evidence import Direction, PatientGroup
from indicated.model.quantity import Quantity
from indicated.model.regimen import Phase
from indicated.model.rule import Rule


class Need(StrEnum):
    """What a standard's criterion is for: without a `decides` nothing can be said; a `confirms` a good reviewer
    would still want.
    """

    DECIDES = "decides"
    CONFIRMS = "confirms"


class Stance(StrEnum):
    """Where the evidence of a standard stands as a whole."""

    FOR = "for"
    AGAINST = "against"
    ABSENT = "absent"


class Care(StrEnum):
    """Standard-of-care status."""

    LABELLED = "labelled"
    GUIDELINE_RECOMMENDED = "guideline_recommended"
    ACCEPTED_OFF_LABEL = "accepted_off_label"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    RECOMMENDED_AGAINST = "recommended_against"


class Line(StrEnum):
    """The treatment's place in the order of treatments."""

    FIRST_LINE = "first_line"
    SECOND_LINE = "second_line"
    ADJUNCT = "adjunct"
    RESCUE = "rescue"
    NONE = "none"


class ContentStatus(StrEnum):
    """Where a piece of content stands in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    RETIRED = "retired"


class Signature(Struct, frozen=True):
    """A person's word that a document, as it then was, is right. `hash` is that of its content (`content.signing`)."""

    name: str
    role: str
    on: date
    hash: str


class Note(Struct, frozen=True):
    """One sentence a reader may see, with the sources it rests on; `when` limits it to cases where the rule is met.

    `plain` is the same for a patient. `cite` are evidence keys.
    """

    text: str
    cite: tuple[str, ...]
    when: Rule | None = None
    plain: str = ""


class Criterion(Struct, frozen=True):
    """One requirement with its source: of a standard (`need`, `cite`) or of a policy (`section`, `quote`).

    `paraphrase` is our wording; `ask` says what to request when it is unknown. `phase` limits it to start or
    continuation requests. `verified` false: nobody has read it in the source yet, and the answer says so.
    """

    id: str
    paraphrase: str
    rule: Rule
    need: Need | None = None
    section: str = ""
    cite: tuple[str, ...] = ()
    quote: str = ""
    ask: str = ""
    plain: str = ""
    phase: Phase | None = None
    verified: bool = True


class Dosing(Struct, frozen=True):
    """A sourced regimen range. `labelled` when a product label gives it for this use. Ranges are inclusive.

    `courses: 1` is a treatment that is given once. `phase` limits the range to start requests (a loading course) or to
    continuation requests.
    """

    label: str
    cite: tuple[str, ...]
    per_course: Quantity | None = None
    days: Quantity | None = None
    interval: Quantity | None = None
    courses: Quantity | None = None
    route: str = ""
    labelled: bool = False
    when: Rule | None = None
    phase: Phase | None = None


class Bearing(Struct, frozen=True):
    """How one source bears on this standard: directly, or indirectly and how (`adults; the patient is a child`).

    `says` is the sentence shown; its figures must be in the source, status seen.
    """

    cite: str
    side: Direction
    bearing: str
    says: str
    how: str = ""

    def __post_init__(self) -> None:
        if self.bearing not in ("direct", "indirect"):
            raise ValueError("bearing is direct or indirect")
        if self.bearing == "indirect" and not self.how:
            raise ValueError("an indirect bearing says how")


class Standing(Struct, frozen=True):
    """Role, label and standard-of-care status, with the recommendation's own strength and certainty."""

    line: Line
    care: Care
    labelled: bool
    says: str
    cite: tuple[str, ...]
    strength: str = ""
    certainty: str = ""
    plain: str = ""


class Gauge(Struct, frozen=True):
    """A measure by which the disease is followed. `by` is the change that the source counts as one. A measure
    `on_treatment`, a level just before the next dose, has no value from before.
    """

    concept: str
    cite: tuple[str, ...]
    by: Quantity | None = None
    on_treatment: bool = False


class Alternative(Struct, frozen=True):
    """Another treatment, in the standard's order. `concepts` are drugs or classes; one tried counts as tried.

    `when` limits it to the cases it is meant for; `unless` are reasons against it, each with the rule of the cases that
    have it.
    """

    concepts: tuple[str, ...]
    text: str
    cite: tuple[str, ...]
    when: Rule | None = None
    unless: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if any(note.when is None for note in self.unless):
            raise ValueError("a reason against an alternative says when it holds")


class Differential(Struct, frozen=True):
    """Another diagnosis to consider when the rule is met; `standard` is the one that would then apply, if any."""

    text: str
    cite: tuple[str, ...]
    when: Rule
    standard: str = ""
    verified: bool = True


class Standard(Struct, frozen=True):
    """One treatment in one condition. `reached_by` says which facts bring it into play; `groups` whom it speaks of,
    empty for everyone. `lasting` says how long benefit lasts and what came after stopping; `reactions` how often side
    effects were seen in this use.
    """

    id: str
    version: str
    status: ContentStatus
    title: str
    treatment: str
    conditions: tuple[str, ...]
    reached_by: Rule
    stance: Stance
    standing: Standing
    criteria: tuple[Criterion, ...]
    evidence: tuple[Bearing, ...]
    authors: tuple[str, ...]
    review_due: date
    exception: Rule | None = None
    regimens: tuple[Dosing, ...] = ()
    onset: tuple[Note, ...] = ()
    lasting: tuple[Note, ...] = ()
    reactions: tuple[Note, ...] = ()
    measures: tuple[Note, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    monitoring: tuple[Note, ...] = ()
    stopping: tuple[Note, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    pitfalls: tuple[Note, ...] = ()
    differential: tuple[Differential, ...] = ()
    questions: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    groups: tuple[PatientGroup, ...] = ()
    signatures: tuple[Signature, ...] = ()
