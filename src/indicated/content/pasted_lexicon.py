"""The words of policies compiled: every phrase, group word and heading of a text, wherever it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from indicated.model.policy_words import PolicyWords, SectionKind
from indicated.model.quantity import Quantity
from indicated.model.rule import Rule

NUMBER = "number"
MOST = 30
"""Group words are known up to this number (`at least 30 of`)."""

_HOLE = "{n}"
_FIGURE = re.compile(r"\d+")
_BRACKETED = re.compile(r" \(\d+\)")
_NOT_COUNTS = frozenset(("single", "both", "once", "twice"))
_NOT_NUMBERS = frozenset(("both", "single"))
_APART = "\0"
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
    rule: Rule | None = None


class Lexicon:
    """The policy words compiled: one automaton for phrases, one for headings. Use `lexicon_for`."""

    __slots__ = (
        "_automaton",
        "_heading_automaton",
        "_headings",
        "_holed",
        "_opens",
        "_phrases",
        "adjectives",
        "notes",
        "stop",
        "words",
    )  # fmt: skip

    def __init__(self, words: PolicyWords) -> None:
        self.words = words
        self.notes = words.notes
        self.stop = frozenset(words.stop)
        self.adjectives = tuple(words.adjective_endings)
        phrases: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
        self._holed: list[tuple[str, str, tuple[str, ...], str, str]] = []
        for entry in words.words:
            role = entry.role.value
            for text in _folded(entry.phrases):
                before, hole, after = text.partition(_HOLE)
                if hole:
                    self._holed.append((before, after, entry.values, entry.side, role))
                    continue
                old = phrases.get((text, role))
                side = entry.side if old is None or old[1] == entry.side else "either"
                phrases[text, role] = entry.values, side
        numbers = ((text, n) for text, n in words.numbers.items() if text not in _NOT_NUMBERS)
        phrases.update({(text, NUMBER): ((str(n),), "either") for text, n in numbers})
        self._phrases = [(role, values, side) for (_, role), (values, side) in phrases.items()]
        self._automaton = _automaton([text for text, _ in phrases])
        headings = {text: heading.opens for heading in words.headings for text in _folded(heading.phrases)}
        self._headings = list(headings.values())
        self._opens = headings
        self._heading_automaton = _automaton(list(headings))

    def remark(self, line: str) -> bool:
        """Whether a line is a remark with its text behind a colon (`Approval duration: 6 months`)."""
        before, _, after = fold(line).partition(":")
        told = after.rstrip(" *_")
        return bool(told) and not told.endswith(":") and self._opens.get(before.strip(" ()")) is SectionKind.REMARK

    def phrases(self, lowered: str) -> list[Bit]:
        """Every phrase of the lexicon in the text, overlaps included."""
        found: list[Bit] = []
        counts: list[tuple[int, int, int]] = []
        for at, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if not alone(lowered, start, end):
                continue
            role, values, side = self._phrases[at]
            found.append(Bit(start, end, role, values, side))
            if role == NUMBER and lowered[start:end] not in _NOT_COUNTS:
                counts += _spelled(lowered, start, end, int(values[0]))
        counts += [
            (match.start(), match.end(), int(match.group()))
            for match in _FIGURE.finditer(lowered)
            if match.end() - match.start() < len(str(MOST)) + 1 and 0 < int(match.group()) <= MOST
        ]
        for start, end, number in counts:
            found += self._counted(lowered, start, end, number)
        return found

    def _counted(self, lowered: str, start: int, end: int, number: int) -> list[Bit]:
        """The phrases with a number in them (`at least {n} of`) that this number completes."""
        found: list[Bit] = []
        for before, after, values, side, role in self._holed:
            first, last = start - len(before), end + len(after)
            if first < 0 or not lowered.startswith(after, end) or not lowered.startswith(before, first):
                continue
            if alone(lowered, first, last):
                found.append(Bit(first, last, role, (*values, str(number)), side))
        return found

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


_compiled: dict[int, Lexicon] = {}
_MOST_COMPILED = 4


def lexicon_for(words: PolicyWords) -> Lexicon:
    """The lexicon of these words, compiled once for each that is in use."""
    known = _compiled.get(id(words))
    if known is None or known.words is not words:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        known = _compiled[id(words)] = Lexicon(words)
    return known


def _folded(phrases: tuple[str, ...]) -> list[str]:
    return fold(_APART.join(phrases)).split(_APART)


def _automaton(texts: list[str]) -> AhoCorasick:
    """The simplest automaton: it is built for one short text more often than for many long ones."""
    return AhoCorasick(texts or [_APART], implementation=Implementation.NoncontiguousNFA)


def _spelled(lowered: str, start: int, end: int, number: int) -> list[tuple[int, int, int]]:
    """A number in words as a count, and with its figure in brackets (`two (2)`)."""
    found = [(start, end, number)]
    figure = _BRACKETED.match(lowered, end)
    if figure is not None and figure.group() == f" ({number})":
        found.append((start, figure.end(), number))
    return found


def fold(text: str) -> str:
    """Lower case and plain punctuation, character for character."""
    flat = text.translate(_FOLD)
    small = flat.lower()
    return small if len(small) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def alone(text: str, start: int, end: int) -> bool:
    """Whether a phrase is not the middle of a longer word."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return before and (end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum()))
