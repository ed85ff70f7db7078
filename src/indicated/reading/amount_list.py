"""Every amount that a text tells: known or not, of the patient or of others, each with its exact passage.

Only who asks for the list has it made: a decision never waits for it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from indicated.model.amount import Amount, AmountKind
from indicated.model.quantity import Quantity
from indicated.reading.ages import AgeWords, ages, decades
from indicated.reading.amount_context import DOSED, EITHER, Near
from indicated.reading.amount_figures import Figures
from indicated.reading.amount_times import Times
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.quantities import UnitReader, compared
from indicated.reading.spotted import Spotted, apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicated.model.lexicon import Lexicon
    from indicated.model.lexicon_amounts import AmountLexicon
    from indicated.reading.quantities import Found
    from indicated.reading.scene import Scene

_OF_DOSES = DOSED | EITHER.keys()
_PER = lazily(r" ?(?:/|\bper ) ?[a-z0-9]+\b")
_OF_A_DAY = lazily(r" ?/ ?24 ?(?:h|hrs?|hours?)\b")
_COUNT_GAP = lazily(r"[, -]{0,2}(?:[a-z0-9-]+ ){0,2}")
_COUNT_REACH = 32


class AmountReader:
    """The words of amounts compiled for a lexicon. Immutable after construction."""

    __slots__ = (
        "_age_words",
        "_counts",
        "_doses",
        "_events",
        "_figures",
        "_given",
        "_measured",
        "_some",
        "_times",
        "_units",
    )

    def __init__(self, words: AmountLexicon, lexicon: Lexicon, age_words: AgeWords) -> None:
        self._age_words = age_words
        self._units = UnitReader(lexicon.units)
        rhythms = lexicon.regimen.frequencies if lexicon.regimen is not None else ()
        self._times = Times(words, rhythms, self._units)
        self._figures = Figures(words, self._units)
        self._doses, self._some, self._counts, self._events, self._given, self._measured = (
            Phrases((word, True) for word in listed)
            for listed in (words.doses, words.some, words.counts, words.events, words.given, words.measured)
        )

    def find(self, scene: Scene) -> list[Amount]:
        """Every amount of a document, in order, none overlapping. What an earlier group finds, no later one does."""
        flat = scene.view.flat
        near = Near(scene, self._given, self._measured)
        below = self._figures.below_zero(scene)
        dates = [Spotted(AmountKind.OTHER, at.start, at.end) for at in scene.dates]
        groups: tuple[Iterable[Spotted], ...] = (
            dates,
            (
                Spotted(AmountKind.AGE, at.start, at.end, (at.value,))
                for at in (*ages(flat, scene.numbers, self._age_words), *decades(flat))
            ),
            self._figures.sides(flat),
            self._times.days(scene),
            self._counted(scene, AmountKind.DOSE, self._counts),
            self._times.often(scene),
            self._figures.tens(flat),
            self._of_units(scene, near, below),
            self._times.seconds(scene, near),
            self._figures.written(scene, near),
            self._times.articles(flat),
            self._times.rhythms(scene),
            self._times.lengths(scene),
            self._figures.pairs(scene),
            self._figures.ranked(scene),
            self._figures.marked(scene, below),
            self._counted(scene, AmountKind.FREQUENCY, self._events),
            (Spotted(AmountKind.DOSE, at.start, at.end) for at in self._doses.find(flat, scene.view.words)),
            self._times.unnumbered(scene),
            self._figures.in_rows(scene, near),
            self._figures.bare(scene, near, below),
        )
        told = set(dates)
        return [_amount(scene, near, one) for one in apart(groups, len(flat)) if one not in told]

    def _of_units(self, scene: Scene, near: Near, below: frozenset[int]) -> Iterator[Spotted]:
        """Numbers with a unit, and of those whose unit is joined to what the table lacks (`1.2 g/pulse`) the part it
        has.
        """
        flat = scene.view.flat
        for item in scene.quantities:
            if item.dimension != "time":
                yield _of_unit(flat, item, near, below)
        for number in scene.numbers:
            span = self._units.at(flat, number.end, _OF_DOSES) if number.kind is NumberKind.PLAIN else None
            joined = _PER.match(flat, span.end) if span is not None else None
            if span is not None and joined is not None:
                what = near.of_place(number.first, joined.end(), EITHER.get(span.unit.dimension, AmountKind.DOSE))
                value = compared(number.low, number.high, span.unit.code, number.sign)
                yield Spotted(what, number.first, joined.end(), (value,))

    def _counted(self, scene: Scene, what: AmountKind, counts: Phrases[bool]) -> Iterator[Spotted]:
        """`9 cycles`, `three infusions`, `multiple rounds`, `two episodes`: what is counted."""
        flat, words = scene.view.flat, scene.view.words
        measured = {item.first for item in scene.quantities}
        numbers = [one for one in scene.numbers if one.kind is NumberKind.PLAIN and one.first not in measured]
        ends = [number.end for number in numbers]
        some = [(word.start, word.end) for word in self._some.find(flat, words)]
        for counted in counts.find(flat, words):
            at = bisect_left(ends, counted.start + 1) - 1
            number = numbers[at] if at >= 0 else None
            if number is not None and _leads(flat, number.end, counted.start):
                value = compared(number.low, number.high, "1", number.sign)
                yield Spotted(what, number.first, counted.end, (value,))
                continue
            at = bisect_left(some, (counted.start, 0)) - 1
            if at >= 0 and _leads(flat, some[at][1], counted.start):
                yield Spotted(what, some[at][0], counted.end)


def _of_unit(flat: str, item: Found, near: Near, below: frozenset[int]) -> Spotted:
    what = near.kind(item)
    if _OF_A_DAY.search(flat, item.first, min(item.end + 1, len(flat))) or _OF_A_DAY.match(flat, item.end):
        what, joined = near.of_place(item.start, item.end, AmountKind.LAB), _OF_A_DAY.match(flat, item.end)
    else:
        joined = _PER.match(flat, item.end) if what is AmountKind.DOSE else None
    value, start = item.quantity, item.start
    if what is not AmountKind.DOSE and value.exact and start == item.first and start in below:
        value, start = Quantity.of(-value.exact, value.unit), start - 1
    return Spotted(what, start, joined.end() if joined else item.end, (value,))


def _leads(flat: str, end: int, start: int) -> bool:
    """Whether only a word or two stand between a number and what it counts."""
    return 0 <= start - end <= _COUNT_REACH and _COUNT_GAP.fullmatch(flat, end, start) is not None


def _amount(scene: Scene, near: Near, one: Spotted) -> Amount:
    value, beside = (one.values[0], one.values[1:]) if one.values else (None, ())
    about = near.about(one.what, one.start, one.end)
    return Amount(one.what, scene.passage(one.start, one.end), value, beside, about)
