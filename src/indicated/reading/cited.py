"""Sentences that cite, and texts that are written as articles: what they say is what others found, not the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = r"\d{1,3}(?: ?[,;-] ?\d{1,3})*"
_BRACKETED = lazily(rf"\[{_NUMBERS}\]")
_BARE_END = lazily(rf"(?:[a-z)%\"'0-9]|[.!?:][\"')]?) (?P<numbers>{_NUMBERS})[.;:]?\s*$")
_BARE_START = lazily(rf"(?P<numbers>{_NUMBERS})(?=\s+[A-Z(\"']|\s*$)")
_DIGITS = lazily(r"\d+")
_ENDS = (".", "!", "?", ".)", '."', ".'")
_WORDS = 7
_FEWEST, _FEWEST_IN_BRACKETS = 4, 3
_ARTICLE = 0.3
_LARGEST = 60


def cited(text: str, spans: Sequence[tuple[int, int]]) -> tuple[frozenset[int], bool]:
    """The numbers of the sentences `spans` of `text` that cite, and whether the text is an article: of its long
    sentences three in ten cite. Numbers count only where a text uses them again and again, in brackets or bare
    (`in most patients. 1, 3`).
    """
    bracketed: set[int] = set()
    bare: dict[int, str] = {}
    long = 0
    for at, (start, end) in enumerate(spans):
        wordy = text.count(" ", start, end) >= _WORDS
        long += wordy
        if text.find("[", start, end) >= 0 and _BRACKETED.search(text, start, end):
            bracketed.add(at)
        elif wordy and (last := _BARE_END.search(text, max(start, end - _LARGEST), end)):
            bare[at] = last["numbers"]
        if at and not text.startswith("\n", start - 1):
            led = _BARE_START.match(text, start, end)
            before = text[spans[at - 1][0] : spans[at - 1][1]].rstrip()
            if led is not None and before.endswith(_ENDS) and before.count(" ") >= _WORDS:
                bare[at - 1] = led["numbers"]
    found = (bracketed if len(bracketed) >= _FEWEST_IN_BRACKETS else set()) | (
        bare.keys() if _is_habit(bare) else set()
    )
    return frozenset(found), len(found) >= _FEWEST and len(found) >= long * _ARTICLE


def _is_habit(bare: dict[int, str]) -> bool:
    """Whether bare numbers after sentences are citations: they are small, repeated, and count from one."""
    if len(bare) < _FEWEST:
        return False
    numbers = [int(one) for told in bare.values() for one in _DIGITS.findall(told)]
    different = set(numbers)
    return max(different) <= _LARGEST and min(different) == 1 and len(different) * 2 >= max(different)
