"""Finding the vocabulary's terms in a text: one automaton for terms, one for short forms that need their case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from indicated.model.concept import Concept, Short
from indicated.reading.view import fold, lower, spaced

if TYPE_CHECKING:
    from indicated.reading.view import View

_LONGEST_TERM = 120


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

    __slots__ = ("_long", "_long_owners", "_never", "_short", "_short_owners")

    def __init__(self, concepts: Sequence[Concept]) -> None:
        owners: dict[str, dict[str, None]] = {}
        never: dict[str, set[str]] = {}
        short: dict[str, dict[str, Short]] = {}
        named = [(text, concept.id) for concept in concepts for text in (concept.label, *concept.synonyms)]
        hidden = [(text, concept.id) for concept in concepts for text in concept.never]
        folded = _all_folded([text for text, _ in (*named, *hidden)])
        for phrase, (_, concept_id) in zip(folded, named, strict=False):
            owners.setdefault(phrase, {})[concept_id] = None
        for phrase, (_, concept_id) in zip(folded[len(named) :], hidden, strict=True):
            owners.setdefault(phrase, {})
            never.setdefault(phrase, set()).add(concept_id)
        for concept in concepts:
            for form in concept.short:
                short.setdefault(spaced(fold(form.text)), {})[concept.id] = form
        self._never = [never.get(phrase, set()) for phrase in owners]
        self._long_owners = [tuple(ids) for ids in owners.values()]
        self._short_owners = list(short.values())
        self._long = _automaton(list(owners))
        self._short = _automaton(list(short))

    def find(self, view: View) -> list[Term]:
        """Every term in order of position, the longest where they overlap; short forms' needs are not yet judged."""
        found = self._terms(view.terms, 0, len(view.terms))
        cased = spaced(view.cased)
        shorts = [
            Term(start, end, (concept,), form)
            for at, start, end in self._short.find_matches_as_indexes(cased)
            if _stands_alone(cased, start, end)
            for concept, form in self._short_owners[at].items()
        ]
        return _longest(found, shorts)

    def _terms(self, text: str, first: int, last: int) -> list[Term]:
        """The long terms that start between `first` and `last`; a phrase that hides one concept's terms hides no
        other concept's.
        """
        found: list[Term] = []
        part = text if last == len(text) and not first else text[first : last + _LONGEST_TERM]
        for at, begin, stop in self._long.find_matches_as_indexes(part):
            start, end = first + begin, first + stop
            if start >= last:
                break
            if not _stands_alone(text, start, end):
                continue
            ids = self._long_owners[at]
            found.append(Term(start, end, ids))
            if self._never[at] and not ids:
                inside = self._terms(text, start + 1, end)
                found += [term for term in inside if term.concepts and not self._never[at].issuperset(term.concepts)]
        return found


def _all_folded(texts: Sequence[str]) -> list[str]:
    """Each text as the view would have it; nearly all at once, since this happens at every start."""
    plain = [text if text.isascii() else fold(text) for text in texts]
    return spaced(lower("\n".join(plain))).split("\n")


def _automaton(patterns: list[str]) -> AhoCorasick:
    return AhoCorasick(patterns or ["\0"], matchkind=MatchKind.LeftmostLongest, store_patterns=False)


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
