"""Golden cases as content writes them, and the model `Case` that each stands for."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.case import Case
from indicated.model.concept import Kind, Vocabulary
from indicated.model.determination import DoseIssue, Finding, NextStep
from indicated.model.fact import Course, Entry, Fact, Result, Stage, Therapy
from indicated.model.quantity import Quantity
from indicated.model.regimen import Phase, Regimen, Request
from indicated.model.verdict import Verdict


class GivenFact(Struct, frozen=True):
    """One fact of a case: present, confirmed and current unless said otherwise."""

    concept: str
    present: bool = True
    certainty: Certainty = Certainty.CONFIRMED
    time: Time = Time.CURRENT
    value: Quantity | None = None
    result: Result | None = None
    on: date | None = None
    course: Course | None = None
    codes: tuple[str, ...] = ()
    tried: Therapy | None = None

    def __post_init__(self) -> None:
        if self.tried is not None and not self.present:
            raise ValueError("a drug that was tried is present; one never given is 'present: false' without 'tried'")


class GivenRequest(Struct, frozen=True):
    """What is asked for."""

    treatment: str
    product: str = ""
    indications: tuple[str, ...] = ()
    phase: Phase = Phase.UNKNOWN
    regimen: Regimen | None = None
    codes: tuple[str, ...] = ()
    prescriber: str = ""


class Expected(Struct, frozen=True):
    """What the answer must be; only what is written is compared. `none` stands for no policy and no lead."""

    finding: Finding | None = None
    next_step: NextStep | None = None
    policy: str = ""
    lead: str = ""
    verdicts: dict[str, Verdict] = {}
    missing: tuple[str, ...] | None = None
    failed: tuple[str, ...] | None = None
    gaps: tuple[str, ...] = ()
    dose: tuple[DoseIssue, ...] = ()
    safety: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    scores: dict[str, str] = {}
    flips: tuple[str, ...] = ()
    weighed: dict[str, Finding] = {}
    not_reached: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.policy not in ("", "none", *Verdict):
            raise ValueError("policy is met, not_met, unknown or none")


class GoldenCase(Struct, frozen=True):
    """A case and the answer it must get on a day; either `text`, or `request` and `facts`."""

    case: str
    says: str
    on: date
    expect: Expected
    policy: str = ""
    request: GivenRequest | None = None
    facts: tuple[GivenFact, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        if bool(self.text) == bool(self.facts or self.request):
            raise ValueError("a case is told either in 'text' or in 'request' and 'facts'")
        if self.expect == Expected():
            raise ValueError("'expect' needs at least one key")


def case_of(given: GoldenCase, where: str, vocabulary: Vocabulary) -> Case:
    """The model case of one told in facts. `where` is named as the source of each fact.

    A drug told without `tried` was used with unknown outcome; a drug told as not present was never used.
    """
    return told(given.request, given.facts, where, vocabulary)


def told(request: GivenRequest | None, facts: tuple[GivenFact, ...], where: str, vocabulary: Vocabulary) -> Case:
    """The model case of a request and facts."""
    made = tuple(_fact(fact, f"{where}, fact {number}", vocabulary) for number, fact in enumerate(facts, 1))
    return Case((), made, _request(request))


def _request(given: GivenRequest | None) -> Request | None:
    if given is None:
        return None
    return Request(passages=(), **{field: getattr(given, field) for field in given.__struct_fields__})


def _fact(given: GivenFact, where: str, vocabulary: Vocabulary) -> Fact:
    polarity = Polarity.PRESENT if given.present else Polarity.ABSENT
    therapy = given.tried
    if therapy is None and given.concept in vocabulary and vocabulary[given.concept].kind in _DRUGS:
        therapy = Therapy(stage=Stage.PAST if given.present else Stage.NEVER)
    return Fact(
        concept=given.concept,
        sources=(Entry(where),),
        assertion=Assertion(polarity, given.certainty, given.time),
        value=given.value,
        result=given.result,
        course=given.course,
        therapy=therapy,
        codes=given.codes,
        on=given.on,
    )


_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS)
