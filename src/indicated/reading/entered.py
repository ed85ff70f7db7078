"""Facts of documents that are made of entries: which concept an entry names is read from its words, everything else is
as its own fields say.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.fact import EndReason, Fact, Outcome, Quoted, Result, Role, Stage, Therapy, Tolerance
from indicated.model.quantity import Quantity
from indicated.model.record import DataDocument, Record, RecordKind
from indicated.reading.facts import OF_THERAPY, facts_of, holds, told_fact
from indicated.reading.scene import Scene, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Lexicon
    from indicated.reading.codes import Codes
    from indicated.reading.demographics import Demographics
    from indicated.reading.found import RequestFound
    from indicated.reading.results import Results
    from indicated.reading.therapies import TherapyFound
    from indicated.reading.treatments import Treatments

BIRTH_DATE = "demo.birth_date"
_TESTED = frozenset((Kind.LAB, Kind.SCALE, Kind.DEMOGRAPHIC))
_OVER = (Stage.PAST, Stage.NEVER)
_UNREMARKABLE = (Result.NEGATIVE, Result.NORMAL)
_FIGURES = 40
_HCPCS = "hcpcs"


class Parts(NamedTuple):
    """The parts of a reader that entries are read with."""

    lexicon: Lexicon
    codes: Codes
    results: Results
    demographics: Demographics
    treatments: Treatments | None


class Entered(NamedTuple):
    """What the entries of one document say."""

    facts: list[Fact]
    aside: list[Mention]
    request: RequestFound | None


def entered(scene: Scene, parts: Parts) -> Entered:
    """The facts of a document's entries, what is set aside, and what is asked for; nothing of any other document."""
    document = scene.view.document
    if not isinstance(document, DataDocument):
        return Entered([], [], None)
    named = [(record, _named(scene, record, parts)) for record in document.records]
    asked = _asked(scene, named, parts)
    therapies = _therapies(scene, named, parts, asked)
    facts: list[Fact] = []
    aside: list[Mention] = []
    for record, seen in named:
        for made in _made(scene, record, seen, parts, therapies):
            (aside if isinstance(made, Mention) else facts).append(made)  # type: ignore[arg-type]
    return Entered(facts, aside, asked)


def _named(scene: Scene, record: Record, parts: Parts) -> list[Seen]:
    """The concepts that an entry's name names, said as its fields say; by its code where no word is known."""
    inside = [one for one in scene.seen if record.name.holds(*scene.view.span(one.start, one.end))]
    known = [one._replace(assertion=_said(record, one), codes=record.codes or one.codes) for one in inside]
    if known or not record.codes:
        return known
    start, end = scene.view.flat_span(record.name.start, record.name.end)
    vocabulary = parts.lexicon.vocabulary
    for code in record.codes:
        concept = parts.codes.named(code) or _treatment(code, vocabulary)
        if concept is not None:
            number = scene.judge.sentence_at(start)
            kind = vocabulary[concept].kind
            return [Seen(concept, kind, start, end, number, record.assertion, record.codes)]
    return []


def _treatment(code: str, vocabulary: Vocabulary) -> str | None:
    """The narrowest treatment that covers every product billed under an HCPCS code."""
    owners = [one for one in vocabulary.concepts.values() if code in one.codes.get(_HCPCS, ())]
    if not owners:
        return None
    shared = frozenset.intersection(*(vocabulary.ancestors(one.id) for one in owners))
    fit = sorted(one for one in shared if one in vocabulary and vocabulary[one].kind in OF_THERAPY)
    return next((one for one in fit if all(vocabulary.is_a(one, other) for other in fit)), None)


def _said(record: Record, seen: Seen) -> Assertion:
    """The entry's axes; where they are as by default, those that its words set (`family history of ...`)."""
    told, plain = record.assertion, Assertion()
    if record.kind is RecordKind.TEST:
        return told
    because = [
        cue for cue in seen.assertion.because if cue.start is not None and record.name.holds(cue.start, cue.end or 0)
    ]
    axes = (
        ("polarity", "certainty", "subject")
        if record.stage is not None
        else ("polarity", "certainty", "time", "subject")
    )
    because = [cue for cue in because if cue.axis in axes and getattr(told, cue.axis) == getattr(plain, cue.axis)]
    kept = {cue.axis: getattr(seen.assertion, cue.axis) for cue in because}
    said = replace(told, because=tuple(because), **kept)
    over = said.time is Time.RESOLVED and said.certainty is not Certainty.RULED_OUT
    return replace(said, polarity=Polarity.PRESENT) if over else said


