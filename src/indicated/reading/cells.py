"""Rows and cells: lines whose parts are parted by tabs, bars or runs of spaces, in the text as received."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indicated.reading.view import View

_MARK = lazily(r"\t|\||[^\s.!?:;,][^\S\n\r]{2,}\S")
_LINE = lazily(r"[^\n\r]+")
_GAP = lazily(r"[^\S\n\r]{2,}")
_RULE = lazily(r"[\s|:+=_-]+")
_BLANK = lazily(r"\n[^\S\n]*\n")
_MOST_CELLS = 40
_LONGEST_HEADING = 60
_LONGEST_GAP = 300
_LONGEST_LABEL = 40
_LEAST_CELLS = 2
_ASTRAY = 3
_ONE_END = ("\n", "\r\n", "\r")
_OPEN_END = lazily(r"(?:[-–x×<>=(/]|\bto)$")
_FIGURE = lazily(r"(?<![a-z^*])\d")


class Cell(NamedTuple):
    """A cell at `start` to `end` of the flat text; `left` is where it begins in its line. `more` are its pieces on
    the lines below, where it was too narrow for its words.
    """

    start: int
    end: int
    left: int
    more: tuple[tuple[int, int], ...] = ()

    def text(self, flat: str) -> str:
        """All that the cell holds, in one line."""
        return " ".join(flat[start:end] for start, end in ((self.start, self.end), *self.more))


class Line(NamedTuple):
    """The cells of a line, whether they keep their places by count, whether the line before goes on with it, and
    whether nothing but blank lines and short ones part the two.
    """

    cells: tuple[Cell, ...]
    counted: bool
    joined: bool
    near: bool = True


def rows(view: View, is_unit: Callable[[str], bool]) -> Iterator[Line]:
    """The lines that look like rows, in order, each with the lines below that only go on with its cells."""
    text = view.document.text
    last = 0
    lines = list(_LINE.finditer(text))
    at = 0
    while at < len(lines):
        match = lines[at]
        at += 1
        if _MARK.search(text, match.start(), match.end()) is None:
            continue
        gap = text[last : match.start()]
        last = match.end()
        if _RULE.fullmatch(match.group()):
            continue
        near = len(gap) < _LONGEST_GAP and all(len(one) < _LONGEST_HEADING for one in gap.split("\n"))
        cells, counted = _cells(view, match.start(), match.end())
        while not counted and at < len(lines) and text[last : lines[at].start()] in _ONE_END:
            longer = _going_on(view, cells, _cells(view, lines[at].start(), lines[at].end()), is_unit)
            if longer is None:
                break
            cells, last = longer, lines[at].end()
            at += 1
        yield Line(tuple(cells), counted, near and not _BLANK.search(gap), near)


def _going_on(
    view: View, cells: list[Cell], below: tuple[list[Cell], bool], is_unit: Callable[[str], bool]
) -> list[Cell] | None:
    """The cells with the pieces of the line below; None where that line is more than pieces of them: a unit, the rest
    of a range or of a figure, words that go on with a label.
    """
    pieces, counted = below
    if counted or len(cells) < _LEAST_CELLS or not pieces:
        return None
    joined = list(cells)
    flat = view.flat
    for piece in pieces:
        at = min(range(len(cells)), key=lambda one: abs(cells[one].left - piece.left))
        if abs(cells[at].left - piece.left) > _ASTRAY or not flat[piece.start : piece.end].strip():
            return None
        text, before = flat[piece.start : piece.end], joined[at].text(flat)
        goes_on = _OPEN_END.search(before) is not None or is_unit(text)
        if at == 0:
            goes_on = not _FIGURE.search(text) and (len(pieces) > 1 or len(text) <= _LONGEST_LABEL)
        elif at == len(cells) - 1 and len(pieces) == 1 and not _FIGURE.search(before + text):
            goes_on = True
        if not goes_on:
            return None
        joined[at] = joined[at]._replace(more=(*joined[at].more, (piece.start, piece.end)))
    alone = len(pieces) == 1 and joined[0].more != cells[0].more
    return None if alone and not _FIGURE.search(" ".join(one.text(flat) for one in cells[1:])) else joined


def _cells(view: View, start: int, end: int) -> tuple[list[Cell], bool]:
    """The cells of a line, and whether empty ones keep their place."""
    text = view.document.text
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
    return [_cell(view, text, first, last, first - start) for first, last in edges], bool(mark)


def _cell(view: View, text: str, first: int, last: int, left: int) -> Cell:
    while first < last and text[first].isspace():
        first, left = first + 1, left + 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first == last:
        at = view.flat_span(first, first + 1)[0]
        return Cell(at, at, left)
    return Cell(*view.flat_span(first, last), left)
