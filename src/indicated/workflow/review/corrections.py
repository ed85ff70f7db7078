"""What people say of a record, laid over what was read. Pure: the same documents and corrections give the same case.

A correction names what was read by its passages, so that it still reaches the same reading when more documents come in:
a retracted fact that another document also tells of stays, on that document's word alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indicated.content.amounts import NotAnAmount, quantity
from indicated.engine.leaves import ATTESTED
from indicated.model.assertion import Assertion, Polarity
from indicated.model.case import Case, Contradiction
from indicated.model.concept import Kind
from indicated.model.errors import Nonsense
from indicated.model.fact import Course, Entry, Fact, Outcome, Result, Source, Stage, Therapy, Tolerance
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity
from indicated.workflow.review.errors import Incomplete, NoSuchFact
from indicated.workflow.review.values import Add, Attest, Claim, Correction, Replace, Retract

_WORDS = TypeVar("_WORDS", bound=StrEnum)
_KEY = 16
_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT)


class SaidBy(Struct, frozen=True):
    """A correction, who made it and when."""

    by: str
    name: str
    at: datetime
    correction: Correction


def fact_key(fact: Fact) -> str:
    """What names a fact in a correction: the same fact has the same key, whatever stands beside it."""
    return hashlib.sha256(msgspec.json.encode(fact, order="deterministic")).hexdigest()[:_KEY]


def settled(correction: Correction, case: Case, knowledge: Knowledge) -> Correction:
    """The correction as it is kept: with the fact that it speaks of. NoSuchFact where the record holds none; Incomplete
    where it lacks a reason or claims what cannot be.
    """
    if not correction.reason.strip():
        raise Incomplete("a correction needs a reason; say on what it rests")
    match correction:
        case Attest():
            return correction
        case Add(claim=claim):
            claimed(claim, knowledge, "check")
            return correction
        case Replace(claim=claim):
            claimed(claim, knowledge, "check")
    found = [fact for fact in case.facts if fact_key(fact) == correction.fact]
    if not found:
        raise NoSuchFact("there is no such fact in the record as it now stands; look at the case again")
    return replace(correction, was=found[0])


def corrected(case: Case, said: Iterable[SaidBy], knowledge: Knowledge) -> Case:
    """The case with the corrections laid over it, in order."""
    for one in said:
        match one.correction:
            case Attest():
                case = _attested(case, one, one.correction)
            case Add(claim=claim):
                case = replace(case, facts=(*case.facts, claimed(claim, knowledge, _where(one))))
            case Replace(claim=claim, was=was):
                case = _without(case, was)
                case = replace(case, facts=(*case.facts, claimed(claim, knowledge, _where(one))))
            case Retract(was=was):
                case = _without(case, was)
    return case


def claimed(claim: Claim, knowledge: Knowledge, where: str) -> Fact:
    """The fact that a person claims. Incomplete where it names no concept, or a word or amount that is none."""
    concept = knowledge.vocabulary.concepts.get(claim.concept)
    if concept is None:
        raise Incomplete("the fact names nothing of the vocabulary; choose a concept from the list")
    drug = concept.kind in _DRUGS
    therapy = None
    if drug or claim.stage or claim.outcome or claim.tolerance:
        stage = _word(Stage, claim.stage, Stage.PAST if claim.present else Stage.NEVER)
        therapy = Therapy(
            stage=stage or Stage.PAST,
            outcome=_word(Outcome, claim.outcome, Outcome.UNKNOWN) or Outcome.UNKNOWN,
            tolerance=_word(Tolerance, claim.tolerance, Tolerance.UNKNOWN) or Tolerance.UNKNOWN,
            duration=_amount(claim.duration, knowledge),
        )
    try:
        return Fact(
            claim.concept,
            (Entry(where),),
            Assertion() if claim.present or drug else Assertion(polarity=Polarity.ABSENT),
            value=_amount(claim.value, knowledge),
            result=_word(Result, claim.result, None),
            course=_word(Course, claim.course, None),
            therapy=therapy,
            on=claim.on,
        )
    except Nonsense as error:
        raise Incomplete(str(error)) from None


def _attested(case: Case, said: SaidBy, attest: Attest) -> Case:
    """With a person's word on a question: their own earlier word gives way, another person's stands beside it."""
    concept, mine = ATTESTED + attest.question, _word_of(said)
    kept = tuple(fact for fact in case.facts if fact.concept != concept or not _entered(fact, mine))
    assertion = Assertion() if attest.met else Assertion(polarity=Polarity.ABSENT)
    return replace(case, facts=(*kept, Fact(concept, (Entry(_where(said)),), assertion)))


def _entered(fact: Fact, prefix: str) -> bool:
    return all(isinstance(source, Entry) and source.where.startswith(prefix) for source in fact.sources)


def _without(case: Case, was: Fact | None) -> Case:
    """The case without what these sources say of the concept."""
    if was is None:
        return case
    gone = frozenset(was.sources)
    kept = tuple(left for fact in case.facts if (left := _less(fact, was.concept, gone)) is not None)
    passages = frozenset(was.passages)
    standing = tuple(
        rest
        for one in case.contradictions
        if (rest := replace(one, passages=tuple(p for p in one.passages if p not in passages)))
        and not _resolved(one, rest)
    )
    return replace(case, facts=kept, contradictions=standing)


def _less(fact: Fact, concept: str, gone: frozenset[Source]) -> Fact | None:
    if fact.concept != concept or gone.isdisjoint(fact.sources):
        return fact
    left = tuple(source for source in fact.sources if source not in gone)
    return replace(fact, sources=left) if left else None


def _resolved(before: Contradiction, after: Contradiction) -> bool:
    """Whether so much of a contradiction is gone that nothing is left to contradict."""
    return len(after.passages) < len(before.passages) and len(after.passages) < 2  # noqa: PLR2004  (it takes two)


def _where(said: SaidBy) -> str:
    return f"{_word_of(said)}, {said.at.date().isoformat()}"


def _word_of(said: SaidBy) -> str:
    return f"entered by {said.name} ({said.by})"


def _amount(text: str, knowledge: Knowledge) -> Quantity | None:
    if not text.strip():
        return None
    try:
        return quantity(text, knowledge.unit_table)
    except NotAnAmount as error:
        raise Incomplete(f"an amount is written as {error.expected}; {error.fix}".rstrip("; ")) from None


def _word(kind: type[_WORDS], text: str, otherwise: _WORDS | None) -> _WORDS | None:
    if not text:
        return otherwise
    try:
        return kind(text)
    except ValueError:
        raise Incomplete(f"a {kind.__name__.lower()} is one of {', '.join(one.value for one in kind)}") from None


def all_of(entries: Sequence[tuple[str, str, datetime, tuple[Correction, ...]]]) -> tuple[SaidBy, ...]:
    """The corrections of entries (who, name, when, what), in order."""
    return tuple(SaidBy(by, name, at, one) for by, name, at, listed in entries for one in listed)
