"""What one entry says, as a fact or as a mention set aside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.fact import EndReason, Fact, Outcome, Quoted, Result, Role, Stage, Therapy, Tolerance
from indicated.model.quantity import Quantity
from indicated.model.record import Record
from indicated.reading.facts import holds
from indicated.reading.quantities import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.model.lexicon import Lexicon
    from indicated.reading.scene import Scene, Seen
    from indicated.reading.therapy_mentions import TherapyFound

_TESTED = frozenset((Kind.LAB, Kind.SCALE, Kind.DEMOGRAPHIC))
_SEEN = (Kind.FINDING, Kind.CONDITION)
"""What is there or is not; only tests have results."""
_OVER = (Stage.PAST, Stage.NEVER)
_UNREMARKABLE = (Result.NEGATIVE, Result.NORMAL)
_FIGURES = 40


def claim(scene: Scene, record: Record, seen: Seen) -> Fact | Mention:
    """A diagnosis or procedure. What is over was there; what is planned, or of a relative, is set aside."""
    passage = scene.passage(seen.start, seen.end)
    if not holds(seen.assertion):
        return Mention(seen.concept, passage, seen.assertion)
    return Fact(
        seen.concept, (Quoted(passage),), seen.assertion, codes=seen.codes, on=record.on, approximate=seen.approximate
    )


def measurement(scene: Scene, record: Record, seen: Sequence[Seen], lexicon: Lexicon) -> Fact | Mention | None:
    """The value and result of a test as entered; set aside in a unit that the test cannot have; None where no amount is
    told, so that the words must say it.
    """
    first = next((one for one in seen if one.kind in _TESTED), None)
    value = _value(record, lexicon) if first is not None else None
    if first is None or value is None:
        return None
    usual = lexicon.vocabulary[first.concept].unit
    named = scene.passage(first.start, first.end)
    if usual and lexicon.unit_table.convert(value, usual) is None:
        return Mention(first.concept, named, replace(first.assertion, certainty=Certainty.POSSIBLE))
    at = record.value or record.name
    sources = (Quoted(scene.view.document.passage(at.start, at.end)), Quoted(named))
    result = None if first.kind is Kind.DEMOGRAPHIC else record.result
    return Fact(first.concept, sources, first.assertion, value=value, result=result, on=record.on)


def worded(record: Record, fact: Fact, lexicon: Lexicon) -> Fact:
    """What the words of a test say, with the day and the interpretation of its fields."""
    kind = lexicon.vocabulary[fact.concept].kind
    told = fact.result if kind in _SEEN else record.result or fact.result
    said = fact.assertion
    if told is not None and kind is Kind.ANTIBODY:
        said = replace(said, polarity=Polarity.ABSENT if told in _UNREMARKABLE else Polarity.PRESENT)
    return replace(fact, result=told, on=record.on or fact.on, assertion=said)


def _value(record: Record, lexicon: Lexicon) -> Quantity | None:
    """The amount in a unit of our table; None where it is no number or the unit is not known."""
    unit = lexicon.unit_table.named(record.unit) if record.unit else None
    try:
        amount = Decimal(record.amount)
    except InvalidOperation:
        return None
    if unit is None or not amount.is_finite() or len(record.amount) > _FIGURES:
        return None
    return compared(amount, amount, unit.code, record.sign)


def therapy(scene: Scene, record: Record, seen: Seen, found: TherapyFound | None, *, asked: bool) -> Fact | Mention:
    """A drug: where it stands as the entry says; its dose and, by the reason given, what came of it as words say."""
    passage = scene.passage(seen.start, seen.end)
    said = seen.assertion
    denied = record.stage is None and said.polarity is not Polarity.PRESENT  # once not done is not never
    if said.subject is not Subject.PATIENT or said.certainty is Certainty.RULED_OUT or denied:
        return Mention(seen.concept, passage, said)
    stage = Stage.REQUESTED if asked else record.stage or _stage_of(said)
    spoken = found.therapy if found is not None else None
    told = spoken or Therapy()
    if not _of_reason(scene, record, found):
        told = replace(told, outcome=Outcome.UNKNOWN, tolerance=Tolerance.UNKNOWN, end_reason=None)
    episode = replace(
        told,
        stage=stage,
        role=Role.REQUESTED if asked else told.role if told.role is not Role.REQUESTED else Role.PRIOR_STEP,
        tolerance=record.tolerance or told.tolerance,
        end_reason=_end(told.end_reason, stage),
        started=record.started,
        ended=record.ended,
    )
    time = Time.PAST if stage in _OVER else Time.PLANNED if stage is Stage.PLANNED else Time.CURRENT
    polarity = Polarity.ABSENT if stage is Stage.NEVER else Polarity.PRESENT
    said = replace(said, polarity=polarity, time=time)
    if stage is Stage.PLANNED:
        return Mention(seen.concept, passage, said)
    concept = found.concept if found is not None else seen.concept
    return Fact(concept, (Quoted(passage),), said, therapy=episode, approximate=seen.approximate)


def _stage_of(said: Assertion) -> Stage:
    """Where a therapy stands that is entered as a procedure or an answer."""
    return Stage.PLANNED if said.time is Time.PLANNED else Stage.CURRENT if said.time is Time.CURRENT else Stage.PAST


def _end(reason: EndReason | None, stage: Stage) -> EndReason | None:
    return reason if stage is Stage.PAST else None


def _of_reason(scene: Scene, record: Record, found: TherapyFound | None) -> bool:
    """Whether the words that tell what came of a drug stand in the reason that the entry gives."""
    if record.reason is None or found is None:
        return False
    spans = (scene.view.span(start, end) for start, end in found.because)
    return any(start < record.reason.end and record.reason.start < end for start, end in spans)
