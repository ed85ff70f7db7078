"""Figures of values: the first of two joined by `to`, and a minus before one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.quantity import Quantity
from indicated.reading.patterns import lazily
from indicated.reading.ranges import FIGURE

if TYPE_CHECKING:
    from indicated.reading.numbers import Number

_FIRST_OF_TWO = lazily(rf"(?P<first>{FIGURE} ?%?) ?to\b")
_ANY_FIGURE = lazily(FIGURE)
_MINUS = lazily(r"(?:^|[ :=(])(?P<minus>[-–−])$")


def first_of_two(flat: str, number: Number) -> int:
    """Where the first of two figures joined by `to` ends; 0 when they are not."""
    match = _FIRST_OF_TWO.match(flat, number.first, number.end)
    return match.end("first") if match is not None else 0


def figure_after(flat: str, at: int, end: int) -> int:
    """Where the first figure from `at` on starts; `at` where there is none."""
    match = _ANY_FIGURE.search(flat, at, end)
    return match.start() if match is not None else at


def before_minus(gap: str) -> tuple[str, bool]:
    """What stands before a minus that belongs to the figure after it, and whether there is one."""
    minus = _MINUS.search(gap)
    return (gap, False) if minus is None else (gap[: minus.start("minus")], True)


def signed(told: Quantity, start: int, minus: bool) -> tuple[Quantity, int]:  # noqa: FBT001
    """The value below zero and where its sign stands, where a minus was found before it."""
    if not minus or told.exact is None:
        return told, start
    return Quantity.of(-told.exact, told.unit), start - 1
