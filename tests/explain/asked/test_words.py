"""What can be asked: every intent is understood by its examples and has sections, phrases and an answer."""

from __future__ import annotations

import pytest

import indicated
from indicated.explain.article import PARTS
from indicated.explain.asked.reply import OWN
from indicated.release import builtin
from tests.explain.asked.told import decided

WORDS = builtin().question_words
PHRASES = set(builtin().phrases)


@pytest.mark.parametrize("intent", WORDS.intents, ids=lambda intent: intent.id)
def test_an_intent_is_understood_by_its_examples_and_answered_with_proof(intent):
    assert intent.examples
    for text in intent.examples:
        for case in ("overlap", "denied", "cidp"):
            answer = indicated.ask(decided(case), text)
            assert intent.id in answer.intents, (case, text, answer.intents)
            assert answer.known is not intent.beyond, (case, text)
            assert not answer.rationale.withheld, (case, text)
            assert answer.rationale.sections


def test_every_section_and_phrase_that_intents_name_exists():
    assert not [one.section for it in WORDS.intents for one in it.shows if one.section not in {*PARTS, *OWN}]
    assert not [it.id for it in WORDS.intents if it.otherwise not in PHRASES or f"ask.can.{it.id}" not in PHRASES]


@pytest.mark.parametrize(
    "text",
    [
        "why is the sky blue?",
        "what is the capital of France?",
        "who won the world cup?",
        "how do I bake bread?",
        "tell me about dogs",
        "how long is the Nile?",
        "why did the chicken cross the road",
        "¿Cuánto tiempo dura la infusión?",
        "Wie hoch ist die Dosis?",
        "x",
        "??? what",
    ],
)
def test_what_has_nothing_to_do_with_the_case_is_not_answered(text):
    answer = indicated.ask(decided("denied"), text)
    assert not answer.known
    assert "I do not know." in answer.show("text")


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("can I appeal my parking ticket?", ["parking", "ticket"]),
        ("is bitcoin safe?", ["bitcoin"]),
        ("how many vials of perfume do I need?", ["perfume"]),
        ("is it safe?", []),
    ],
)
def test_words_that_nothing_was_made_of_stand_above_the_answer(text, unused):
    answer = indicated.ask(decided("denied"), text)
    assert [one.quote for one in answer.question.unused] == unused
    first = answer.rationale.sections[0].statements[0].text
    assert all(word in first for word in unused)


def test_an_intent_that_is_not_answered_here_says_why():
    assert not [it.id for it in WORDS.intents if it.beyond and (it.shows or it.otherwise == "ask.nothing")]


def test_what_is_heard_instead_is_never_longer():
    assert not [said for said, heard in WORDS.heard.items() if len(heard) > len(said)]
