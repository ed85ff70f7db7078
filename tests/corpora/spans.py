"""Scoring by overlap of spans: pure functions, so that a figure means the same wherever it is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int]


class Tally(NamedTuple):
    """How many of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The hits among all; 1 where there is nothing to hit."""
        return self.hits / self.of if self.of else 1.0

    def __add__(self, other: Tally) -> Tally:  # type: ignore[override]
        return Tally(self.hits + other.hits, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.hits} of {self.of})"


def touched(wanted: Iterable[Sequence[Span]], found: Iterable[Span]) -> Tally:
    """How many of `wanted` (each one or more spans) share a character with a span of `found`."""
    firm = _joined(found)
    starts = [start for start, _ in firm]
    hits = of = 0
    for spans in wanted:
        of += 1
        hits += any(_meets(firm, starts, span) for span in spans)
    return Tally(hits, of)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _meets(firm: list[Span], starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span[1]) - 1
    return at >= 0 and firm[at][1] > span[0]
