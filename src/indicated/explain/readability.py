"""How hard a patient's article is to read: the school grade of its English, the ease of its Spanish.

English is measured by the Flesch-Kincaid grade (Kincaid JP et al., Research Branch Report 8-75, 1975), Spanish by the
Flesch-Szigriszt index with the bands of the INFLESZ scale (Barrio-Cantalejo IM et al., An Sist Sanit Navar 2008;31(2)).

Counted are our own words: quotes of the record and the list of sources are left out. The names of drugs, diseases and
tests count like any other word. A row of a list is a sentence; a semicolon or colon ends none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from indicated.model.statement import Rationale

_QUOTE = re.compile(r"“[^”]*”")
_ENDS = re.compile(r"[.!?](?:\s|$)|\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GRADE = (0.39, 11.8, 15.59)
_EASE = (206.835, 62.3)
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es?|[^aeioudty]ed|[^aeiouy]le[sd]?)$")
_SPOKEN = re.compile(r"(?:[^aeiouy]le[sd]?|[sxzc]es|[sc]hes|ges)$")
_SPANISH = re.compile(r"[iuü]?[aeoáéó][iuyü]?|[íú]|[iuüy]+", re.IGNORECASE)


def grade(rationale: Rationale) -> float:
    """The Flesch-Kincaid grade of an article in English."""
    words, sentences, syllables = _counted(rationale, _english)
    length, weight, base = _GRADE
    return length * words / sentences + weight * syllables / words - base


def ease(rationale: Rationale) -> float:
    """The Flesch-Szigriszt index of an article in Spanish: from 55 normal, from 65 rather easy, above 80 very easy."""
    words, sentences, syllables = _counted(rationale, _spanish)
    base, weight = _EASE
    return base - weight * syllables / words - words / sentences


def _counted(rationale: Rationale, syllables: Callable[[str], int]) -> tuple[int, int, int]:
    words: list[str] = []
    sentences = 0
    for part in _sentences(rationale):
        listed = _WORD.findall(part)
        words += listed
        sentences += bool(listed)
    return len(words), sentences, sum(syllables(word.lower()) for word in words)


def _sentences(rationale: Rationale) -> Iterator[str]:
    for section in rationale.sections:
        for statement in section.statements:
            said = _QUOTE.sub("", f"{statement.label}\n{statement.text}")
            yield from _ENDS.split(said)


def _english(word: str) -> int:
    """The vowel groups of a word, without an `e` that is not spoken."""
    silent = _SILENT.search(word) is not None and _SPOKEN.search(word) is None
    return max(1, len(_VOWELS.findall(word)) - silent)


def _spanish(word: str) -> int:
    """The vowel groups of a word; two strong vowels, or a weak one with an accent, are two."""
    return max(1, len(_SPANISH.findall(word)))
