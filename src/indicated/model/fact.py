"""Facts: claims about this patient, each with at least one source."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from indicated.model.assertion import Assertion, Certainty, Polarity
from indicated.model.errors import Nonsense
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen
from indicated.model.text import Passage


class Result(StrEnum):
    """What a test showed, where no number is given or beside it."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    ELEVATED = "elevated"
    LOW = "low"
    NORMAL = "normal"
    ABNORMAL = "abnormal"


class Stage(StrEnum):
    """Where a therapy stands."""

    CURRENT = "current"
    PAST = "past"
    NEVER = "never"
    PLANNED = "planned"
    REQUESTED = "requested"


class Outcome(StrEnum):
    """What came of a therapy. "Treated with" is UNKNOWN, never failed."""

    EFFECTIVE = "effective"
    PARTIAL = "partial"
    FAILED = "failed"
    WORSENED = "worsened"
    UNKNOWN = "unknown"


class Tolerance(StrEnum):
    """How a therapy was borne."""

    TOLERATED = "tolerated"
    INTOLERANT = "intolerant"
    ALLERGIC = "allergic"
    CONTRAINDICATED = "contraindicated"
    UNKNOWN = "unknown"


class EndReason(StrEnum):
    """Why a therapy ended."""

    INEFFICACY = "inefficacy"
    ADVERSE_EVENT = "adverse_event"
    REMISSION = "remission"
    ACCESS = "access"
    PREGNANCY = "pregnancy"
    OTHER = "other"


class Role(StrEnum):
    """What a therapy is to the request."""

    REQUESTED = "requested"
    PRIOR_STEP = "prior_step"
    CONCOMITANT = "concomitant"
    PREMEDICATION = "premedication"


class Course(StrEnum):
    """How the disease answered treatment, for continuation requests."""

    IMPROVED = "improved"
    STABLE = "stable"
    WORSENED = "worsened"
    RELAPSE_OFF_TREATMENT = "relapse_off_treatment"


class Therapy(Struct, frozen=True):
    """An episode of a drug or class. Whether a trial was adequate is left to the rules.

    `count` is how many drugs are told of together (`two immunosuppressants`); 1 unless a number stands before a class.
    """

    stage: Stage = Stage.PAST
    outcome: Outcome = Outcome.UNKNOWN
    tolerance: Tolerance = Tolerance.UNKNOWN
    end_reason: EndReason | None = None
    role: Role = Role.PRIOR_STEP
    route: str = ""
    regimen: Regimen | None = None
    started: date | None = None
    ended: date | None = None
    duration: Quantity | None = None
    count: int = 1


class Entry(Struct, frozen=True, tag="entry"):
    """A source that is not a text: a value entered as data. `where` says where (`cases/x.yaml:12`, `what-if`)."""

    where: str


class Quoted(Struct, frozen=True, tag="quoted"):
    """A source in a document."""

    passage: Passage


Source = Entry | Quoted


class Fact(Struct, frozen=True):
    """One claim about this patient: `concept` holds, or does not, as `assertion` says.

    `value` is a measurement (a lab, the age, the weight), `result` what a test showed, `course` how the disease
    answered, `codes` the ICD-10-CM codes stated with it, `on` the day it was true. `approximate` marks a fact read
    through a spelling correction. At least one source; Nonsense otherwise.
    """

    concept: str
    sources: tuple[Source, ...]
    assertion: Assertion = Assertion()
    value: Quantity | None = None
    result: Result | None = None
    course: Course | None = None
    therapy: Therapy | None = None
    codes: tuple[str, ...] = ()
    on: date | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if not self.sources:
            raise Nonsense(f"the fact {self.concept} has no source")
        if not self.assertion.makes_fact:
            raise Nonsense(f"the fact {self.concept} is not said of this patient")

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages among the sources, in order."""
        return tuple(source.passage for source in self.sources if isinstance(source, Quoted))

    @property
    def scanned(self) -> bool:
        """Whether nothing but recognised pictures says it, so that it needs a second source."""
        return all(isinstance(source, Quoted) and source.passage.scanned for source in self.sources)

    @property
    def present(self) -> bool:
        """Said to be there, surely enough to count."""
        return self.assertion.polarity is Polarity.PRESENT and self.assertion.certainty is Certainty.CONFIRMED

    @property
    def absent(self) -> bool:
        """Said not to be there, or ruled out."""
        return self.assertion.polarity is Polarity.ABSENT or self.assertion.certainty is Certainty.RULED_OUT
