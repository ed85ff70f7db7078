"""How long something has lasted, where the length of time stands beside it and no name of a test leads to it. A day
since when it lasts gives at least the time to the last test whose day is told.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from indicated.model.assertion import Polarity, Time
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Quoted
from indicated.model.quantity import Quantity
from indicated.reading.dates import DurationFound, Precision, Relation, find_durations
from indicated.reading.facts import holds
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_measures import Lasting
    from indicated.reading.dates import DateFound
    from indicated.reading.scene import Scene, Seen

_REACH = 60
_WORD = lazily(r"[a-z0-9/'-]+")
_STOPS = lazily(r"[.;:()\n]")
_DAY_OF = lazily(r"\b(?:day ?#?|d ?#?)(?P<day>\d{1,3}) of ")
_SINCE = (Relation.LASTING, Relation.OVER)
_SINCE_WORDS = lazily(
    r"\b(?:since|(?:began|begun|started|starting|onset|beginning|first noted|first noticed)(?: in| on| of)?)[ :]+$"
)
_SINCE_WIDTH = 24
_SPANS = {Precision.DAY: 0, Precision.MONTH: 30, Precision.YEAR: 365}
_TESTED = frozenset((Kind.STUDY, Kind.LAB, Kind.IMAGING, Kind.PATHOLOGY))


class Lastings:
    """The words compiled. Immutable after construction."""

    __slots__ = ("_rules", "_vocabulary")

    def __init__(self, rules: Iterable[Lasting], vocabulary: Vocabulary) -> None:
        self._rules = [
            (rule, frozenset(rule.between), frozenset(rule.began), frozenset(rule.history)) for rule in rules
        ]
        self._vocabulary = vocabulary

    def find(self, scene: Scene) -> Iterator[Fact]:
        """A length of time for each symptom that one stands beside, each length once, and each day that is counted."""
        for rule, *_ in self._rules:
            if rule.days_of:
                yield from _counted(scene, rule)
        lengths: Sequence[DurationFound] = ()
        for rule, between, began, history in self._rules:
            known = self._vocabulary
            told = [one for one in scene.seen if any(known.is_a(one.concept, broad) for broad in rule.of)]
            told = [one for one in told if holds(one.assertion) and one.assertion.polarity is Polarity.PRESENT]
            told = [one for one in told if one.assertion.time is not Time.RESOLVED]
            if told and not lengths:
                lengths = find_durations(scene.view.flat, scene.quantities)
            yield from _since(scene, rule.concept, told, (between, began, history)) if told else ()
            for length in lengths if told else ():
                one = _nearest(scene, length, told, (between, began, history))
                if one is not None:
                    passage = scene.passage(min(one.start, length.start), max(one.end, length.end))
                    yield Fact(rule.concept, (Quoted(passage),), one.assertion, value=length.length)


def _counted(scene: Scene, rule: Lasting) -> Iterator[Fact]:
    """`Day 6 of illness`, `D6 of fever`."""
    flat = scene.view.flat
    for day in _DAY_OF.finditer(flat):
        word = next((one for one in rule.days_of if re.match(rf"{re.escape(one)}\b", flat[day.end() :][:_REACH])), None)
        said = scene.judge.judge(day.start("day"), day.end("day"))
        if word is not None and holds(said) and said.polarity is Polarity.PRESENT:
            passage = scene.passage(day.start(), day.end() + len(word))
            yield Fact(rule.concept, (Quoted(passage),), said, value=Quantity.of(int(day["day"]), "d"))


def _since(
    scene: Scene, concept: str, told: Sequence[Seen], words: tuple[frozenset[str], frozenset[str], frozenset[str]]
) -> Iterator[Fact]:
    """`Foot drop since 1/2026. ... EMG 6/3/26`: at least the days from the end of January to the third of June."""
    flat = scene.view.flat
    since = [
        (day, led)
        for day in scene.dates
        if (led := _SINCE_WORDS.search(flat, max(0, day.start - _SINCE_WIDTH), day.start)) is not None
    ]
    tests = [day for day in scene.dates if _is_of_test(scene, day)] if since else []
    last = max(tests, key=lambda test: test.on, default=None)
    for day, led in since if last is not None else ():
        length = DurationFound(Quantity.of(1, "d"), Relation.LASTING, led.start(), day.end)
        one = _nearest(scene, length, told, (words[0], words[1], words[0] | words[2]))
        if one is None or last is None:
            continue
        days = (last.on - day.on).days - _SPANS[day.precision]
        if days > 0:
            passages = (
                scene.passage(min(one.start, led.start()), max(one.end, day.end)),
                scene.passage(last.start, last.end),
            )
            value = Quantity(Decimal(days), None, "d")
            yield Fact(concept, tuple(Quoted(passage) for passage in passages), one.assertion, value=value)


def _is_of_test(scene: Scene, day: DateFound) -> bool:
    """Whether a day is that of a test that was done: told to the day or month in one sentence with it."""
    if day.precision is Precision.YEAR:
        return False
    around = scene.of_sentence(scene.judge.sentence_at(day.start))
    return any(one.kind in _TESTED and one.assertion.time in (Time.CURRENT, Time.PAST) for one in around)


def _nearest(
    scene: Scene,
    length: DurationFound,
    told: Sequence[Seen],
    words: tuple[frozenset[str], frozenset[str], frozenset[str]],
) -> Seen | None:
    """The symptom that has lasted for a length of time: the nearest before it (`weakness for 1 year`, `weakness began
    6 days ago`), else the first after it (`6 months of weakness`).
    """
    between, began, history = words
    before = max((one for one in told if one.end <= length.start), key=lambda one: one.end, default=None)
    if before is not None:
        said = _said(scene.view.flat, before.end, length.start)
        ago = length.relation is Relation.AGO
        allowed = between | began if ago else between
        if said is not None and allowed.issuperset(said) and (began.intersection(said) or length.relation in _SINCE):
            return before
    after = min((one for one in told if one.start >= length.end), key=lambda one: one.start, default=None)
    if after is not None and length.relation in (Relation.BARE, Relation.LASTING):
        said = _said(scene.view.flat, length.end, after.start)
        if said and said[0] in history and (between | history).issuperset(said):
            return after
    return None


def _said(flat: str, start: int, end: int) -> list[str] | None:
    """The words of a gap; None where it is too wide or holds the end of a clause."""
    gap = flat[start:end]
    return None if len(gap) > _REACH or _STOPS.search(gap) else [word.strip("-'") for word in _WORD.findall(gap)]
