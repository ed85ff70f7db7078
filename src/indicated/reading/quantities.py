"""Quantities: a number, range or comparison with a unit of the unit table, exact in value and span.

A unit is read as one spelling, or as spellings joined by `/` or `per` whose codes joined by `/` are in the table
(`grams per kilogram` is `g/kg`). All functions expect the letters of `View.flat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from indicated.model.quantity import Quantity, Unit
from indicated.reading.numbers import Number, NumberKind, find_numbers, sign_after
from indicated.reading.patterns import lazily

_JOIN = lazily(r" ?(?:/|(?:per|a|an|each)\b) ?")
_FOLDED = str.maketrans("", "", " ^*")
_SKIPPED = " ^*\n"
_AFTER_UNIT = lazily(r"(?![\w])(?!/(?!\d+ ?(?:h|hrs?|hours?|d|days?|wks?|weeks?|mo|months?)\b)\w*[a-z])")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = lazily(
    r"(?:(?: ?x ?10(?:\^| ?\( ?|\*\*?|e)?|10\^)(?P<power>\d{1,2})\)?"
    rf"|10(?P<raised>[{_RAISED}]{{1,2}})) ?(?=/? ?[a-z])"
)
_LOWERED = {ord(one): str(at) for at, one in enumerate(_RAISED)}
_TIMES = lazily(r" ?(?P<word>thousand|million|billion) (?=[a-z])")
_WORDED = {"thousand": 3, "million": 6, "billion": 9}
_SHORT = {7: "d", 52: "wk", 12: "mo"}
_SHORT_BEFORE = lazily(
    r"\b(?:for|in|over|last|past|every|since|within|approx|about|around|x|~|next)(?: the)?(?: last| past)? ?$"
)
_SHORT_AFTER = lazily(r" ?(?:hx|h/o|history|ago|later|prior|previously|course|post|duration|of (?!the )[a-z]|old\b)\b")
_SHORT_ENDS = lazily(r" ?(?:$|[.,;)\n]|(?:if|or|and|then|with|to|but|for|after|before|by|time|prn|inb)\b)")
_PARTED = frozenset((Decimal(2), Decimal(3), Decimal(4), Decimal(8)))
_COUNTED = frozenset(("tablets", "capsules", "drops", "puffs", "vials"))
_LETTER = lazily(r" ?(?P<letter>[a-z])\b(?![-/'])")
_WORD = lazily(r"[a-z]+")
_PLURALS = frozenset(("s", "'s"))
_TENS = lazily(r"[1-9]\d{0,2}0|[1-9]0")
_NEAR = 12
_LOOK_BACK = 32
_OLDER_THAN_ANYONE = 100
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

    __slots__ = ("_root", "_units", "letters")

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.code: unit for unit in units}
        self.letters = {unit.letter: unit for unit in self._units.values() if unit.letter}
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
    """Every number with a unit, in order, none overlapping. `over 2 days` is a stretch of time, not a comparison.

    `1/2 tablet` is a fraction; `3/7`, `2/52` and `5/12` are days, weeks and months where words around say so.
    """
    found: list[Found] = []
    for one in find_numbers(flat) if numbers is None else numbers:
        if found and one.first < found[-1].end:
            continue
        if one.kind is NumberKind.PLAIN:
            quantity = quantity_at(flat, reader, one)
        else:
            quantity = _of_a_score(flat, reader, one) if one.kind is NumberKind.SCORE else None
        if quantity is not None:
            found.append(quantity)
    return tuple(_joined(flat, found))


def quantity_at(flat: str, reader: UnitReader, number: Number) -> Found | None:
    """The number with the unit that follows it, or None."""
    span = reader.at(flat, number.end)
    raised = _raised(flat, reader, number, span)
    if raised is not None:
        number, span = raised
    if span is None:
        return _lettered(flat, reader.letters, number)
    if flat[number.end : span.end] in _PLURALS and _TENS.fullmatch(flat, number.first, number.end):
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


def _raised(flat: str, reader: UnitReader, number: Number, span: UnitSpan | None) -> tuple[Number, UnitSpan] | None:
    """The number multiplied by a power of ten that stands before its unit, where the table has no unit for both:
    `2 x 10^6/kg`, `1.5 million units`, `10^5 copies/mL`.
    """
    if span is not None and span.unit.dimension != "number":
        return None
    after = flat[number.end : number.end + _NEAR]
    match = None
    if "10" in after:
        match = _POWER.match(flat, number.end)
    elif "thousand" in after or "illion" in after:
        match = _TIMES.match(flat, number.end)
    if match is None and flat.startswith("10", number.first):
        match = _POWER.match(flat, number.first)
    unit = reader.at(flat, match.end()) if match is not None else None
    if match is None or unit is None or unit.unit.dimension == "time":
        return None
    said = match[1] or match["raised"]
    power = _WORDED.get(said) or int(said.translate(_LOWERED))
    times = Decimal(10) ** power
    low, high = (times, times) if match.start() == number.first else (number.low * times, number.high * times)
    return Number(low, high, number.start, match.end(), number.first, number.sign), unit


def _lettered(flat: str, letters: Mapping[str, Unit], number: Number) -> Found | None:
    """A figure whose unit is told by a letter alone (`temp 98 F`, `38.5 C`); `a 90 F` may be a woman of 90."""
    match = _LETTER.match(flat, number.end) if flat[number.end : number.end + 2].strip()[:1] in letters else None
    if match is None or number.low != number.high:
        return None
    unit = letters[match["letter"]]
    if unit.least is None or unit.most is None or not unit.least <= number.low <= unit.most:
        return None
    precise = number.low % 1 != 0 or number.low >= _OLDER_THAN_ANYONE
    said = () if precise else _WORD.findall(flat, max(0, number.first - _LOOK_BACK), number.first)
    if not precise and not any(word in unit.said_of for word in said):
        return None
    return Found(Quantity.of(number.low, unit.code), unit.dimension, number.first, match.end(), number.first)


def _of_a_score(flat: str, reader: UnitReader, number: Number) -> Found | None:
    """What two figures with a stroke between may be instead of a mark: part of a tablet, or a short form of a time."""
    if number.low < number.high and number.high in _PARTED:
        span = reader.at(flat, number.end)
        if span is not None and span.unit.dimension in _COUNTED:
            part = Quantity.of(number.low / number.high, span.unit.code)
            return Found(part, span.unit.dimension, number.first, span.end, number.first)
    unit = _SHORT.get(int(number.high)) if number.low % 1 == 0 else None
    if unit is None or number.low > number.high or flat[number.end - 1] in "+-":
        return None
    led = _SHORT_BEFORE.search(flat, max(0, number.first - 24), number.first) and _SHORT_ENDS.match(flat, number.end)
    if not led and not _SHORT_AFTER.match(flat, number.end):
        return None
    return Found(Quantity.of(number.low, unit), "time", number.first, number.end, number.first)


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
