"""The bits of a line that mean something: policy words, concepts, numbers, codes, in order, none overlapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from indicated.model.policy_words import PolicyWords, SectionKind, WordRole
from indicated.model.quantity import Comparison, Quantity

Recognise = Callable[[str], Iterable[Sequence[object]]]
"""Concepts in a text: `(start, end, concept id)` for each mention."""

MOST = 30
"""Group words are known up to this number (`at least 30 of`)."""

_NUMBER = re.compile(
    r"(?<![\w.])(?P<titre>1:)?(?P<low>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?:-|to)\s?(?P<high>\d+(?:\.\d+)?)(?![\w.]*-?[a-z]*-line))?(?=[^\d]|$)"
)
_CODE = r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4}|\.-|\.[xX]+)?"
_CODES = re.compile(
    rf"\b(?P<first>{_CODE})(?:\s?(?:-|to|through|thru)\s?(?P<last>{_CODE}))?(?![\w.]*\d)", re.IGNORECASE
)
_DOTTED = re.compile(r"\.[0-9a-z-]", re.IGNORECASE)
_FOLD = str.maketrans(
    "’‘“”–—−‐‑*`|_\u00a0\u2009\u202f\n\t\rµμ⩾⩽≧≦",
    "''\"\"-----" + " " * 10 + "uu≥≤≥≤",
)


class Bit(NamedTuple):
    """Something understood at `start` to `end` of the clean text."""

    start: int
    end: int
    role: str
    values: tuple[str, ...] = ()
    side: str = "either"
    amount: Quantity | None = None
    limit: Comparison | None = None


CONCEPT, NUMBER, CODES, COMMA, SEMICOLON, COLON, OPEN, CLOSE = "concept", "number", "codes", ",", ";", ":", "(", ")"
_PUNCTUATION = re.compile(r"[,;:()\[\]]")


class Lexicon:
    """The policy words compiled: one automaton for phrases, one for headings. Build once, use for any text."""

    __slots__ = ("_automaton", "_heading_automaton", "_headings", "_phrases", "adjectives", "notes", "stop", "words")

    def __init__(self, words: PolicyWords) -> None:
        self.words = words
        self.notes = words.notes
        self.stop = frozenset(words.stop)
        self.adjectives = tuple(words.adjective_endings)
        phrases: dict[tuple[str, WordRole], Bit] = {}
        for entry in words.words:
            for phrase in entry.phrases:
                for text, number in _expanded(fold(phrase), words.numbers):
                    values = (*entry.values, str(number)) if number else entry.values
                    key = (text, entry.role)
                    old = phrases.get(key)
                    side = entry.side if old is None else _wider(old.side, entry.side)
                    phrases[key] = Bit(0, len(text), entry.role.value, values, side)
        numbers = {(text, WordRole.TIMES): Bit(0, len(text), NUMBER, (str(n),)) for text, n in words.numbers.items()}
        listed = [*phrases.items(), *((key, bit) for key, bit in numbers.items() if key[0] not in ("both", "single"))]
        self._phrases = [bit for _, bit in listed]
        self._automaton = AhoCorasick([text for (text, _), _ in listed] or ["\0"])
        headings = {fold(phrase): heading.opens for heading in words.headings for phrase in heading.phrases}
        self._headings = list(headings.values())
        self._heading_automaton = AhoCorasick(list(headings) or ["\0"])

    def phrases(self, lowered: str) -> list[Bit]:
        """Every phrase of the lexicon in the text, overlaps included."""
        found = self._automaton.find_matches_as_indexes(lowered, overlapping=True)
        return [
            self._phrases[at]._replace(start=start, end=end) for at, start, end in found if alone(lowered, start, end)
        ]

    def headings(self, lowered: str) -> list[tuple[int, int, SectionKind]]:
        """Every heading phrase in the text, the longest at each place."""
        found = self._heading_automaton.find_matches_as_indexes(lowered, overlapping=True)
        spans = sorted(
            ((start, end, self._headings[at]) for at, start, end in found if alone(lowered, start, end)),
            key=lambda span: (span[0], -span[1]),
        )
        kept: list[tuple[int, int, SectionKind]] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept


def fold(text: str) -> str:
    """Lower case and plain punctuation, character for character."""
    flat = text.translate(_FOLD)
    small = flat.lower()
    return small if len(small) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def alone(text: str, start: int, end: int) -> bool:
    """Whether a phrase is not the middle of a longer word."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return before and (end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum()))


