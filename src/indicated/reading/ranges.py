"""What stands beside a value: the laboratory's own range, its flag, a unit told apart, and what they say of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.fact import Result
from indicated.model.quantity import Quantity
from indicated.reading.numbers import SIGNS, value_of
from indicated.reading.patterns import lazily
from indicated.reading.quantities import compared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.lexicon_measures import MeasureLexicon
    from indicated.model.quantity import Units
    from indicated.reading.quantities import UnitReader
    from indicated.reading.scene import Scene

FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,9})?|\.\d{1,9})"
_SIGN = r"(?P<sign><=|>=|=<|=>|<|>|≤|≥|up to|less than|greater than|below|above|under|over)"
_PIECES = 5
_CLOSES = lazily(r"[^()\[\]]{0,24}[)\]]{1,2}")
_MOST_SPACE = r"[ |]{0,6}"
_AFTER_FLAG = r"(?= ?(?:[,;|)\].\n(\[<>/]|$|\d))"
_ANY_END = r"(?![\w+-])"


class Range(NamedTuple):
    """A range told at `start` to `end`; its unit is empty when none is told with it."""

    value: Quantity
    start: int
    end: int


class Beside(NamedTuple):
    """What was told beside a value up to `end`. `unit` is one told apart from the figure; `covers` are the ranges."""

    result: Result | None
    end: int
    unit: str = ""
    covers: tuple[tuple[int, int], ...] = ()
    range: Quantity | None = None


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word.lower()) for word in sorted(dict.fromkeys(words), key=len, reverse=True))


class Ranges:
    """The words and marks beside values, compiled."""

    __slots__ = ("_alone", "_before", "_marks", "_opens", "_range", "_results", "_table", "_units")

    def __init__(self, lexicon: MeasureLexicon, reader: UnitReader, table: Units) -> None:
        self._units = reader
        self._table = table
        words = any_of(lexicon.reference)
        self._opens = lazily(
            rf"{_MOST_SPACE}[,;]? ?(?P<open>[(\[{{]{{0,2}}) ?"
            rf"(?P<word>(?:\b(?:{words})(?![\w])[ .:=,-]{{0,3}}(?:(?:is|of|are) )?){{1,3}})?"
        )
        self._range = lazily(
            rf"(?:{_SIGN} ?(?P<limit>{FIGURE})"
            rf"|(?P<low>{FIGURE}) ?(?P<unit>[a-z%/^*0-9 ]{{0,12}}?) ?(?:-{{1,2}}|to) ?(?P<high>{FIGURE}))(?![\w.:/]\d)"
        )
        self._before = lazily(rf"\b(?:{words})(?![\w-])[ .:=(]{{0,3}}(?:(?:is|of|are|to) )?$")
        self._results = {mark: flag.result for flag in lexicon.flags for mark in flag.marks}
        self._marks = _marked((mark for flag in lexicon.flags if not flag.alone for mark in flag.marks), _ANY_END)
        self._alone = _marked((mark for flag in lexicon.flags if flag.alone for mark in flag.marks), _AFTER_FLAG)

    def after(self, scene: Scene, end: int, stop: int, value: Quantity, *, sure: bool) -> Beside:
        """What is told right after a value that ends at `end`. Without `sure` the value has no unit of its own yet."""
        result: Result | None = None
        flagged: Result | None = None
        unit = ""
        covers: list[tuple[int, int]] = []
        held: Quantity | None = None
        for _ in range(_PIECES):
            told = self.range_at(scene, end, stop, value.unit) if held is None else None
            if told is not None:
                held, end = told.value, told.end
                covers.append((told.start, told.end))
                if not sure and not unit and held.unit:
                    unit = held.unit
                continue
            mark = self.flag_at(scene, end, stop) if flagged is None else None
            if mark is not None:
                flagged, end = mark
                continue
            apart = self._unit_at(scene, end, stop, value.unit) if not unit else None
            if apart is None:
                break
            unit, end = apart
        if held is not None:
            own = value if sure or not unit else replace(value, unit=unit)
            result = self.against(own, held if held.unit else replace(held, unit=own.unit))
        return Beside(
            flagged if flagged not in (None, Result.ABNORMAL) else result or flagged, end, unit, tuple(covers), held
        )

    def against(self, value: Quantity, held: Quantity) -> Result | None:
        """What a value says held against a range; None where it straddles an end or the units do not compare."""
        same = self._table.convert(value, held.unit) if held.unit != value.unit else value
        if same is None:
            return None
        if held.high is not None and same.low is not None and _over(same.low, held.high, strict=not held.high_open):
            return Result.ELEVATED
        if held.low is not None and same.high is not None and _over(-same.high, -held.low, strict=not held.low_open):
            return Result.LOW
        if held.high is not None and same.low == held.high and same.low_open:
            return Result.ELEVATED
        if held.low is not None and same.high == held.low and same.high_open:
            return Result.LOW
        low = held.low is None or (same.low is not None and same.low >= held.low)
        high = held.high is None or (same.high is not None and same.high <= held.high)
        return Result.NORMAL if low and high else None

    def range_at(self, scene: Scene, at: int, stop: int, unit: str, *, alone: bool = False) -> Range | None:
        """The range told at a place: in brackets, after a word for it, or with nothing between. `alone`: nothing else
        can stand there.
        """
        flat = scene.view.flat
        opens = self._opens.match(flat, at, stop)
        if opens is None:
            return None
        found = self._range.match(flat, opens.end(), stop)
        if found is None or (found["unit"] and not found["unit"].strip(" -") and found["low"] is None):
            return None
        word, bracket = opens["word"], opens["open"]
        own = next((one for one in scene.quantities_in(found.start(), found.end()) if one.end > found.end()), None)
        # `300 < 700` compares the two; `300 mg/dL <700 mg/dL` tells the limit.
        bare_limit = found["limit"] and (own is None or flat[found.start("limit") - 1] == " ")
        if not alone and not word and not bracket and (bare_limit or "," in flat[at : opens.end()]):
            return None
        between = (found["unit"] or "").strip()
        if between and self._units.at(flat, found.start("unit")) is None:
            return None
        if own is not None and self._table.convert(own.quantity, unit) is None and unit:
            return None
        held = _told(found, own.quantity.unit if own is not None else "")
        if held is None:
            return None
        end = own.end if own is not None else found.end()
        closes = _CLOSES.match(flat, end, stop) if bracket else None
        if bracket and closes is None and not word:
            return None
        return Range(held, at, closes.end() if closes is not None else end)

    def range_in(self, text: str, start: int, end: int) -> Range | None:
        """The range that a whole text is, told in pieces from `start` to `end`."""
        opens = self._opens.match(text)
        found = self._range.match(text, opens.end() if opens is not None else 0)
        if found is None:
            return None
        held = _told(found, self.unit(text[found.end() :].strip(" )]")))
        return Range(held, start, end) if held is not None else None

    def is_unit(self, text: str) -> bool:
        """Whether a whole text is a unit."""
        return bool(self.unit(text))

    def flag_at(self, scene: Scene, at: int, stop: int) -> tuple[Result, int] | None:
        """The laboratory's flag at a place, and where it ends."""
        cased = scene.view.cased
        match = self._marks.match(cased, at, stop) or self._alone.match(cased, at, stop)
        return None if match is None else (self._results[match["mark"]], match.end())

    def _unit_at(self, scene: Scene, at: int, stop: int, usual: str) -> tuple[str, int] | None:
        """A unit told apart from its figure (in a column of its own)."""
        flat = scene.view.flat
        while at < stop and flat[at] in " |":
            at += 1
        span = self._units.at(flat, at)
        if (
            span is None
            or span.end > stop
            or (usual and self._table.convert(Quantity.of(1, span.unit.code), usual) is None)
        ):
            return None
        return span.unit.code, span.end

    def is_reference(self, gap: str) -> bool:
        """Whether the words before a figure say that it is a range's end, not a value."""
        return self._before.search(gap) is not None

    def unit_after(self, flat: str, at: int) -> str:
        """The unit that follows a place; empty when there is none."""
        span = self._units.at(flat, at)
        return span.unit.code if span is not None else ""

    def unit(self, text: str) -> str:
        """The unit that a whole text is; empty when it is none."""
        span = self._units.at(text, 0) if text else None
        return span.unit.code if span is not None and span.end == len(text) else ""


def _marked(marks: Iterable[str], end: str) -> re.Pattern[str]:
    listed = "|".join(re.escape(mark) for mark in sorted(dict.fromkeys(marks), key=len, reverse=True))
    return lazily(rf"{_MOST_SPACE}(?:\( ?|\[ ?)?(?P<mark>{listed})(?: ?[)\]])?{end}")


def _told(found: re.Match[str], unit: str) -> Quantity | None:
    if found["limit"]:
        limit = value_of(found["limit"])
        return compared(limit, limit, unit, SIGNS[found["sign"]])
    low, high = value_of(found["low"]), value_of(found["high"])
    return Quantity(low, high, unit) if low < high else None


def unit_of_size(bare: Iterable[Quantity], low: Decimal, high: Decimal) -> str:
    """The unit that figures of this size can only be in, when none is told; else empty."""
    for held in bare:
        if held.low is not None and held.high is not None and held.low <= low and high <= held.high:
            return held.unit
    return ""


def _over(value: Decimal, limit: Decimal, *, strict: bool) -> bool:
    return value > limit if strict else value >= limit
