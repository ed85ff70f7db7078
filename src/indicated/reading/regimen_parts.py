"""The parts a regimen is made of, found one by one: amounts, days, rhythm, courses, route. No part is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.lexicon_therapy import Frequency, RegimenLexicon
from indicated.model.quantity import Quantity
from indicated.reading.numbers import Number, NumberKind, find_numbers, sign_after
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.quantities import UnitReader, compared
from indicated.reading.regimen_forms import fixed_forms
from indicated.reading.regimen_part import Part, PartKind
from indicated.reading.regimen_supplies import strength_of, supplies
from indicated.reading.regimen_words import SpokenParts, apart, in_words, meanings, routes

if TYPE_CHECKING:
    from indicated.reading.view import View


_TIME = frozenset(("time",))
_BILLED = frozenset(("units",))
_PER = lazily(
    r" ?(?:/|\bper |\bevery |\beach |\ba )(?:(?P<day>(?:day|d|24 ?h(?:ours|rs)?)\b(?! of))|(?P<dose>(?:dose|infusion|"
    r"administration|treatment|injection|visit|session)\b)|(?P<course>(?:course|cycle|pulse)\b)"
    r"|(?P<rate>(?:min|minute|h|hr|hour)\b))"
    r"|(?P<total> ?(?:in )?total(?: dose)?\b)"
)
_PER_TIME = lazily(r"(?: ?/ ?| per )(?:(?P<n>\d+(?:-\d+)?) ?)?(?=[a-z])")
_SOLUTION = lazily(r" ?/ ?\d+(?:\.\d+)?(?= ?[a-z])")
_DIVIDED_BY = lazily(r" ?/| per\b")
_TIMES_IN = lazily(
    r"(?: (?:times|x|doses|infusions|injections) ?(?:(?P<daily>daily)|(?P<weekly>weekly)|(?P<monthly>monthly)"
    r"|(?:a|per|each|every) (?:(?P<n>\d+) )?(?P<unit>[a-z]+))"
    r"| times ?/? ?(?P<bare>day|week|month)| ?/ ?(?P<slashed>d|day))\b"
)
_SIMPLY = lazily(r"(?P<dash>-| )(?P<word>hourly|hrly|daily|weekly|monthly)\b")
_ADVERBS = {"hourly": "h", "hrly": "h", "daily": "d", "weekly": "wk", "monthly": "mo"}
_PLAIN_TIMES = {**_ADVERBS, "day": "d", "week": "wk", "month": "mo", "d": "d"}
_RHYTHMS = frozenset(("daily", "weekly", "monthly", "iv"))
_FIELD = (": ", ":", "= ", "=", "# ")
_GIVE_OR_TAKE = ("+/- ", "+/-", "± ", "±")
_ARTICLES = ("a", "an", "the", "about", "approximately")
_MOST_ADJECTIVES = 3
_MOST_A_DAY = 24
_ROUTE_REACH = 24
_WORD = lazily(r"[a-z()-]+")
_BEFORE_WORDS = lazily(r"[a-z]+(?:[ ,]+[a-z]+){0,3}[ (]*$")
_LABELLED = lazily(r"(?:^|[;,.\n(|/-] ?)([a-z#][a-z /.#-]*?)(?: (?:is|of))?[ :=-]*$")


class PartReader:
    """The regimen words compiled with the unit table. Immutable after construction."""

    __slots__ = (
        "_amounts",
        "_containers",
        "_count_labels",
        "_counts",
        "_dimensions",
        "_glue",
        "_lasting",
        "_leads",
        "_phrases",
        "_row",
        "_totals",
        "_unit_labels",
        "_weights",
        "units",
    )

    def __init__(self, lexicon: RegimenLexicon, units: UnitReader) -> None:
        self.units = units
        self._amounts = frozenset(lexicon.amounts)
        self._dimensions = frozenset(units.dimension(code) for code in lexicon.amounts)
        leads = {"again": lexicon.again, "every": lexicon.every, "spread": lexicon.spread, "each": lexicon.each}
        self._leads = tuple((name, frozenset(words)) for name, words in leads.items())
        self._glue = frozenset(lexicon.glue)
        self._counts = frozenset(lexicon.counts)
        self._containers, self._row = frozenset(lexicon.containers), frozenset(lexicon.row)
        self._lasting, self._totals = tuple(lexicon.lasting), frozenset((*lexicon.totals, *lexicon.unit_labels))
        self._unit_labels, self._count_labels = frozenset(lexicon.unit_labels), frozenset(lexicon.count_labels)
        self._weights = frozenset(lexicon.weights)
        self._phrases: Phrases[tuple[PartKind, Frequency | str]] = Phrases(meanings(lexicon))

    def spoken(self, view: View) -> SpokenParts:
        """The parts of a text that are words alone."""
        return self._phrases.everywhere(view.flat, view.words)

    def find(self, text: str, base: int, spoken: SpokenParts, numbers: Iterable[Number] | None = None) -> list[Part]:
        """Every part of a text that stands at `base`, in order, none overlapping.

        `spoken` are those of the whole that it was taken from; `numbers` the text's own, with its own offsets.
        """
        known = tuple(find_numbers(text) if numbers is None else numbers)
        fixed = (*fixed_forms(text, self.units, self._count_end), *supplies(text, known, self.units, self._containers))
        counted = [part.moved(base) for part in (*fixed, *self._counted(text, base, spoken, known))]
        return apart([*counted, *in_words(spoken, base, base + len(text))])

    def route_beside(self, flat: str, start: int, end: int, spoken: SpokenParts) -> str:
        """The route said right before or right after a drug at `start` to `end`; empty when none is."""
        inside = routes(spoken, start, end)
        if inside:
            return inside[0].code
        before = routes(spoken, max(0, start - _ROUTE_REACH), start)
        if before and not flat[before[-1].end : start].strip(" -"):
            return before[-1].code
        after = routes(spoken, end, end + _ROUTE_REACH)
        return after[0].code if after and not flat[end : after[0].start].strip(" (-0123456789.%") else ""

    def _counted(self, text: str, base: int, spoken: SpokenParts, numbers: Iterable[Number]) -> Iterable[Part]:
        """Parts that begin with a number."""
        for number in numbers:
            if number.kind is NumberKind.ORDINAL or number.kind is NumberKind.PLAIN:
                part = self._field(text, number) or self._amount(text, base, spoken, number)
                part = part or self._times(text, number)
                part = part or self._adverb(text, number) or self._length(text, number) or self._weight(text, number)
                if number.kind is NumberKind.PLAIN:  # a second dose is one dose
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
        elif (solution := _SOLUTION.match(text, end)) and (volume := self.units.at(text, solution.end())):
            end = volume.end
        elif _DIVIDED_BY.match(text, end) and not (spoken.at(base + end) or spoken.at(base + end + 1)):
            return None
        sign, after = sign_after(text, span.end) if end == span.end else ("", end)
        sign = sign or number.sign
        start = number.start if number.sign else number.first
        if text.startswith("over", start):
            sign, start = "", number.first
        value = compared(number.low, number.high, span.unit.code, sign)
        kind = PartKind.NOTE if code == "rate" or sign in ("<", ">") else PartKind.AMOUNT
        code = "course" if code == "total" else code
        if not code and span.unit.dimension in _BILLED and self._labelled(text, number.first) in self._totals:
            code = "all"
        each, after = strength_of(text, number.first, max(end, after), span.unit)
        return Part(kind, start, after, value, code, each=each)

    def _field(self, text: str, number: Number) -> Part | None:
        """A bare number in a field of a form: `Units requested: 70 per visit`, `Visits: 13`."""
        if not text[: number.first].endswith(_FIELD) or self.units.at(text, number.end) is not None:
            return None
        label = self._labelled(text, number.first)
        if label in self._unit_labels:
            per = _PER.match(text, number.end)
            end, code = (per.end(), per.lastgroup or "") if per is not None else (number.end, "all")
            return Part(PartKind.AMOUNT, number.first, end, Quantity(number.low, number.high, "U"), code)
        if label in self._count_labels and number.low > 0:
            return Part(PartKind.COURSES, number.first, number.end, Quantity(number.low, number.high, "1"))
        return None

    def _labelled(self, text: str, first: int) -> str:
        """The words that head a field right before a number: `qty`, `duration of therapy`; empty for none."""
        match = _LABELLED.search(text, max(0, first - 40), first)
        return match[1].strip() if match is not None else ""

    def _weight(self, text: str, number: Number) -> Part | None:
        """A body weight: a number of kilograms."""
        span = self.units.at(text, number.end)
        if span is None or span.unit.code not in self._weights:
            return None
        return Part(PartKind.WEIGHT, number.first, span.end, Quantity(number.low, number.high, span.unit.code))

    def _times(self, text: str, number: Number) -> Part | None:
        """`2 to 5 times a week`: administrations in a stretch."""
        match = _TIMES_IN.match(text, number.end)
        divided = self._lead(text, number.first)[0] == "spread"
        per = self._stretch(match) if match and not divided else None
        if match is None or per is None:
            return None
        if per.unit in ("d", "h"):
            if per.low != 1 or number.low % 1 or number.high % 1 or number.high > _MOST_A_DAY or number.low < 1:
                return None
            low, high = int(number.low), int(number.high)
            return Part(PartKind.INTERVAL, number.first, match.end(), per, times=low, most=high)
        days = Quantity(number.low, number.high, "d")
        return Part(PartKind.INTERVAL, number.first, match.end(), per, days=days)

    def _stretch(self, match: re.Match[str]) -> Quantity | None:
        for group in ("daily", "weekly", "monthly", "bare", "slashed"):
            if match[group]:
                return Quantity.of(1, _PLAIN_TIMES[match[group]])
        unit = self.units.at(match["unit"], 0, _TIME)
        return Quantity.of(match["n"] or 1, unit.unit.code) if unit and unit.end == len(match["unit"]) else None

    def _adverb(self, text: str, number: Number) -> Part | None:
        """`4-weekly`, `6 hourly`, `4 weekly` as the British write it; not `8 weekly doses`, `2 daily`."""
        match = _SIMPLY.match(text, number.end)
        if match is None or self._count_end(text, number.end) is not None:
            return None
        if match["dash"] == " " and match["word"] not in ("hourly", "hrly"):
            once = number.low <= 1 or number.sign or text[: number.first].endswith("x ")
            if once or match["word"] == "daily":
                return None
        value = Quantity(number.low, number.high, _ADVERBS[match["word"]])
        return Part(PartKind.INTERVAL, number.first, match.end(), value)

    def _length(self, text: str, number: Number) -> Part | None:
        """A number of days, weeks, months, and what the words before make of it."""
        span = self.units.at(text, self._past_row(text, number.end), _TIME)
        if span is None or (span.end < len(text) and text[span.end] == "-"):
            return None
        value = Quantity(number.low, number.high, span.unit.code)
        if text[: number.first].endswith(_GIVE_OR_TAKE):
            return Part(PartKind.NOTE, number.first, span.end, value)
        lead, start = self._lead(text, number.first)
        if number.sign and lead == "" and number.start < number.first and not text.startswith("over", number.start):
            value = compared(number.low, number.high, span.unit.code, number.sign)
        return self._stretched(text, number, Part(PartKind.LENGTH, start, span.end, value, code=lead))

    def _stretched(self, text: str, number: Number, bare: Part) -> Part | None:
        """What the words before (`bare.code`) and after make of a length of time."""
        lead, value, end = bare.code, bare.value, bare.end
        assert value is not None
        if lead == "again":
            return replace(bare, kind=PartKind.INTERVAL, code="") if value.unit in ("wk", "mo") else None
        if lead == "every" or text.startswith(" apart", end):
            return replace(bare, kind=PartKind.INTERVAL, code="")
        if value.unit in ("h", "min", "s"):
            return replace(bare, kind=PartKind.NOTE, code="") if lead in ("spread", "each") else None
        if value.unit == "d" and lead in ("spread", "each"):
            return replace(bare, kind=PartKind(lead), code="")
        if value.unit == "d" and text.endswith("per day on ", 0, number.first):
            return Part(PartKind.EACH, number.first, end, value)
        if value.unit == "d" and text[number.end : number.end + 1] == "-":
            noun = self._count_end(text, end)
            return Part(PartKind.SPREAD, bare.start, noun, value) if noun is not None else None
        label = self._labelled(text, number.first)
        return replace(bare, code="lasting" if label.endswith(self._lasting) else lead or "bare")

    def _past_row(self, text: str, at: int) -> int:
        """Where a word such as `consecutive` between a number and its days ends; `at` when there is none."""
        word = _WORD.match(text, at + 1) if text.startswith(" ", at) else None
        return word.end() if word is not None and word.group() in self._row else at

    def _lead(self, text: str, first: int) -> tuple[str, int]:
        """Which words stand before a number: `again`, `every`, `spread`, `each` or none; and where they start."""
        before = _BEFORE_WORDS.search(text, max(0, first - 40), first)
        if before is None:
            return "", first
        words = [(match.group(), match.start()) for match in re.finditer(r"[a-z]+", before.group())]
        while words[1:] and words[-1][0] in _ARTICLES:
            words.pop()
        for at in range(len(words)):
            phrase = " ".join(word for word, _ in words[at:])
            start = before.start() + words[at][1]
            name = next((name for name, known in self._leads if phrase in known), "")
            if name:
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
        if rhythm is not None and isinstance(rhythm.meaning[1], Frequency) and not rhythm.meaning[1].moment:
            return Part(PartKind.COURSES, start, number.end, value)
        return None

    def _count_end(self, text: str, at: int) -> int | None:
        """Where the noun that counts administrations ends, when one follows at `at` (`16 further visits`)."""
        for _ in range(_MOST_ADJECTIVES + 1):
            word = _WORD.match(text, at + 1) if text.startswith(" ", at) else None
            if word is None:
                return None
            noun = word.group() if "(" in word.group() else word.group().rstrip(")")
            if noun in self._counts:
                return at + 1 + len(noun)
            if word.group() not in self._glue and word.group() not in _RHYTHMS:
                return None
            at = word.end()
        return None