def read_bits(lexicon: Lexicon, clean: str, lowered: str, recognise: Recognise) -> list[Bit]:
    """The bits of the whole clean text in order of position: the leftmost first, then the longest."""
    bits = lexicon.phrases(lowered)
    bits += [Bit(int(str(s)), int(str(e)), CONCEPT, (str(c),)) for s, e, c in recognise(clean)]
    bits += _numbers(lowered)
    bits += _codes(lowered, [bit for bit in bits if bit.role == WordRole.CODE])
    bits += [Bit(found.start(), found.end(), _sign(found.group())) for found in _PUNCTUATION.finditer(lowered)]
    bits.sort(key=_order)
    kept: list[Bit] = []
    for bit in bits:
        if not kept or bit.start >= kept[-1].end:
            kept.append(bit)
        elif _joins_concepts(kept[-1], bit) or _meant(kept[-1], bit):
            kept[-1] = kept[-1]._replace(values=(*kept[-1].values, *bit.values))
    return kept


_RANK = {CODES: 0, WordRole.TERM.value: 0, CONCEPT: 1, WordRole.GROUP.value: 2, NUMBER: 4}
_WEAK = frozenset((WordRole.PREPOSITION.value, WordRole.QUALIFIER.value))


def _order(bit: Bit) -> tuple[int, int, int]:
    return (bit.start, -bit.end, _RANK.get(bit.role, 5 if bit.role in _WEAK else 3))


def _joins_concepts(kept: Bit, bit: Bit) -> bool:
    """Whether two concepts are named by the same words."""
    return (
        kept.role == bit.role == CONCEPT
        and (kept.start, kept.end) == (bit.start, bit.end)
        and bit.values != kept.values
    )


def _meant(kept: Bit, bit: Bit) -> bool:
    """Whether the vocabulary has a concept for a term, for where the policy does not define it."""
    return kept.role == WordRole.TERM and bit.role == CONCEPT and (kept.start, kept.end) == (bit.start, bit.end)


def _wider(one: str, other: str) -> str:
    return one if one == other else "either"


def _sign(char: str) -> str:
    return OPEN if char in "([" else CLOSE if char in ")]" else char


def _expanded(phrase: str, numbers: dict[str, int]) -> Iterable[tuple[str, int]]:
    """The phrase for each number it may hold: `at least {n} of` for 2, two, two (2)."""
    if "{n}" not in phrase:
        return [(phrase, 0)]
    found: dict[str, int] = {}
    for number in range(1, MOST + 1):
        spelled = [
            word
            for word, value in numbers.items()
            if value == number and word not in ("single", "both", "once", "twice")
        ]
        for text in (str(number), *spelled, *(f"{word} ({number})" for word in spelled)):
            found[phrase.replace("{n}", text)] = number
    return found.items()


def _numbers(lowered: str) -> list[Bit]:
    found: list[Bit] = []
    for match in _NUMBER.finditer(lowered):
        low = Decimal(match["low"].replace(",", ""))
        high = Decimal(match["high"]) if match["high"] else low
        if high >= low:
            values = ("titre",) if match["titre"] else ()
            found.append(Bit(match.start(), match.end(), NUMBER, values, amount=Quantity(low, high, "")))
    return found


def _codes(lowered: str, announced: list[Bit]) -> list[Bit]:
    """ICD-10-CM codes and ranges; a code without a point counts only where codes are announced."""
    found: list[Bit] = []
    places = iter(sorted(bit.end for bit in announced))
    last, next_ = -1000, next(places, None)
    for match in _CODES.finditer(lowered):
        while next_ is not None and next_ <= match.start():
            last, next_ = next_, next(places, None)
        if _DOTTED.search(match.group()) or 0 <= match.start() - last <= 60:  # noqa: PLR2004  (one list of codes)
            first, final = _code(match["first"]), _code(match["last"] or "")
            found.append(Bit(match.start(), match.end(), CODES, (f"{first}-{final}" if final else first,)))
            last = match.end() if 0 <= match.start() - last <= 60 else last  # noqa: PLR2004
    return found


def _code(text: str) -> str:
    return re.sub(r"\.(?:-|x+)$", "", text).upper()
