"""The bits of a line that mean something: policy words, concepts, numbers, codes, in order, none overlapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from indicated.content.pasted_lexicon import NUMBER, Bit, Lexicon
from indicated.model.policy_words import WordRole
from indicated.model.quantity import Quantity

Recognise = Callable[[str], Iterable[Sequence[object]]]
"""Concepts in a text: `(start, end, concept id)` for each mention. An empty id marks words that only help to name a
concept told elsewhere in the line (the study of `biopsy consistent with myositis`).
"""

_NUMBER = re.compile(
    r"(?<![\w.])(?P<titre>1:)?(?P<low>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?:-|to)\s?(?P<high>\d+(?:\.\d+)?)(?![\w.]*-?[a-z]*-line))?(?=[^\d]|$)"
)
_CODE = r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4}|\.-|\.[xX]+)?"
_CODES = re.compile(
    rf"\b(?P<first>{_CODE})(?:\s?(?:-|to|through|thru)\s?(?P<last>{_CODE}))?(?![\w.]*\d)", re.IGNORECASE
)
_DOTTED = re.compile(r"\.[0-9a-z-]", re.IGNORECASE)

CONCEPT, CODES, COMMA, SEMICOLON, COLON, OPEN, CLOSE = "concept", "codes", ",", ";", ":", "(", ")"
NAMING = "naming"
"""Words that help to name a concept told elsewhere in the line."""

_PUNCTUATION = re.compile(r"[,;:()\[\]]")


def read_bits(lexicon: Lexicon, clean: str, lowered: str, recognise: Recognise) -> list[Bit]:
    """The bits of the whole clean text in order of position: the leftmost first, then the longest."""
    bits = _without_part_signs(lexicon.phrases(lowered))
    bits += [Bit(int(str(s)), int(str(e)), CONCEPT if c else NAMING, (str(c),)) for s, e, c in recognise(clean)]
    bits += _numbers(lowered)
    bits += _codes(lowered, [bit for bit in bits if bit.role == WordRole.CODE])
    bits += [Bit(found.start(), found.end(), _sign(found.group())) for found in _PUNCTUATION.finditer(lowered)]
    bits = _without_times(bits, lowered)
    bits.sort(key=_order)
    kept: list[Bit] = []
    for bit in bits:
        if not kept or bit.start >= kept[-1].end:
            kept.append(bit)
        elif _joins_concepts(kept[-1], bit) or _meant(kept[-1], bit):
            kept[-1] = kept[-1]._replace(values=(*kept[-1].values, *bit.values))
    return kept


def _without_times(bits: list[Bit], lowered: str) -> list[Bit]:
    """The bits without a finding that holds a number where `within` stands before it: `within 10 days of fever onset`
    says when, and does not ask for ten days of fever.
    """
    within = {bit.end for bit in bits if bit.role == WordRole.WITHIN}
    return [
        bit
        for bit in bits
        if bit.role != CONCEPT or bit.start - 1 not in within or not any(map(str.isdigit, lowered[bit.start : bit.end]))
    ]


def _without_part_signs(bits: list[Bit]) -> list[Bit]:
    """The bits without an `or less` that is the beginning of `or less than`."""
    ends = {bit.start: bit.end for bit in bits if bit.role == WordRole.SIGN}
    return [
        bit
        for bit in bits
        if bit.role != WordRole.SUFFIX or all(ends.get(at, 0) <= bit.end for at in range(bit.start + 1, bit.end))
    ]


_RANK = {CODES: 0, WordRole.TERM.value: 0, CONCEPT: 1, NAMING: 1, WordRole.GROUP.value: 2, NUMBER: 4}
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


def _sign(char: str) -> str:
    return OPEN if char in "([" else CLOSE if char in ")]" else char


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