def _asked(scene: Scene, named: Sequence[tuple[Record, list[Seen]]], parts: Parts) -> RequestFound | None:
    """The request, read from the entries that ask for something; conditions of other entries stay in sight."""
    asking = [record for record, _ in named if record.kind is RecordKind.REQUEST]
    if parts.treatments is None or not asking:
        return None
    drugs = [one for record, seen in named if record.kind is RecordKind.REQUEST for one in seen]
    why = [one for one in scene.seen if one.kind not in OF_THERAPY and _within(scene, one, asking)]
    if not any(one.kind is Kind.CONDITION for one in why):
        why += [one for record, seen in named if record.kind is RecordKind.CLAIM for one in seen if _sure(one)]
    seen = sorted([*drugs, *why], key=lambda one: (one.start, one.end))
    found = parts.treatments.request(replace(scene, seen=seen))
    if found is None:
        return None
    lines = " ".join(scene.view.document.text[record.whole.start : record.whole.end] for record in asking)
    codes = tuple(code for code in found.request.codes if code in lines)
    return replace(found, request=replace(found.request, codes=codes or found.request.codes))


def _sure(seen: Seen) -> bool:
    """Whether a condition is the patient's, surely and now, so that what is asked may be for it."""
    said = seen.assertion
    return said.certainty is Certainty.CONFIRMED and said.time is Time.CURRENT and said.polarity is Polarity.PRESENT


def _within(scene: Scene, seen: Seen, records: Iterable[Record]) -> bool:
    span = scene.view.span(seen.start, seen.end)
    return any(record.whole.holds(*span) for record in records)


def _therapies(
    scene: Scene, named: Sequence[tuple[Record, list[Seen]]], parts: Parts, asked: RequestFound | None
) -> dict[tuple[int, str], TherapyFound]:
    """What the words of the entries say of each drug: dose, route, outcome."""
    if parts.treatments is None:
        return {}
    drugs = [
        one._replace(assertion=Assertion())
        for record, seen in named
        for one in seen
        if one.kind in OF_THERAPY and record.kind is not RecordKind.TEST
    ]
    found = parts.treatments.therapies(replace(scene, seen=sorted(drugs, key=lambda one: (one.start, one.end))), asked)
    return {(one.mention.start, one.mention.concept): one for one in found}


def _made(
    scene: Scene,
    record: Record,
    seen: Sequence[Seen],
    parts: Parts,
    therapies: dict[tuple[int, str], TherapyFound],
) -> Iterable[Fact | Mention]:
    if record.kind is RecordKind.BIRTH:
        yield Fact(BIRTH_DATE, (_quoted(scene, record),), on=record.on)
    elif record.kind is RecordKind.PATIENT:
        told = (
            one for one in parts.demographics.find(scene) if record.whole.holds(*scene.view.span(one.start, one.end))
        )
        yield from (fact for one in told if (fact := told_fact(scene, one)) is not None)
    elif record.kind is RecordKind.TEST:
        yield from _tested(scene, record, seen, parts)
    else:
        for one in _once(seen, therapies):
            if one.kind in OF_THERAPY:
                yield _therapy(scene, record, one, therapies.get((one.start, one.concept)))
            elif record.kind is RecordKind.CLAIM:
                yield _claim(scene, record, one)


def _once(seen: Sequence[Seen], therapies: dict[tuple[int, str], TherapyFound]) -> Iterable[Seen]:
    """Each concept that an entry names once; of a drug the mention beside which its dose stands."""
    by_concept: dict[str, Seen] = {}
    for one in seen:
        found = therapies.get((one.start, one.concept))
        dosed = found is not None and found.therapy is not None and found.therapy.regimen is not None
        if dosed or one.concept not in by_concept:
            by_concept[one.concept] = one
    return by_concept.values()


def _quoted(scene: Scene, record: Record) -> Quoted:
    return Quoted(scene.view.document.passage(record.name.start, record.name.end))


def _claim(scene: Scene, record: Record, seen: Seen) -> Fact | Mention:
    """A diagnosis or procedure. What is over was there; what is planned, or of a relative, is set aside."""
    passage = scene.passage(seen.start, seen.end)
    if not holds(seen.assertion):
        return Mention(seen.concept, passage, seen.assertion)
    return Fact(
        seen.concept, (Quoted(passage),), seen.assertion, codes=seen.codes, on=record.on, approximate=seen.approximate
    )


