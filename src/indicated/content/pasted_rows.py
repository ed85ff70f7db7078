"""Tables in a pasted text: each row is an item, its first cell a label over the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ROW, HEADER = "row", "header"
RULED = re.compile(r"[\s\-=_*|+:.~#]*")
"""A line of nothing but strokes."""

_MOST_LABEL_WORDS = 3


class Line(NamedTuple):
    """One line that is not blank: where its text starts and ends, its indentation, whether a blank line precedes it,
    and which part of a table it is, if any.
    """

    start: int
    end: int
    indent: int
    text: str
    after_blank: bool
    part: str = ""


def with_rows(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, those of tables marked: two or more that hold cells, ruled lines among them. The first is the header
    where a ruled line follows it, or where its cells are labels of a few words without a figure.
    """
    table: list[Line] = []
    for line in lines:
        if _has_cells(line.text) or (table and RULED.fullmatch(line.text)):
            table.append(line)
            continue
        yield from _marked(table)
        table = []
        yield line
    yield from _marked(table)


def told_in_words(row: str) -> str:
    """A row as a line: `CIDP: nerve conduction; 2 g/kg`."""
    first, *others = _cells(row) or [""]
    return f"{first}: {'; '.join(others)}" if others else first


def _marked(table: list[Line]) -> Iterator[Line]:
    if len(table) < 2:  # noqa: PLR2004  (one line with a stroke in it is no table)
        yield from table
        return
    ruled = [bool(RULED.fullmatch(line.text)) for line in table]
    heads = ruled[1] or _labels(table[0].text)
    for at, line in enumerate(table):
        yield line if ruled[at] else line._replace(part=HEADER if heads and at == 0 else ROW)


def _has_cells(text: str) -> bool:
    framed = text.startswith("|") and text.endswith("|") and text.count("|") > 2  # noqa: PLR2004  (two cells at least)
    return (framed or " | " in text) and RULED.fullmatch(text) is None


def _labels(row: str) -> bool:
    cells = _cells(row)
    return all(len(cell.split()) <= _MOST_LABEL_WORDS and not any(map(str.isdigit, cell)) for cell in cells)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|") if cell.strip()]
