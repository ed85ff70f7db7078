"""Facts from mentions: what each kind of concept needs to become a claim about this patient."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time, Voice
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Quoted, Result
from indicated.reading.found import DRUG_KINDS
from indicated.reading.measurements import TITRE
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from indicated.model.lexicon import Lexicon
    from indicated.model.text import Passage
    from indicated.reading.demographics import Told
    from indicated.reading.found import Measured
    from indicated.reading.grades import Graded
    from indicated.reading.lab_tables import Table
    from indicated.reading.results import ResultSeen
    from indicated.reading.scene import Scene, Seen

_TESTED = frozenset((Kind.LAB, Kind.SCALE))
_NOT_YET = (Time.PLANNED, Time.HYPOTHETICAL)
_NEAR = 24
_TESTED_FOR = ("undocumented.tested_for", "undocumented.testing_of")
_LISTS = lazily(r" ?(?::|\(|(?:for|of|including|includes|included|with) )")


def holds(said: Assertion) -> bool:
    """Whether something said so is a claim about this patient now or before."""
    return said.makes_fact and said.time not in _NOT_YET and said.polarity is not Polarity.NOT_DOCUMENTED


def facts_of(
    scene: Scene, lexicon: Lexicon, results: Mapping[int, list[ResultSeen]], table: Table
) -> tuple[list[Fact], list[Mention]]:
    """Facts and mentions set aside, of everything that is not a therapy."""
    values, ranges = table.values, _Covered(table.covers)
    results = {at: kept for at, said in results.items() if (kept := [one for one in said if one not in ranges])}
    found: list[Fact] = []
    aside: list[Mention] = []
    for at, seen in enumerate(scene.seen):
        if seen.kind is Kind.DEMOGRAPHIC or (seen.kind in DRUG_KINDS and seen.assertion.makes_fact):
            continue
        if seen.kind is Kind.ANTIBODY:
            seen = _resulted(scene, seen, told=at in results or at in values)  # noqa: PLW2901 - the same, as its result has it
        if not holds(seen.assertion):
            aside.append(Mention(seen.concept, scene.passage(seen.start, seen.end), seen.assertion))
        elif seen.kind in _TESTED:
            found += _measurements(scene, seen, results.get(at, []), values.get(at, []))
        elif seen.kind is Kind.ANTIBODY:
            found.append(_antibody(scene, seen, results.get(at, []), values.get(at, [])))
        else:
            found += _panel(scene, seen, results.get(at, []), lexicon)
            found.append(_claim(scene, seen))
    return found, aside


def _claim(scene: Scene, seen: Seen) -> Fact:
    """The mention as it was said; what has resolved was there."""
    passage = scene.passage(seen.start, seen.end)
    day = _day(scene, seen)
    said = seen.assertion
    if said.time is Time.RESOLVED and said.certainty is not Certainty.RULED_OUT:
        said = replace(said, polarity=Polarity.PRESENT)
    return Fact(seen.concept, (Quoted(passage),), said, codes=seen.codes, on=day, approximate=seen.approximate)


class _Covered:
    """The spans where laboratories' own ranges stand: a result word in one (`normal 30-200`) says nothing."""

    __slots__ = ("_spans",)

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def __contains__(self, one: ResultSeen) -> bool:
        at = bisect_right(self._spans, (one.start, one.end))
        return any(start <= one.start and one.end <= end for start, end in self._spans[max(0, at - 2) : at + 1])