def _tested(scene: Scene, record: Record, seen: Sequence[Seen], parts: Parts) -> Iterable[Fact | Mention]:
    """A measurement: value and result as entered. What no field says is read from the words of the line."""
    first = next((one for one in seen if one.kind in _TESTED), None)
    value = _value(record, parts) if first is not None else None
    if first is not None and value is not None:
        usual = parts.lexicon.vocabulary[first.concept].unit
        if usual and parts.lexicon.unit_table.convert(value, usual) is None:
            yield Mention(
                first.concept,
                scene.passage(first.start, first.end),
                replace(first.assertion, certainty=Certainty.POSSIBLE),
            )
            return
        value_at = record.value or record.name
        spoken = (scene.view.document.passage(value_at.start, value_at.end), scene.passage(first.start, first.end))
        sources = tuple(map(Quoted, spoken))
        result = None if first.kind is Kind.DEMOGRAPHIC else record.result
        yield Fact(first.concept, sources, first.assertion, value=value, result=result, on=record.on)
        return
    yield from _worded(scene, record, seen, parts)


def _worded(scene: Scene, record: Record, seen: Sequence[Seen], parts: Parts) -> Iterable[Fact | Mention]:
    """What the line says in words, as any line is read."""
    mine = replace(scene, seen=list(seen))
    facts, aside = facts_of(mine, parts.lexicon, parts.results.find(mine))
    for fact in facts:
        told = record.result or fact.result
        polarity = fact.assertion.polarity
        if told is not None and parts.lexicon.vocabulary[fact.concept].kind is Kind.ANTIBODY:
            polarity = Polarity.ABSENT if told in _UNREMARKABLE else Polarity.PRESENT
        yield replace(fact, result=told, on=record.on or fact.on, assertion=replace(fact.assertion, polarity=polarity))
    yield from aside


def _value(record: Record, parts: Parts) -> Quantity | None:
    """The amount in a unit of our table; None where it is no number or the unit is not known."""
    unit = parts.lexicon.unit_table.named(record.unit) if record.unit else None
    try:
        amount = Decimal(record.amount)
    except InvalidOperation:
        return None
    if unit is None or not amount.is_finite() or len(record.amount) > _FIGURES:
        return None
    if record.sign.startswith("<"):
        return Quantity(None, amount, unit.code, high_open=record.sign == "<")
    if record.sign.startswith(">"):
        return Quantity(amount, None, unit.code, low_open=record.sign == ">")
    return Quantity(amount, amount, unit.code)


def _therapy(scene: Scene, record: Record, seen: Seen, found: TherapyFound | None) -> Fact | Mention:
    """A drug: where it stands as the entry says; its dose and, by the reason given, what came of it as words say."""
    passage = scene.passage(seen.start, seen.end)
    said = seen.assertion
    asked = record.kind is RecordKind.REQUEST
    if said.subject is not Subject.PATIENT or said.certainty is Certainty.RULED_OUT:
        return Mention(seen.concept, passage, said)
    stage = Stage.REQUESTED if asked else record.stage or _stage_of(said)
    spoken = found.therapy if found is not None else None
    told = spoken or Therapy()
    if not _of_reason(scene, record, found):
        told = replace(told, outcome=Outcome.UNKNOWN, tolerance=Tolerance.UNKNOWN, end_reason=None)
    therapy = replace(
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
    return Fact(concept, (Quoted(passage),), said, therapy=therapy, approximate=seen.approximate)


def _stage_of(said: Assertion) -> Stage:
    """Where a therapy stands that is entered as a procedure."""
    if said.polarity is Polarity.ABSENT:
        return Stage.NEVER
    return Stage.PLANNED if said.time is Time.PLANNED else Stage.CURRENT if said.time is Time.CURRENT else Stage.PAST


def _end(reason: EndReason | None, stage: Stage) -> EndReason | None:
    return reason if stage is Stage.PAST else None


def _of_reason(scene: Scene, record: Record, found: TherapyFound | None) -> bool:
    """Whether the words that tell what came of a drug stand in the reason that the entry gives."""
    if record.reason is None or found is None:
        return False
    spans = (scene.view.span(start, end) for start, end in found.because)
    return any(start < record.reason.end and record.reason.start < end for start, end in spans)
