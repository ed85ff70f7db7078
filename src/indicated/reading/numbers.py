"""Numbers in flattened text: figures with US thousands, number words, ranges and comparisons.

Scores (`5/5`), titres (`1:640`), dates and ordinals are found too, so that nobody takes them for quantities.
All functions expect the letters of `View.flat` (lower case, folded) and give offsets into it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class NumberKind(StrEnum):
    """What a figure is. Only PLAIN is an amount of something."""

    PLAIN = "plain"
    SCORE = "score"
    TITRE = "titre"
    DATE = "date"
    ORDINAL = "ordinal"


class Number(Struct, frozen=True):
    """A number or range at `start` to `end`, its comparison's words included; the figures begin at `first`.

    `low` and `high` are equal for one value. `sign` is one of < <= > >= or empty. A titre's value is its
    denominator; a score keeps its two parts as `low` and `high`, whatever their order.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    first: int
    sign: str = ""
    kind: NumberKind = NumberKind.PLAIN


_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: dict[str, int] = {
    **{word: at for at, word in enumerate((*_ONES, *_TEENS))},
    **{word: 10 * at for at, word in enumerate(_TENS, start=2)},
    **{f"{ten}-{one}": 10 * a + b for a, ten in enumerate(_TENS, start=2) for b, one in enumerate(_ONES[:10]) if b},
}
"""Number words and their values: `two`, `twenty-four`."""

_WORD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join((*_TEENS, *reversed(_ONES)))}"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?![\d,]*\d)|\d+)(?:\.\d+)?|\.\d+"
_SPELT = rf"(?:{_WORD})\b(?: hundred\b)?(?: and (?:a|one) half\b)?"
_ONE = re.compile(rf"{_FIGURE}|{_SPELT}")
_SCAN = re.compile(
    r"(?P<date>(?<![\w./-])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{4})(?![\w/]))"
    r"|(?P<titre>(?<![\w.:/])1 ?: ?\d[\d,]*(?![\d:]))"
    r"|(?P<score>(?<![\w./])\d+(?:\.\d+)?[+-]? ?/ ?\d+(?:\.\d+)?(?![\w/]|\.\d))"
    r"|(?P<ordinal>(?<![\w.,/:])\d+(?:st|nd|rd|th)\b)"
    rf"|(?:(?<![\w.,/:^])|(?<=\bx))(?<![a-z]-)(?P<low>{_ONE.pattern})(?!:\d|%?-\d+-)"
)
_JOIN = re.compile(r"%? ?(?:-|to|or|~) ?")
_UNFIT = re.compile(r"[\d:]|/\d")
_BEFORE = re.compile(
    r"(?:(?P<ge>>=|=>|≥|\bat least|\bno less than|\bnot less than|\bminimum of|\bat or above|"
    r"\b(?:greater|more) than or equal to|\bequal to or (?:greater|more) than)"
    r"|(?P<le><=|=<|≤|\bat most|\bno more than|\bnot more than|\bup to|\bmaximum of|\bat or below|"
    r"\bless than or equal to|\bequal to or less than)"
    r"|(?P<gt>>|\b(?:greater|more|higher|longer|older) than|\bover|\babove|\bexceeding|\bexceeds|\bin excess of)"
    r"|(?P<lt><|\b(?:less|fewer|lower|shorter|younger) than|\bunder|\bbelow))\s?(?:the |an? |about )?$"
)
_AFTER = re.compile(
    r" ?(?:(?:or|and) (?:(?P<ge>more|greater|higher|above|over|older|longer)|"
    r"(?P<le>less|fewer|lower|below|under|younger))\b)"
)
_SIGNS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<"}
_LOOK_BACK = 32
_SIGN_ENDS = (
    *("<", ">", "=", "≥", "≤", "than", "to", "least", "most", "of", "above", "below", "over", "under", "exceeding"),
    *("exceeds", "the", "a", "an", "about"),
)


def value_of(figure: str) -> Decimal:
    """The exact value of one figure or number word: `1,250`, `.5`, `twenty four`, `two and a half`, `five hundred`."""
    if figure[0] in ".0123456789":
        return Decimal(figure.replace(",", ""))
    half = Decimal("0.5") if figure.endswith(" half") else Decimal(0)
    words = figure.partition(" and ")[0]
    times = 100 if words.endswith(" hundred") else 1
    return WORDS[words.removesuffix(" hundred").replace(" ", "-")] * times + half


def find_numbers(flat: str, start: int = 0, end: int | None = None) -> tuple[Number, ...]:
    """Every number of the text between `start` and `end`, in order, none overlapping."""
    found: list[Number] = []
    stop = len(flat) if end is None else end
    at = start
    while match := _SCAN.search(flat, at, stop):
        number = _plain(match, flat) if match["low"] else _other(match)
        found.append(number)
        at = max(number.end, at + 1)
    return tuple(found)


def sign_after(flat: str, end: int) -> tuple[str, int]:
    """The comparison said after a value (`or more`) and where it ends; empty and `end` when there is none."""
    match = _AFTER.match(flat, end)
    if match is None:
        return "", end
    return _SIGNS[match.lastgroup or "ge"], match.end()


def _plain(match: re.Match[str], flat: str) -> Number:
    first, end = match.span("low")
    low = high = value_of(match["low"])
    end = _restated(flat, end, low)
    join = _JOIN.match(flat, end)
    other = _ONE.match(flat, join.end()) if join is not None else None
    if other is not None and not _UNFIT.match(flat, other.end()) and value_of(other.group()) >= low:
        high, end = value_of(other.group()), other.end()
    sign, start = _sign_before(flat, first)
    return Number(low, high, start, end, first, sign if low == high else "")


def _restated(flat: str, end: int, value: Decimal) -> int:
    """Where the same number again in brackets ends (`two (2)`); `end` when it is not said again."""
    opens = end + 1 if flat.startswith(" (", end) else end
    again = _ONE.match(flat, opens + 1) if flat.startswith("(", opens) else None
    same = again is not None and flat.startswith(")", again.end()) and value_of(again.group()) == value
    return again.end() + 1 if same and again is not None else end


def _sign_before(flat: str, first: int) -> tuple[str, int]:
    back = max(0, first - _LOOK_BACK)
    if not flat[back:first].rstrip().endswith(_SIGN_ENDS):
        return "", first
    match = _BEFORE.search(flat[back:first])
    if match is None:
        return "", first
    return _SIGNS[match.lastgroup or "ge"], back + match.start()


def _other(match: re.Match[str]) -> Number:
    kind = NumberKind(match.lastgroup or "date")
    text = match[0]
    if kind is NumberKind.TITRE:
        low = high = Decimal(text.rpartition(":")[2].replace(",", "").strip())
    elif kind is NumberKind.SCORE:
        parts = text.split("/")
        low, high = Decimal(parts[0].strip(" +-")), Decimal(parts[1].strip())
    else:
        low = high = Decimal(re.findall(r"\d+", text)[0])
    return Number(low, high, match.start(), match.end(), match.start(), "", kind)
