"""A document cut where a mark begins or ends: what each piece of its text tells of, for whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from re import compile as pattern

from msgspec import Struct

from indicated.explain.render.highlight_rows import Row
from indicated.model.text import Document

_COLUMNS = pattern(r"(?m)^.*\S(?:\t| {3,})\S.*$")
_TABLE = 3


class Mark(Struct, frozen=True):
    """A passage of a row, in the order of its row's passages."""

    start: int
    end: int
    row: Row
    at: int

    @property
    def name(self) -> str:
        """What a link to it is called."""
        return f"m{self.row.number}-{self.at}"

    @property
    def beside(self) -> bool:
        """Whether these words only tell of what the row is about."""
        return self.at in self.row.beside


class Piece(Struct, frozen=True):
    """Some of a document's text: the marks that lie over all of it, and those of them that begin with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def inner(self) -> Mark | None:
        """The mark that gives the piece its looks: the innermost, a request's last."""
        if not self.marks:
            return None
        return min(self.marks, key=lambda one: (one.row.group == "request", one.beside, one.end))


def pieces(document: Document, rows: Sequence[Row]) -> Iterator[Piece]:
    """The whole text in order, each character in one piece."""
    marks = [
        Mark(p.start, p.end, row, at) for row in rows for at, p in enumerate(row.passages) if p.document == document.id
    ]
    cuts = sorted({0, len(document.text), *(at for mark in marks for at in (mark.start, mark.end))})
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.start, []).append(mark)
    live: list[Mark] = []
    for start, end in pairwise(cuts):
        begins = sorted(opening.get(start, ()), key=lambda one: -one.end)
        live = [one for one in live if one.end > start] + begins
        yield Piece(document.text[start:end], tuple(live), tuple(begins))


def in_columns(document: Document) -> bool:
    """Whether the text stands in columns, so that its letters have to be of one width."""
    return len(_COLUMNS.findall(document.text)) >= _TABLE
