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
    """A phrase, what it names and what it hides inside it; a short form is matched with its case."""

    phrase: str
    names: tuple[str, ...]
    hides: tuple[str, ...]
    short: bool


class Naming:
    """A vocabulary's words, looked up by the first word of each, decoded where a text has it."""

    __slots__ = ("_by_head", "_forms", "_terms")

    def __init__(self, index: TermIndex) -> None:
        self._terms = Buckets(index.terms)
        self._forms = Buckets(index.forms)
        self._by_head: dict[str, tuple[_Term, ...]] = {}

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
            if start < done:
                continue
            for term, end in self._at(low, cased, start, word.group()):
                if not term.names:
                    hidden.append((end, frozenset(term.hides)))
                    continue
                names = tuple(one for one in term.names if not any(end <= to and one in of for to, of in hidden))
                if names:
                    found.append(Named(start, end, names))
                    done = end
                    break
        return tuple(found)

    def _at(self, low: str, cased: str, start: int, head: str) -> Iterator[tuple[_Term, int]]:
        """The terms that stand at a place as whole words, the longest first."""
        for term in self._of(head) or (self._of(head[:-1]) if head[-1] == "s" else ()):
            where = cased if term.short else low
            if where.startswith(term.phrase, start):
                end = start + len(term.phrase)
                if low[end : end + 1] == "s" and low[end - 1].isalpha():
                    end += 1
                if not low[end : end + 1].isalnum():
                    yield term, end

    def _of(self, head: str) -> tuple[_Term, ...]:
        known = self._by_head.get(head)
        if known is None:
            known = self._by_head[head] = tuple(sorted(self._decoded(head), key=lambda term: -len(term.phrase)))
        return known

    def _decoded(self, head: str) -> Iterator[_Term]:
        terms = self._terms.get(head)
        for entry in entries_of(terms) if terms is not None else ():
            yield _Term(entry.phrase, entry.names, entry.hides, short=False)
        forms = self._forms.get(head)
        for form in forms_of(forms) if forms is not None else ():
            sure = tuple(concept for concept, rule in form.needs.items() if rule.needs == "nothing")
            if sure:
                yield _Term(form.phrase, sure, (), short=True)
