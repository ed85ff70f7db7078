"""The pages of a PDF as one text: what every page repeats is told once, and sentences run on over the end of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indicated.model.text import Document, Place
from indicated.reading.patterns import lazily

_PAGE_NUMBER = lazily(r"(?i)[^\w]{0,3}(?P<page>page|pg\.?)?\s*(?P<number>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[^\w]{0,3}")
_EDGE = 4
_LEAST = 2
_PART = 3
_ENDED = (".", "!", "?", ":", ";")
_DIGITS = 4


class Page(NamedTuple):
    """The lines of one page, and whether they were recognised in a picture."""

    lines: list[str]
    scanned: bool = False


def joined(pages: Sequence[Page], name: str) -> Document:
    """The pages as one text. Repeated edge lines are told once, those at the foot at the very end; a page that ends
    within a sentence runs on.
    """
    repeated = _repeated(pages)
    told: set[str] = set()
    parts: list[str] = []
    places: list[Place] = []
    feet: list[tuple[int, str]] = []
    length = 0
    for number, page in enumerate(pages, 1):
        lines, foot = _without(page.lines, number, repeated, told)
        feet += [(number, line) for line in foot]
        body = "\n".join(lines).strip("\n")
        if body:
            runs_on = parts and not parts[-1].endswith(_ENDED) and body[0].islower()
            parts += ["\n" if runs_on else "\n\n", body] if parts else [body]
            length = sum(map(len, parts)) if len(parts) == 1 else length + len(parts[-2]) + len(body)
            places.append(Place(length - len(body), f"p. {number}", page.scanned))
    for number, line in feet:
        places.append(Place(length + 2, f"p. {number}", pages[number - 1].scanned))
        parts += ["\n\n", line]
        length += 2 + len(line)
    return Document(name, "".join(parts), tuple(places))


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """What stands at the top or bottom of at least a third of the pages, and of two."""
    counts = Counter(
        key
        for number, page in enumerate(pages, 1)
        for key in {key for line in _edges(page.lines) for key in _keys(line, number)}
    )
    return frozenset(key for key, count in counts.items() if count >= max(_LEAST, len(pages) / _PART))


def _edges(lines: Sequence[str]) -> list[str]:
    full = [line for line in lines if line.strip()]
    return [*full[:_EDGE], *full[-_EDGE:]]


def _keys(line: str, number: int) -> Iterator[str]:
    """What makes lines of two pages the same: their words, a page number at either end counted from the page on. Any
    other figure tells lines apart, for it may be another patient's.
    """
    words = line.split()
    yield " ".join(words)
    for at in {0, len(words) - 1} if len(words) > 1 else ():
        if words[at].isdecimal() and len(words[at]) <= _DIGITS:
            yield " ".join([*words[:at], f"page{int(words[at]) - number:+}", *words[at + 1 :]])


def _without(
    lines: Sequence[str], number: int, repeated: frozenset[str], told: set[str]
) -> tuple[list[str], list[str]]:
    """The lines without page numbers and repeated edges, and the repeated lines at the foot not told before."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    top, foot = set(full[:_EDGE]), set(full[-_EDGE:])
    kept: list[str] = []
    after: list[str] = []
    for at, line in enumerate(lines):
        counted = _PAGE_NUMBER.fullmatch(" ".join(line.split()))
        if counted is not None and int(counted["number"]) == number and (counted["page"] or at in (full[0], full[-1])):
            continue
        same = [key for key in _keys(line, number) if key in repeated] if at in top or at in foot else []
        if not same:
            kept.append(line)
        elif not told.intersection(same):
            (kept if at in top else after).append(line)
        told.update(same)
    return kept, after
