"""A patient's article is read at grade 8 or below; the measure counts as its sources say."""

from __future__ import annotations

import pytest

from indicated.explain.readability import ease, grade
from indicated.model.statement import FromTrace, Rationale, Section, Statement
from tests.explain.test_examples import NAMES, explained

HIGHEST = 8


def said(*texts):
    statements = tuple(Statement(text, (FromTrace("r", "v"),)) for text in texts)
    return Rationale("t", "patient", (Section("s", "S", statements),), ())


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_read_at_grade_eight_or_below(name):
    assert grade(explained(name, "patient")) <= HIGHEST


def test_the_reviewers_article_would_not_pass():
    assert grade(explained(NAMES[0], "reviewer")) > HIGHEST


def test_long_words_and_long_sentences_raise_the_grade():
    plain = grade(said("The dose is too high. Ask for a new one."))
    assert grade(said("The dose is too high and so you should ask for a new one.")) > plain
    assert grade(said("The administration is inappropriate. Ask for reconsideration.")) > plain


def test_quotes_of_the_record_do_not_count():
    assert grade(said("It says so “idiopathic inflammatory myopathy”.")) == grade(said("It says so."))


def test_the_grade_is_the_published_formula():
    """Six words, one sentence, seven syllables."""
    assert grade(said("The cat sat on the sofa.")) == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)


def test_the_ease_of_spanish_is_the_published_formula():
    """Five words, one sentence, eight syllables."""
    told = said("La niña oye un río.")
    assert ease(told) == pytest.approx(206.835 - 62.3 * 8 / 5 - 5)
