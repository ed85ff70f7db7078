"""Parts whose figures hang on a letter or a sign: `q4w`, `x 2`, `days 1-5`, `/4 weeks`, `3/52`, `8 am and 6 pm`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from indicated.model.quantity import Quantity
from indicated.reading.patterns import lazily
from indicated.reading.regimen_part import Part, PartKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indicated.reading.quantities import UnitReader

    CountEnd = Callable[[str, int], int | None]

_TIME = frozenset(("time",))
_Q = lazily(r"\bq\.? ?(?P<low>\d+)(?: ?(?:-|to) ?(?P<high>\d+))? ?-?(?P<unit>[a-z]+)\b")
_SLASHED = lazily(r"(?<=[a-z0-9])(?: ?/|(?: per)(?= \d)) ?(?:(?P<low>\d+)(?: ?- ?(?P<high>\d+))? ?)?(?P<unit>[a-z]+)\b")
_X = lazily(r"(?<![a-z0-9])x ?(?P<n>\d+)\b(?!/|[.,]\d)")
_ADVERB = lazily(r" (?:daily|weekly|monthly)\b")
_DAYS = lazily(
    r"\bd(?:ays?)? ?(?P<a>\d+)(?: ?(?:-|to|through) ?d?(?:ay )?(?P<b>\d+)\b"
    r"|(?P<more>(?:(?: ?(?:,|and|&|\+))+ ?(?:d(?:ay)? ?)?\d+\b(?!\.\d))+))?"
)
_DAY = lazily(r"\bd(?:ay)? ?(?P<n>\d{1,2})\b(?![/.-])")
_N_X = lazily(r"(?<![\w.])(?P<n>\d{1,2}) ?x ?(?:/ ?|(?:per|an?|each|every) )?(?:(?P<k>\d{1,2}) )?(?P<unit>[a-z]+)\b")
_ADVERBS = {"daily": "d", "weekly": "wk", "monthly": "mo"}
_FRACTION = lazily(r"\b(?:(?P<every>every|each|q)|for|x) ?(?P<n>\d{1,2})/(?P<of>7|52|12)\b")
_FRACTIONS = {"7": "d", "52": "wk", "12": "mo"}
_CLOCK = lazily(
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?(?:(?: ?(?:,|and|&|\+))+ ?(?:at )?\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?)+"
)


def fixed_forms(text: str, units: UnitReader, count_end: CountEnd) -> Iterator[Part]:
    """Every such part of a text. `count_end` says where a noun of administrations ends (`x 6 doses`)."""
    for match in (*_Q.finditer(text), *_SLASHED.finditer(text)):
        unit = units.at(match["unit"], 0, _TIME)
        low, high = Decimal(match["low"] or 1), Decimal(match["high"] or match["low"] or 1)
        if unit is not None and unit.end == len(match["unit"]) and low <= high:
            yield Part(PartKind.INTERVAL, match.start(), match.end(), Quantity(low, high, unit.unit.code))
    yield from _times(text, units, count_end)
    yield from _on_days(text, units)
    for match in _FRACTION.finditer(text):
        value = Quantity.of(match["n"], _FRACTIONS[match["of"]])
        kind = PartKind.INTERVAL if match["every"] else PartKind.EACH if value.unit == "d" else PartKind.LENGTH
        yield Part(kind, match.start(), match.end(), value, code="each" if kind is PartKind.LENGTH else "")
    for match in _CLOCK.finditer(text):
        times = len(re.findall(r"\d ?[ap]", match.group()))
        yield Part(PartKind.INTERVAL, match.start(), match.end(), Quantity.of(1, "d"), times=times)


def _times(text: str, units: UnitReader, count_end: CountEnd) -> Iterator[Part]:
    """`x 2`, `x 6 doses`, `2x/week`."""
    for match in _X.finditer(text):
        if units.at(text, match.end()) is None and not text.startswith("^", match.end()):
            end = count_end(text, match.end())
            kind = PartKind.AGAIN if end is None else PartKind.COURSES
            end = match.end() if _ADVERB.match(text, match.end()) else end
            yield Part(kind, match.start(), end or match.end(), Quantity.of(match["n"], "1"))
    for match in _N_X.finditer(text):
        yield from _times_in(match, units, counted=count_end(text, match.end()) is not None)


def _on_days(text: str, units: UnitReader) -> Iterator[Part]:
    """`days 1-5`, `D1, D2`, and one `day 1`."""
    for match in _DAYS.finditer(text):
        if match["b"] and int(match["b"]) > int(match["a"]):
            yield _days(match, int(match["b"]) - int(match["a"]) + 1)
        elif match["more"] and units.at(text, match.end()) is None:
            yield _days(match, 1 + len(re.findall(r"\d+", match["more"])))
    for match in _DAY.finditer(text):
        yield Part(PartKind.NOTE, match.start(), match.end(), Quantity.of(match["n"], "1"), code="on")


def _times_in(match: re.Match[str], units: UnitReader, *, counted: bool) -> Iterator[Part]:
    """`2x/week`, `1 x every 4 weeks`; not `2 x 20 g`, not `6 x monthly infusions`."""
    word = match["unit"]
    span = units.at(word, 0, _TIME)
    code = _ADVERBS.get(word) or (span.unit.code if span is not None and span.end == len(word) else "")
    n = int(match["n"])
    if not code or counted or n == 0:
        return
    days = Quantity.of(n, "d") if n > 1 and code != "d" else None
    times = n if code == "d" else 1
    value = Quantity.of(match["k"] or 1, code)
    yield Part(PartKind.INTERVAL, match.start(), match.end(), value, times=times, days=days)


def _days(match: re.Match[str], count: int) -> Part:
    return Part(PartKind.EACH, match.start(), match.end(), Quantity.of(count, "d"), code="on")
