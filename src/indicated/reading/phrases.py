"""Finding cue words: one automaton for any number of phrases, each with what it means to its owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

T = TypeVar("T")


class Spoken(NamedTuple, Generic[T]):
    """A phrase found at `start` to `end`, and what it means."""

    start: int
    end: int
    meaning: T


class Phrases(Generic[T]):
    """Phrases compiled; the longest at a place is found, only as whole words, in `View.flat`'s letters."""

    __slots__ = ("_automaton", "_meanings")

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        known: dict[str, T] = {}
        for text, meaning in phrases:
            known.setdefault(text.lower(), meaning)
        self._meanings = list(known.values())
        self._automaton = AhoCorasick(list(known) or ["\0"], matchkind=MatchKind.LeftmostLongest)

    def find(self, flat: str) -> Iterator[Spoken[T]]:
        """Every phrase, in order, none overlapping."""
        size = len(flat)
        for at, start, end in self._automaton.find_matches_as_indexes(flat):
            if start and flat[start].isalnum() and flat[start - 1].isalnum():
                continue
            if end < size and flat[end].isalnum() and flat[end - 1].isalnum():
                continue
            yield Spoken(start, end, self._meanings[at])
