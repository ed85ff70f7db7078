"""The vocabulary as it is stored: each concept, and the words of all concepts, decoded when first asked for.

A note touches a small part of the vocabulary; to decode the rest at every start would cost more than to read the note.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

import msgspec
from msgspec import Raw, Struct

from indicated.model.buckets import Buckets, Stored, stored
from indicated.model.concept import Concept, Short
from indicated.model.letters import fold, head_of, lower, spaced
from indicated.model.quantity import Quantity

_T = TypeVar("_T")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class TermEntry(Struct, frozen=True, array_like=True):
    """A phrase in `View.terms`' letters, the concepts that it names and the concepts whose terms it hides inside it."""

    phrase: str
    names: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


class TermForm(Struct, frozen=True, array_like=True):
    """A short form in `View.cased`'s letters with hyphens and slashes as spaces, and what each concept asks of it."""

    phrase: str
    needs: dict[str, Short]


def entries_of(stored_entries: Raw) -> tuple[TermEntry, ...]:
    """The entries that begin with a word."""
    return msgspec.msgpack.decode(stored_entries, type=tuple[TermEntry, ...])


def forms_of(stored_forms: Raw) -> tuple[TermForm, ...]:
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
    codes: Raw
    billed: Raw

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
    return TermIndex(stored(terms.items()), stored(shorts.items()), signs, Raw(_encode(codes)), Raw(_encode(billed)))


def _add(to: dict[str, list[str]], key: str, concept: str) -> None:
    known = to.setdefault(key, [])
    if concept not in known:
        known.append(concept)


def _plain(text: str) -> str:
    return spaced(lower(fold(text)))


def _by_head(items: Iterable[_T], phrase: Callable[[_T], str]) -> dict[str, bytes]:
    found: dict[str, list[_T]] = {}
    for item in items:
        found.setdefault(head_of(phrase(item)), []).append(item)
    return {head: _encode(listed) for head, listed in found.items()}


class StoredConcepts(Sequence[Concept]):
    """The concepts of a release in order, each decoded when first asked for, with the index of their words."""

    __slots__ = ("_order", "by_id", "terms")

    def __init__(self, concepts: Stored, order: Raw, terms: TermIndex) -> None:
        """`order` are the encoded ids of all concepts in their order."""
        self._order = order
        self.by_id: Mapping[str, Concept] = _ById(Buckets(concepts))
        self.terms = terms

    def _ids(self) -> tuple[str, ...]:
        return msgspec.msgpack.decode(self._order, type=tuple[str, ...])

    def __len__(self) -> int:
        return len(self._ids())

    def __iter__(self) -> Iterator[Concept]:
        return (self.by_id[concept_id] for concept_id in self._ids())

    @overload
    def __getitem__(self, at: int) -> Concept: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Concept, ...]: ...
    def __getitem__(self, at: int | slice) -> Concept | tuple[Concept, ...]:
        return tuple(self)[at]


class _ById(Mapping[str, Concept]):
    __slots__ = ("_known", "_stored")

    def __init__(self, concepts: Buckets) -> None:
        self._stored = concepts
        self._known: dict[str, Concept] = {}

    def get(self, concept_id: str, default: Concept | None = None) -> Concept | None:  # type: ignore[override]
        """As of any mapping, without the cost of an exception for what is not there."""
        known = self._known.get(concept_id)
        if known is None:
            raw = self._stored.get(concept_id)
            if raw is None:
                return default
            known = self._known[concept_id] = msgspec.msgpack.decode(raw, type=Concept)
        return known

    def __getitem__(self, concept_id: str) -> Concept:
        known = self._known.get(concept_id) or self.get(concept_id)
        if known is None:
            raise KeyError(concept_id)
        return known

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._known or concept_id in self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)
