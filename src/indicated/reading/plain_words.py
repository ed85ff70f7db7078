"""A sentence as plain words, in which phrases are looked up wherever they stand, whatever signs are between words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from indicated.model.letters import fold, lower
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = lazily(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_NOT = lazily(r"(ca|wo|do|does|did|is|are|was|were|has|have|had|could|would|should|must|need)n'?t")
_WHOLE = {"ca": "can", "wo": "will"}


class Plain:
    """The words of `start` to `end` of a text, and the way back. `text` has one space between words and at each end;
    `didn't` is two words there, and `can't` the one word `cannot`.
    """

    __slots__ = ("_spans", "text")

    def __init__(self, flat: str, start: int, end: int) -> None:
        self._spans: list[tuple[int, int]] = []
        words: list[str] = []
        for one in _WORD.finditer(flat, start, end):
            said = _spelt(one.group())
            self._spans += [one.span()] * len(said)
            words += said
        self.text = f" {' '.join(words)} "

    def first(self, phrases: Iterable[str], after: int = 0) -> tuple[int, int] | None:
        """Where the first of the phrases to stand in the text is found, the longest where two begin together."""
        best: tuple[int, int] | None = None
        for phrase in phrases:
            at = self.text.find(f" {phrase} ", after)
            if at >= 0 and (best is None or (at, -len(phrase)) < (best[0], -best[1])):
                best = at, len(phrase)
        return None if best is None else self._span(*best)

    def has(self, phrases: Iterable[str]) -> bool:
        """Whether one of the phrases stands in the text."""
        return any(f" {phrase} " in self.text for phrase in phrases)

    def _span(self, at: int, length: int) -> tuple[int, int]:
        """The span, in the text that the words were taken from, of a phrase at a place."""
        number = self.text.count(" ", 0, at)
        last = number + self.text.count(" ", at + 1, at + 1 + length)
        return self._spans[number][0], self._spans[last][1]


@cache
def plain(phrase: str) -> str:
    """A phrase of the content as its words stand in `Plain.text`; kept, for each is looked for in every sentence."""
    return " ".join(part for word in _WORD.findall(lower(fold(phrase))) for part in _spelt(word))


def _spelt(word: str) -> list[str]:
    """A word without its signs: a shortened `not` as a word of its own."""
    short = _NOT.fullmatch(word)
    if short is None:
        return [word.replace("'", "")]
    whole = _WHOLE.get(short.group(1), short.group(1))
    return ["cannot"] if whole == "can" else [whole, "not"]
