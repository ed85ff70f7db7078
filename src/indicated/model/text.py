"""Texts as received, and the exact characters a fact or statement rests on."""

from __future__ import annotations

from msgspec import Struct

from indicated.model.errors import Nonsense


class Passage(Struct, frozen=True):
    """Characters `start` to `end` (half open) of the document `document`; `quote` is exactly those characters."""

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise Nonsense(f"passage {self.start}-{self.end} does not fit its quote of {len(self.quote)} characters")


class Document(Struct, frozen=True):
    """One text of a case, unchanged. `id` is unique in its case (a file name, or `text`)."""

    id: str
    text: str

    def passage(self, start: int, end: int) -> Passage:
        """The passage from `start` to `end`; Nonsense if it is empty or runs outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise Nonsense(f"passage {start}-{end} is outside a document of {len(self.text)} characters")
        return Passage(self.id, start, end, self.text[start:end])

    def holds(self, passage: Passage) -> bool:
        """Whether the passage quotes this document exactly."""
        return passage.document == self.id and self.text[passage.start : passage.end] == passage.quote
