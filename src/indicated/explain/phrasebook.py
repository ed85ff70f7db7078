"""The sentences of the content for one audience: a phrase's words by id, with named places filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from indicated.model.concept import Concept, Kind
from indicated.model.errors import Nonsense
from indicated.model.statement import Phrase

if TYPE_CHECKING:
    from indicated.explain.translations import Spanish

AUDIENCES = ("clinician", "reviewer", "patient")


class Phrasebook:
    """All phrases, read for one audience. A phrase without words for it falls back to the clinician's."""

    __slots__ = ("_phrases", "_spanish", "audience", "english", "language", "originals", "spent")

    def __init__(
        self,
        phrases: Iterable[Phrase] | Mapping[str, Phrase],
        audience: str = "clinician",
        spanish: Spanish | None = None,
    ) -> None:
        if audience not in AUDIENCES:
            raise Nonsense(f"there is no audience {audience!r}; use one of {', '.join(AUDIENCES)}")
        listed = phrases.values() if isinstance(phrases, Mapping) else phrases
        self._phrases = {phrase.id: phrase for phrase in listed}
        self.audience = audience
        self.spent: list[str] = []
        self._spanish = spanish
        self.language = "en" if spanish is None else "es"
        self.originals: dict[str, str] = {}
        self.english: dict[str, None] = {}

    def anew(self) -> Phrasebook:
        """The same phrases for the same reader, none of them used yet; what stands in English is kept in one place."""
        book = Phrasebook(self._phrases, self.audience, self._spanish)
        book.english = self.english
        return book

    def __contains__(self, phrase_id: str) -> bool:
        return phrase_id in self._phrases

    def template(self, phrase_id: str) -> str:
        """The phrase's words with its places still open; Nonsense when the content has no such phrase."""
        if self._spanish is not None and phrase_id in self._spanish.by_id:
            return self._spanish.by_id[phrase_id]
        phrase = self._phrases.get(phrase_id)
        if phrase is None:
            raise Nonsense(f"the content has no phrase {phrase_id}; add it under content/phrases")
        return getattr(phrase, self.audience) or phrase.clinician

    def speaks(self, phrase_id: str) -> bool:
        """Whether the phrase has words in the reader's language."""
        return self._spanish is None or phrase_id in self._spanish.by_id

    def in_all(self, phrase_id: str) -> Iterator[str]:
        """The phrase's words as the reader has them and as English has them; nothing when there is no such phrase."""
        if phrase_id in self._phrases:
            yield from dict.fromkeys((self.template(phrase_id), self._phrases[phrase_id].clinician))

    def words(self, phrase_id: str, **places: object) -> str:
        """The phrase with its places filled in."""
        template = self.template(phrase_id)
        self.spent.append(template)
        return template.format_map(places)

    def sentence(self, text: str) -> str:
        """A sentence of the content in the reader's language; in English, and marked so, where it has no other."""
        if self._spanish is None or not text:
            return text
        told = self._spanish.by_words.get(text)
        if told is None:
            return self.marked(text)
        self.originals[told] = text
        return told

    def concept(self, concept: Concept, label: str, *, full: bool = False) -> str:
        """A concept's label in the reader's language; the name of a drug stays as it is where it has no other."""
        if self._spanish is None:
            return label
        told = self._spanish.by_id.get(concept.id, "")
        if told:
            return told if full else told.partition(" (")[0]
        return label if concept.kind in (Kind.DRUG, Kind.PRODUCT) else self.marked(label)

    def marked(self, text: str) -> str:
        """A text that stands in English, said to be."""
        self.english[text] = None
        return self.words("show.english", text=text)

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
        if self._spanish is not None:
            joiner = self._spanish.joiner(joiner, listed[-1])
        return self.words(f"list.{joiner}", head=", ".join(listed[:-1]), last=listed[-1])
