"""Where a question is not answered, others are offered, and each of these has an answer in that case."""

from __future__ import annotations

from functools import cache

import pytest

import indicated
from indicated.workflow.assess import current
from tests.explain.asked.told import DAY, EXAMPLES, QUESTIONS, decided

CASES = sorted({*EXAMPLES, *(told.case for told in QUESTIONS)})
STANDARDS = [one for one in current().knowledge.standards if one.conditions]
FIFTY = STANDARDS[:: len(STANDARDS) // 50][:50]
NOT_ANSWERED = ("ask.nothing", "ask.none.", "ask.unknown", "ask.beyond.", "ask.another_drug")


@cache
def a_case(standard):
    """A short note of a patient with the condition of a standard."""
    labels = [current().knowledge.vocabulary.label(one) for one in standard.conditions[:1]]
    text = f"42-year-old woman, 70 kg, with {labels[0]}. Prednisone failed. Request: IVIG 2 g/kg every 4 weeks."
    return indicated.assess(text, on=DAY)


def offered(determination, text):
    answer = indicated.ask(determination, text)
    assert not answer.known
    [section] = [one for one in answer.rationale.sections if one.id == "ask.instead"]
    return [one.text for one in section.statements]


def is_answered(determination, text):
    answer = indicated.ask(determination, text)
    phrases = [one.phrase for section in answer.rationale.sections for one in section.statements]
    first = answer.rationale.sections[0].statements[0].phrase
    if not answer.question.supposed.told and first.startswith(NOT_ANSWERED):
        return False
    return answer.known and bool(phrases) and not answer.rationale.withheld and not answer.question.supposed.unread


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("text", ["tell me a joke", "Will she get better?"])
def test_what_is_offered_instead_is_answered(case, text):
    listed = offered(decided(case), text)
    assert len(listed) >= 4
    assert [one for one in listed if not is_answered(decided(case), one)] == []


@pytest.mark.parametrize("standard", FIFTY, ids=lambda one: one.id)
def test_what_is_offered_instead_is_answered_in_fifty_conditions(standard):
    listed = offered(a_case(standard), "tell me a joke")
    assert len(listed) >= 4
    assert [one for one in listed if not is_answered(a_case(standard), one)] == []


def test_a_question_that_is_offered_is_understood_as_what_it_is_named_after():
    named = {one.id: one for one in current().phrases.values() if one.id.startswith("ask.offered.")}
    assert len(named) >= 9
    for key, phrase in named.items():
        assert indicated.ask(decided("denied"), phrase.clinician).intents == (key.removeprefix("ask.offered."),)
