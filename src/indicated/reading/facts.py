"""Facts from mentions: what each kind of concept needs to become a claim about this patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time, Voice
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Quoted, Result
from indicated.reading.measurements import measured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from indicated.model.lexicon import Lexicon
    from indicated.model.text import Passage
    from indicated.reading.demographics import Told
    from indicated.reading.measurements import Graded, Measured
    from indicated.reading.results import ResultSeen
    from indicated.reading.scene import Scene, Seen

OF_THERAPY = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
_TESTED = frozenset((Kind.LAB, Kind.SCALE))
_NOT_YET = (Time.PLANNED, Time.HYPOTHETICAL)
_NEAR = 24


def holds(said: Assertion) -> bool:
    """Whether something said so is a claim about this patient now or before."""
    return said.makes_fact and said.time not in _NOT_YET and said.polarity is not Polarity.NOT_DOCUMENTED


def facts_of(scene: Scene, lexicon: Lexicon, results: dict[int, list[ResultSeen]]) -> tuple[list[Fact], list[Mention]]:
    """Facts and mentions set aside, of everything that is not a therapy."""
    values = measured(scene, lexicon)
    found: list[Fact] = []
    aside: list[Mention] = []
    for at, seen in enumerate(scene.seen):
        if seen.kind is Kind.DEMOGRAPHIC or (seen.kind in OF_THERAPY and seen.assertion.makes_fact):
            continue
        if not holds(seen.assertion):
            aside.append(Mention(seen.concept, scene.passage(seen.start, seen.end), seen.assertion))
        elif seen.kind in _TESTED:
            found += _measurements(scene, seen, results.get(at, []), values.get(at, []))
        elif seen.kind is Kind.ANTIBODY:
            found.append(_antibody(scene, seen, results.get(at, [])))
        else:
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


def _measurements(scene: Scene, seen: Seen, results: Sequence[ResultSeen], values: Sequence[Measured]) -> list[Fact]:
    """One fact for each value; the result word goes with the first. A lab that was only named makes none."""
    said = replace(seen.assertion, polarity=Polarity.PRESENT)
    left = list(results)
    made: list[Fact] = []
    for at, value in enumerate(values):
        nearest = min(left, key=lambda one: abs(one.start - value.start), default=None)
        if nearest is not None and len(values) > 1 and not _beside(nearest, value):
            nearest = None
        if nearest is not None:
            left.remove(nearest)
        passage = _spanning(scene, seen, value.start, value.end) if at == 0 else scene.passage(value.start, value.end)
        worded = nearest.result if nearest is not None else None
        made.append(Fact(seen.concept, (Quoted(passage),), said, value=value.value, result=worded, on=value.on))
    told = {fact.result for fact in made}
    for one in left:
        if one.result not in told:
            told.add(one.result)
            passage = _spanning(scene, seen, one.start, one.end)
            day = scene.day_after(one.end) or _day(scene, seen)
            made.append(Fact(seen.concept, (Quoted(passage),), said, result=one.result, on=day))
    return made


def _beside(result: ResultSeen, value: Measured) -> bool:
    return -_NEAR <= result.start - value.end <= _NEAR or 0 <= value.start - result.end <= _NEAR


def _antibody(scene: Scene, seen: Seen, results: Sequence[ResultSeen]) -> Fact:
    """Positive unless it is denied; a result word decides where there is one."""
    result = results[0].result if results else None
    if result is None:
        result = Result.NEGATIVE if seen.assertion.polarity is Polarity.ABSENT else Result.POSITIVE
    polarity = Polarity.ABSENT if result is Result.NEGATIVE else Polarity.PRESENT
    because = tuple(cue for cue in seen.assertion.because if cue.axis != "polarity" or cue.value == polarity)
    said = replace(seen.assertion, polarity=polarity, because=because)
    passage = (
        _spanning(scene, seen, results[0].start, results[0].end) if results else scene.passage(seen.start, seen.end)
    )
    day = (scene.day_after(results[0].end) if results else None) or _day(scene, seen)
    return Fact(seen.concept, (Quoted(passage),), said, result=result, on=day)


def _spanning(scene: Scene, seen: Seen, start: int, end: int) -> Passage:
    return scene.passage(min(seen.start, start), max(seen.end, end))


def _day(scene: Scene, seen: Seen) -> date | None:
    """The date that stands right after the mention: `parainfluenza (8/16/24)`, `biopsy in May 2024`."""
    return scene.day_after(seen.end)


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
