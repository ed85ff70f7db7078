"""What a part of an answer is written from: the writer, the question, what it names, the content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.explain.writer import Writer
from indicated.model.statement import FromEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.determination import Determination
    from indicated.model.statement import Proof
    from indicated.model.text import Document
    from indicated.release import Release


class Desk(NamedTuple):
    """A writer with the question before it; `concepts` are what it names."""

    w: Writer
    question: Document
    concepts: tuple[str, ...]
    release: Release

    def writer(self, determination: Determination | None = None) -> Writer:
        """A writer that has said nothing yet, of this determination or another."""
        writer = Writer(determination or self.w.d, self.w.knowledge, self.w.book.anew())
        writer.withheld = self.w.withheld
        return writer

    def names(self, concept: str) -> bool:
        """Whether the question names the concept, something narrower or something broader."""
        return any(self.w.knowledge.vocabulary.related(concept, one) for one in self.concepts)

    def labels(self) -> str:
        """What the question names, in words."""
        return self.w.book.series(self.w.words.label(one) for one in self.specific())

    def naming(self) -> tuple[Proof, ...]:
        """Proof that the question names what it does: the concepts that were read in it."""
        return (FromEntry("question", " ".join(self.concepts)),) if self.concepts else ()

    def specific(self) -> tuple[str, ...]:
        """What the question names, without what something else that it names says more closely."""
        vocabulary = self.w.knowledge.vocabulary
        return tuple(
            one
            for one in self.concepts
            if not any(other != one and vocabulary.is_a(other, one) for other in self.concepts)
        )

    def spoken(self, text: str) -> bool:
        """Whether a text speaks of something that the question names, by one of its names."""
        plain = f" {_plain(text)} "
        return any(f" {_plain(name)} " in plain for one in self.concepts for name in self._called(one) if name)

    def _called(self, concept: str) -> Iterable[str]:
        known = self.w.knowledge.vocabulary.concepts.get(concept)
        return (known.label, known.plain, *known.synonyms) if known is not None else ()


def _plain(text: str) -> str:
    return "".join(character if character.isalnum() else " " for character in text.lower()).strip()
