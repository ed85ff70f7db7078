"""What a dose is made up of: vials of a size, a solution of a strength, the code its units are billed under."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from indicated.model.quantity import Quantity
from indicated.reading.numbers import Number, NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.regimen_part import Part, PartKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from indicated.model.quantity import Unit
    from indicated.reading.quantities import UnitReader

_MASS = frozenset(("mass",))
_CODE = lazily(r"(?<![\w.])[a-cegj-mp-v]\d{4}(?![\w.]\w|\d)")
_STRENGTH = lazily(r" ?(?:of )?(?:an? |the )?\(?(?P<of>\d{1,2}(?:\.\d)?) ?%\)?(?: (?:solution|liquid))?")
_STRENGTH_BEFORE = lazily(r"\b(?P<of>\d{1,2}(?:\.\d)?) ?%\)?(?: (?:solution|liquid))?[ ,:;-]*$")
_BY = lazily(r" ?x ?| ")
_OF = lazily(r" (?:of |x ?)")
_AND = lazily(r" ?(?:\+|,|&|and|plus) ?")
_NOUN = lazily(r" ?-?([a-z]+)(?:\(s\))?")
_PERCENT = Decimal("0.01")
"""Grams in a millilitre of a solution of one percent."""
_MOST = 200
_Term = tuple[int, int, Decimal, Quantity, bool]


def supplies(text: str, numbers: Sequence[Number], units: UnitReader, containers: AbstractSet[str]) -> Iterator[Part]:
    """Vials (`10 g x 3 vials`, `3 vials of 10 g`, `1 x 20 g + 1 x 10 g`) and billing codes (`J1459`), in no order."""
    yield from (Part(PartKind.CODE, one.start(), one.end(), code=one.group().upper()) for one in _CODE.finditer(text))
    terms = list(_terms(text, numbers, units, containers))
    for at, (start, end, count, each, held) in enumerate(terms):
        aside = text[:start].endswith("(") and text.startswith(")", end)
        after = at + 1 < len(terms) and _AND.fullmatch(text, end, terms[at + 1][0])
        before = at > 0 and _AND.fullmatch(text, terms[at - 1][1], start)
        if held or after or before or aside:
            yield Part(PartKind.SUPPLY, start, end, Quantity.of(count, "{vial}"), each=each)


def _terms(text: str, numbers: Sequence[Number], units: UnitReader, containers: AbstractSet[str]) -> Iterator[_Term]:
    """Pairs of a count and an amount, either first; the last says whether a noun of containers stands with them."""
    used = -1
    for first, second in pairwise(numbers):
        if first.first < used or not (_is_one(first) and _is_one(second)):
            continue
        held = units.at(text, first.end, _MASS)
        if held is not None and text.startswith(" x ", held.end) and second.first == held.end + 3:
            end, noun = _contained(text, second.end, containers)
            if noun and _counts(second.low):
                used = end
                yield first.first, end, second.low, Quantity.of(first.low, held.unit.code), True
            continue
        after, named = _contained(text, first.end, containers)
        by = (_OF if named else _BY).match(text, after)
        of = units.at(text, second.end, _MASS)
        if by is None or of is None or by.end() != second.first or not _counts(first.low):
            continue
        end, noun = _contained(text, of.end, containers)
        if noun or named or "x" in by.group():
            used = end
            yield first.first, end, first.low, Quantity.of(second.low, of.unit.code), noun or named


def _is_one(number: Number) -> bool:
    return number.kind is NumberKind.PLAIN and number.low == number.high and not number.sign


def _counts(value: Decimal) -> bool:
    return value % 1 == 0 and 0 < value <= _MOST


def _contained(text: str, at: int, containers: AbstractSet[str]) -> tuple[int, bool]:
    """Where a noun of containers after a place ends, and whether there is one."""
    noun = _NOUN.match(text, at)
    return (noun.end(), True) if noun is not None and noun[1] in containers else (at, False)


def strength_of(text: str, first: int, at: int, unit: Unit) -> tuple[Quantity | None, int]:
    """How much a millilitre holds where a strength stands right after a volume (`of a 10% solution`) or right before
    it (`10% 400 mL`), and where the words end. The volume's figures begin at `first`, its unit ends at `at`.
    """
    if unit.code != "mL":
        return None, at
    after = _STRENGTH.match(text, at)
    told = after or _STRENGTH_BEFORE.search(text, max(0, first - 30), first)
    if told is None:
        return None, at
    return Quantity.of(Decimal(told["of"]) * _PERCENT, "g/mL"), after.end() if after is not None else at
