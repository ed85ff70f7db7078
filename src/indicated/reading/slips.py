"""Slips of the pen that one document shows: values nobody has, days no calendar has, ends before beginnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.assertion import Subject, Voice
from indicated.model.case import Contradiction
from indicated.model.fact import Role
from indicated.reading.dates import Precision, find_impossible, find_periods
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.lexicon import Demographic
    from indicated.model.lexicon_agreement import Possible
    from indicated.model.quantity import Units
    from indicated.reading.dates import DateFound
    from indicated.reading.scene import Scene

DATE = "date"
_DIMENSIONS = ("mass", "length")
_IS = lazily(r" ?(?::|=|is|was|of)? ?")
_REACH = 8
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


class Measures:
    """The words before a weight or a height compiled, to see one that is told in the unit of the other."""

    __slots__ = ("_words",)

    def __init__(self, words: Iterable[Demographic]) -> None:
        self._words: Phrases[Demographic] = Phrases(
            (text, one) for one in words if one.value and one.dimension in _DIMENSIONS for text in one.words
        )

    def find(self, scene: Scene) -> Iterator[Contradiction]:
        """`Height: 35 kg`; not where the words of two stand together, as in the head of a table."""
        done = 0
        flat = scene.view.flat
        for word in self._words.find(flat, scene.view.words):
            alone = flat[done : word.start].strip(" :|/,\t") or not done
            done = word.end
            near = scene.quantities_in(word.end, word.end + _REACH)
            item = near[0] if near else None
            if (
                item is None
                or not alone
                or item.dimension not in _DIMENSIONS
                or item.dimension == word.meaning.dimension
            ):
                continue
            said = scene.judge.judge(word.start, item.end)
            if _IS.fullmatch(flat, word.end, item.start) and said.voice in _OURS and said.subject is Subject.PATIENT:
                yield Contradiction(word.meaning.concept, (scene.passage(word.start, item.end),), "implausible")


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
