"""A translation must be of words that the content has, with the same places and the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from msgspec import Struct

from indicated.content.load import Loaded
from indicated.content.problem import Problem, shown
from indicated.content.walk import ByKind
from indicated.model.concept import Concept
from indicated.model.figures import numbers
from indicated.model.statement import Phrase, Translation


def translation_problems(loaded: Loaded, every: ByKind) -> Iterator[Problem]:
    """Every translation of words that are not there, that is told twice, or says other than they do."""
    listed = loaded.all(Translation)
    if not listed:
        return
    told: dict[str, str] = {phrase.id: phrase.patient or phrase.clinician for phrase in loaded.known(Phrase)}
    concepts = {concept.id: concept.plain or concept.label for concept in loaded.known(Concept)}
    sentences = {
        value for kind, all_of in every.items() if kind is not Translation for one in all_of for value in _texts(one)
    }
    done: set[str] = set()
    for one in listed:
        key = one.id or one.of
        place = loaded.place(one)
        if key in done or not (key in told or key in concepts or key in sentences):
            found = f"{shown(key)} {'a second time' if key in done else ''}".strip()
            fix = "translate what stands there now, or leave it out"
            field = "id" if one.id else "of"
            yield place.problem("no-original", field, found, "the words of something, once", fix)
        elif _said(one.es) != _said(told.get(key, one.of or one.es)):
            expected = "the places and figures of what is translated"
            yield place.problem("other-words", "es", shown(one.es), expected, "write the same ones")
        done.add(key)


def _said(text: str) -> tuple[set[str], list[str]]:
    """The places and the figures of a text."""
    places = {name for _, name, _, _ in Formatter().parse(text) if name} if "{" in text else set[str]()
    return places, sorted(numbers(text))


def _texts(one: Struct) -> Iterator[str]:
    """Every text of a value, and a grade as a patient reads it: without what stands in brackets behind."""
    for name in one.__struct_fields__:
        value = getattr(one, name)
        if isinstance(value, str):
            yield value
            yield value.partition(" (")[0]