def _measurements(scene: Scene, seen: Seen, results: Sequence[ResultSeen], values: Sequence[Measured]) -> list[Fact]:
    """One fact for each value, with the result word beside it or what it says held against the range told with it. A
    lab that was only named makes none.
    """
    said = replace(seen.assertion, polarity=Polarity.PRESENT)
    left = list(results)
    made: list[Fact] = []
    for at, value in enumerate(values):
        nearest = min(left, key=lambda one: abs(one.start - value.start), default=None)
        if nearest is not None and len(values) > 1 and not _beside(nearest, value):
            nearest = None
        if nearest is not None:
            left.remove(nearest)
        whole = at == 0 and not value.also
        passage = _spanning(scene, seen, value.start, value.end) if whole else scene.passage(value.start, value.end)
        also = tuple(Quoted(scene.passage(start, end)) for start, end in (*value.covers, *value.also))
        result = nearest.result if nearest is not None else value.result
        told = _timed(said, value, passage.end, values[at - 1] if at else None)
        sources = tuple(dict.fromkeys((Quoted(passage), *also)))
        made.append(Fact(value.concept, sources, told, value=value.value, result=result, on=value.on))
    told_results = {fact.result for fact in made}
    for one in left:
        if one.result not in told_results:
            told_results.add(one.result)
            passage = _spanning(scene, seen, one.start, one.end)
            day = scene.day_after(one.end) or _day(scene, seen)
            made.append(Fact(seen.concept, (Quoted(passage),), said, result=one.result, on=day))
    return made


def _timed(said: Assertion, value: Measured, end: int, last: Measured | None) -> Assertion:
    """How a value of a series was said: an earlier one is past; words after one (`35% (previously 60%)`) are of the
    next, and those after an earlier one (`55% before treatment and 62%`) are its own.
    """
    if value.earlier:
        return replace(said, time=Time.PAST) if said.time is Time.CURRENT else said
    others = tuple(
        cue
        for cue in said.because
        if cue.axis == "time" and cue.start is not None
        if cue.start >= end or (last is not None and last.earlier and last.end <= cue.start < value.start)
    )
    if said.time is not Time.PAST or not others:
        return said
    return replace(said, time=Time.CURRENT, because=tuple(cue for cue in said.because if cue not in others))


def _beside(result: ResultSeen, value: Measured) -> bool:
    return -_NEAR <= result.start - value.end <= _NEAR or 0 <= value.start - result.end <= _NEAR


def _antibody(scene: Scene, seen: Seen, results: Sequence[ResultSeen], values: Sequence[Measured]) -> Fact:
    """Positive unless it is denied; a result word decides where there is one, else the value against what is told
    beside it. A value that nothing is told of leaves open whether it is positive.
    """
    value = values[0] if values else None
    result = results[0].result if results else None
    if result is None and value is not None and seen.assertion.polarity is not Polarity.ABSENT:
        result, sure = _of_value(value)
    else:
        sure = True
    if result is None:
        result = Result.NEGATIVE if seen.assertion.polarity is Polarity.ABSENT else Result.POSITIVE
    polarity = Polarity.ABSENT if result is Result.NEGATIVE else Polarity.PRESENT
    because = tuple(cue for cue in seen.assertion.because if cue.axis != "polarity" or cue.value == polarity)
    said = replace(seen.assertion, polarity=polarity, because=because)
    if not sure and said.certainty is Certainty.CONFIRMED:
        said = replace(said, certainty=Certainty.POSSIBLE)
    ends = [(seen.start, seen.end), *((one.start, one.end) for one in results[:1])]
    ends += [(value.start, value.end)] if value is not None else []
    start, end = min(one for one, _ in ends), max(one for _, one in ends)
    covers = value.covers if value is not None else ()
    sources = tuple(dict.fromkeys(Quoted(scene.passage(*span)) for span in ((start, end), *covers)))
    day = value.on if value is not None and value.on is not None else _day(scene, seen)
    day = day or (scene.day_after(results[0].end) if results else None)
    told = value.value if value is not None else None
    return Fact(seen.concept, sources, said, value=told, result=result if sure else None, on=day)


