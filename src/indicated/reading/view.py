"""A text as reading sees it: lower-cased, punctuation folded, white space squashed, and the way back to the text.

Every part of reading works on `flat` (or `cased`, the same with its capitals) and its offsets; `View.span` and
`View.passage` lead back to the exact characters of the document. Line ends that only wrap a line become a space;
line ends that separate (a blank line, a list item, a heading, a short line) become one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from indicated.model.letters import fold, lower, spaced
from indicated.model.text import Document, Passage
from indicated.reading.lines import breaks
from indicated.reading.patterns import lazily
from indicated.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ODD_RUN = r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]+|\s{2,}|[^\S ]|\x1b\[[0-9;?]*[@-~]"
_ODD = lazily(_ODD_RUN)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_ODD_OR_LIGATURE = lazily(_ODD_RUN + r"|[ﬀ-ﬄ]")
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\x1b"


class View:
    """One document, flattened. `cased`, `flat` and `terms` (hyphens and slashes as spaces) share their offsets;
    `words` are where each word of `flat` starts.
    """

    __slots__ = ("_flat_at", "_text_at", "cased", "document", "flat", "terms", "words")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._flat_at: list[int] = [0]
        self._text_at: list[int] = [0]
        squashed = self._squash(document.text)
        self.cased = _with_powers(fold(squashed), squashed)
        self.flat = lower(self.cased)
        self.terms = spaced(self.flat)
        self.words = words_of(self.flat)

    def _squash(self, text: str) -> str:
        """Replace every odd run by what stands for it, keeping a cut wherever the offsets drift."""
        hard = breaks(text)
        pieces: list[str] = []
        done = length = 0
        for start, end in _odd_runs(text):
            pieces.append(text[done:start])
            length += start - done
            stands = _stands_for(text, start, end, hard)
            pieces.append(stands)
            if len(stands) != end - start:
                self._flat_at.append(length)
                self._text_at.append(start)
                self._flat_at.append(length + len(stands))
                self._text_at.append(end)
            length += len(stands)
            done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def _first(self, at: int) -> int:
        cut = bisect_right(self._flat_at, at) - 1
        here = self._text_at[cut] + at - self._flat_at[cut]
        return min(here, self._text_at[cut + 1]) if cut + 1 < len(self._text_at) else here

    def _last(self, at: int) -> int:
        cut = max(bisect_left(self._flat_at, at) - 1, 0)
        here = self._text_at[cut] + at - self._flat_at[cut]
        return min(here, self._text_at[cut + 1]) if cut + 1 < len(self._text_at) else here

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the flat span `start` to `end` stands in the document's text."""
        last = self._last(end)
        return min(self._first(start), last - 1), last

    def passage(self, start: int, end: int) -> Passage:
        """The flat span as an exact passage, without white space at its ends."""
        while end - start > 1 and self.flat[start].isspace():
            start += 1
        while end - start > 1 and self.flat[end - 1].isspace():
            end -= 1
        return self.document.passage(*self.span(start, end))

    def flat_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the text's span `start` to `end` stands in `flat`."""
        return self._forth(start), max(self._forth(end), self._forth(start) + 1)

    def _forth(self, at: int) -> int:
        cut = bisect_right(self._text_at, at) - 1
        here = self._flat_at[cut] + at - self._text_at[cut]
        return min(here, self._flat_at[cut + 1]) if cut + 1 < len(self._flat_at) else here


_POWER = lazily(r"(?<![x×✕⨯*·^\d.,] )(?<![x×✕⨯*·^\d.,])10(?P<power>[²³¹⁰⁴⁵⁶⁷⁸⁹]+)")


def _with_powers(folded: str, text: str) -> str:
    """The folded text, where the power of a ten that nothing is multiplied by (`10⁵`) stays raised: it is no 105."""
    if text.isascii():
        return folded
    for power in _POWER.finditer(text):
        start, end = power.span("power")
        folded = folded[:start] + text[start:end] + folded[end:]
    return folded


def _odd_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs that do not stay as they are: white space, zero-width characters, a terminal's colours, ligatures,
    HTML comments.
    """
    pattern = _ODD if text.isascii() else _ODD_OR_LIGATURE
    at = 0
    opened = text.find("<!--")
    while opened >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        yield from (odd.span() for odd in pattern.finditer(text, at, opened))
        at = closed + 3
        yield opened, at
        opened = text.find("<!--", at)
    yield from (odd.span() for odd in pattern.finditer(text, at))


def _stands_for(text: str, start: int, end: int, hard: dict[int, str]) -> str:
    """What a run of odd characters becomes: nothing, a space, line ends that separate, or a ligature's letters."""
    run = text[start:end]
    if run[0] == "<":
        return "\n\n"
    if run in _LIGATURES:
        return _LIGATURES[run]
    if run[0] in _ZERO_WIDTH:
        return ""
    if "\n" not in run and "\r" not in run and "\x0c" not in run:
        return " "
    return hard.get(start, " ")
