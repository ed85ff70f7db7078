"""Slips of the pen that one document shows: values nobody has, days no calendar has, ends before beginnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.assertion import Voice
from indicated.model.case import Contradiction
from indicated.model.fact import Role
from indicated.reading.dates import Precision, find_impossible, find_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.lexicon_agreement import Possible
    from indicated.model.quantity import Units
    from indicated.reading.dates import DateFound
    from indicated.reading.scene import Scene

DATE = "date"
_OURS = (Voice.CASE, Voice.QUESTION, Voice.PLAN)


class Impossible:
    """What values a person can have, compiled."""

    __slots__ = ("_possible", "_units", "_vocabulary")

    def __init__(self, possible: Sequence[Possible], vocabulary: Vocabulary, units: Units) -> None:
        self._possible = possible
        self._vocabulary = vocabulary
        self._units = units

    def split(self, facts: Iterable[Fact]) -> tuple[list[Fact], list[Contradiction]]:
        """The facts that can be, and what is shown of those that cannot: nothing is computed from these."""
        kept: list[Fact] = []
        found: list[Contradiction] = []
        for fact in facts:
            if fact.value is not None and self._beyond(fact):
                found.append(Contradiction(fact.concept, fact.passages[:1], "implausible"))
            else:
                kept.append(fact)
        return kept, found

    def _beyond(self, fact: Fact) -> bool:
        for limit in self._possible if fact.value is not None else ():
            if not self._vocabulary.is_a(fact.concept, limit.concept):
                continue
            least, most = self._units.convert(limit.least, limit.most.unit), limit.most
            value = self._units.convert(fact.value, most.unit) if fact.value is not None else None
            if value is None or least is None or least.low is None or most.high is None:
                continue
            if (value.high is not None and value.high < least.low) or (value.low is not None and value.low > most.high):
                return True
        return False


def units_that_cannot_be(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Doses of the patient's therapies in a unit that makes no sense of them. What is asked for says so itself."""
    for fact in facts:
        therapy = fact.therapy
        if therapy is not None and therapy.regimen is not None and therapy.role is not Role.REQUESTED:
            for doubt in therapy.regimen.doubts:
                if doubt.kind == "unit":
                    yield Contradiction(fact.concept, (doubt.found,), "unit")


def misdated(scene: Scene) -> Iterator[Contradiction]:
    """Days that no calendar has, and periods that end before they begin."""
    for start, end in find_impossible(scene.view.flat):
        if scene.judge.judge(start, end).voice in _OURS:
            yield Contradiction(DATE, (scene.passage(start, end),), "no_day")
    for period in find_periods(scene.view.flat, scene.dates):
        first, last = period.first, period.last
        if first is None or last is None or not _before(last, first):
            continue
        if scene.judge.judge(period.start, period.end).voice in _OURS:
            yield Contradiction(DATE, (scene.passage(period.start, period.end),), "date")


def _before(one: DateFound, other: DateFound) -> bool:
    """Whether a date is before another, as far as both were told."""
    told = {one.precision, other.precision}
    if Precision.YEAR in told:
        return one.on.year < other.on.year
    if Precision.MONTH in told:
        return (one.on.year, one.on.month) < (other.on.year, other.on.month)
    return one.on < other.on


def ended_before_begun(facts: Iterable[Fact], shown: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """Therapies that ended before they began, where the period itself is not shown already."""
    for fact in facts:
        therapy = fact.therapy
        if therapy is None or therapy.started is None or therapy.ended is None or therapy.ended >= therapy.started:
            continue
        passages = fact.passages
        if not any(
            one.document == p.document and one.start <= p.start < one.end
            for c in shown
            for one in c.passages
            for p in passages
        ):
            yield Contradiction(fact.concept, passages[:3], "date")
