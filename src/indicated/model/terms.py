"""The vocabulary as it is stored: each concept, and the words of all concepts, decoded when first asked for.

A note touches a small part of the vocabulary; to decode the rest at every start would cost more than to read the note.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from indicated.model.buckets import Encoded, Stored, encoded, stored
from indicated.model.concept import Concept, Short, Vocabulary
from indicated.model.letters import fold, head_of, lower, spaced
from indicated.model.quantity import Quantity
from indicated.model.stored import Shelf, StoredValues

_T = TypeVar("_T")


class TermEntry(Struct, frozen=True, array_like=True):
    """A phrase in `View.terms`' letters, the concepts that it names and the concepts whose terms it hides inside it."""

    phrase: str
    names: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


class TermForm(Struct, frozen=True, array_like=True):
    """A short form in `View.cased`'s letters with hyphens and slashes as spaces, and what each concept asks of it."""

    phrase: str
    needs: dict[str, Short]


def entries_of(stored_entries: Encoded) -> tuple[TermEntry, ...]:
    """The entries that begin with a word."""
    return msgspec.msgpack.decode(stored_entries, type=tuple[TermEntry, ...])


def forms_of(stored_forms: Encoded) -> tuple[TermForm, ...]:
    """The short forms that begin with a word, in lower case."""
    return msgspec.msgpack.decode(stored_forms, type=tuple[TermForm, ...])


class TermIndex(Struct, frozen=True, array_like=True):
    """The words of a vocabulary.

    `terms` and `forms` hold, by first word, the encoded entries and short forms that begin with it; `signs` are those
    of the first words that are signs. `codes` has the encoded concept ids of each ICD-10-CM code, `billed` the encoded
    amount of one unit billed under each HCPCS code.
    """

    terms: Stored
    forms: Stored
    signs: tuple[str, ...]
    codes: Encoded
    billed: Encoded

    def owners(self) -> dict[str, tuple[str, ...]]:
        """The concepts of each code."""
        return msgspec.msgpack.decode(self.codes, type=dict[str, tuple[str, ...]])

    def units_billed(self) -> dict[str, Quantity]:
        """How much one unit billed under each HCPCS code is."""
        return msgspec.msgpack.decode(self.billed, type=dict[str, Quantity])


def index_of(concepts: Iterable[Concept]) -> TermIndex:
    """The words of these concepts, in the order in which they are given."""
    names: dict[str, list[str]] = {}
    hides: dict[str, list[str]] = {}
    forms: dict[str, dict[str, Short]] = {}
    codes: dict[str, list[str]] = {}
    billed: dict[str, Quantity] = {}
    for concept in concepts:
        billed |= concept.billed
        for text in (concept.label, *concept.synonyms):
            _add(names, _plain(text), concept.id)
        for text in concept.never:
            _add(hides, _plain(text), concept.id)
        for form in concept.short:
            forms.setdefault(spaced(fold(form.text)), {})[concept.id] = form
        for code in concept.codes.get("icd10cm", ()):
            _add(codes, code, concept.id)
    entries = [
        TermEntry(one, tuple(names.get(one, ())), tuple(hides.get(one, ()))) for one in dict.fromkeys([*names, *hides])
    ]
    terms = _by_head(entries, lambda entry: entry.phrase)
    shorts = _by_head([TermForm(phrase, needs) for phrase, needs in forms.items()], lambda form: lower(form.phrase))
    signs = tuple(sorted({head for head in (*terms, *shorts) if not head.isalnum()}))
    return TermIndex(stored(terms.items()), stored(shorts.items()), signs, encoded(codes), encoded(billed))


def _add(to: dict[str, list[str]], key: str, concept: str) -> None:
    known = to.setdefault(key, [])
    if concept not in known:
        known.append(concept)


def _plain(text: str) -> str:
    return spaced(lower(fold(text)))


def _by_head(items: Iterable[_T], phrase: Callable[[_T], str]) -> dict[str, Encoded]:
    found: dict[str, list[_T]] = {}
    for item in items:
        found.setdefault(head_of(phrase(item)), []).append(item)
    return {head: encoded(listed) for head, listed in found.items()}


class StoredConcepts(StoredValues[Concept]):
    """The concepts of a release in order, with the index of their words and what each says is broader."""

    __slots__ = ("terms", "vocabulary")

    def __init__(self, concepts: Shelf, terms: TermIndex, broader: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(concepts, Concept)
        self.terms = terms
        self.vocabulary = Vocabulary(self.by_key, broader)
