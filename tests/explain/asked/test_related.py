"""Related questions of an article: each is one that `ask` answers."""

from __future__ import annotations

import pytest

import indicated
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.sections.related import related
from indicated.explain.writer import Writer
from indicated.workflow.assess import current
from tests.explain.asked.told import EXAMPLES, decided

OWN = (
    "cidp",
    "cidp-renewal",
    "sad",
    "desensitization",
    "cvid",
    "itp",
    "kawasaki",
    "myasthenia",
    "autism",
    "stiff",
    "gbs",
)


def questions(case):
    writer = Writer(decided(case), current().knowledge, Phrasebook(current().phrases))
    return [one.text for one in related(writer)]


@pytest.mark.parametrize("case", [*EXAMPLES, *OWN])
def test_every_related_question_is_answered(case):
    asked = questions(case)
    assert asked
    for text in asked:
        answer = indicated.ask(decided(case), text)
        assert answer.known, text
        assert not answer.question.supposed.unread, text
        assert answer.question.supposed.told == text.startswith("What if")


@pytest.mark.parametrize("case", ["overlap", "denied", "poly", "transplant", "itp"])
def test_the_first_supposes_what_would_help_and_it_does(case):
    answer = indicated.ask(decided(case), questions(case)[0])
    before, after = answer.before, answer.after
    assert (before.finding, before.policy_verdict) != (after.finding, after.policy_verdict)
