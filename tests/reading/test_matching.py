"""Finding terms: whole words only, the longest at a place, none hidden by the beginning of another word."""

from __future__ import annotations

from indicated.model.concept import Concept, Kind
from indicated.model.terms import index_of
from indicated.model.text import Document
from indicated.reading.matching import Terms
from indicated.reading.view import View


def _found(text: str, **synonyms: str) -> list[tuple[str, str]]:
    concepts = [
        Concept(f"dx.{name}", Kind.CONDITION, name, "written for this test", synonyms=(words,))
        for name, words in synonyms.items()
    ]
    view = View(Document("text", text))
    return [(term.concepts[0], view.flat[term.start : term.end]) for term in Terms(index_of(concepts)).find(view)]


def test_a_phrase_that_ends_inside_a_longer_word_hides_no_term_in_it():
    found = _found("Allergic to sulfasalazine.", allergy="allergic to sulfa", drug="sulfasalazine")
    assert found == [("dx.drug", "sulfasalazine")]


def test_where_the_longest_phrase_ends_inside_a_word_the_shorter_one_is_found():
    found = _found("Chest painless.", pain="chest pain", chest="chest")
    assert found == [("dx.chest", "chest")]


def test_the_plural_s_belongs_to_the_term():
    assert _found("Two rashes, three fevers.", fever="fever") == [("dx.fever", "fevers")]


def test_a_phrase_that_hides_one_concepts_term_hides_no_other_that_begins_with_it():
    concepts = [
        Concept("dx.oil", Kind.CONDITION, "a", "written for this test", synonyms=("oil",), never=("green tea oil",)),
        Concept("dx.tea", Kind.CONDITION, "b", "written for this test", synonyms=("green tea",)),
    ]
    found = Terms(index_of(concepts)).find(View(Document("text", "Green tea oil and oil.")))
    assert [(term.concepts, term.start) for term in found] == [(("dx.tea",), 0), (("dx.oil",), 18)]
