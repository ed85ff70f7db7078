"""The marks of list items (`1.`, `(a)`, `iv)`, `1.2`, `-`): what they are and which follows which."""

from __future__ import annotations

import re
from typing import NamedTuple

_BULLET = re.compile(
    r"(?:[-*+•·‣▪▫◦●○■□–—➢✓☐✔►❖]|o(?=\s{1,4}[A-Z≥<>])|\uf0b7|\[[ xX]?\])(?:\s+|(?<=[•·▪●■➢✓☐✔►❖\uf0b7]))"
)
_NUMBERED = re.compile(r"(?P<open>[(\[]?)(?P<body>\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{2,6})(?P<close>[.)\]:]{1,2})(?:\s+|$)")
_COMPOUND = re.compile(r"(?P<body>(?:\d{1,2}|[A-Z])(?:\.(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})){1,5})[.):]?\s+(?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


class Mark(NamedTuple):
    """`style` tells one kind of numbering from another, `ordinal` is its place (0 for a bullet), `shown` the number as
    written without brackets, `width` how many characters of the line it takes.
    """

    style: str
    ordinal: int
    shown: str
    width: int
    path: tuple[str, ...] = ()


def follows(before: Mark, after: Mark) -> bool:
    """Whether one mark is the next of the same list after the other; bullets of one kind always are."""
    if before.style != after.style:
        return False
    if before.path and before.path[:-1] != after.path[:-1]:
        return False
    return after.ordinal == before.ordinal + 1 if before.ordinal else True


def read_mark(text: str, open_marks: list[Mark], *, wrapped: bool) -> Mark | None:
    """The mark that a line begins with. `wrapped`: the line may be the middle of a sentence, so that a mark is
    believed only when it is the next or the first of a list.
    """
    if bullet := _BULLET.match(text):
        sign = bullet.group().strip()
        return None if _is_amount(sign, text, bullet.end()) else Mark(f"bullet {sign[0]}", 0, "", bullet.end())
    if compound := _COMPOUND.match(text):
        return _compound(compound, text, open_marks)
    numbered = _NUMBERED.match(text)
    if numbered is None:
        return None
    marks = _readings(numbered)
    for before in reversed(open_marks):
        for mark in marks:
            if follows(before, mark):
                return mark
    first = next((mark for mark in marks if mark.ordinal == 1), None)
    if first is not None:
        return first
    mark = marks[0]
    known = any(other.style == mark.style for other in open_marks)
    word = _is_word(numbered, text)
    return mark if (known and not (word and wrapped)) or not (word or wrapped) else None


def _is_amount(sign: str, text: str, end: int) -> bool:
    """Whether the sign belongs to a number or a sentence (`- 2 SD`)."""
    return sign in ("-", "–", "—", "+") and re.match(r"\d+(?:\.\d+)?\s*(?:SD\b|%)", text[end:]) is not None


def _is_word(numbered: re.Match[str], text: str) -> bool:
    """Whether a letter with a full stop is the start of a name (`E. coli`)."""
    return numbered["body"].isalpha() and not numbered["open"] and text[numbered.end() : numbered.end() + 1].islower()


def _readings(numbered: re.Match[str]) -> list[Mark]:
    """What the mark may be: a letter may also be a Roman number; the first reading is preferred."""
    body, width = numbered["body"], numbered.end()
    frame = numbered["open"] + numbered["close"][0]
    if body.isdigit():
        return [Mark(f"1{frame}", int(body), body, width)]
    case = "A" if body.isupper() else "a"
    small = body.lower()
    roman = _roman(small)
    found = [Mark(f"{'I' if case == 'A' else 'i'}{frame}", roman, body, width)] if roman else []
    if len(body) == 1:
        letter = Mark(f"{case}{frame}", ord(small) - ord("a") + 1, body, width)
        found = [*found, letter] if small == "i" else [letter, *found]
    return found or [Mark(f"?{frame}", 0, body, width)]


def _roman(small: str) -> int:
    if not small or not _ROMAN_FORM.fullmatch(small):
        return 0
    values = [_ROMAN[char] for char in small]
    return sum(-one if one < next_ else one for one, next_ in zip(values, [*values[1:], 0], strict=True))


def _compound(found: re.Match[str], text: str, open_marks: list[Mark]) -> Mark | None:
    """A mark of several parts, when it goes on from an open one or is followed by a sentence and not by a unit."""
    path = tuple(found["body"].split("."))
    last = path[-1]
    ordinal = int(last) if last.isdigit() else (_roman(last.lower()) or ord(last[0].lower()) - ord("a") + 1)
    mark = Mark(f"compound {len(path)}", ordinal, found["body"], found.end(), path)
    known = any((before.path or (before.shown,)) == path[:-1] or follows(before, mark) for before in open_marks)
    sentence = text[found.end()].isupper() and len(text) > found.end() + 3 and " " in text[found.end() :]
    return mark if known or (sentence and path[0] != "0") else None
