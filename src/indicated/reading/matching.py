"""Finding the vocabulary's terms in a text, and its short forms, which need their case."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.concept import Concept, Short
from indicated.reading.phrases import Heads
from indicated.reading.view import fold, lower, spaced

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

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

    Hyphens and slashes match spaces, a plural `s` may follow, and a longer phrase that a concept lists as `never`
    hides the term inside it.
    """

    __slots__ = ("_hides", "_long", "_owners", "_short", "_shorts")

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._owners = _owners(concepts)
        self._hides: dict[str, set[str]] = {}
        hidden = [(text, concept.id) for concept in concepts for text in concept.never]
        for phrase, (_, concept_id) in zip(_all_folded([text for text, _ in hidden]), hidden, strict=True):
            self._owners.setdefault(phrase, ())
            self._hides.setdefault(phrase, set()).add(concept_id)
        self._shorts: dict[str, dict[str, Short]] = {}
        for concept in concepts:
            for form in concept.short:
                self._shorts.setdefault(spaced(fold(form.text)), {})[concept.id] = form
        self._long = Heads(self._owners)
        self._short = Heads(lower(form) for form in self._shorts)

    def find(self, view: View) -> list[Term]:
        """Every term in order of position, the longest where they overlap; short forms' needs are not yet judged."""
        return _longest(self._terms(view.terms, _places(self._long, view), 0), self._forms(view))

    def _forms(self, view: View) -> list[Term]:
        """The short forms, in their own case."""
        cased = spaced(view.cased)
        return [
            Term(start, end, (concept,), form)
            for start, end in _apart(cased, _places(self._short, view), self._shorts)
            for concept, form in self._shorts[cased[start:end]].items()
        ]

    def _terms(self, text: str, places: Sequence[Place], first: int) -> list[Term]:
        """The long terms from `first` on; a phrase that hides one concept's terms hides no other concept's."""
        found: list[Term] = []
        for start, end in _apart(text, places, self._owners, first):
            phrase = text[start:end]
            ids = self._owners[phrase]
            found.append(Term(start, end, ids))
            if not ids:
                after = bisect_left(places, (start + 1,))
                inside = self._terms(text, places[after : bisect_left(places, (end,))], start + 1)
                hides = self._hides[phrase]
                found += [term for term in inside if term.concepts and not hides.issuperset(term.concepts)]
        return found


def _places(heads: Heads, view: View) -> list[Place]:
    """Where a term may start in a text, a plural `s` after its first word included."""
    return sorted([*heads.plurals(view.words), *heads.places(view.terms, view.words)], key=itemgetter(0))


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


def _owners(concepts: Sequence[Concept]) -> dict[str, tuple[str, ...]]:
    """Every label and synonym as the view would have it, with the concepts it names."""
    texts: list[str] = []
    owner: list[tuple[str, ...]] = []
    for concept in concepts:
        names = (concept.label, *concept.synonyms)
        texts += names
        owner += ((concept.id,),) * len(names)
    owners: dict[str, tuple[str, ...]] = {}
    for phrase, alone in zip(_all_folded(texts), owner, strict=True):
        known = owners.setdefault(phrase, alone)
        if known is not alone and alone[0] not in known:
            owners[phrase] = known + alone
    return owners


def _all_folded(texts: Sequence[str]) -> list[str]:
    """Each text as the view would have it; nearly all at once, since this happens at every start."""
    plain = [text if text.isascii() else fold(text) for text in texts]
    return spaced(lower("\n".join(plain))).split("\n") if plain else []


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the span is bounded by something other than letters and digits; a plural `s` may follow."""
    if start and text[start - 1].isalnum():
        return False
    if end == len(text) or not text[end].isalnum():
        return True
    return text[end] == "s" and text[end - 1].isalpha() and (end + 1 == len(text) or not text[end + 1].isalnum())


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
