"""The parts of regimens that are words alone: rhythms, routes, `loading`, `then`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.lexicon_therapy import Frequency, RegimenLexicon
from indicated.model.quantity import Quantity
from indicated.reading.phrases import Everywhere
from indicated.reading.regimen_part import Part, PartKind

if TYPE_CHECKING:
    from collections.abc import Iterable

SpokenParts = Everywhere[tuple[PartKind, Frequency | str]]
"""The parts of a whole text that are words alone, as found."""


def in_words(spoken: SpokenParts, start: int, end: int) -> Iterable[Part]:
    """The parts between two places that are words alone."""
    for first, last, (kind, meaning) in spoken.within(start, end):
        if isinstance(meaning, Frequency):
            by_day = meaning.per.unit == "d"
            times, days = (meaning.times, None) if by_day else (1, _on_days(meaning.times))
            part = Part(kind, first, last, meaning.per, times=times, days=days, ambiguous=meaning.ambiguous)
            yield replace(part, moment=True) if meaning.moment else part
        else:
            yield Part(kind, first, last, code=meaning)


def routes(spoken: SpokenParts, start: int, end: int) -> list[Part]:
    """The routes said between two places."""
    return [part for part in in_words(spoken, start, end) if part.kind is PartKind.ROUTE]


def meanings(lexicon: RegimenLexicon) -> Iterable[tuple[str, tuple[PartKind, Frequency | str]]]:
    """Every phrase of the words, with the kind of part that it is."""
    for frequency in lexicon.frequencies:
        yield from ((text, (PartKind.INTERVAL, frequency)) for text in frequency.texts)
    for route in lexicon.routes:
        yield from ((text, (PartKind.ROUTE, route.code)) for text in route.texts)
    for basis in lexicon.bases:
        yield from ((text, (PartKind.BASIS, basis.code)) for text in basis.texts)
    plain = {
        PartKind.THEN: lexicon.then,
        PartKind.LOADING: lexicon.loading,
        PartKind.MAINTENANCE: lexicon.maintenance,
        PartKind.STEP: lexicon.steps,
        PartKind.MAXIMUM: lexicon.maximum,
        PartKind.ROUNDED: lexicon.rounded,
        PartKind.SINGLE: lexicon.single,
        PartKind.ONCE: lexicon.once,
        PartKind.NOTE: lexicon.notes,
    }
    for kind, texts in plain.items():
        yield from ((text, (kind, "")) for text in texts)


def _on_days(times: int) -> Quantity | None:
    return Quantity.of(times, "d") if times > 1 else None


def apart(found: list[Part]) -> list[Part]:
    """In order, without parts that overlap an earlier or longer one."""
    out: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if not out or part.start >= out[-1].end:
            out.append(part)
    return out
