"""Text put together from paragraphs, list items and rows, the way reading expects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CELL = " | "
_ENDED = (".", "!", "?", ":", ";", ",")


class Blocks:
    """Collects the blocks of a document. A blank line parts paragraphs; items and rows stand line under line."""

    __slots__ = ("_close", "_parts")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._close = False

    def paragraph(self, text: str) -> None:
        """A paragraph or heading."""
        self._add(text, close=False)

    def line(self, text: str) -> None:
        """A list item or a row of a table: no blank line to the one before it."""
        self._add(text, close=True)

    def row(self, cells: Iterable[str]) -> None:
        """A row of a table, left out when every cell is empty."""
        told = [squashed(cell) for cell in cells]
        if any(told):
            self.line(CELL.join(told).rstrip())

    def _add(self, text: str, *, close: bool) -> None:
        text = text.strip()
        if not text:
            return
        if self._parts:
            self._parts.append("\n" if close and self._close else "\n\n")
        self._parts.append(text)
        self._close = close

    def text(self) -> str:
        """All blocks."""
        return "".join(self._parts)


def squashed(text: str) -> str:
    """One line without idle white space."""
    return " ".join(text.split())


def one_line(paragraphs: Iterable[str]) -> str:
    """The paragraphs of a cell in one line, parted where no sign parts them yet."""
    told = [line for paragraph in paragraphs if (line := squashed(paragraph))]
    return " ".join(
        line if line.endswith(_ENDED) or at == len(told) - 1 else line + ";" for at, line in enumerate(told)
    )
