"""Quantities: a number, range or comparison with a unit of the unit table, exact in value and span.

A unit is read as one spelling, or as spellings joined by `/` or `per` whose codes joined by `/` are in the table
(`grams per kilogram` is `g/kg`). All functions expect the letters of `View.flat`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec import Struct

from indicated.model.quantity import Quantity, Unit
from indicated.reading.numbers import Number, NumberKind, find_numbers, sign_after
from indicated.reading.patterns import lazily

_JOIN = lazily(r" ?(?:/|(?:per|a|an|each)\b) ?")
_FOLDED = str.maketrans("", "", " ^*")
_SKIPPED = " ^*\n"
_AFTER_UNIT = lazily(r"(?![\w])(?!/\w*[a-z])")
_COMPARES = lazily(r"\b(?:for|of|duration|aged?|lasting|is|was) $")
_MAX_PARTS = 4
_END = ""

_Node = dict[str, Any]


class UnitSpan(Struct, frozen=True):
    """A unit that ends at `end`."""

    unit: Unit
    end: int


class Found(Struct, frozen=True):
    """A quantity at `start` to `end`, its comparison's words included; the figures begin at `first`."""

    quantity: Quantity
    dimension: str
    start: int
    end: int
    first: int


class UnitReader:
    """The unit table, indexed by spelling for reading. Immutable after construction."""

    __slots__ = ("_root", "_units")

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.code: unit for unit in units}
        self._root: _Node = {}
        for unit in self._units.values():
            for spelling in unit.spellings:
                self._add(spelling.lower().translate(_FOLDED), unit.code)

    def _add(self, spelling: str, code: str) -> None:
        node = self._root
        for letter in spelling:
            node = node.setdefault(letter, {})
        node.setdefault(_END, code)

    def at(self, flat: str, start: int, dimensions: frozenset[str] | None = None) -> UnitSpan | None:
        """The longest unit that starts at `start` (a space or hyphen before it is passed over).

        With `dimensions`, the longest of these that is a whole word, whatever is joined to it after (`g` of `g/day`).
        """
        while start < len(flat) and flat[start] in " -\n":
            start += 1
        best: UnitSpan | None = None
        for code, end in self._parts(flat, start):
            unit = self._units.get(code)
            if unit is None or (dimensions is not None and unit.dimension not in dimensions):
                continue
            if dimensions is not None or _AFTER_UNIT.match(flat, end):
                best = UnitSpan(unit, end)
        return best

    def dimension(self, code: str) -> str:
        """The dimension of a unit of the table."""
        return self._units[code].dimension

    def _parts(self, flat: str, start: int) -> list[tuple[str, int]]:
        """Codes of one, two ... joined spellings from `start`, with their ends, the longest last."""
        found: list[tuple[str, int]] = []
        prefix = ""
        for _ in range(_MAX_PARTS):
            words = self._words(flat, start)
            found += [(prefix + code, end) for code, end in words]
            if not words:
                break
            prefix += words[-1][0] + "/"
            join = _JOIN.match(flat, words[-1][1])
            if join is None:
                break
            start = join.end()
        return found

    def _words(self, flat: str, start: int) -> list[tuple[str, int]]:
        """Spellings from `start` that end with a word, shortest first."""
        found: list[tuple[str, int]] = []
        node = self._root
        size = len(flat)
        at = start
        while at < size:
            letter = flat[at]
            at += 1
            if letter in _SKIPPED and at - 1 > start:
                continue
            below = node.get(letter)
            if not isinstance(below, dict):
                break
            node = below
            code = node.get(_END)
            if isinstance(code, str) and (at == size or not flat[at].isalnum() or letter in "/%°"):
                found.append((code, at))
        return found


def find_quantities(flat: str, reader: UnitReader, numbers: Iterable[Number] | None = None) -> tuple[Found, ...]:
    """Every number with a unit, in order. `over 2 days` is a stretch of time, not a comparison."""
    plain = (one for one in (find_numbers(flat) if numbers is None else numbers) if one.kind is NumberKind.PLAIN)
    found = [quantity for one in plain if (quantity := quantity_at(flat, reader, one)) is not None]
    return tuple(_joined(flat, found))


def quantity_at(flat: str, reader: UnitReader, number: Number) -> Found | None:
    """The number with the unit that follows it, or None."""
    span = reader.at(flat, number.end)
    if span is None:
        return None
    sign, end = sign_after(flat, span.end)
    start = number.start if number.sign else number.first
    stretch = span.unit.dimension == "time" and _is_stretch(flat, number.start)
    if not sign and number.sign and not stretch:
        sign = number.sign
    elif not sign:
        start = number.first
    quantity = compared(number.low, number.high, span.unit.code, sign)
    return Found(quantity, span.unit.dimension, start, end, number.first)


def _is_stretch(flat: str, start: int) -> bool:
    """`over` before a time says how long, unless `for`, `of` or an age comes before it."""
    return flat.startswith("over", start) and not _COMPARES.search(flat[max(0, start - 12) : start])


def compared(low: Decimal, high: Decimal, unit: str, sign: str) -> Quantity:
    """The quantity of a value or range with a comparison (empty for none)."""
    if sign in ("<", "<="):
        return Quantity(None, high, unit, high_open=sign == "<")
    if sign in (">", ">="):
        return Quantity(low, None, unit, low_open=sign == ">")
    return Quantity(low, high, unit)


def _joined(flat: str, found: list[Found]) -> list[Found]:
    """`11.5 g/dl - 15.5 g/dl` is one range: neighbours of one unit with only a hyphen between."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last is not None and flat[last.end : item.first].strip() == "-" and _spans(last.quantity, item.quantity):
            both = Quantity(last.quantity.low, item.quantity.high, item.quantity.unit)
            out[-1] = Found(both, item.dimension, last.start, item.end, last.first)
        else:
            out.append(item)
    return out


def _spans(low: Quantity, high: Quantity) -> bool:
    if low.unit != high.unit or low.exact is None or high.exact is None:
        return False
    return low.exact <= high.exact
