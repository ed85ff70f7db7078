"""HTML: paragraphs, list items, rows of tables and what forms hold; scripts, styles and comments are left out.

Own scanning, linear in the text whatever it holds: the standard library's parser of this Python is quadratic on some
broken pages.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.formats.blocks import CELL, Blocks, one_line, squashed
from indicated.reading.formats.limits import HTML_DEPTH, HTML_TABLES
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = lazily(r"/?[a-zA-Z][^\s/>]*")
_QUOTED = lazily(r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = lazily(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_META = lazily(r"""(?i)<meta[^>]{0,200}charset=["']?([a-z0-9_-]{1,40})""")
_UNCHOSEN = "an option that was not chosen"
_SILENT = frozenset(("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "del", _UNCHOSEN))
_RAW = frozenset(("script", "style", "textarea", "title"))
_SHOWN = ("textarea", "title")
_BREAKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "button", "canvas", "cite", "code", "colgroup", "data",
    "datalist", "dfn", "em", "font", "i", "ins", "kbd", "label", "map", "mark", "menu", "meter", "nobr", "optgroup",
    "output", "picture", "progress", "q", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup",
    "textarea", "time", "tt", "u", "var", "video",
))  # fmt: skip
_CHECKED, _UNCHECKED = "\u2612 ", "\u2610 "
_TYPED = ("text", "", "date", "number", "email", "tel")
_LATIN = "cp1252"
_START = 4096


class _Tag(NamedTuple):
    """A tag, or the text between two."""

    name: str
    text: str
    ends: bool = False


def decode(raw: bytes) -> str:
    """The page's characters: by its mark, else as it says, else as UTF-8 or, where that fails, as Windows does."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
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
    for tag in _tags(page):
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

    def take(self, tag: _Tag) -> None:
        if not tag.name:
            if not self._silent:
                self._text.append(tag.text)
        elif tag.ends:
            self._end(tag.name)
        else:
            self._start(tag)

    def _start(self, tag: _Tag) -> None:
        name = tag.name
        if name in _VOID:
            self._void(tag)
            return
        if name == "option":
            self._close_unchosen()
        if len(self._open) < HTML_DEPTH:
            self._open.append(name)
            self._silent += name in _SILENT
            self._pre += name == "pre"
        if self._silent:
            return
        if name == "option" and "selected" not in _attributes(tag.text):
            self._open[-1] = _UNCHOSEN
            self._silent += 1
            return
        if name in _BREAKS:
            self._break()
        if name == "table" and len(self._rows) < HTML_TABLES:
            self._rows.append([])
        elif name == "tr":
            self._end_row()
        elif name in ("td", "th") and self._rows:
            self._rows[-1].append([])
        elif name == "li":
            self._item = True

    def _end(self, name: str) -> None:
        if name in self._open[-64:]:
            while self._open:
                last = self._open.pop()
                self._silent -= last in _SILENT
                self._pre -= last == "pre"
                if last == name:
                    break
        elif name == "option":
            self._close_unchosen()
        if not self._silent and name in _BREAKS:
            self._break()
            if name in ("tr", "table"):
                self._end_row()
            if name == "table" and self._rows:
                self._rows.pop()

    def _close_unchosen(self) -> None:
        """Ends an option that was not chosen, which says nothing."""
        if self._open[-1:] == [_UNCHOSEN]:
            self._open.pop()
            self._silent -= 1

    def _void(self, tag: _Tag) -> None:
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


def _tags(page: str) -> Iterator[_Tag]:
    """Tags and the texts between them, in order."""
    scan = _Scan(page)
    at = 0
    while (opened := page.find("<", at)) >= 0:
        if opened > at:
            yield _Tag("", _plain(page[at:opened]))
        if page.startswith(("<!", "<?"), opened):
            at = scan.after_markup(opened)
            continue
        name = _NAME.match(page, opened + 1)
        name = name if name is not None and _is_tag(name.group().lower().lstrip("/")) else None
        end = scan.tag_end(name.end()) if name is not None else -1
        if name is None or end < 0:
            yield _Tag("", "<")
            at = opened + 1
            continue
        word = name.group().lower()
        yield _Tag(word.lstrip("/"), page[name.end() : end - 1], word.startswith("/"))
        at = end
        if word in _RAW:
            at = _closing(page, end, word)
            told = page[end:at]
            yield _Tag("", _plain(told) if word in _SHOWN else told)
    if at < len(page):
        yield _Tag("", _plain(page[at:]))


def _is_tag(name: str) -> bool:
    """Whether a word after `<` is a tag: one of HTML, or of another vocabulary (`o:p`). `IgG <normal` holds none."""
    return name in _BREAKS or name in _INLINE or name in _VOID or name in _SILENT or ":" in name or "-" in name


class _Scan:
    """Finds where tags and comments end. What is looked for in vain once is not looked for again, so that a page of
    nothing but open ends takes no longer than any other.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._vain: set[str] = set()

    def after_markup(self, opened: int) -> int:
        """Where a comment, declaration or instruction ends; just after its start when it never does."""
        close, start = ("-->", 4) if self._page.startswith("<!--", opened) else (">", 2)
        end = self._find(close, opened + 2)
        return opened + start if end < 0 else end + len(close)

    def tag_end(self, at: int) -> int:
        """Just after the sign that ends the tag, which may not stand in quotes; -1 when it never ends."""
        if "quoted" not in self._vain:
            tag = _QUOTED.match(self._page, at)
            if tag is not None:
                return tag.end()
            self._vain.add("quoted")
        return self._find(">", at) + 1 or -1

    def _find(self, sign: str, at: int) -> int:
        found = self._page.find(sign, at) if sign not in self._vain else -1
        if found < 0:
            self._vain.add(sign)
        return found


def _closing(page: str, at: int, name: str) -> int:
    low = at
    while (low := page.find("</", low)) >= 0:
        if page[low + 2 : low + 2 + len(name)].lower() == name:
            return low
        low += 2
    return len(page)


def _plain(text: str) -> str:
    return unescape(text) if "&" in text else text


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, as far as they matter here."""
    found = _ATTRIBUTE.finditer(text[:_START])
    return {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in found}
