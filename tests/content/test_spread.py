"""Cue texts with choices are written out, and mistakes in them are told with their place."""

from __future__ import annotations

import pytest

from indicated.content.nodes import Mapping, Text
from indicated.content.place import Place
from indicated.content.spread import spread
from indicated.model.lexicon_cues import CueRule, Direction

PLACE = Place("reading/cues.yaml", 7, "3", Mapping(((Text("texts", 8), Text("no", 9)),), 7))


def _written(*texts: str) -> tuple[str, ...]:
    return spread(CueRule("a", texts, Direction.FORWARD), PLACE)[0].texts


def test_choices_are_written_out_in_order_and_once():
    assert _written("{is|was} not {seen|found}", "is not seen") == (
        "is not seen",
        "is not found",
        "was not seen",
        "was not found",
    )


def test_an_empty_choice_leaves_the_word_out():
    assert _written("no {|known }allergy") == ("no allergy", "no known allergy")


def test_texts_without_choices_stay_as_they_are():
    rule = CueRule("a", ("no", "(resolved"), Direction.FORWARD)
    assert spread(rule, PLACE) == (rule, [])


@pytest.mark.parametrize("text", ["{is|was not", "is}", "{a|b}" * 10])
def test_braces_that_do_not_match_and_too_many_choices_are_problems(text: str):
    problems = spread(CueRule("a", (text,), Direction.FORWARD), PLACE)[1]
    assert [(one.file, one.line, one.key) for one in problems] == [("reading/cues.yaml", 9, "3.texts.0")]
