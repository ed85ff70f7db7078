"""Rows and cells: lines whose parts are parted by tabs, bars or runs of spaces, in the text as received."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.reading.scene import Scene

_MARK = lazily(r"\t|\||[^\s.!?:;,][^\S\n\r]{2,}\S")
_LINE = lazily(r"[^\n\r]+")
_GAP = lazily(r"[^\S\n\r]{2,}")
_RULE = lazily(r"[\s|:+=_-]+")
_BLANK = lazily(r"\n[^\S\n]*\n")
_MOST_CELLS = 40
_LONGEST_HEADING = 60


class Cell(NamedTuple):
    """A cell at `start` to `end` of the flat text; `left` is where it begins in its line."""

    start: int
    end: int
    left: int


class Line(NamedTuple):
    """The cells of a line, whether they keep their places by count, and whether the line before goes on with it."""

    cells: tuple[Cell, ...]
    counted: bool
    joined: bool


def rows(scene: Scene) -> Iterator[Line]:
    """The lines that look like rows, in order."""
    text = scene.view.document.text
    last = 0
    for match in _LINE.finditer(text):
        if _MARK.search(text, match.start(), match.end()) is None:
            continue
        gap = text[last : match.start()]
        last = match.end()
        if _RULE.fullmatch(match.group()):
            continue
        joined = not _BLANK.search(gap) and all(len(one) < _LONGEST_HEADING for one in gap.split("\n"))
        cells, counted = _cells(scene, match.start(), match.end())
        yield Line(tuple(cells), counted, joined)


def _cells(scene: Scene, start: int, end: int) -> tuple[list[Cell], bool]:
    """The cells of a line, and whether empty ones keep their place."""
    text = scene.view.document.text
    line = text[start:end]
    mark = "|" if "|" in line else "\t" if "\t" in line.strip() else ""
    edges: list[tuple[int, int]] = []
    if mark:
        at = start
        for piece in line.split(mark)[: _MOST_CELLS + 2]:
            edges.append((at, at + len(piece)))
            at += len(piece) + 1
        if mark == "|":
            edges = edges[1:] if edges and not text[slice(*edges[0])].strip() else edges
            edges = edges[:-1] if edges and not text[slice(*edges[-1])].strip() else edges
    else:
        at = start
        for gap in _GAP.finditer(line):
            edges.append((at, start + gap.start()))
            at = start + gap.end()
        edges = [edge for edge in (*edges, (at, end)) if edge[0] < edge[1]][:_MOST_CELLS]
    return [_cell(scene, text, first, last, first - start) for first, last in edges], bool(mark)


def _cell(scene: Scene, text: str, first: int, last: int, left: int) -> Cell:
    while first < last and text[first].isspace():
        first, left = first + 1, left + 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first == last:
        at = scene.view.flat_span(first, first + 1)[0]
        return Cell(at, at, left)
    return Cell(*scene.view.flat_span(first, last), left)
