"""Facts of documents that are made of entries: which concept an entry names is read from its words, everything else is
as its own fields say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Quoted
from indicated.model.record import DataDocument, Record, RecordKind, Span
from indicated.reading.entered_facts import claim, measurement, therapy, worded
from indicated.reading.facts import facts_of, told_fact
from indicated.reading.found import DRUG_KINDS
from indicated.reading.identity import BIRTH_DATE
from indicated.reading.lab_tables import Table
from indicated.reading.scene import Scene, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.lexicon import Lexicon
    from indicated.reading.billing import Billing
    from indicated.reading.codes import Codes
    from indicated.reading.demographics import Demographics, Told
    from indicated.reading.found import RequestFound
    from indicated.reading.results import Results
    from indicated.reading.therapy_mentions import TherapyFound
    from indicated.reading.treatments import Treatments

    _Named = Sequence[tuple[Record, list[Seen]]]
    """The entries with what each names."""

_ASKED = (Kind.TREATMENT, Kind.PRODUCT)


class Parts(NamedTuple):
    """The parts of a reader that entries are read with."""

    lexicon: Lexicon
    codes: Codes
    results: Results
    demographics: Demographics
    billing: Billing
    treatments: Treatments | None


class Entered(NamedTuple):
    """What the entries of one document say."""

    facts: list[Fact]
    aside: list[Mention]
    request: RequestFound | None


class _Told(NamedTuple):
    """What words say, read once for the whole document: of drugs, of tests without an amount, of the patient."""

    therapies: dict[tuple[int, str], TherapyFound]
    lines: dict[int, list[Fact | Mention]]
    people: list[Told]
    asked: RequestFound | None


def entered(scene: Scene, parts: Parts) -> Entered:
    """The facts of a document's entries, what is set aside, and what is asked for; nothing of any other document."""
    document = scene.view.document
    if not isinstance(document, DataDocument):
        return Entered([], [], None)
    starts = [scene.view.span(one.start, one.end)[0] for one in scene.seen]
    named = [(record, _named(scene, record, starts, parts)) for record in document.records]
    asked = _asked(scene, named, starts, parts)
    told = _Told(
        _therapies(scene, named, parts, asked), _worded(scene, named, parts), parts.demographics.find(scene), asked
    )
    facts: list[Fact] = []
    aside: list[Mention] = []
    for record, seen in named:
        for made in _made(scene, record, seen, parts, told):
            (aside if isinstance(made, Mention) else facts).append(made)  # type: ignore[arg-type]
    return Entered(facts, aside, asked)


