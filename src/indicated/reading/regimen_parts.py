"""The parts a regimen is made of, found one by one: amounts, days, rhythm, courses, route. No part is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.lexicon_therapy import Frequency, RegimenLexicon
from indicated.model.quantity import Quantity
from indicated.reading.numbers import Number, NumberKind, find_numbers, sign_after
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Everywhere, Phrases
from indicated.reading.quantities import UnitReader, compared

if TYPE_CHECKING:
    from indicated.reading.view import View


class PartKind(StrEnum):
    """What a part says."""

    AMOUNT = "amount"
    INTERVAL = "interval"
    TIMES = "times"
    SPREAD = "spread"
    EACH = "each"
    LENGTH = "length"
    COURSES = "courses"
    AGAIN = "again"
    ROUTE = "route"
    THEN = "then"
    LOADING = "loading"
    MAXIMUM = "maximum"
    SINGLE = "single"
    NOTE = "note"


class Part(Struct, frozen=True):
    """One part at `start` to `end`.

    `value` is its quantity; `code` a route, or what an amount is stated per (`day`, `dose`, `course`); `times` how
    many administrations fall in a day; `days` on how many days of `value`; `ambiguous` marks words with two meanings.
    """

    kind: PartKind
    start: int
    end: int
    value: Quantity | None = None
    code: str = ""
    times: int = 1
    days: Quantity | None = None
    ambiguous: bool = False


SpokenParts = Everywhere[tuple[PartKind, Frequency | str]]
"""The parts of a whole text that are words alone, as found."""

_TIME = frozenset(("time",))
_PER = lazily(
    r" ?(?:/|\bper |\bevery |\beach |\ba )(?:(?P<day>(?:day|d|24 ?h(?:ours|rs)?)\b(?! of))|(?P<dose>(?:dose|infusion|"
    r"administration|treatment|injection)\b)|(?P<course>(?:course|cycle|pulse)\b)|(?P<rate>(?:min|minute|h|hr|hour)\b))"
    r"|(?P<total> ?(?:in )?total(?: dose)?\b)"
)
_PER_TIME = lazily(r" ?/ ?(?:(?P<n>\d+(?:-\d+)?) ?)?(?=[a-z])")
_SOLUTION = lazily(r" ?/ ?\d+(?:\.\d+)?(?= ?[a-z])")
_DIVIDED_BY = lazily(r" ?/| per\b")
_Q = lazily(r"\bq\.? ?(?P<low>\d+)(?: ?(?:-|to) ?(?P<high>\d+))? ?-?(?P<unit>[a-z]+)\b")
_SLASHED = lazily(r"(?<=[a-z0-9])(?: ?/|(?: per)(?= \d)) ?(?:(?P<low>\d+)(?: ?- ?(?P<high>\d+))? ?)?(?P<unit>[a-z]+)\b")
_X = lazily(r"(?<![a-z0-9])x ?(?P<n>\d+)\b(?!/)")
_DAYS = lazily(
    r"\bd(?:ays?)? ?(?P<a>\d+)(?: ?(?:-|to|through) ?d?(?P<b>\d+)\b"
    r"|(?P<more>(?:(?: ?(?:,|and|&|\+))+ ?(?:day )?\d+)+))?"
)
_TIMES_IN = lazily(
    r" (?:times|x|doses|infusions|injections) ?(?:(?P<daily>daily)|(?P<weekly>weekly)|(?P<monthly>monthly)"
    r"|(?:a|per|each|every) (?:(?P<n>\d+) )?(?P<unit>[a-z]+))\b"
)
_SIMPLY = lazily(r"(?P<dash>-| )(?P<word>hourly|daily|weekly|monthly)\b")
_ADVERBS = {"hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo"}
_RHYTHMS = frozenset(("daily", "weekly", "monthly", "iv"))
_MOST_ADJECTIVES = 3
_ROUTE_REACH = 24
_WORD = lazily(r"[a-z()-]+")
_BEFORE_WORDS = lazily(r"[a-z]+(?:[ ,]+[a-z]+){0,3}[ (]*$")


class PartReader:
    """The regimen words compiled with the unit table. Immutable after construction."""

    __slots__ = (
        "_amounts",
        "_counts",
        "_dimensions",
        "_each",
        "_every",
        "_glue",
        "_lexicon",
        "_phrases",
        "_spread",
        "units",
    )

    def __init__(self, lexicon: RegimenLexicon, units: UnitReader) -> None:
        self.units = units
        self._lexicon = lexicon
        self._amounts = frozenset(lexicon.amounts)
        self._dimensions = frozenset(units.dimension(code) for code in lexicon.amounts)
        self._spread, self._each = frozenset(lexicon.spread), frozenset(lexicon.each)
        self._glue = frozenset(lexicon.glue)
        self._every, self._counts = frozenset(lexicon.every), frozenset(lexicon.counts)
        self._phrases: Phrases[tuple[PartKind, Frequency | str]] = Phrases(_meanings(lexicon))

    def spoken(self, view: View) -> SpokenParts:
        """The parts of a text that are words alone."""
        return self._phrases.everywhere(view.flat, view.words)

    def find(self, text: str, base: int, spoken: SpokenParts, numbers: Iterable[Number] | None = None) -> list[Part]:
        """Every part of a text that stands at `base`, in order, none overlapping.

        `spoken` are those of the whole that it was taken from; `numbers` the text's own, with its own offsets.
        """
        known = find_numbers(text) if numbers is None else numbers
        counted = [_moved(part, base) for part in (*self._fixed(text), *self._counted(text, base, spoken, known))]
        return _apart([*counted, *_in_words(spoken, base, base + len(text))])

    def route_beside(self, flat: str, start: int, end: int, spoken: SpokenParts) -> str:
        """The route said right before or right after a drug at `start` to `end`; empty when none is."""
        inside = _routes(spoken, start, end)
        if inside:
            return inside[0].code
        before = _routes(spoken, max(0, start - _ROUTE_REACH), start)
        if before and not flat[before[-1].end : start].strip(" -"):
            return before[-1].code
        after = _routes(spoken, end, end + _ROUTE_REACH)
        return after[0].code if after and not flat[end : after[0].start].strip(" (-0123456789.%") else ""

    def _fixed(self, text: str) -> Iterable[Part]:
        """`q4w`, `x 2`, `days 1-5`: forms whose figures hang on a letter."""
        for match in (*_Q.finditer(text), *_SLASHED.finditer(text)):
            unit = self.units.at(match["unit"], 0, _TIME)
            low, high = Decimal(match["low"] or 1), Decimal(match["high"] or match["low"] or 1)
            if unit is not None and unit.end == len(match["unit"]) and low <= high:
                yield Part(PartKind.INTERVAL, match.start(), match.end(), Quantity(low, high, unit.unit.code))
        for match in _X.finditer(text):
            if self.units.at(text, match.end()) is None and not text.startswith("^", match.end()):
                end = self._count_end(text, match.end())
                kind = PartKind.AGAIN if end is None else PartKind.COURSES
                yield Part(kind, match.start(), end or match.end(), Quantity.of(match["n"], "1"))
        for match in _DAYS.finditer(text):
            if match["b"] and int(match["b"]) > int(match["a"]):
                yield _days(match, int(match["b"]) - int(match["a"]) + 1)
            elif match["more"]:
                yield _days(match, 1 + len(re.findall(r"\d+", match["more"])))

    def _counted(self, text: str, base: int, spoken: SpokenParts, numbers: Iterable[Number]) -> Iterable[Part]:
        """Parts that begin with a number."""
        for number in numbers:
            if number.kind is NumberKind.ORDINAL or number.kind is NumberKind.PLAIN:
                part = self._amount(text, base, spoken, number) or self._times(text, number)
                part = part or self._adverb(text, number) or self._length(text, number)
                part = part or self._courses(text, base, spoken, number)
                if part is not None:
                    yield part

    def _amount(self, text: str, base: int, spoken: SpokenParts, number: Number) -> Part | None:
        span = self.units.at(text, number.end, self._dimensions)
        if span is None or span.unit.code not in self._amounts:
            return None
        end, code = span.end, ""
        if per := _PER.match(text, end):
            end, code = per.end(), per.lastgroup or ""
        elif (joined := _PER_TIME.match(text, end)) and self.units.at(text, joined.end(), _TIME):
            end = joined.start()
        elif (solution := _SOLUTION.match(text, end)) and self.units.at(text, solution.end()):
            end = solution.end()
        elif _DIVIDED_BY.match(text, end) and not (spoken.at(base + end) or spoken.at(base + end + 1)):
            return None
        sign, after = sign_after(text, span.end) if end == span.end else ("", end)
        sign = sign or number.sign
        start = number.start if number.sign else number.first
        if text.startswith("over", start):
            sign, start = "", number.first
        value = compared(number.low, number.high, span.unit.code, sign)
        kind = PartKind.NOTE if code == "rate" or sign in ("<", ">") else PartKind.AMOUNT
        return Part(kind, start, max(end, after), value, "course" if code == "total" else code)

    def _times(self, text: str, number: Number) -> Part | None:
        """`2 to 5 times a week`: administrations in a stretch."""
        match = _TIMES_IN.match(text, number.end)
        divided = self._lead(text, number.first)[0] == "spread"
        per = self._stretch(match) if match and not divided else None
        if match is None or per is None:
            return None
        if per.unit in ("d", "h"):
            if number.low != number.high or per.low != 1 or number.low % 1:
                return None
            return Part(PartKind.INTERVAL, number.first, match.end(), per, times=int(number.low))
        days = Quantity(number.low, number.high, "d")
        return Part(PartKind.INTERVAL, number.first, match.end(), per, days=days)

    def _stretch(self, match: re.Match[str]) -> Quantity | None:
        for word in ("daily", "weekly", "monthly"):
            if match[word]:
                return Quantity.of(1, _ADVERBS[word])
        unit = self.units.at(match["unit"], 0, _TIME)
        return Quantity.of(match["n"] or 1, unit.unit.code) if unit and unit.end == len(match["unit"]) else None

    def _adverb(self, text: str, number: Number) -> Part | None:
        """`4-weekly`, `6 hourly`; not `8 weekly doses`."""
        match = _SIMPLY.match(text, number.end)
        if match is None or self._count_end(text, number.end) is not None:
            return None
        if match["dash"] == " " and match["word"] != "hourly":
            return None
        value = Quantity(number.low, number.high, _ADVERBS[match["word"]])
        return Part(PartKind.INTERVAL, number.first, match.end(), value)

    def _length(self, text: str, number: Number) -> Part | None:
        """A number of days, weeks, months, and what the words before make of it."""
        span = self.units.at(text, number.end, _TIME)
        if span is None or (span.end < len(text) and text[span.end] == "-"):
            return None
        value = Quantity(number.low, number.high, span.unit.code)
        lead, start = self._lead(text, number.first)
        if number.sign and lead == "" and number.start < number.first and not text.startswith("over", number.start):
            value = compared(number.low, number.high, span.unit.code, number.sign)
        if lead == "every" or text.startswith(" apart", span.end):
            return Part(PartKind.INTERVAL, start, span.end, value)
        if span.unit.code in ("h", "min", "s"):
            return Part(PartKind.NOTE, start, span.end, value) if lead in ("spread", "each") else None
        if span.unit.code == "d" and lead in ("spread", "each"):
            return Part(PartKind(lead), start, span.end, value)
        if span.unit.code == "d" and text.endswith("per day on ", 0, number.first):
            return Part(PartKind.EACH, number.first, span.end, value)
        return Part(PartKind.LENGTH, start, span.end, value, code=lead or "bare")

    def _lead(self, text: str, first: int) -> tuple[str, int]:
        """Which words stand before a number: `every`, `spread`, `each` or none of them; and where they start."""
        before = _BEFORE_WORDS.search(text, max(0, first - 40), first)
        if before is None:
            return "", first
        words = [(match.group(), match.start()) for match in re.finditer(r"[a-z]+", before.group())]
        for at in range(len(words)):
            phrase = " ".join(word for word, _ in words[at:])
            start = before.start() + words[at][1]
            for name, known in (("every", self._every), ("spread", self._spread), ("each", self._each)):
                if phrase in known:
                    return name, start
        return "", first

    def _courses(self, text: str, base: int, spoken: SpokenParts, number: Number) -> Part | None:
        """`16 further visits`, `8 every other week`."""
        value = compared(number.low, number.high, "1", number.sign)
        start = number.start if number.sign else number.first
        end = self._count_end(text, number.end)
        if end is not None:
            lead, before = self._lead(text, number.first)
            if lead == "spread":
                return Part(PartKind.SPREAD, before, end, Quantity(number.low, number.high, "d"), code="doses")
            adverb = _SIMPLY.match(text, number.end)
            return Part(PartKind.COURSES, start, adverb.start() if adverb else end, value)
        rhythm = spoken.at(base + number.end + 1)
        if rhythm is not None and isinstance(rhythm.meaning[1], Frequency):
            return Part(PartKind.COURSES, start, number.end, value)
        return None

    def _count_end(self, text: str, at: int) -> int | None:
        """Where the noun that counts administrations ends, when one follows at `at` (`16 further visits`)."""
        for _ in range(_MOST_ADJECTIVES + 1):
            word = _WORD.match(text, at + 1) if text.startswith(" ", at) else None
            if word is None:
                return None
            if word.group() in self._counts:
                return word.end()
            if word.group() not in self._glue and word.group() not in _RHYTHMS:
                return None
            at = word.end()
        return None


def _in_words(spoken: SpokenParts, start: int, end: int) -> Iterable[Part]:
    """The parts between two places that are words alone."""
    for first, last, (kind, meaning) in spoken.within(start, end):
        if isinstance(meaning, Frequency):
            by_day = meaning.per.unit == "d"
            times, days = (meaning.times, None) if by_day else (1, _on_days(meaning.times))
            yield Part(kind, first, last, meaning.per, times=times, days=days, ambiguous=meaning.ambiguous)
        else:
            yield Part(kind, first, last, code=meaning)


def _routes(spoken: SpokenParts, start: int, end: int) -> list[Part]:
    return [part for part in _in_words(spoken, start, end) if part.kind is PartKind.ROUTE]


def _meanings(lexicon: RegimenLexicon) -> Iterable[tuple[str, tuple[PartKind, Frequency | str]]]:
    for frequency in lexicon.frequencies:
        yield from ((text, (PartKind.INTERVAL, frequency)) for text in frequency.texts)
    for route in lexicon.routes:
        yield from ((text, (PartKind.ROUTE, route.code)) for text in route.texts)
    yield from ((text, (PartKind.THEN, "")) for text in lexicon.then)
    yield from ((text, (PartKind.LOADING, "")) for text in lexicon.loading)
    yield from ((text, (PartKind.MAXIMUM, "")) for text in lexicon.maximum)
    yield from ((text, (PartKind.SINGLE, "")) for text in lexicon.single)


def _days(match: re.Match[str], count: int) -> Part:
    return Part(PartKind.EACH, match.start(), match.end(), Quantity.of(count, "d"), code="on")


def _on_days(times: int) -> Quantity | None:
    return Quantity.of(times, "d") if times > 1 else None


def _moved(part: Part, by: int) -> Part:
    return Part(part.kind, part.start + by, part.end + by, part.value, part.code, part.times, part.days, part.ambiguous)


def _apart(found: list[Part]) -> list[Part]:
    """In order, without parts that overlap an earlier or longer one."""
    out: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if not out or part.start >= out[-1].end:
            out.append(part)
    return out


__all__ = ["Part", "PartKind", "PartReader", "SpokenParts"]
