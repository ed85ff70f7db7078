"""The rule language: closed, small, the same for standards and policies.

Each class is one key of the YAML; its fields are the keys below it. `when_silent` on a leaf is the author's
explicit choice of what an unanswered question counts as; it shows in the trace. Groups have `parts`.
"""

from decimal import Decimal

from msgspec import Struct

from indicated.model.errors import Nonsense
from indicated.model.fact import Course, Result
from indicated.model.quantity import Comparison, Quantity
from indicated.model.regimen import Phase
from indicated.model.verdict import Verdict


class All(Struct, frozen=True, tag="all"):
    """Every part."""

    parts: "tuple[Rule, ...]"


class Any(Struct, frozen=True, tag="any"):
    """At least one part."""

    parts: "tuple[Rule, ...]"


class NoneOf(Struct, frozen=True, tag="none"):
    """Not one part."""

    parts: "tuple[Rule, ...]"


class AtLeast(Struct, frozen=True, tag="at_least"):
    """At least `n` of the parts."""

    n: int
    of: "tuple[Rule, ...]"

    def __post_init__(self) -> None:
        if not 1 <= self.n <= len(self.of):
            raise Nonsense(f"at_least {self.n} of {len(self.of)} can never be asked; n must be 1 to {len(self.of)}")

    @property
    def parts(self) -> "tuple[Rule, ...]":
        """The parts, under the name that every group has."""
        return self.of


class Ref(Struct, frozen=True, tag="ref"):
    """Another criterion of the same document, by id. `rule` is filled in when the content is compiled."""

    criterion: str
    rule: "Rule | None" = None

    @property
    def parts(self) -> "tuple[Rule, ...]":
        """The criterion's rule."""
        return () if self.rule is None else (self.rule,)


class Has(Struct, frozen=True, tag="has"):
    """The concept, or anything narrower, is documented as present. `now` asks for it at present, not in the past."""

    concept: str
    now: bool = False
    when_silent: Verdict = Verdict.UNKNOWN


class Lacks(Struct, frozen=True, tag="lacks"):
    """The concept is documented as absent."""

    concept: str
    now: bool = False
    when_silent: Verdict = Verdict.UNKNOWN


class Measured(Struct, frozen=True, tag="measured"):
    """A measurement meets the limit: within a period before the as-of date, so many `times`, so far `apart`."""

    concept: str
    is_: Comparison
    within: Quantity | None = None
    times: int = 1
    apart: Quantity | None = None
    when_silent: Verdict = Verdict.UNKNOWN


class ResultIs(Struct, frozen=True, tag="result"):
    """A test showed one of these results."""

    concept: str
    is_: tuple[Result, ...]
    within: Quantity | None = None
    when_silent: Verdict = Verdict.UNKNOWN


class Tried(Struct, frozen=True, tag="tried"):
    """A drug, or `count` different drugs of a class, was used with one of these outcomes.

    `outcomes` are words of Outcome and Tolerance (`failed`, `partial`, `worsened`, `effective`, `intolerant`,
    `allergic`, `contraindicated`); empty asks only for exposure.
    """

    concept: str
    outcomes: tuple[str, ...] = ()
    for_at_least: Quantity | None = None
    within: Quantity | None = None
    count: int = 1
    when_silent: Verdict = Verdict.UNKNOWN


class Age(Struct, frozen=True, tag="age"):
    """The patient's age meets the limit."""

    is_: Comparison
    when_silent: Verdict = Verdict.UNKNOWN


class Weight(Struct, frozen=True, tag="weight"):
    """The patient's body weight meets the limit."""

    is_: Comparison
    when_silent: Verdict = Verdict.UNKNOWN


class Codes(Struct, frozen=True, tag="codes"):
    """An ICD-10-CM code of the request or of its indication is one of these codes or ranges (`M08.00-M10.9`)."""

    any_of: tuple[str, ...]
    when_silent: Verdict = Verdict.UNKNOWN


class RequestIs(Struct, frozen=True, tag="request"):
    """Limits on what is asked; every key given must hold.

    `indications`: asked for one of these or something narrower. `per_course`, `interval`, `courses`, `duration`
    limit the regimen (a dose per kilogram is compared through the weight when the request is absolute).
    """

    indications: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    phase: Phase | None = None
    per_course: Comparison | None = None
    interval: Comparison | None = None
    courses: Comparison | None = None
    duration: Comparison | None = None
    prescribers: tuple[str, ...] = ()
    when_silent: Verdict = Verdict.UNKNOWN


class Response(Struct, frozen=True, tag="response"):
    """For continuation: the disease answered treatment in one of these ways, on `concept` if one is named."""

    is_: tuple[Course, ...]
    concept: str = ""
    when_silent: Verdict = Verdict.UNKNOWN


class Score(Struct, frozen=True, tag="score"):
    """A calculator reaches a total: met when it must, not met when it cannot, unknown between."""

    score: str
    at_least: Decimal
    when_silent: Verdict = Verdict.UNKNOWN


class Judged(Struct, frozen=True, tag="judged"):
    """Only a person can say. UNKNOWN until a reviewer attests, with name and reason."""

    question: str
    when_silent: Verdict = Verdict.UNKNOWN


Group = All | Any | NoneOf | AtLeast | Ref
Leaf = Has | Lacks | Measured | ResultIs | Tried | Age | Weight | Codes | RequestIs | Response | Score | Judged
Rule = (
    All
    | Any
    | NoneOf
    | AtLeast
    | Ref
    | Has
    | Lacks
    | Measured
    | ResultIs
    | Tried
    | Age
    | Weight
    | Codes
    | RequestIs
    | Response
    | Score
    | Judged
)
