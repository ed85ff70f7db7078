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


def test_an_intent_that_is_not_answered_here_says_why():
    assert not [it.id for it in WORDS.intents if it.beyond and (it.shows or it.otherwise == "ask.nothing")]


def test_what_is_heard_instead_is_never_longer():
    assert not [said for said, heard in WORDS.heard.items() if len(heard) > len(said)]
