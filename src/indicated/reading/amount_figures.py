"""Figures among amounts that are more than one number, or a number without a unit.

`120/80 mmHg`, `3 x 4 cm`, `5/5`, `1:640`, `grade 3`, `pH 7.36`. All functions expect the letters of `View.flat`.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from indicated.model.amount import AmountKind
from indicated.model.quantity import Quantity
from indicated.reading.amount_context import DOSED, EITHER
from indicated.reading.numbers import Number, NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.quantities import compared
from indicated.reading.spotted import Spotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.model.lexicon_amounts import AmountLexicon
    from indicated.reading.amount_context import Near
    from indicated.reading.quantities import UnitReader
    from indicated.reading.scene import Scene

_LENGTH = frozenset(("length",))
_SIDE = r"\d{1,4}(?:\.\d{1,3})?"
_SIDES = lazily(
    rf"(?<![\w.,/])(?P<a>{_SIDE})(?: ?-?[a-z]{{1,2}})? ?(?:x|by) ?(?P<b>{_SIDE})"
    rf"(?:(?: ?-?[a-z]{{1,2}})? ?(?:x|by) ?(?P<c>{_SIDE}))?(?!\d)"
)
_MOST_PRESSURE, _LEAST_PRESSURE = 300, 20
_PRESSURE_REACH = 48
_LEAST_TITRE = 16
_TOLD = lazily(
    r"(?:\b(?:was|were|is|are|of|at|to|from|than|being|reached|below|above|value|index|score|level|ratio)|[:=<>~|]|->) "
    r"?(?:about |approximately |only |around )?[+-]?$"
)
_TESTED = lazily(r"\b(?:[A-Z]{2,6}\d{0,3}|[a-z]?[A-Z]{2,4}|[A-Z][a-z]?[A-Z]\d?)(?: count| level| score)?[ :=]{1,3}$")
_LOOK_BACK, _SHORT = 24, 9
_CLOSED = lazily(
    r"\+{0,3}(?= ?(?:[.,](?!\d)|[;)\]|\n(\[]|-{1,2}>|$)"
    r"| (?:and|to|with|on|at|in|which|but|from|after|before|for|by|as|because|since|until|"
    r"when|while|or|points?|per|\|))"
)
_YEARLY = lazily(r"(?:19|20)\d\d")
_NEGATIVE = lazily(r"(?:[:=(] ?|[<>]=? ?|\b(?:of|was|is|to|at|than|below|above) )-$")
_MINUS = lazily(r"(?:[ :=(<>]|: |= )-(?=\.?\d)")
_LIMIT = lazily(r"([<>]=?) ?$")
_OUT_OF = lazily(r" out of ")
_WRITTEN = lazily(r" ?(?P<unit>[a-z%]{1,16}(?:/[a-z0-9]{1,12}){1,2})(?![\w/])")
_TENS = lazily(r"\b(?:the|to|in|mid|low|high|upper|lower|early|late|his|her|their)[ -](?P<tens>\d{1,2}0)'?s\b")
_RANKED = lazily(
    r"(?<![\w.,])(?P<rank>\d{1,3}(?:\.\d+)?)(?:st|nd|rd|th)?(?:(?: ?- ?| to )\d{1,3}(?:st|nd|rd|th)?)?[ -]"
)
_MARKED = lazily(r" ?(?:of |: ?|was |is |= ?)?")
_LABEL = lazily(r"[a-z]|[)\]]\.")
_LISTED = lazily(r" ?[.)]")
_NO_MARK = lazily(r"2/2 [a-z]|24/7")
_RANGE_GAP = lazily(r" ?[|(\[]? ?(?:\w{3,9}:? )?")
_PLUSES = lazily(r"\+{1,4}")


class Figures:
    """The words of figures compiled. Immutable after construction."""

    __slots__ = ("_marks", "_pressure", "_ranks", "_units", "_unlike")

    def __init__(self, words: AmountLexicon, units: UnitReader) -> None:
        self._marks: Phrases[bool] = Phrases((word, True) for word in words.marks)
        self._ranks: Phrases[bool] = Phrases((word, True) for word in words.ranks)
        self._pressure = tuple(words.pressure)
        self._unlike = frozenset(words.unlike)
        self._units = units

    def sides(self, flat: str) -> Iterator[Spotted]:
        """`3 x 4 cm`, `18x22x22 cm`."""
        for match in _SIDES.finditer(flat):
            span = self._units.at(flat, match.end(), _LENGTH)
            if span is not None:
                values = tuple(Quantity.of(side, span.unit.code) for side in match.groups() if side)
                yield Spotted(AmountKind.SIZE, match.start(), span.end, values)

    @staticmethod
    def tens(flat: str) -> Iterator[Spotted]:
        """`pressures in the 90s`: from 90 to below 100."""
        for match in _TENS.finditer(flat):
            low = Decimal(match["tens"])
            value = Quantity(low, low + 10, "1", high_open=True)
            yield Spotted(AmountKind.OTHER, match.start("tens"), match.end(), (value,))

    def ranked(self, scene: Scene) -> Iterator[Spotted]:
        """`10th percentile`."""
        flat = scene.view.flat
        for word in self._ranks.find(flat, scene.view.words):
            for match in _RANKED.finditer(flat, max(0, word.start - 16), word.start):
                if match.end() == word.start:
                    yield Spotted(AmountKind.OTHER, match.start(), word.end, (Quantity.of(match["rank"], "1"),))

    def written(self, scene: Scene, near: Near) -> Iterator[Spotted]:
        """Numbers with a unit that the table lacks (`0.94 cm/year`): the unit stands in braces, as it was written."""
        flat = scene.view.flat
        for number in scene.numbers:
            match = _WRITTEN.match(flat, number.end) if number.kind is NumberKind.PLAIN else None
            if match is not None and not self._is_unlike(flat, number.start):
                unit = "{" + scene.view.cased[match.start("unit") : match.end("unit")] + "}"
                start = number.start if number.sign else number.first
                value = compared(number.low, number.high, unit, number.sign)
                tested = near.is_of_test(number.first, match.end()) or match.start("unit") + _SHORT > match.end("unit")
                yield Spotted(AmountKind.LAB if tested else AmountKind.OTHER, start, match.end(), (value,))

    def pairs(self, scene: Scene) -> Iterator[Spotted]:
        """Two figures with a stroke between: a blood pressure, two values in one unit, a mark; and titres."""
        flat = scene.view.flat
        for at, number in enumerate(scene.numbers):
            full = scene.numbers[at + 1] if at + 1 < len(scene.numbers) else None
            if full is not None and full.first == full.start and _OUT_OF.fullmatch(flat, number.end, full.first):
                values = (Quantity.of(number.low, "1"), Quantity.of(full.high, "1"))
                yield Spotted(AmountKind.OTHER, number.first, full.end, values)
            elif number.kind is NumberKind.TITRE:
                yield Spotted(AmountKind.LAB, number.first, number.end, (Quantity.of(number.low, "1"),))
            elif number.kind is NumberKind.SCORE and not _NO_MARK.match(flat, number.first):
                yield self._pair(flat, number)

    def _pair(self, flat: str, number: Number) -> Spotted:
        span = self._units.at(flat, number.end)
        unit, end = (span.unit.code, span.end) if span is not None else ("1", number.end)
        kind = span.unit.dimension if span is not None else ""
        what = AmountKind.LAB if kind == "pressure" else AmountKind.SIZE if kind == "length" else AmountKind.OTHER
        if kind in DOSED or EITHER.get(kind) is AmountKind.DOSE:
            return Spotted(
                AmountKind.DOSE, number.first, end, (Quantity.of(number.low, unit), Quantity.of(number.high, unit))
            )
        if number.low == 1 and number.high >= _LEAST_TITRE:
            return Spotted(AmountKind.LAB, number.first, number.end, (Quantity.of(number.high, "1"),))
        falls = _LEAST_PRESSURE <= number.high < number.low <= _MOST_PRESSURE
        if span is None and falls and self._is_pressure(flat, number.first):
            what, unit = AmountKind.LAB, "mm[Hg]"
        elif kind and kind not in ("pressure", "length"):
            unit, end = "1", number.end
        values = (Quantity.of(number.low, unit), Quantity.of(number.high, unit))
        return Spotted(what, number.first, end, values)

    def _is_pressure(self, flat: str, first: int) -> bool:
        before = flat[max(0, first - _PRESSURE_REACH) : first]
        return any(word in before for word in self._pressure)

    def below_zero(self, scene: Scene) -> frozenset[int]:
        """Where figures begin that a minus sign stands before, not a dash: after a mark's words, `of`, `was`, `<`."""
        flat = scene.view.flat
        marks = {word.end for word in self._marks.find(flat, scene.view.words)}
        return frozenset(
            match.end()
            for match in _MINUS.finditer(flat)
            if match.start() in marks or _NEGATIVE.search(flat, max(0, match.end() - 12), match.end())
        )

    def marked(self, scene: Scene, below: frozenset[int]) -> Iterator[Spotted]:
        """`grade 3`, `NYHA class 2`, `T-score -3.4`."""
        flat = scene.view.flat
        for word in self._marks.find(flat, scene.view.words):
            gap = _MARKED.match(flat, word.end)
            start = gap.end() if gap is not None else word.end
            minus = flat.startswith("-", start)
            near = scene.numbers_in(start + minus, start + minus + 1)
            if near and near[0].kind is NumberKind.PLAIN and not _YEARLY.fullmatch(flat, near[0].first, near[0].end):
                plus = _PLUSES.match(flat, near[0].end)
                end = plus.end() if plus is not None else near[0].end
                yield Spotted(AmountKind.OTHER, word.start, end, (signed(flat, near[0], below)[0],))

    def bare(self, scene: Scene, near: Near, below: frozenset[int]) -> Iterator[Spotted]:
        """Numbers without a unit that are told as a value and end there: after a test, a short form in capitals, or
        `was`, `of`, `:`.
        """
        flat, cased = scene.view.flat, scene.view.cased
        for number in scene.numbers:
            if number.kind is not NumberKind.PLAIN or _YEARLY.fullmatch(flat, number.first, number.end):
                continue
            back = max(0, number.start - _LOOK_BACK)
            told = _TOLD.search(flat, back, number.start) or _TESTED.search(cased, back, number.start)
            precise = number.low % 1 != 0
            if not (told or number.sign or precise) or not _CLOSED.match(flat, number.end):
                continue
            if self._is_unlike(flat, number.start) or _LABEL.match(flat, max(0, number.first - 1)):
                continue
            if _LISTED.match(flat, number.end) and _opens_line(scene, number.first):
                continue
            value, start = signed(flat, number, below)
            what = AmountKind.LAB if near.is_of_test(start, number.end) else AmountKind.OTHER
            yield Spotted(what, start, number.end, (value,))

    def in_rows(self, scene: Scene, near: Near) -> Iterator[Spotted]:
        """`138  135-145 mEq/L`: a number that only a range follows is the value, in the unit of the range."""
        flat = scene.view.flat
        units = {item.first: item.quantity.unit for item in scene.quantities}
        dosed = {item.first for item in scene.quantities if near.kind(item) is not AmountKind.LAB}
        for number, following in pairwise(scene.numbers):
            plain = number.kind is following.kind is NumberKind.PLAIN and number.low == number.high
            if not plain or following.low == following.high or number.first in units or following.first in dosed:
                continue
            gap = following.first - number.end
            if (
                gap
                and _RANGE_GAP.fullmatch(flat, number.end, following.first)
                and not self._is_unlike(flat, number.start)
            ):
                value = Quantity.of(number.low, units.get(following.first, "1"))
                yield Spotted(AmountKind.LAB, number.first, number.end, (value,))

    def _is_unlike(self, flat: str, start: int) -> bool:
        """Whether the word before a figure makes it a label, not an amount."""
        words = flat[max(0, start - 20) : start].rstrip(" :#(").split()
        return bool(words) and (words[-1] in self._unlike or " ".join(words[-2:]) in self._unlike)


def _opens_line(scene: Scene, start: int) -> bool:
    """Whether a number is the first thing on its line."""
    text, at = scene.view.document.text, scene.view.span(start, start + 1)[0]
    before = text[max(0, at - _LOOK_BACK) : at].rpartition("\n")
    return not before[2].strip() and (before[1] != "" or at <= _LOOK_BACK)


def signed(flat: str, number: Number, below: frozenset[int]) -> tuple[Quantity, int]:
    """The number's value and where it starts; below zero where its figures begin at one of `below`."""
    if number.first not in below or number.low != number.high:
        return compared(number.low, number.high, "1", number.sign), number.start if number.sign else number.first
    limit = _LIMIT.search(flat, max(0, number.first - 4), number.first - 1)
    start = limit.start() if limit is not None else number.first - 1
    return compared(-number.low, -number.low, "1", limit[1] if limit is not None else ""), start
