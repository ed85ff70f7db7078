"""Bars to draw: geometry only. Every chart stands beside a table with the same figures."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

_WIDTH, _LEFT, _RIGHT, _ROW, _BAR, _GAP = 640, 260, 64, 30, 12, 3
_LETTERS = 28


class Bar(Struct, frozen=True):
    """One bar: which series it is of (a class name), where, and what stands at its end."""

    series: str
    x: float
    y: float
    width: float
    height: float
    told: str


class Row(Struct, frozen=True):
    """The bars of one label."""

    label: str
    y: float
    bars: tuple[Bar, ...]


class Chart(Struct, frozen=True):
    """A chart of horizontal bars, as large as its rows."""

    width: int
    height: int
    left: int
    rows: tuple[Row, ...]


def bars(rows: Iterable[tuple[str, tuple[tuple[str, float, str], ...]]], most: float = 0) -> Chart:
    """Of each label its (series, value, what is told); as long as their share of `most`, or of the largest."""
    listed = list(rows)
    largest = most or max((value for _, series in listed for _, value, _ in series), default=0) or 1
    room = _WIDTH - _LEFT - _RIGHT
    top, drawn = 4.0, []
    for label, series in listed:
        height = max(_ROW, len(series) * (_BAR + _GAP) + 10)
        begin = top + (height - len(series) * (_BAR + _GAP)) / 2
        lines = tuple(
            Bar(name, _LEFT, begin + at * (_BAR + _GAP), round(max(room * value / largest, 1), 1), _BAR, told)
            for at, (name, value, told) in enumerate(series)
        )
        drawn.append(Row(_short(label), top + height / 2 + 4, lines))
        top += height
    return Chart(_WIDTH, int(top) + 4, _LEFT, tuple(drawn))


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1].rstrip() + "…"
