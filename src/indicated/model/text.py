"""Texts as received, and the exact characters a fact or statement rests on."""

from bisect import bisect_right

from msgspec import Struct

from indicated.model.errors import Nonsense

_SPACES = dict.fromkeys((0x0B, 0x0C, *range(0x1C, 0x20), 0x85, 0x2028, 0x2029), " ")
_TURNS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_KEPT = (9, 10, 13, *_SPACES)
_UNSEEN = _SPACES | {at: "\ufffd" for at in (*range(0x20), *range(0x7F, 0xA0), *_TURNS) if at not in _KEPT}


def visible(text: str) -> str:
    """The text without a character that would command a terminal or turn the direction of what stands beside it.

    What a record holds is shown through this, never raw; a control character shows as the replacement sign.
    """
    return text.translate(_UNSEEN)


class Place(Struct, frozen=True):
    """What starts at `start` of a document's text: a page (`p. 3`), the path of a resource. `scanned`: the characters
    were recognised in a picture, so that what they say needs a second source.
    """

    start: int
    name: str
    scanned: bool = False


class Passage(Struct, frozen=True, omit_defaults=True):
    """Characters `start` to `end` (half open) of the document `document`; `quote` is exactly those characters.

    `place` names the place in the document as received, where it has any; `scanned` as in `Place`.
    """

    document: str
    start: int
    end: int
    quote: str
    place: str = ""
    scanned: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise Nonsense(f"passage {self.start}-{self.end} does not fit its quote of {len(self.quote)} characters")


class Document(Struct, frozen=True, omit_defaults=True):
    """One text of a case: as received, or as a format's reader took it out of a file. `id` is unique in its case (a
    file name, or `text`). `places` are where pages and resources start, in order; empty for a plain text.
    """

    id: str
    text: str
    places: tuple[Place, ...] = ()

    def passage(self, start: int, end: int) -> Passage:
        """The passage from `start` to `end`; Nonsense if it is empty or runs outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise Nonsense(f"passage {start}-{end} is outside a document of {len(self.text)} characters")
        place = self.place(start)
        if place is None:
            return Passage(self.id, start, end, self.text[start:end])
        return Passage(self.id, start, end, self.text[start:end], place.name, place.scanned)

    def place(self, at: int) -> Place | None:
        """The place that holds a character; None before the first."""
        number = bisect_right(self.places, at, key=lambda place: place.start)
        return self.places[number - 1] if number else None

    def holds(self, passage: Passage) -> bool:
        """Whether the passage quotes this document exactly."""
        return passage.document == self.id and self.text[passage.start : passage.end] == passage.quote
