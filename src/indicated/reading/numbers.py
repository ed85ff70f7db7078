"""Numbers in flattened text: figures with US thousands, number words, ranges and comparisons.

Scores (`5/5`), titres (`1:640`), dates and ordinals are found too, so that nobody takes them for quantities.
All functions expect the letters of `View.flat` (lower case, folded) and give offsets into it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.reading.patterns import lazily
from indicated.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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

    def moved(self, base: int) -> Number:
        """The same number with offsets from `base`; a sign that stands before it is left out."""
        cut = self.start < base
        start, first = (self.first if cut else self.start) - base, self.first - base
        return Number(self.low, self.high, start, self.end - base, first, "" if cut else self.sign, self.kind)


_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: dict[str, int] = {
    **{word: at for at, word in enumerate((*_ONES, *_TEENS))},
    **{word: 10 * at for at, word in enumerate(_TENS, start=2)},
    **{f"{ten}-{one}": 10 * a + b for a, ten in enumerate(_TENS, start=2) for b, one in enumerate(_ONES[:10]) if b},
}
"""Number words and their values: `two`, `twenty-four`."""

_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_PARTS = "".join(_VULGAR)
_WHOLE = r"\d{1,3}(?:,\d{3})+(?![\d,]*\d)|\d{1,3}(?: \d{3}){0,3} 000(?! ?\d)|\d+"
_FIGURE = rf"(?:{_WHOLE})(?:\.\d+|[{_PARTS}])?|\.\d+|[{_PARTS}]"
_PLACE = lazily(rf"\.?\d+|[{_PARTS}]")
_HERE = lazily(
    r"(?P<date>(?<![\w./-])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/(?:19|20)\d{2})(?![\w/]))"
    r"|(?P<titre>(?<![\w.:/])1 ?: ?(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d:]))"
    r"|(?P<score>(?<![\w./])\d+(?:\.\d+)?[+-]? ?/ ?\d+(?:\.\d+)?(?![\w/]|\.\d))"
    r"|(?P<ordinal>(?<![\w.,/:])\d+(?:st|nd|rd|th)\b)"
    rf"|(?:(?<![\w.,/:^])|(?<=\bx))(?<![a-z]-)(?P<low>(?>{_FIGURE}))(?!:\d|%?-\d+-)"
)
_FREE = lazily(r"(?<![\w.,/:^])(?<![a-z]-)")
_UNCLEAR = lazily(r":\d|%?-\d+-")
_ONE_FIGURE = lazily(_FIGURE)
_WORD = lazily(r"\w+")
_SPELT = frozenset((*_ONES, *_TEENS, *_TENS))
_MORE = lazily(r"(?: hundred\b)?(?:(?: |-)and(?: |-)(?:a|one)(?: |-)half\b)?")
_HALF = lazily(r" and (?:a|one) half\b")
_JOIN = lazily(r"%?(?:- (?:to|or) | ?(?:-|to|or|~) ?)")
_SPREADS = ("±", " ±", "+", " +")
_AND = lazily(r"%? and ")
_SPREAD = lazily(rf" ?(?:±|\+ ?/? ?-) ?(?:{_FIGURE})")
_BETWEEN = "between "
_UNFIT = lazily(r"[\d:]|/\d")
SIGNS = {
    **dict.fromkeys((">=", "=>", "≥", "at least", "no less than", "not less than", "minimum of", "at or above"), ">="),
    **dict.fromkeys(("<=", "=<", "≤", "at most", "no more than", "not more than", "up to", "maximum of"), "<="),
    **dict.fromkeys(("greater than or equal to", "more than or equal to"), ">="),
    **dict.fromkeys(("equal to or greater than", "equal to or more than"), ">="),
    **dict.fromkeys(("at or below", "less than or equal to", "equal to or less than"), "<="),
    **dict.fromkeys((">", "over", "above", "exceeding", "exceeds", "in excess of"), ">"),
    **dict.fromkeys(("greater than", "more than", "higher than", "longer than", "older than"), ">"),
    **dict.fromkeys(("<", "under", "below"), "<"),
    **dict.fromkeys(("less than", "fewer than", "lower than", "shorter than", "younger than"), "<"),
}
"""Words and marks before a figure, and the comparison that they are."""
_LONGEST_SIGN_FIRST = sorted(SIGNS, key=len, reverse=True)
_ANY_SIGN = tuple(_LONGEST_SIGN_FIRST)
_BEFORE_VALUE = ("the ", "an ", "a ", "about ", "")
_AFTER = lazily(
    r" ?(?:(?:or|and) (?:(?P<ge>more|greater|higher|above|over|older|longer)|"
    r"(?P<le>less|fewer|lower|below|under|younger))\b)"
)
_SIGNS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<"}
_LOOK_BACK = 32
_LONGEST_FIGURE = 16
"""Characters that a figure may have: more of them are an identifier or noise, never an amount."""


def value_of(figure: str) -> Decimal:
    """The exact value of one figure or number word: `1,250`, `1 000`, `.5`, `1½`, `twenty four`, `two and a half`."""
    words, half, _ = figure.replace("-and-", " and ").partition(" and ")
    more = Decimal("0.5") if half else Decimal(0)
    if words[-1] in _VULGAR:
        words, more = words[:-1], more + Decimal(_VULGAR[words[-1]])
    if not words or words[0] in ".0123456789":
        return Decimal(words.replace(",", "").replace(" ", "") or 0) + more
    times = 100 if words.endswith(" hundred") else 1
    return WORDS[words.removesuffix(" hundred").replace(" ", "-")] * times + more


def find_numbers(flat: str, words: Mapping[str, Sequence[int]] | None = None) -> tuple[Number, ...]:
    """Every number of the text, in order, none overlapping. `words` are those of the text where they are known."""
    found: list[Number] = []
    at = 0
    for place in _places(flat, words_of(flat) if words is None else words):
        if place >= at and (number := _number_at(flat, place)) is not None:
            found.append(number)
            at = number.end
    return tuple(found)


def _places(flat: str, words: Mapping[str, Sequence[int]]) -> list[int]:
    """Where a number may begin: figures and number words, found faster than what they stand for."""
    places = [match.start() for match in _PLACE.finditer(flat)]
    spelt = [start for word in _SPELT & words.keys() for start in words[word]]
    return sorted(places + spelt) if spelt else places


def _number_at(flat: str, at: int) -> Number | None:
    """The number that begins at a place."""
    if flat[at].isalpha():
        end = _spelt(flat, at) if _FREE.match(flat, at) else None
        return _plain(flat, at, end) if end is not None and not _UNCLEAR.match(flat, end) else None
    match = _HERE.match(flat, at)
    if match is None or match.end() - at > _LONGEST_FIGURE:
        return None
    return _plain(flat, at, _and_a_half(flat, match.end())) if match["low"] else _other(match)


def _and_a_half(flat: str, end: int) -> int:
    """Where a figure ends that a half is added to in words (`4 and a half`)."""
    half = _HALF.match(flat, end) if flat.startswith(" and ", end) else None
    return end if half is None else half.end()


def _spelt(flat: str, at: int) -> int | None:
    """Where the number in words that begins at a place ends; None when it is none."""
    word = _WORD.match(flat, at)
    if word is None or word.group() not in WORDS:
        return None
    end = word.end()
    if word.group() in _TENS and flat.startswith((" ", "-"), end):
        after = _WORD.match(flat, end + 1)
        if after is not None and after.group() in _ONES[1:10]:
            end = after.end()
    more = _MORE.match(flat, end)
    return more.end() if more is not None else end


def _one(flat: str, at: int) -> int | None:
    """Where the figure or number word that begins at a place ends; None when there is none."""
    if flat[at : at + 1].isalpha():
        return _spelt(flat, at)
    match = _ONE_FIGURE.match(flat, at)
    return None if match is None or match.end() - at > _LONGEST_FIGURE else _and_a_half(flat, match.end())


def sign_after(flat: str, end: int) -> tuple[str, int]:
    """The comparison said after a value (`or more`) and where it ends; empty and `end` when there is none."""
    match = _AFTER.match(flat, end)
    if match is None:
        return "", end
    return _SIGNS[match.lastgroup or "ge"], match.end()


def _plain(flat: str, first: int, end: int) -> Number:
    low = high = value_of(flat[first:end])
    end = _restated(flat, end, low)
    around = _SPREAD.match(flat, end) if flat.startswith(_SPREADS, end) else None
    if around is not None:
        return Number(low, high, first, around.end(), first)
    join = _JOIN.match(flat, end) or (_AND.match(flat, end) if flat.endswith(_BETWEEN, 0, first) else None)
    other = _one(flat, join.end()) if join is not None else None
    if join is not None and other is not None and not _UNFIT.match(flat, other):
        upper = value_of(flat[join.end() : other])
        high, end = (upper, other) if upper >= low else (high, end)
    sign, start = _sign_before(flat, first)
    return Number(low, high, start, end, first, sign if low == high else "")


def _restated(flat: str, end: int, value: Decimal) -> int:
    """Where the same number again in brackets ends (`two (2)`); `end` when it is not said again."""
    opens = end + 1 if flat.startswith(" (", end) else end
    again = _one(flat, opens + 1) if flat.startswith("(", opens) else None
    same = again is not None and flat.startswith(")", again) and value_of(flat[opens + 1 : again]) == value
    return again + 1 if same and again is not None else end


def _sign_before(flat: str, first: int) -> tuple[str, int]:
    """The comparison said before a value (`at least`) and where it starts; empty and `first` when there is none."""
    back = max(0, first - _LOOK_BACK)
    before = flat[back:first]
    for article in _BEFORE_VALUE:
        if not before.endswith(article):
            continue
        words = before.removesuffix(article)
        words = words[:-1] if words[-1:].isspace() else words
        if words.endswith(_ANY_SIGN):
            for sign in _LONGEST_SIGN_FIRST:
                start = len(words) - len(sign)
                arrow = words[start - 1 : start] == "-"
                inside = sign[0].isalpha() and start and _WORD.match(words, start - 1)
                if words.endswith(sign) and not arrow and not inside:
                    return SIGNS[sign], back + start
    return "", first


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
