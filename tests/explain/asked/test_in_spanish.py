"""Questions in Spanish: understood by cues of their own, answered in Spanish, and what stands in English is marked."""

from __future__ import annotations

import pytest

import indicated
from indicated.workflow.assess import current
from tests.explain.asked.told import decided

WORDS = current().question_words
SPANISH = {one.id for one in current().translations}
ASKED = [(intent, text) for intent, texts in WORDS.spanish.examples.items() for text in texts]
MARK = "(en inglés)"


def asked(case, text):
    return indicated.ask(decided(case), text, audience="patient", language="es")


@pytest.mark.parametrize(("intent", "text"), ASKED)
def test_an_intent_is_understood_by_its_examples_and_answered_in_spanish(intent, text):
    for case in ("denied", "dm", "cidp", "itp-pregnancy"):
        answer = asked(case, text)
        assert intent in answer.intents, (case, answer.intents)
        assert not answer.question.unused
        assert not answer.rationale.withheld
        for section in answer.rationale.sections:
            for one in section.statements:
                assert one.phrase in SPANISH or MARK in one.text, one.phrase
            assert not section.heading.startswith(("What ", "How ", "Who ", "Why", "Not "))


def test_every_intent_with_cues_is_one_there_is():
    assert {*WORDS.spanish.cues} <= {one.id for one in WORDS.intents}
    assert {*WORDS.spanish.examples} <= {*WORDS.spanish.cues}


def test_accents_do_not_count():
    assert asked("denied", "por que no").intents == asked("denied", "¿Por qué no?").intents == ("why",)


def test_a_thing_is_named_by_its_spanish_name():
    answer = asked("cidp", "¿Ha tomado prednisona?")
    assert answer.intents == ("record",)
    assert "Prednisone 60 mg daily for 12 weeks failed" in answer.show("text")


@pytest.mark.parametrize("text", ["¿Y si pesara 40 kg?", "¿Qué pasa si la biopsia es normal?"])
def test_what_is_supposed_in_spanish_is_told_to_be_left_out(text):
    answer = asked("dm", text)
    assert not answer.known
    assert answer.after is answer.before
    assert "No se entendió, y quedó fuera" in answer.show("text")


@pytest.mark.parametrize("text", ["¿Qué hora es?", "¿Quién ganó el mundial?", "¿Se va a curar?", "¿Cuánto cuesta?"])
def test_what_cannot_be_answered_is_said_so_and_what_is_offered_is_answered(text):
    answer = asked("dm", text)
    assert not answer.known
    assert "No lo sé." in answer.show("text")
    [section] = [one for one in answer.rationale.sections if one.id == "ask.instead"]
    assert len(section.statements) >= 4
    assert all(asked("dm", one.text).known for one in section.statements)


def test_a_question_in_english_is_understood_all_the_same():
    answer = asked("dm", "What if the patient were 40 and weighed 70 kg?")
    assert answer.question.supposed.told
    assert answer.after.next_step.value == "approvable"
