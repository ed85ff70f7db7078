"""The sentences of the content for one audience: a phrase's words by id, with named places filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indicated.model.errors import Nonsense
from indicated.model.statement import Phrase

AUDIENCES = ("clinician", "reviewer", "patient")


class Phrasebook:
    """All phrases, read for one audience. A phrase without words for it falls back to the clinician's."""

    __slots__ = ("_phrases", "audience", "spent")

    def __init__(self, phrases: Iterable[Phrase] | Mapping[str, Phrase], audience: str = "clinician") -> None:
        if audience not in AUDIENCES:
            raise Nonsense(f"there is no audience {audience!r}; use one of {', '.join(AUDIENCES)}")
        listed = phrases.values() if isinstance(phrases, Mapping) else phrases
        self._phrases = {phrase.id: phrase for phrase in listed}
        self.audience = audience
        self.spent: list[str] = []

    def __contains__(self, phrase_id: str) -> bool:
        return phrase_id in self._phrases

    def template(self, phrase_id: str) -> str:
        """The phrase's words with its places still open; Nonsense when the content has no such phrase."""
        phrase = self._phrases.get(phrase_id)
        if phrase is None:
            raise Nonsense(f"the content has no phrase {phrase_id}; add it under content/phrases")
        return getattr(phrase, self.audience) or phrase.clinician

    def words(self, phrase_id: str, **places: object) -> str:
        """The phrase with its places filled in."""
        template = self.template(phrase_id)
        self.spent.append(template)
        return template.format_map(places)

    def word(self, family: str, value: str, default: str | None = None) -> str:
        """The word for a value of a closed list (`finding.supported`); `default`, or the value, without one."""
        phrase_id = f"{family}.{value}"
        if phrase_id in self._phrases:
            return self.words(phrase_id)
        return value if default is None else default

    def series(self, items: Iterable[str], joiner: str = "and") -> str:
        """`a, b and c` in the words of the content (`list.and`, `list.or`)."""
        listed = [item for item in dict.fromkeys(items) if item]
        if not listed[1:]:
            return "".join(listed)
        return self.words(f"list.{joiner}", head=", ".join(listed[:-1]), last=listed[-1])
