"""A sentence is built from a phrase, its places and its proof, or not at all."""

from __future__ import annotations

import pytest

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.statements import Unproved, check, state
from indicated.model.errors import Nonsense
from indicated.model.statement import (
    FromCalculation,
    FromCitation,
    FromClause,
    FromEntry,
    FromPassage,
    FromTrace,
    Phrase,
    Statement,
)
from indicated.model.text import Passage

BOOK = Phrasebook([Phrase("p", "{text}"), Phrase("two", "for you", reviewer="for them", patient="for me")])
PASSAGE = FromPassage(Passage("note", 0, 10, "IgG 400 mg"))


def test_a_statement_without_proof_is_refused():
    with pytest.raises(Nonsense, match="proof"):
        state(BOOK, "p", (), {"text": "all is well"})
    with pytest.raises(Nonsense, match="proof"):
        Statement("all is well", ())


@pytest.mark.parametrize(
    "proof",
    [
        PASSAGE,
        FromEntry("form", "400 mg/dL"),
        FromClause("policy", "c", "4.2", "at or below 400"),
        FromCitation("key", ("limit: 400 mg/dL",)),
        FromCalculation("sum", ("a = 100", "b = 300"), "400"),
    ],
)
def test_a_number_may_stand_in_any_kind_of_proof(proof):
    assert state(BOOK, "p", (proof,), {"text": "the limit is 400"}).text == "The limit is 400"


@pytest.mark.parametrize("proof", [PASSAGE, FromCitation("key"), FromTrace("rule 900", "met 900")])
def test_a_number_that_stands_in_no_proof_is_refused(proof):
    with pytest.raises(Unproved, match="900"):
        state(BOOK, "p", (proof,), {"text": "the limit is 900"})


def test_a_number_in_the_label_is_checked_too():
    with pytest.raises(Unproved, match="12"):
        state(BOOK, "p", (PASSAGE,), {"text": "the limit"}, label="item 12")


def test_digits_in_a_name_claim_nothing_and_other_digits_still_do():
    names = {"Product 10%"}
    assert state(BOOK, "p", (PASSAGE,), {"text": "give Product 10%"}, names=names).text == "Give Product 10%"
    with pytest.raises(Unproved, match="10"):
        state(BOOK, "p", (PASSAGE,), {"text": "give 10 of Product 10%"}, names=names)


def test_the_refusal_tells_the_phrase_and_the_number_and_no_word_of_the_record():
    with pytest.raises(Unproved) as refused:
        state(BOOK, "p", (PASSAGE,), {"text": "Jane Roe weighs 31 kg"})
    assert "31" in str(refused.value)
    assert "Jane" not in str(refused.value)


def test_check_gives_every_foreign_number_once():
    assert check("7 and 7 and 400 and 8", (PASSAGE,)) == ("7", "8")


def test_a_missing_phrase_is_refused_with_its_name():
    with pytest.raises(Nonsense, match="nowhere"):
        BOOK.words("nowhere")


@pytest.mark.parametrize(
    ("audience", "said"), [("clinician", "for you"), ("reviewer", "for them"), ("patient", "for me")]
)
def test_each_audience_has_its_words(audience, said):
    phrases = [Phrase("two", "for you", reviewer="for them", patient="for me"), Phrase("one", "for all")]
    assert Phrasebook(phrases, audience).words("two") == said
    assert Phrasebook(phrases, audience).words("one") == "for all"


def test_an_unknown_audience_is_refused():
    with pytest.raises(Nonsense, match="clinician, reviewer, patient"):
        Phrasebook([], "lawyer")


def test_braces_in_a_place_are_text_not_a_place():
    assert state(BOOK, "p", (PASSAGE,), {"text": "{secret} {} {text}"}).text == "{secret} {} {text}"


@pytest.mark.parametrize(
    ("given", "shown"),
    [("it ends..", "It ends."), ("a  b\nc .", "A b c."), ("pH is low", "pH is low"), ("x-ray shows", "X-ray shows")],
)
def test_sentences_are_tidy(given, shown):
    assert state(BOOK, "p", (PASSAGE,), {"text": given}).text == shown
