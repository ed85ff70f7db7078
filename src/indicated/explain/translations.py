"""The words of the content in another language, by what they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from indicated.model.errors import Nonsense
from indicated.model.statement import Translation

LANGUAGES = ("en", "es")
_WITH_E = re.compile(r"h?i(?!e)", re.IGNORECASE)
_WITH_U = re.compile(r"h?o|8|11\b", re.IGNORECASE)


class Spanish(NamedTuple):
    """Phrases and concepts by id, sentences of the content by their English words."""

    by_id: dict[str, str]
    by_words: dict[str, str]

    @classmethod
    def of(cls, translations: Iterable[Translation]) -> Spanish:
        """The translations, indexed."""
        listed = tuple(translations)
        return cls({one.id: one.es for one in listed if one.id}, {one.of: one.es for one in listed if one.of})

    def names(self) -> dict[str, str]:
        """What concepts (and phrases) are called, without what stands in brackets, with their ids."""
        return {told.partition(" (")[0]: one for one, told in self.by_id.items()}

    @staticmethod
    def joiner(joiner: str, last: str) -> str:
        """`and` and `or` as they are before this word: `e infección`, `u otro`."""
        if joiner == "and" and _WITH_E.match(last):
            return "and_e"
        return "or_u" if joiner == "or" and _WITH_U.match(last) else joiner


def spanish(language: str, audience: str, translations: Iterable[Translation]) -> Spanish | None:
    """What to translate with, or None for English. Nonsense for a language or audience that has no words."""
    if language not in LANGUAGES:
        raise Nonsense(f"there are no words in {language!r}; use one of {', '.join(LANGUAGES)}")
    if language == "en":
        return None
    if audience != "patient":
        raise Nonsense("Spanish is written for patients only; use it with the audience patient")
    return Spanish.of(translations)
