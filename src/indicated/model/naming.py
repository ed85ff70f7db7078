"""The concepts that a text names by their labels, synonyms and unmistakable short forms, and where."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indicated.model.buckets import Buckets
from indicated.model.letters import fold, lower, spaced
from indicated.model.terms import TermIndex, entries_of, forms_of

_WORD = re.compile(r"[^\W_]+")


class Named(NamedTuple):
    """Characters `start` to `end` name one of `concepts`."""

    start: int
    end: int
    concepts: tuple[str, ...]


class _Term(NamedTuple):
    """What a phrase names, and what it hides inside it."""

    names: tuple[str, ...]
    hides: tuple[str, ...] = ()


class _Head(NamedTuple):
    """The phrases that begin with a word, short forms with their case, and how long they are, the longest first."""

    terms: dict[str, _Term]
    lengths: tuple[int, ...]


class Naming:
    """A vocabulary's words, looked up by the first word of each, decoded where a text has it."""

    __slots__ = ("_by_head", "_forms", "_terms")

    def __init__(self, index: TermIndex) -> None:
        self._terms = Buckets(index.terms)
        self._forms = Buckets(index.forms)
        self._by_head: dict[str, _Head | None] = {}

    def find(self, text: str) -> tuple[Named, ...]:
        """Every name in the text, the longest at each place, none inside another.

        A short form counts where it needs no company; what a longer phrase hides is not named in it.
        """
        cased = spaced(fold(text))
        low = lower(cased)
        found: list[Named] = []
        hidden: list[tuple[int, frozenset[str]]] = []
        done = 0
        for word in _WORD.finditer(low):
            start = word.start()
            head = self._of(word.group()) if start >= done else None
            if head is None:
                continue
            for term, end in _standing(head, low, cased, start):
                if not term.names:
                    hidden.append((end, frozenset(term.hides)))
                    continue
                names = tuple(one for one in term.names if not any(end <= to and one in of for to, of in hidden))
                if names:
                    found.append(Named(start, end, names))
                    done = end
                    break
        return tuple(found)

    def _of(self, word: str) -> _Head | None:
        """What begins with a word, or with the word whose plural it is."""
        try:
            return self._by_head[word]
        except KeyError:
            found = self._decoded(word)
            if not found and word[-1] == "s":
                found = self._decoded(word[:-1])
            lengths = tuple(sorted({len(phrase) for phrase in found}, reverse=True))
            head = self._by_head[word] = _Head(found, lengths) if found else None
            return head

    def _decoded(self, word: str) -> dict[str, _Term]:
        found: dict[str, _Term] = {}
        terms, forms = self._terms.get(word), self._forms.get(word)
        for entry in entries_of(terms) if terms is not None else ():
            found[entry.phrase] = _Term(entry.names, entry.hides)
        for form in forms_of(forms) if forms is not None else ():
            sure = tuple(concept for concept, rule in form.needs.items() if rule.needs == "nothing")
            if sure:
                found[form.phrase] = _Term(sure)
        return found


def _standing(head: _Head, low: str, cased: str, start: int) -> Iterator[tuple[_Term, int]]:
    """The terms that stand at a place as whole words, the longest first."""
    terms = head.terms
    for length in head.lengths:
        end = start + length
        term = terms.get(low[start:end]) or terms.get(cased[start:end])
        if term is None:
            continue
        if low[end : end + 1] == "s" and low[end - 1].isalpha():
            end += 1
        if not low[end : end + 1].isalnum():
            yield term, end
