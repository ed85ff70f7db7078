"""From what a case holds to a determination, its canonical answer, and what differs between two answers. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from indicated.engine import determine
from indicated.engine.facts import AGE
from indicated.explain.data import encode
from indicated.explain.show import as_dict
from indicated.model.case import Case
from indicated.model.decision import digest
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.release import Release
from indicated.workflow import policies
from indicated.workflow.assess import Assessment, answered, assess, current
from indicated.workflow.review.corrections import SaidBy, corrected
from indicated.workflow.review.values import Changed, Determined, PolicyChoice, Undetermined

SEX = "demo.sex"
_BANDS = ((2, "0-1"), (12, "2-11"), (18, "12-17"), (40, "18-39"), (65, "40-64"), (75, "65-74"))
_OLDEST = "75 and over"
_IN_A_YEAR = {"a": 1, "mo": 12, "wk": 52, "d": 365}


class Outcome(Struct, frozen=True):
    """What came of determining: the entry for the history, the determination where there is one, and what counts and
    queues are made from.
    """

    said: Determined | Undetermined
    assessment: Assessment | None
    treatment: str = ""
    condition: str = ""
    payer: str = ""
    age_band: str = ""
    sex: str = ""
    gaps: tuple[str, ...] = ()


def policy_of(choice: PolicyChoice, release: Release, on: date) -> Policy | None:
    """The policy that was chosen, as it is in this release; UnknownPolicy without it."""
    if choice.text.strip():
        return policies.from_text(choice.text, release)
    return policies.named(choice.id, release, on) if choice.id else None


def case_of(documents: Iterable[Document], said: Iterable[SaidBy], release: Release) -> Case:
    """The case as the documents read under a release, with the corrections."""
    from indicated.reading import read

    return corrected(read(tuple(documents), release.lexicon), said, release.knowledge)


def decided(
    documents: Iterable[Document],
    said: Iterable[SaidBy],
    choice: PolicyChoice,
    on: date,
    denial: Document | None = None,
) -> Assessment:
    """The determination under the installed release; the errors of `assess` where nothing can be determined."""
    release = current()
    return assess(case_of(documents, said, release), policy_of(choice, release, on), on, denial)


def again(
    documents: Iterable[Document],
    said: Iterable[SaidBy],
    choice: PolicyChoice,
    on: date,
    release: Release,
    denial: Document | None = None,
) -> Determination:
    """The determination under a release that need not be the installed one, for holding a stored one against it."""
    case = case_of(documents, said, release)
    made = determine(case, release.knowledge, on, policy_of(choice, release, on))
    return msgspec.structs.replace(made, denial=answered(made, denial, release))


def outcome(
    documents: Iterable[Document],
    said: Iterable[SaidBy],
    choice: PolicyChoice,
    on: date,
    number: int,
    denial: Document | None = None,
    *,
    strict: bool = False,
) -> Outcome:
    """The determination as the entry number `number` of its case; Undetermined where nothing can be determined, or,
    where that is `strict`, the error.
    """
    release = current()
    try:
        found = decided(documents, said, choice, on, denial)
    except IndicatedError as error:
        if strict:
            raise
        return Outcome(Undetermined(error.code, str(error)), None)
    return Outcome(
        entry(found, release, number),
        found,
        treatment=found.case.request.treatment if found.case.request is not None else "",
        condition=_condition(found, release),
        payer=found.policy.payer if found.policy is not None else "",
        age_band=_age_band(found.case),
        sex=_sex(found.case, release),
        gaps=tuple(dict.fromkeys(f"{gap.kind.value} {gap.about}" for gap in found.gaps if " " not in gap.about)),
    )


def entry(found: Determination, release: Release, number: int) -> Determined:
    """A determination with its canonical answer and the hashes of both."""
    answer = encode(as_dict(found, release)).encode()
    return Determined(
        number,
        found.on,
        found.release,
        digest(found),
        hashlib.sha256(answer).hexdigest(),
        found.finding,
        found.next_step,
        found.policy_verdict,
        answer,
    )


def differences(before: bytes, after: bytes) -> tuple[Changed, ...]:
    """What differs between two canonical answers: the outcome first, then criteria, gaps and dose."""
    old, new = (_told(msgspec.json.decode(one)) if one else {} for one in (before, after))
    return tuple(
        Changed(what, which, old.get((what, which), ""), new.get((what, which), ""))
        for what, which in dict.fromkeys((*old, *new))
        if old.get((what, which), "") != new.get((what, which), "")
    )


def _told(answer: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(what, which): value for what, which, value in _lines(answer)}


def _lines(answer: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield "finding", "", answer["finding"]
    yield "next_step", "", answer["next_step"]
    standard, policy = answer["standard"], answer["policy"]
    if policy is not None:
        yield "policy", policy["id"], policy["verdict"]
        yield from (("policy_criterion", one["id"], one["verdict"]) for one in policy["criteria"])
    if standard is not None:
        yield "standard", "", standard["id"]
        for one in standard["weighed"][:1]:
            yield from (("criterion", each["id"], each["verdict"]) for each in one["criteria"])
    yield from (("gap", one["text"], one["kind"]) for one in answer["gaps"])
    yield from (("dose", one["standard"], " ".join(one["issues"])) for one in answer["dose"])
    for one in answer["contradictions"]:
        yield "contradiction", one["about"], one["kind"]


def _condition(found: Determination, release: Release) -> str:
    """The condition of the standard that leads, else the first that it is asked for."""
    standard = release.knowledge.standard_table.get(found.lead)
    asked = found.case.request.indications if found.case.request is not None else ()
    return standard.conditions[0] if standard is not None and standard.conditions else next(iter(asked), "")


def _age_band(case: Case) -> str:
    """The band of the age on record; empty where it is told in no or in two ways."""
    told = {fact.value for fact in case.facts if fact.concept == AGE and fact.value is not None}
    years = {one.low / _IN_A_YEAR[one.unit] for one in told if one.low is not None and one.unit in _IN_A_YEAR}
    if len(years) != 1:
        return ""
    [age] = years
    return next((name for end, name in _BANDS if age < end), _OLDEST)


def _sex(case: Case, release: Release) -> str:
    told = {
        fact.concept
        for fact in case.facts
        if fact.present and fact.concept != SEX and SEX in release.knowledge.vocabulary.ancestors(fact.concept)
    }
    return next(iter(told)) if len(told) == 1 else ""
