"""The lines of one page of a PDF: cells of a row parted by bars, paragraphs by blank lines, broken words made whole."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from indicated.reading.formats.errors import TooBig
from indicated.reading.formats.limits import PDF_LETTERS
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from typing import Any

    Box = tuple[float, float, float, float]

_SOFT = lazily("(?<=[a-z])[\ufffe\x02\u00ad](?:\r?\n)?(?=[a-z])")
_HARD = lazily("[\ufffe\x02\u00ad](?:\r?\n)?")
_WIDE = 2.0
"""A blank wider than so many heights of a line parts two cells."""
_HIGH = 0.5
"""A gap higher than the usual one by so much of a line's height parts two paragraphs."""


def lines_of(page: Any, where: str) -> list[str]:
    """The lines of a page in the order of the PDF. TooBig with more characters than a page holds."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if not count:
            return []
        if count > PDF_LETTERS:
            raise TooBig(f"{where} has more than {PDF_LETTERS:,} characters; print it to PDF again")
        text = text_page.get_text_range()
        # Where the two count differently (characters beyond the first plane), places on the page are not known.
        marks = _marks(text, text_page) if len(text) == count else {}
    finally:
        text_page.close()
    done, parts = 0, []
    for at, mark in marks.items():
        parts += [text[done:at], mark]
        done = at + 1
    told = "".join([*parts, text[done:]])
    told = _HARD.sub("-", _SOFT.sub("", told)).replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in told.split("\n")]


def _marks(text: str, text_page: Any) -> dict[int, str]:
    """What stands instead of a blank or line end, by its place: a bar in a wide gap, a blank line in a high one."""
    marks: dict[int, str] = {}
    ends: dict[int, tuple[float, float]] = {}
    for at in range(1, len(text) - 1):
        if text[at] == " " and not text[at - 1].isspace() and not text[at + 1].isspace():
            if _is_wide(text_page.get_charbox(at - 1, loose=True), text_page.get_charbox(at + 1, loose=True)):
                marks[at] = " | "
        elif text[at] == "\n" and at > 1 and not text[at - 2].isspace() and not text[at + 1].isspace():
            above, below = text_page.get_charbox(at - 2, loose=True), text_page.get_charbox(at + 1, loose=True)
            ends[at] = above[1] - below[3], above[3] - above[1]
    usual = median(gap for gap, _ in ends.values()) if ends else 0.0
    marks.update({at: "\n\n" for at, (gap, tall) in ends.items() if gap > usual + _HIGH * tall})
    return dict(sorted(marks.items()))


def _is_wide(before: Box, after: Box) -> bool:
    """Whether the gap between two characters of one line is as wide as between cells."""
    tall = max(before[3] - before[1], after[3] - after[1])
    level = before[1] < after[3] and after[1] < before[3]
    return level and tall > 0 and after[0] - before[2] > _WIDE * tall
