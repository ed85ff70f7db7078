"""What the parts of reading share: one document taken apart into sentences, mentions, numbers and dates.

All offsets are into `View.flat`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from indicated.model.assertion import Assertion, Voice
from indicated.model.concept import Kind
from indicated.model.lexicon import SectionHeader
from indicated.reading.dates import Precision
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from indicated.model.text import Passage
    from indicated.reading.codes import CodesFound
    from indicated.reading.dates import DateFound
    from indicated.reading.judge import Judge
    from indicated.reading.numbers import Number
    from indicated.reading.quantities import Found
    from indicated.reading.regimen_words import SpokenParts
    from indicated.reading.view import View


_OPENS = lazily(r"[ \"'(-]*(?:(?:on|in|at|as of|seen|visit (?:of|on)|(?:clinic|office|last) visit|note of) )?")
_BORN = lazily(r"\b(?:birth|born|dob)\b")
_DATED = lazily(r" ?[(,]? ?(?:(?:in|on|since|dated|of|from|as of) )?")
T = TypeVar("T", bound="Placed")


class Placed(Protocol):
    """Something that starts somewhere."""

    @property
    def start(self) -> int:
        """Where."""


class Sentence(NamedTuple):
    """One sentence. `body` is where its text starts after a heading; `section` the heading it stands under, if any;
    `label` an unknown heading before the body; `item` whether it is a list item; `asks` whether it asks; `voice` who
    speaks where the make of the text tells: an article, a citation.
    """

    start: int
    end: int
    body: int
    section: SectionHeader | None = None
    label: str = ""
    item: bool = False
    asks: bool = False
    voice: Voice | None = None


class Seen(NamedTuple):
    """A mention of a concept at `start` to `end`, in sentence number `sentence`. `codes` stood beside it."""

    concept: str
    kind: Kind
    start: int
    end: int
    sentence: int
    assertion: Assertion = Assertion()
    codes: tuple[str, ...] = ()
    approximate: bool = False


class Scene(Struct, frozen=True):
    """One document, taken apart; every list in order of position. `spoken` are the words of rhythms and routes,
    `coded` the diagnosis codes.
    """

    view: View
    judge: Judge
    sentences: Sequence[Sentence]
    seen: Sequence[Seen]
    numbers: Sequence[Number]
    quantities: Sequence[Found]
    dates: Sequence[DateFound]
    spoken: SpokenParts
    coded: CodesFound

    def day_after(self, end: int) -> date | None:
        """The date that stands right after a place: `(8/16/24)`, `in May 2024`, `on 1/2/2025`."""
        for told in self.dates_in(end, end + 16):
            return told.on if _DATED.fullmatch(self.view.flat, end, told.start) else None
        return None

    def day_of(self, number: int) -> date | None:
        """The one day that heads a sentence (`Visit of November 2024: ...`) or opens it (`On 3/2/2024 she ...`)."""
        sentence = self.sentences[number]
        told = self.dates_in(sentence.start, sentence.end)
        if not told or told[0].precision is Precision.YEAR or _BORN.search(sentence.label):
            return None
        headed = [one for one in told if one.end <= sentence.body]
        opened = not sentence.label and _OPENS.fullmatch(self.view.flat, sentence.body, told[0].start) is not None
        return told[0].on if len(headed) == 1 or (opened and len(told) == 1) else None

    def of_sentence(self, number: int) -> Sequence[Seen]:
        """The mentions of one sentence."""
        first = bisect_left(self.seen, number, key=lambda seen: seen.sentence)
        return self.seen[first : bisect_left(self.seen, number + 1, key=lambda seen: seen.sentence)]

    def seen_in(self, start: int, end: int) -> range:
        """The numbers of the mentions that start in a span."""
        first = bisect_left(self.seen, start, key=lambda seen: seen.start)
        return range(first, bisect_left(self.seen, end, lo=first, key=lambda seen: seen.start))

    def passage(self, start: int, end: int) -> Passage:
        """The exact passage of a span."""
        return self.view.passage(start, end)

    def quantities_in(self, start: int, end: int) -> Sequence[Found]:
        """The quantities that start in a span."""
        return within(self.quantities, start, end)

    def dates_in(self, start: int, end: int) -> Sequence[DateFound]:
        """The dates that start in a span."""
        return within(self.dates, start, end)

    def numbers_in(self, start: int, end: int) -> Sequence[Number]:
        """The numbers that start in a span."""
        return within(self.numbers, start, end)

    def numbers_from(self, start: int, end: int) -> list[Number]:
        """The numbers whose figures stand in a span, with offsets from its start; a sign before it is left out."""
        first = bisect_left(self.numbers, start, key=lambda number: number.first)
        last = bisect_left(self.numbers, end, lo=first, key=lambda number: number.first)
        return [number.moved(start) for number in self.numbers[first:last] if number.end <= end]


def within(items: Sequence[T], start: int, end: int) -> Sequence[T]:
    """The items, in order of their starts, that start in a span."""
    first = bisect_left(items, start, key=lambda item: item.start)
    return items[first : bisect_left(items, end, key=lambda item: item.start)]
