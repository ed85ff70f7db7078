"""Which line ends separate and which only wrap a line."""

from __future__ import annotations

import re

from indicated.reading.patterns import lazily

_LINE_END = lazily(r"(?<![^\S\n\r\x0b\x0c])[^\S\n\r\x0b\x0c]*(?:\r\n|[\n\r\x0b\x0c])\s*")
_ITEM = lazily(r"(?:[-*•·▪●◦‣–—>#☐☒☑]+\s*|\([ xX]\)\s*|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]\s+|\[[ xX]?\]\s*)\S")
_HEADING = lazily(r"[A-Z][A-Za-z0-9 ,/&'()-]{0,60}:(?:\s|$)")
_HANGING = lazily(
    r"(?:[,(/&+]|-|\b(?:of|the|a|an|and|or|with|without|no|not|for|to|in|on|at|by|from|than|is|are|was|were|"
    r"has|had|have|any|per|as|that|which|who|his|her|their|its|be|been|anti|due|after|before|over|under|between))$",
    re.IGNORECASE,
)
_BOX = r"(?:\[[ xX✓]?\]|\([ xX✓]\)|[☐☒☑])"
_ANSWERED = lazily(
    rf"(?:(?:{_BOX}|_+[xX]?_*) ?(?:yes|no|n/?a|y|n)|\b(?:yes|no|n/?a) ?{_BOX}|\? ?(?:yes|no|y|n|n/?a|unknown))\.?$",
    re.IGNORECASE,
)
_ENDED = (".", "!", "?", ":", ";", '."', ".)", ".”", "?)")
_RUNS = lazily(r"[^\s.!?:;,][^\S\n]{2,}\S[^\n]{0,200}[^\s.!?:;,][^\S\n]{2,}\S")
_WIDE = 40


def breaks(text: str) -> dict[int, str]:
    """Where a run of white space with a line end starts, and what it becomes: one line end, two for a blank line, or,
    for a word broken at its hyphen, nothing. Line ends that merely wrap a line are left out.
    """
    found: dict[int, str] = {}
    ends = [(m.start(), m.end()) for m in _LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    lengths = [stop - start for start, stop in zip(starts, [*(s for s, _ in ends), len(text)], strict=True)]
    widths = _widths(text, ends, lengths)
    for at, (stop, resume) in enumerate(ends):
        kind = _kind(text, starts[at], stop, resume, widths[at])
        if kind is not None:
            found[_run_start(text, stop)] = kind
    return found


def _run_start(text: str, stop: int) -> int:
    while stop > 0 and text[stop - 1].isspace():
        stop -= 1
    return stop


def _widths(text: str, ends: list[tuple[int, int]], lengths: list[int]) -> list[int]:
    """For each line end, the longest line of its block (lines between blank lines)."""
    widths: list[int] = []
    first = 0
    for at, (stop, resume) in enumerate(ends):
        if _blank(text, stop, resume) or at == len(ends) - 1:
            widths += [max(lengths[first : at + 2])] * (at + 1 - first)
            first = at + 1
    return widths


def _blank(text: str, stop: int, resume: int) -> bool:
    run = text[stop:resume]
    return run.replace("\r\n", "\n").count("\n") > 1 or "\x0c" in run


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells parted by bars, tabs, or more than one run of spaces."""
    return "\t" in line.strip() or " | " in line or _RUNS.search(line) is not None


def _kind(text: str, start: int, stop: int, resume: int, width: int) -> str | None:
    if _blank(text, stop, resume):
        return "\n\n"
    line, rest = text[max(start, stop - 40) : stop].rstrip(), text[resume : resume + 70]
    if not rest or not line or _is_row(text[start:stop]):
        return "\n"
    if _ITEM.match(rest) or (_HEADING.match(rest.split("\n", 1)[0]) and not line.endswith(",")) or line.endswith(":"):
        return "\n"
    if _ANSWERED.search(line):
        return "\n"
    if line.endswith("-") and line[-2:-1].isalnum() and rest[0].isalnum():
        return ""
    if line.endswith(_ENDED):
        return None if rest[0].islower() else "\n"
    if rest[0].islower() or rest[0] in "(/&+%" or _HANGING.search(line):
        return None
    if rest[0].isdigit() and line[-1].isalpha():
        return None
    word = len(rest.split(None, 1)[0])
    full = width >= _WIDE and stop - start + 1 + word > width
    return None if full else "\n"
