"""Finding the vocabulary's terms in a text, and its short forms, which need their case."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.buckets import Buckets
from indicated.model.concept import Short
from indicated.model.letters import lower, spaced
from indicated.model.terms import entries_of, forms_of
from indicated.reading.phrases import Heads

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from indicated.model.buckets import Encoded
    from indicated.model.terms import TermIndex
    from indicated.reading.view import View

    Place = tuple[int, Sequence[int]]


class Term(NamedTuple):
    """A term found at `start` to `end` of the flat text. `short` is its rule when it is a short form."""

    start: int
    end: int
    concepts: tuple[str, ...]
    short: Short | None = None


class Terms:
    """The vocabulary compiled. Build once, use for any text.

    Hyphens and slashes match spaces, a plural `s` may follow and belongs to the term, and a longer phrase that a
    concept lists as `never` hides that concept's terms inside it, and no other's.
    """

    __slots__ = ("_hides", "_long", "_owners", "_short", "_shorts")

    def __init__(self, index: TermIndex) -> None:
        self._owners: dict[str, tuple[str, ...]] = {}
        self._hides: dict[str, frozenset[str]] = {}
        self._shorts: dict[str, dict[str, Short]] = {}
        self._long = Heads(Buckets(index.terms), index.signs, self._terms_of)
        self._short = Heads(Buckets(index.forms), index.signs, self._forms_of)

    def _terms_of(self, stored: Encoded) -> Iterable[str]:
        entries = entries_of(stored)
        self._owners.update((entry.phrase, entry.names) for entry in entries)
        self._hides.update((entry.phrase, frozenset(entry.hides)) for entry in entries if entry.hides)
        return [entry.phrase for entry in entries]

    def _forms_of(self, stored: Encoded) -> Iterable[str]:
        forms = forms_of(stored)
        self._shorts.update((form.phrase, form.needs) for form in forms)
        return [lower(form.phrase) for form in forms]

    def find(self, view: View) -> list[Term]:
        """Every term in order of position, the longest where they overlap; short forms' needs are not yet judged."""
        return self.with_others(view)[0]

    def with_others(self, view: View) -> tuple[list[Term], list[Term]]:
        """The terms, and the phrases that name something else than the concepts they hide, of no concept."""
        found = self._terms(view.terms, _places(self._long, view), 0)
        return _longest(found, self._forms(view)), [term for term in found if not term.concepts]

    def _forms(self, view: View) -> list[Term]:
        """The short forms, in their own case."""
        cased = spaced(view.cased)
        return [
            Term(start, _plural_end(cased, end), (concept,), form)
            for start, end in _apart(cased, _places(self._short, view), self._shorts)
            for concept, form in self._shorts[cased[start:end]].items()
        ]

    def _terms(self, text: str, places: Sequence[Place], first: int) -> list[Term]:
        """The long terms from `first` on; a phrase that hides one concept's terms hides no other concept's."""
        found: list[Term] = []
        for start, end in _apart(text, places, self._owners, first):
            phrase = text[start:end]
            ids = self._owners[phrase]
            found.append(Term(start, _plural_end(text, end), ids))
            if not ids:
                inside = self._terms(text, _shorter(places, start, end), start)
                hides = self._hides[phrase]
                found += [term for term in inside if term.concepts and not hides.issuperset(term.concepts)]
        return found


def _places(heads: Heads[Encoded], view: View) -> list[Place]:
    """Where a term may start in a text, a plural `s` after its first word included."""
    return sorted([*heads.plurals(view.words), *heads.places(view.terms, view.words)], key=itemgetter(0))


def _shorter(places: Sequence[Place], start: int, end: int) -> list[Place]:
    """The places inside a phrase; what starts with it must be shorter than it."""
    size = end - start
    inside = places[bisect_left(places, (start,)) : bisect_left(places, (end,))]
    return [(at, lengths if at > start else [one for one in lengths if one < size]) for at, lengths in inside]


def _apart(text: str, places: Iterable[Place], known: Container[str], first: int = 0) -> Iterator[tuple[int, int]]:
    """The known phrases at these places as whole words, the longest at each, none overlapping an earlier one."""
    done = first
    for start, lengths in places:
        if start < done:
            continue
        for length in lengths:
            end = min(start + length, len(text))
            if text[start:end] in known and _stands_alone(text, start, end):
                done = end
                yield start, end
                break


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the span is bounded by something other than letters and digits; a plural `s` may follow."""
    if start and text[start - 1].isalnum():
        return False
    if end == len(text) or not text[end].isalnum():
        return True
    return text[end] == "s" and text[end - 1].isalpha() and (end + 1 == len(text) or not text[end + 1].isalnum())


def _plural_end(text: str, end: int) -> int:
    """Where a term ends with the plural `s` that may follow it."""
    return end + 1 if end < len(text) and text[end].isalnum() else end


def _longest(found: list[Term], shorts: list[Term]) -> list[Term]:
    """Both lists in one, without short forms inside a longer term."""
    kept: list[Term] = []
    at = 0
    for short in shorts:
        while at < len(found) and found[at].end <= short.start:
            at += 1
        inside = at < len(found) and found[at].start < short.end
        if not inside or (short.end - short.start > found[at].end - found[at].start):
            kept.append(short)
    ordered = sorted((term for term in (*found, *kept) if term.concepts), key=lambda term: (term.start, -term.end))
    apart: list[Term] = []
    for term in ordered:
        if not apart or term.start >= apart[-1].end or (term.start, term.end) == (apart[-1].start, apart[-1].end):
            apart.append(term)
    return apart
