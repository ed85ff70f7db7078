"""Which way a text points: up or down, positive or negative, better or worse, met or not, ever or never.

The words are content: a phrase `direction.<pair>.<side>` lists them, parted by commas.
"""

from __future__ import annotations

import re

from indicated.explain.phrasebook import Phrasebook

_PAIRS = {
    "level": ("up", "down"),
    "sign": ("positive", "negative"),
    "course": ("better", "worse"),
    "verdict": ("met", "not_met"),
    "finding": ("supported", "not_supported"),
    "ever": ("always", "never"),
}
Way = tuple[str, str]
_SIGNS: dict[str, Way] = {sign: ("level", side) for signs, side in (("<≤", "down"), (">≥", "up")) for sign in signs}


class Directions:
    """The words that point one way: those of the reader's language, and of English, in which proofs are."""

    __slots__ = ("_any", "_known", "_ways")

    def __init__(self, book: Phrasebook) -> None:
        self._ways: dict[str, Way] = {
            word.strip(): (pair, side)
            for pair, sides in _PAIRS.items()
            for side in sides
            for word in ",".join(book.in_all(f"direction.{pair}.{side}")).split(",")
            if word.strip()
        }
        self._known: dict[str, set[Way]] = {}
        listed = sorted(map(re.escape, self._ways), key=len, reverse=True)
        self._any = re.compile(rf"\b(?:{'|'.join(listed) or '(?!)'})\b", re.IGNORECASE)

    def held(self, text: str) -> set[Way]:
        """Every way a proof points: in words, or by a sign (`< 8 mg/kg/min`). The same proofs come again and again."""
        known = self._known.get(text)
        if known is None:
            known = self.of(text) | {way for sign, way in _SIGNS.items() if sign in text}
            self._known[text] = known
        return known

    def of(self, text: str) -> set[Way]:
        """Every way the text points."""
        return {self._ways[found.lower()] for found in self._any.findall(text)}
