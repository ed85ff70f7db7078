"""HTML: paragraphs, list items, rows of tables and what forms hold; scripts, styles and comments are left out."""

from __future__ import annotations

from html import unescape

from indicated.reading.formats.blocks import CELL, Blocks, one_line, squashed
from indicated.reading.formats.html_tags import BREAKS, SILENT, UNCHOSEN, VOID, Tag, tags
from indicated.reading.formats.limits import HTML_DEPTH, HTML_TABLES
from indicated.reading.patterns import lazily

_ATTRIBUTE = lazily(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_META = lazily(r"""(?i)<meta[^>]{0,200}charset=["']?([a-z0-9_-]{1,40})""")
_CHECKED, _UNCHECKED = "\u2612 ", "\u2610 "
_TYPED = ("text", "", "date", "number", "email", "tel")
_LATIN = "cp1252"
_START = 4096


def decode(raw: bytes) -> str:
    """The page's characters: as UTF-8 or, where that fails, as it says, else as Windows does."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = _META.search(raw[:_START].decode("latin-1"))
        try:
            return raw.decode(told[1] if told else _LATIN, "replace")
        except LookupError:
            return raw.decode(_LATIN, "replace")


def text_of(page: str) -> str:
    """The text of a page; one line a row of a table, cells parted by bars."""
    reader = _Reader()
    for tag in tags(page):
        reader.take(tag)
    return reader.told()


class _Reader:
    """Takes tags in order and keeps what is being told: a paragraph, an item, the cells of a row."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._text: list[str] = []
        self._open: list[str] = []
        self._silent = 0
        self._item = False
        self._pre = 0
        self._rows: list[list[list[str]]] = []
        """The row being told of each table that is open, outermost first: its cells, each a list of paragraphs."""

    def told(self) -> str:
        self._break()
        while self._rows:
            self._end_row()
            self._rows.pop()
        return self._blocks.text()

    def take(self, tag: Tag) -> None:
        if not tag.name:
            if not self._silent:
                self._text.append(tag.text)
        elif tag.ends:
            self._end(tag.name)
        else:
            self._start(tag)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name in VOID:
            self._void(tag)
            return
        if name == "option":
            self._close_unchosen()
        if len(self._open) < HTML_DEPTH:
            self._open.append(name)
            self._silent += name in SILENT
            self._pre += name == "pre"
        if self._silent:
            return
        if name == "option" and "selected" not in _attributes(tag.text):
            self._open[-1] = UNCHOSEN
            self._silent += 1
            return
        if name in BREAKS:
            self._break()
        if name == "li":
            self._item = True
        self._table(name)

    def _table(self, name: str) -> None:
        """A table, row or cell that begins; a row also ends the one before it."""
        if name == "table" and len(self._rows) < HTML_TABLES:
            self._rows.append([])
        elif name == "tr":
            self._end_row()
        elif name in ("td", "th") and self._rows:
            self._rows[-1].append([])

    def _end(self, name: str) -> None:
        if name in self._open[-64:]:
            while self._open:
                last = self._open.pop()
                self._silent -= last in SILENT
                self._pre -= last == "pre"
                if last == name:
                    break
        elif name == "option":
            self._close_unchosen()
        if not self._silent and name in BREAKS:
            self._break()
            if name in ("tr", "table"):
                self._end_row()
            if name == "table" and self._rows:
                self._rows.pop()

    def _close_unchosen(self) -> None:
        """Ends an option that was not chosen, which says nothing."""
        if self._open[-1:] == [UNCHOSEN]:
            self._open.pop()
            self._silent -= 1

    def _void(self, tag: Tag) -> None:
        if self._silent:
            return
        if tag.name == "br":
            self._text.append("\n" if not self._rows else " ")
        elif tag.name == "hr":
            self._break()
        elif tag.name == "input":
            told = _attributes(tag.text)
            kind = told.get("type", "").lower()
            if kind in ("checkbox", "radio"):
                self._text.append(_CHECKED if "checked" in told else _UNCHECKED)
            elif kind in _TYPED:
                self._text.append(f" {told.get('value', '')} ")

    def _break(self) -> None:
        """Ends the paragraph, item or part of a cell that is being told."""
        text = "".join(self._text)
        self._text.clear()
        text = text if self._pre else "\n".join(squashed(line) for line in text.split("\n"))
        if text.strip():
            self._put(text, item=self._item)
        self._item = False

    def _put(self, text: str, *, item: bool = False) -> None:
        """A block into the innermost open cell, else onto the page."""
        cell = next((row[-1] for row in reversed(self._rows) if row), None)
        if cell is not None:
            cell.append(text)
        elif item:
            self._blocks.line(f"- {text.strip()}")
        else:
            self._blocks.paragraph(text)

    def _end_row(self) -> None:
        """A row as a line; a row of one cell is laid out for looks, and its paragraphs stand as they are."""
        if not self._rows or not self._rows[-1]:
            return
        cells = self._rows[-1]
        self._rows[-1] = []
        inner = any(self._rows)
        if len(cells) == 1:
            for part in cells[0]:
                self._put(part)
        elif inner:
            self._put(CELL.join(one_line(cell) for cell in cells))
        else:
            self._blocks.row(one_line(cell) for cell in cells)


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, as far as they matter here."""
    found = _ATTRIBUTE.finditer(text[:_START])
    return {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in found}