def _resulted(scene: Scene, seen: Seen, *, told: bool) -> Seen:
    """An antibody as its result has it: what was only tested for is there where a result says so, and what a panel
    lists without a result is neither there nor not.
    """
    polarity, others = seen.assertion.polarity, [cue for cue in seen.assertion.because if cue.axis != "polarity"]
    if told and polarity is Polarity.NOT_DOCUMENTED and any(cue.rule in _TESTED_FOR for cue in seen.assertion.because):
        return seen._replace(assertion=replace(seen.assertion, polarity=Polarity.PRESENT, because=tuple(others)))
    if told or polarity is not Polarity.PRESENT or len(others) < len(seen.assertion.because):
        return seen
    led = [one for one in scene.of_sentence(seen.sentence) if one.kind is Kind.STUDY and one.end <= seen.start]
    if not led or not _LISTS.match(scene.view.flat, led[-1].end):
        return seen
    return seen._replace(assertion=replace(seen.assertion, polarity=Polarity.NOT_DOCUMENTED))


def _of_value(value: Measured) -> tuple[Result | None, bool]:
    """What an antibody's value says, and whether it is sure: below the lowest that is measured it is negative, above
    the highest, or as a titre, positive.
    """
    if value.result is not None:
        unremarkable = value.result in (Result.NORMAL, Result.LOW, Result.NEGATIVE)
        return (Result.NEGATIVE if unremarkable else Result.POSITIVE), True
    if value.value.low is None:
        return Result.NEGATIVE, True
    return Result.POSITIVE, value.value.high is None or value.value.unit == TITRE


def _panel(scene: Scene, seen: Seen, results: Sequence[ResultSeen], lexicon: Lexicon) -> Iterator[Fact]:
    """What a panel that was negative as a whole says of each test in it; nothing where one of them was positive."""
    tests = lexicon.vocabulary[seen.concept].panel
    denied = seen.assertion.polarity is Polarity.ABSENT
    negative = next((one for one in results if one.result in (Result.NEGATIVE, Result.NORMAL)), None)
    if not tests or negative is None or denied:
        return
    beside = scene.of_sentence(seen.sentence)
    if any(lexicon.vocabulary.is_a(one.concept, test) for one in beside for test in tests):
        return
    passage = _spanning(scene, seen, negative.start, negative.end)
    said = replace(seen.assertion, polarity=Polarity.ABSENT)
    day = scene.day_after(negative.end) or _day(scene, seen)
    for test in tests:
        yield Fact(test, (Quoted(passage),), said, result=Result.NEGATIVE, on=day)


def _spanning(scene: Scene, seen: Seen, start: int, end: int) -> Passage:
    return scene.passage(min(seen.start, start), max(seen.end, end))


def _day(scene: Scene, seen: Seen) -> date | None:
    """The date that stands right after the mention (`parainfluenza (8/16/24)`, `biopsy in May 2024`), else the one that
    heads its sentence; that is not the day of what was before, nor of a disease that is had.
    """
    after = scene.day_after(seen.end)
    had = seen.kind is Kind.CONDITION and seen.assertion.polarity is Polarity.PRESENT
    return after if after or had or seen.assertion.time is not Time.CURRENT else scene.day_of(seen.sentence)


def graded_fact(scene: Scene, graded: Graded) -> Fact | Mention:
    """A graded finding as a fact, or as a mention set aside when it is not of this patient."""
    said = replace(scene.judge.judge(graded.start, graded.end), polarity=graded.polarity)
    passage = scene.passage(graded.start, graded.end)
    if holds(said):
        return Fact(graded.concept, (Quoted(passage),), said)
    return Mention(graded.concept, passage, said)


def is_told(told: Told) -> bool:
    """Whether a demographic claim is of this patient. A weight told beside a planned dose is a weight all the same."""
    said = told.assertion
    spoken = said.voice in (Voice.CASE, Voice.QUESTION, Voice.PLAN) and said.subject is Subject.PATIENT
    return spoken and said.polarity is Polarity.PRESENT


def told_fact(scene: Scene, told: Told) -> Fact | None:
    """A demographic claim as a fact; None when it is not of this patient."""
    if not is_told(told):
        return None
    question = told.assertion.voice is Voice.QUESTION
    said = Assertion(voice=Voice.QUESTION if question else Voice.CASE, because=told.assertion.because)
    return Fact(told.concept, (Quoted(scene.passage(told.start, told.end)),), said, value=told.value, on=told.on)
