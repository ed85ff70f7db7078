"""Facts from mentions: what each kind of concept needs to become a claim about this patient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty, Polarity, Time
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
_DATED = re.compile(r" ?[(,]? ?(?:(?:in|on|since|dated|of|from|as of) )?")


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
    result = results[0] if results else None
    if not values:
        if result is None:
            return []
        passage = _spanning(scene, seen, result.start, result.end)
        return [Fact(seen.concept, (Quoted(passage),), said, result=result.result, on=_day(scene, seen))]
    made: list[Fact] = []
    for at, value in enumerate(values):
        passage = _spanning(scene, seen, value.start, value.end) if at == 0 else scene.passage(value.start, value.end)
        worded = result.result if result is not None and at == 0 else None
        made.append(Fact(seen.concept, (Quoted(passage),), said, value=value.value, result=worded, on=value.on))
    return made


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
    return Fact(seen.concept, (Quoted(passage),), said, result=result, on=_day(scene, seen))


def _spanning(scene: Scene, seen: Seen, start: int, end: int) -> Passage:
    return scene.passage(min(seen.start, start), max(seen.end, end))


def _day(scene: Scene, seen: Seen) -> date | None:
    """The date that stands right after the mention: `parainfluenza (8/16/24)`, `biopsy in May 2024`."""
    stop = scene.sentences[seen.sentence].end
    for told in scene.dates_in(seen.end, min(stop, seen.end + 16)):
        return told.on if _DATED.fullmatch(scene.view.flat, seen.end, told.start) else None
    return None


def graded_fact(scene: Scene, graded: Graded) -> Fact | Mention:
    """A graded finding as a fact, or as a mention set aside when it is not of this patient."""
    said = replace(scene.judge.judge(graded.start, graded.end), polarity=graded.polarity)
    passage = scene.passage(graded.start, graded.end)
    if holds(said):
        return Fact(graded.concept, (Quoted(passage),), said)
    return Mention(graded.concept, passage, said)


def told_fact(scene: Scene, told: Told) -> Fact | None:
    """A demographic claim as a fact; None when it is not of this patient."""
    if not holds(told.assertion):
        return None
    said = Assertion(voice=told.assertion.voice, because=told.assertion.because)
    return Fact(told.concept, (Quoted(scene.passage(told.start, told.end)),), said, value=told.value)
