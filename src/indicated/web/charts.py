"""Bars to draw: shares only, so that they are as wide as the screen lets them. Beside each stands its figure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Bar(Struct, frozen=True):
    """One bar: which series it is of (a class name), its length in hundredths, and what stands at its end."""

    series: str
    share: float
    told: str


class Row(Struct, frozen=True):
    """The bars of one label."""

    label: str
    bars: tuple[Bar, ...]


Chart = tuple[Row, ...]
"""A chart of horizontal bars."""


def bars(rows: Iterable[tuple[str, tuple[tuple[str, float, str], ...]]], most: float = 0) -> Chart:
    """Of each label its (series, value, what is told); as long as their share of `most`, or of the largest."""
    listed = list(rows)
    largest = most or max((value for _, series in listed for _, value, _ in series), default=0) or 1
    return tuple(
        Row(label, tuple(Bar(name, round(100 * value / largest, 1), told) for name, value, told in series))
        for label, series in listed
    )
