"""The tags of an HTML page and the texts between them. Own scanning, linear in the page whatever it holds: the standard
library's parser of this Python is quadratic on some broken pages.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = lazily(r"/?[a-zA-Z][^\s/>]*")
_QUOTED = lazily(r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
UNCHOSEN = "an option that was not chosen"
SILENT = frozenset(("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "del", UNCHOSEN))
_RAW = frozenset(("script", "style", "textarea", "title"))
_SHOWN = ("textarea", "title")
BREAKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "button", "canvas", "cite", "code", "colgroup", "data",
    "datalist", "dfn", "em", "font", "i", "ins", "kbd", "label", "map", "mark", "menu", "meter", "nobr", "optgroup",
    "output", "picture", "progress", "q", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup",
    "textarea", "time", "tt", "u", "var", "video",
))  # fmt: skip


class Tag(NamedTuple):
    """A tag, or the text between two."""

    name: str
    text: str
    ends: bool = False


def tags(page: str) -> Iterator[Tag]:
    """Tags and the texts between them, in order."""
    scan = _Scan(page)
    at = 0
    while (opened := page.find("<", at)) >= 0:
        if opened > at:
            yield Tag("", _plain(page[at:opened]))
        if page.startswith(("<!", "<?"), opened):
            at = scan.after_markup(opened)
            continue
        name = _NAME.match(page, opened + 1)
        name = name if name is not None and _is_tag(name.group().lower().lstrip("/")) else None
        end = scan.tag_end(name.end()) if name is not None else -1
        if name is None or end < 0:
            yield Tag("", "<")
            at = opened + 1
            continue
        word = name.group().lower()
        yield Tag(word.lstrip("/"), page[name.end() : end - 1], word.startswith("/"))
        at = end
        if word in _RAW:
            at = _closing(page, end, word)
            told = page[end:at]
            yield Tag("", _plain(told) if word in _SHOWN else told)
    if at < len(page):
        yield Tag("", _plain(page[at:]))


def _is_tag(name: str) -> bool:
    """Whether a word after `<` is a tag: one of HTML, or of another vocabulary (`o:p`). `IgG <normal` holds none."""
    return name in BREAKS or name in _INLINE or name in VOID or name in SILENT or ":" in name or "-" in name


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