def _inside(scene: Scene, span: Span, starts: Sequence[int]) -> list[Seen]:
    """The mentions whose words stand in a span of the text; `starts` says where the words of each begin."""
    near = scene.seen[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    return [one for one in near if span.holds(*scene.view.span(one.start, one.end))]


def _named(scene: Scene, record: Record, starts: Sequence[int], parts: Parts) -> list[Seen]:
    """The concepts that an entry's name names, said as its fields say; by its code where no word is known."""
    inside = _inside(scene, record.name, starts)
    known = [one._replace(assertion=_said(record, one), codes=record.codes or one.codes) for one in inside]
    if known or not record.codes:
        return known
    start, end = scene.view.flat_span(record.name.start, record.name.end)
    vocabulary = parts.lexicon.vocabulary
    for code in record.codes:
        concept = parts.codes.named(code) or parts.billing.named(code)
        if concept:
            number = scene.judge.sentence_at(start)
            kind = vocabulary[concept].kind
            return [Seen(concept, kind, start, end, number, record.assertion, record.codes)]
    return []


def _said(record: Record, seen: Seen) -> Assertion:
    """The entry's axes; where they are as by default, those that the words of its name (`family history of ...`) or of
    its value (`absent`) set.
    """
    told, plain = record.assertion, Assertion()
    spoken = [record.name]
    if record.kind is RecordKind.TEST and record.value is not None and not record.amount:
        spoken.append(record.value)
    because = [
        cue
        for cue in seen.assertion.because
        if cue.start is not None and any(span.holds(cue.start, cue.end or 0) for span in spoken)
    ]
    spoke = tuple(because)
    timeless = record.stage is not None or record.kind is RecordKind.TEST
    axes = ("polarity", "certainty", "subject") if timeless else ("polarity", "certainty", "time", "subject")
    because = [cue for cue in because if cue.axis in axes and getattr(told, cue.axis) == getattr(plain, cue.axis)]
    kept = {cue.axis: getattr(seen.assertion, cue.axis) for cue in because}
    said = replace(told, because=tuple(because), **kept)
    denying = (cue for cue in spoke if cue.axis == "polarity" and cue.value == Polarity.ABSENT)
    if told.polarity is Polarity.ABSENT and any(record.name.holds(cue.start or 0, cue.end or 0) for cue in denying):
        return replace(said, polarity=Polarity.NOT_DOCUMENTED)  # `free of infection: no` says neither
    over = said.time is Time.RESOLVED and said.certainty is not Certainty.RULED_OUT
    return replace(said, polarity=Polarity.PRESENT) if over else said


def _asked(scene: Scene, named: _Named, starts: Sequence[int], parts: Parts) -> RequestFound | None:
    """The request, read from the entries that ask for something, else from orders of a treatment that are under way;
    for what they give as the reason, else for what the patient has.
    """
    asking = [(record, seen) for record, seen in named if record.kind is RecordKind.REQUEST]
    found = _asked_by(asking, scene, named, starts, parts)
    if found is None:
        ordered = [(record, [one for one in seen if one.kind in _ASKED]) for record, seen in named if record.asks]
        found = _asked_by([pair for pair in ordered if pair[1]], scene, named, starts, parts)
    return found


def _asked_by(asking: _Named, scene: Scene, named: _Named, starts: Sequence[int], parts: Parts) -> RequestFound | None:
    """The request that these entries make."""
    if parts.treatments is None or not asking:
        return None
    drugs = [one for _, seen in asking for one in seen]
    lines = [one for record, _ in asking for one in _inside(scene, record.whole, starts)]
    why = [one for one in lines if one.kind not in DRUG_KINDS]
    if not any(one.kind is Kind.CONDITION for one in why):
        why += [one for record, seen in named if record.kind is RecordKind.CLAIM for one in seen if _sure(one)]
    found = parts.treatments.request(_with(scene, [*drugs, *why]))
    if found is None:
        return None
    words = " ".join(scene.view.document.text[record.whole.start : record.whole.end] for record, _ in asking)
    codes = tuple(code for code in found.request.codes if code in words)
    return replace(found, request=replace(found.request, codes=codes or found.request.codes))


def _with(scene: Scene, seen: Iterable[Seen]) -> Scene:
    """The same document with these mentions only."""
    return replace(scene, seen=sorted(seen, key=lambda one: (one.start, one.end)))


def _sure(seen: Seen) -> bool:
    """Whether a condition is the patient's, surely and now, so that what is asked may be for it."""
    said = seen.assertion
    return said.certainty is Certainty.CONFIRMED and said.time is Time.CURRENT and said.polarity is Polarity.PRESENT


def _therapies(
    scene: Scene, named: _Named, parts: Parts, asked: RequestFound | None
) -> dict[tuple[int, str], TherapyFound]:
    """What the words of the entries say of each drug: dose, route, outcome."""
    if parts.treatments is None:
        return {}
    drugs = [
        one._replace(assertion=Assertion())
        for record, seen in named
        for one in seen
        if one.kind in DRUG_KINDS and record.kind is not RecordKind.TEST
    ]
    found = parts.treatments.therapies(_with(scene, drugs), asked)
    return {(one.mention.start, one.mention.concept): one for one in found}


def _worded(scene: Scene, named: _Named, parts: Parts) -> dict[int, list[Fact | Mention]]:
    """What the words say in the lines of tests that have no amount, by where the line starts."""
    lines = [(record, seen) for record, seen in named if record.kind is RecordKind.TEST]
    left = [
        (record, seen) for record, seen in lines if seen and measurement(scene, record, seen, parts.lexicon) is None
    ]
    silent = _silent(scene, left, parts)
    mine = _with(scene, [one for _, seen in left for one in seen if one.start not in silent])
    facts, aside = facts_of(mine, parts.lexicon, parts.results.find(mine), Table({}, []))
    aside += [
        Mention(
            one.concept, scene.passage(one.start, one.end), replace(one.assertion, polarity=Polarity.NOT_DOCUMENTED)
        )
        for one in silent.values()
    ]
    starts = [record.whole.start for record, _ in left]
    by_line: dict[int, list[Fact | Mention]] = {}
    for fact in facts:
        record = left[bisect_right(starts, fact.passages[0].start) - 1][0]
        by_line.setdefault(record.whole.start, []).append(worded(record, fact, parts.lexicon))
    for one in aside:
        record = left[bisect_right(starts, one.passage.start) - 1][0]
        by_line.setdefault(record.whole.start, []).append(one)
    return by_line


def _silent(scene: Scene, left: _Named, parts: Parts) -> dict[int, Seen]:
    """The antibodies whose test shows nothing that is known: a bare figure, `see note`. In a sentence to name one is to
    have found it; in a list of tests it is not.
    """
    mine = _with(scene, [one for record, seen in left if record.result is None for one in seen])
    shown = parts.results.find(mine)
    return {
        one.start: one
        for at, one in enumerate(mine.seen)
        if one.kind is Kind.ANTIBODY and at not in shown and one.assertion.polarity is Polarity.PRESENT
    }


def _made(scene: Scene, record: Record, seen: Sequence[Seen], parts: Parts, told: _Told) -> Iterable[Fact | Mention]:
    if record.kind is RecordKind.BIRTH:
        passage = scene.view.document.passage(record.name.start, record.name.end)
        yield Fact(BIRTH_DATE, (Quoted(passage),), on=record.on)
    elif record.kind is RecordKind.PATIENT:
        mine = (one for one in told.people if record.whole.holds(*scene.view.span(one.start, one.end)))
        yield from (fact for one in mine if (fact := told_fact(scene, one)) is not None)
    elif record.kind is RecordKind.TEST:
        measured = measurement(scene, record, seen, parts.lexicon)
        yield from told.lines.get(record.whole.start, ()) if measured is None else (measured,)
    else:
        for one in _once(seen, told.therapies):
            if one.kind in DRUG_KINDS:
                found = told.therapies.get((one.start, one.concept))
                yield therapy(scene, record, one, found, asked=_asks(scene, record, told.asked))
            elif record.kind is RecordKind.CLAIM:
                yield claim(scene, record, one)


def _asks(scene: Scene, record: Record, asked: RequestFound | None) -> bool:
    """Whether the entry asks for something, or is the order that was taken as the request."""
    if record.kind is RecordKind.REQUEST or asked is None:
        return record.kind is RecordKind.REQUEST
    return record.asks and record.whole.holds(*scene.view.span(asked.mention.start, asked.mention.end))


def _once(seen: Sequence[Seen], therapies: dict[tuple[int, str], TherapyFound]) -> Iterable[Seen]:
    """Each concept that an entry names once; of a drug the mention beside which its dose stands."""
    by_concept: dict[str, Seen] = {}
    for one in seen:
        found = therapies.get((one.start, one.concept))
        dosed = found is not None and found.therapy is not None and found.therapy.regimen is not None
        if dosed or one.concept not in by_concept:
            by_concept[one.concept] = one
    return by_concept.values()
