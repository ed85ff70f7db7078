"""Plain text: headed sections, wrapped lines, reference numbers in brackets; colour only when asked for."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render.marks import BLANK, COLUMNS, cited, mark, numbers, runs
from indicated.model.statement import Rationale, Reference, Section, Statement
from indicated.model.text import visible

_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {
    "met": "\x1b[32m",
    "supported": "\x1b[32m",
    "not_met": "\x1b[31m",
    "not_supported": "\x1b[31m",
    "applies": "\x1b[31m",
    "unknown": "\x1b[33m",
    "supported_if": "\x1b[33m",
    "undetermined": "\x1b[33m",
}
_BLANKS = dict.fromkeys(map(ord, "\t\n\x0b\x0c\r"), " ")


def render(rationale: Rationale, book: Phrasebook, *, width: int = 100, colour: bool = False) -> str:
    """The article as lines of at most `width` characters (a long word or link may be longer)."""
    page = _Page(book, numbers(rationale), max(width, 40), colour=colour)
    lines = [page.bold(line) for line in wrapped(visible(rationale.title), page.width)]
    for section in rationale.sections:
        lines += ["", *page.section(section)]
    if rationale.references:
        lines += ["", page.bold(book.words("heading.references"))]
        for reference in rationale.references:
            lines += page.reference(reference)
    if rationale.withheld:
        lines += ["", *wrapped(book.words("withheld", n=rationale.withheld), page.width)]
    return "\n".join(lines) + "\n"


class _Page:
    """Width, colour and words of one rendering."""

    def __init__(self, book: Phrasebook, numbered: dict[str, int], width: int, *, colour: bool) -> None:
        self.book = book
        self.numbered = numbered
        self.width = width
        self.colour = colour

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_END}" if self.colour else text

    def section(self, section: Section) -> Iterator[str]:
        if section.heading:
            yield self.bold(section.heading)
        marks = [mark(statement, self.book) for statement in section.statements]
        column = max((len(one) for one in marks), default=0) + 2
        if section.style == "letter":
            yield from self.wrapped(" ".join(map(self._text, section.statements)), "", "")
            return
        for statement in section.statements:
            if section.style in ("table", "form"):
                yield from self._row(statement, column)
                if section.style == "form":
                    yield from self._blanks()
            elif section.style in ("head", "sign"):
                label = f"{_colon(statement.label)} " if statement.label else ""
                yield from self.wrapped(f"{label}{self._text(statement)}", "", "  ")
            elif section.style == "rows" and statement.label:
                yield from self.wrapped(f"{_colon(statement.label)} {self._text(statement)}", "  ", "    ")
            elif section.style in ("list", "rows"):
                label = f"{_colon(statement.label)} " if statement.label else ""
                yield from self.wrapped(f"{label}{self._text(statement)}", "  - ", "    ")
            else:
                yield from self.wrapped(self._text(statement), "  ", "  ")

    def _row(self, statement: Statement, column: int) -> Iterator[str]:
        """The mark, the label, and what is said of it: on one line where it fits."""
        margin = "  " + " " * column + "  " * statement.level
        text = self._text(statement)
        whole = list(self.wrapped(f"{_colon(statement.label)} {text}", margin, margin + "  ")) if text else []
        lines = whole if len(whole) == 1 else list(self.wrapped(statement.label, margin, margin + "  "))
        if not lines:
            return
        padded = mark(statement, self.book).ljust(column)
        if self.colour and statement.mark in _COLOURS:
            padded = _COLOURS[statement.mark] + padded + _END
        yield "  " + padded + lines[0][2 + column :]
        yield from lines[1:]
        if text and len(whole) != 1:
            yield from self.wrapped(text, margin + "  ", margin + "  ")

    def _blanks(self) -> Iterator[str]:
        """The columns of a form, left blank."""
        for name in COLUMNS:
            yield f"      {self.book.words(name)}: {BLANK}"

    def _text(self, statement: Statement) -> str:
        refs = cited(statement, self.numbered)
        shown = f" [{runs(refs)}]" if refs else ""
        return f"{statement.text}{shown}".strip()

    def wrapped(self, text: str, first: str, rest: str) -> Iterator[str]:
        return wrapped(visible(text), self.width, first, rest)

    def reference(self, reference: Reference) -> Iterator[str]:
        unsure = "" if reference.verified else f" ({self.book.words('show.unverified')})"
        number = f"{reference.number}. "
        text = f"{number}{reference.text}{unsure} {' '.join(reference.links[:1])}".strip()
        yield from self.wrapped(text, "  ", "  " + " " * len(number))


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """The words of a text in lines of at most `width`, a longer word by itself; no lines when there are no words.

    Not textwrap: to load and run it takes 3 ms of every start.
    """
    line, length = first, 0
    for word in text.translate(_BLANKS).split(" "):
        if not word:
            continue
        if length and length + 1 + len(word) > width:
            yield line
            line, length = rest, 0
        line += f" {word}" if length else word
        length = len(line)
    if length:
        yield line


def _colon(label: str) -> str:
    return label if label.endswith(("?", ":")) else f"{label}:"
