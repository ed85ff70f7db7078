"""The outcome and everything it rests on. Never a denial."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.case import Case
from indicated.model.dispensing import Dispensing, Weights
from indicated.model.fact import Fact
from indicated.model.policy import Policy
from indicated.model.product import Caution
from indicated.model.quantity import Quantity
from indicated.model.rule import Rule
from indicated.model.standard import Dosing
from indicated.model.verdict import Gap, Verdict

if TYPE_CHECKING:  # what a denial needs is loaded only where there is one
    from indicated.model.denial import DenialCheck


class Finding(StrEnum):
    """What the evidence says for this case."""

    SUPPORTED = "supported"
    SUPPORTED_IF = "supported_if"
    NOT_SUPPORTED = "not_supported"
    UNDETERMINED = "undetermined"


class NextStep(StrEnum):
    """What happens now. A machine never denies."""

    APPROVABLE = "approvable"
    INFORMATION_NEEDED = "information_needed"
    PHYSICIAN_REVIEW = "physician_review"


class Step(Struct, frozen=True):
    """One rule, its verdict, and everything the verdict rests on. `silent` marks a verdict that `when_silent` gave."""

    rule: Rule
    verdict: Verdict
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    parts: "tuple[Step, ...]" = ()
    silent: bool = False


class Judgement(Struct, frozen=True):
    """One criterion, judged: its id in its standard or policy and the trace."""

    criterion: str
    step: Step

    @property
    def verdict(self) -> Verdict:
        """The criterion's verdict."""
        return self.step.verdict


class Weighed(Struct, frozen=True):
    """One standard against the case: the finding, the judged criteria, and the exception if it has one.

    `missing` names at most three unknown criteria that a `supported_if` hangs on, the most telling first;
    `failed` the criteria that make it `not_supported`.
    """

    standard: str
    finding: Finding
    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    exception: Step | None = None


class PolicyResult(Struct, frozen=True):
    """A policy against the case. `coverage` is the index of the coverage used, None when none reaches the request."""

    policy: str
    verdict: Verdict
    coverage: int | None
    judgements: tuple[Judgement, ...]
    start: Step | None = None
    exclusions: Step | None = None
    limits: Step | None = None


class DoseIssue(StrEnum):
    """What the dose check found."""

    FITS = "fits"
    ABOVE = "above"
    BELOW = "below"
    INTERVAL_SHORT = "interval_short"
    INTERVAL_LONG = "interval_long"
    DAYS_OUTSIDE = "days_outside"
    COURSES_ABOVE = "courses_above"
    DOSE_MISSING = "dose_missing"
    INTERVAL_FITS = "interval_fits"
    INTERVAL_MISSING = "interval_missing"
    MONTH_APPROXIMATE = "month_approximate"
    WEIGHT_MISSING = "weight_missing"
    DOUBT = "doubt"
    NO_RANGE = "no_range"


class DoseCheck(Struct, frozen=True):
    """The regimen asked for, beside one sourced range.

    `requested` is one course as asked; `per_kg` and `total` the two ways of saying it, when weight allows;
    `weight` the weight used; `weight_fits` the weights at which an absolute dose would fall in the range, when no
    weight is on record. `proposed` is the range itself when no dose was asked for. Amounts in g/kg and g, exact.
    """

    issues: tuple[DoseIssue, ...]
    range: Dosing | None = None
    requested: Quantity | None = None
    per_kg: Quantity | None = None
    total: Quantity | None = None
    weight: Quantity | None = None
    weight_fits: Quantity | None = None
    standard: str = ""

    @property
    def outside(self) -> bool:
        """Whether the request is outside the sourced range."""
        return any(
            issue in self.issues
            for issue in (
                DoseIssue.ABOVE,
                DoseIssue.BELOW,
                DoseIssue.INTERVAL_SHORT,
                DoseIssue.INTERVAL_LONG,
                DoseIssue.DAYS_OUTSIDE,
                DoseIssue.COURSES_ABOVE,
            )
        )


class SafetyNote(Struct, frozen=True):
    """A caution and what brought it up: the trace of its rule (None when it concerns everyone)."""

    product: str
    caution: Caution
    step: Step | None = None

    @property
    def applies(self) -> bool:
        """Whether it is known to apply (or concerns everyone)."""
        return self.step is None or self.step.verdict is Verdict.MET


class ItemResult(Struct, frozen=True):
    """One item of a score."""

    item: str
    points: Decimal
    step: Step


class ScoreResult(Struct, frozen=True):
    """A score: `low` counts what is met, `high` also what is unknown. `level` is reached for certain;
    `could_be` at best.
    """

    calculator: str
    low: Decimal
    high: Decimal
    level: str
    could_be: str
    items: tuple[ItemResult, ...]
    requires: Step | None = None
    variant: bool = False


class Change(Struct, frozen=True):
    """What a flip supposes in one place: a fact, or the same fact several times (two low values, a month apart).

    `replaces` are facts of the record that it would take the place of; `known` when these say otherwise today, so
    that a new test or a correction would be needed.
    """

    facts: tuple[Fact, ...]
    replaces: tuple[Fact, ...] = ()
    known: bool = False

    @property
    def fact(self) -> Fact:
        """The fact supposed (the first, when it is needed more than once)."""
        return self.facts[0]


class FlipTarget(StrEnum):
    """Which part of the outcome a flip changes."""

    FINDING = "finding"
    POLICY = "policy"


class Flip(Struct, frozen=True):
    """A smallest set of facts that would change the outcome: adding all of them does, adding fewer does not.

    `to` is the value reached (`supported_if`, `met`); `standard` the standard that would then lead.
    """

    target: FlipTarget
    to: str
    changes: tuple[Change, ...]
    standard: str = ""


class Support(Struct, frozen=True):
    """A fact on which today's outcome rests alone: without it the outcome would be another."""

    fact: Fact
    target: FlipTarget
    without: str


class Reason(Struct, frozen=True):
    """Why the next step is what it is: a code that a phrase explains, and what it is about."""

    code: str
    about: str = ""


class Determination(Struct, frozen=True):
    """The outcome for one case on one day under one release.

    `lead` is the standard that carries the finding (empty when no standard is reached); `weighed` all that were
    reached, the lead first. `denial` is a plan's denial of the request, answered reason by reason, where one was given.
    """

    case: Case
    on: date
    release: str
    finding: Finding
    policy_verdict: Verdict | None
    next_step: NextStep
    reasons: tuple[Reason, ...]
    lead: str
    weighed: tuple[Weighed, ...]
    policy: Policy | None = None
    policy_result: PolicyResult | None = None
    dose: tuple[DoseCheck, ...] = ()
    safety: tuple[SafetyNote, ...] = ()
    scores: tuple[ScoreResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    flips: tuple[Flip, ...] = ()
    rests_on: tuple[Support, ...] = ()
    dispensing: Dispensing | None = None
    weights: Weights | None = None
    denial: "DenialCheck | None" = None
