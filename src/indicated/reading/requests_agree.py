"""Requests of several documents for one treatment: the same dose, rhythm, way and product, or a contradiction."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from indicated.model.case import Contradiction
from indicated.model.quantity import Quantity
from indicated.reading.agreement import doses_differ, intervals_differ

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.lexicon_agreement import AgreementLexicon
    from indicated.model.quantity import Units
    from indicated.model.regimen import Regimen, Request

_WEIGHT = "demo.weight"
_MOST = 20
_PER_WEIGHT = "/kg"


class Requests:
    """How far what is asked for may differ in two documents."""

    __slots__ = ("_units", "_vocabulary", "_words")

    def __init__(self, words: AgreementLexicon, vocabulary: Vocabulary, units: Units) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._units = units

    def disagreeing(self, requests: Sequence[Request], facts: Sequence[Fact]) -> Iterator[Contradiction]:
        """Where two requests for one treatment are not the same. `2 g/kg` and `70 g` are, at 35 kg."""
        weights = [fact.value for fact in facts if fact.concept == _WEIGHT and fact.value is not None]
        for first, second in combinations(requests[:_MOST], 2):
            if not self._vocabulary.related(first.treatment, second.treatment):
                continue
            one, two = first.product, second.product
            if one and two and not self._vocabulary.related(one, two):
                yield Contradiction(first.treatment, (*first.passages[:1], *second.passages[:1]), "product")
            if first.regimen is not None and second.regimen is not None:
                kind = self._unlike(first.regimen, second.regimen, weights)
                if kind:
                    pair = (*first.regimen.passages[:1], *second.regimen.passages[:1])
                    yield Contradiction(first.treatment, pair or (*first.passages[:1], *second.passages[:1]), kind)

    def _unlike(self, first: Regimen, second: Regimen, weights: Sequence[Quantity]) -> str:
        """What differs first: the dose of a course or of a day, the days, the rhythm, the way of giving."""
        doubted = bool(first.doubts or second.doubts)
        if not doubted and (doses_differ(first, second, self._units) or self._under_weight(first, second, weights)):
            return "dose"
        if self._differ(first.days, second.days, 0):
            return "dose"
        if intervals_differ(first.interval, second.interval, self._units):
            return "interval"
        return "route" if first.route and second.route and first.route != second.route else ""

    def _under_weight(self, first: Regimen, second: Regimen, weights: Sequence[Quantity]) -> bool:
        """Whether a course per weight is not the absolute one beside it under any weight on record."""
        one, two = first.course_total(), second.course_total()
        if one is None or two is None or (_PER_WEIGHT in one.unit) is (_PER_WEIGHT in two.unit):
            return False
        per, whole = (one, two) if _PER_WEIGHT in one.unit else (two, one)
        known = [value for weight in weights if (value := self._units.convert(weight, "kg")) is not None]
        totals = [total for value in known if (total := _times(per, value)) is not None]
        return bool(totals) and all(self._differ(total, whole, self._words.same_dose.percent) for total in totals)

    def _differ(self, one: Quantity | None, two: Quantity | None, percent: int) -> bool:
        """Whether two amounts have no value in common, but for rounding."""
        same = self._units.convert(one, two.unit) if one is not None and two is not None else None
        if same is None or two is None:
            return False
        lows = [value for value in (same.low, two.low) if value is not None]
        highs = [value for value in (same.high, two.high) if value is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        return low is not None and high is not None and (low - high) * 100 > percent * abs(low)


def _times(per: Quantity, weight: Quantity) -> Quantity | None:
    kilograms = weight.exact
    if kilograms is None:
        return None
    low, high = (None if end is None else end * kilograms for end in (per.low, per.high))
    return Quantity(low, high, per.unit.removesuffix(_PER_WEIGHT), per.low_open, per.high_open)
