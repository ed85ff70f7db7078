"""Four times the text is four times the work, for every reader; the largest texts are read, larger ones refused.

Work is counted, so that the result is the same on a busy machine. What a regular expression does cannot be counted: it
is measured by time, with much room, in the long profile only.
"""

from __future__ import annotations

import os
import time

import pytest

import indicated
from indicated import reading
from indicated.workflow.errors import TooLong
from indicated.workflow.facts import as_json, as_page, as_text
from tests.effort import effort
from tests.properties.shapes import REQUEST, SHAPES

DAY = "2026-11-20"
SMALL = 5_000
"""Beyond what a sentence or a row is looked through at once: below it work may still grow faster."""
OFTEN = (
    "notes",
    "list items",
    "failed drugs",
    "numbered drugs",
    "table with bars",
    "ranges",
    "contradictions",
    "dates",
)
LONG = pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "long", reason="minutes: HYPOTHESIS_PROFILE=long")


def read(text):
    return indicated.read(text)


def amounts(text):
    return reading.amounts(text)


def assertion(text):
    at = len(text) // 2
    return reading.assertion(text, at, at + 1)


def shown(text):
    case = indicated.read(text)
    return as_json(case), as_text(case), as_page(case)


def explained(text):
    determination = indicated.assess(REQUEST + text, on=DAY)
    return [indicated.explain(determination, format=form) for form in ("text", "html", "json")]


def growth(reader, shape, size):
    """How many times the work four times the text is."""
    texts = [SHAPES[shape](length) for length in (size, 4 * size)]
    for text in texts:
        reader(text)
    few, many = (effort(lambda text=text: reader(text)) for text in texts)
    return many / few


@pytest.mark.parametrize("reader", [read, amounts])
@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_length_and_not_faster(shape, reader):
    assert growth(reader, shape, SMALL) < 5.5


@pytest.mark.parametrize("shape", OFTEN)
def test_deciding_and_showing_grow_with_length_and_not_faster(shape):
    assert growth(explained, shape, SMALL // 2) < 5.5
    assert growth(shown, shape, SMALL // 2) < 5.5


def test_judging_a_span_grows_with_its_text_and_not_faster():
    assert growth(assertion, "notes", SMALL) < 5.5


@LONG
@pytest.mark.parametrize("shape", ["spaces", "lines", "blank lines", "tabs", "capitals", "one word", "digits", "dots"])
def test_what_patterns_step_over_takes_no_longer_for_standing_together(shape):
    def seconds(size):
        text = SHAPES[shape](size)
        start = time.process_time()
        indicated.read(text)
        return time.process_time() - start

    indicated.read(REQUEST)
    assert seconds(160_000) < 10 * seconds(40_000) + 0.4


@pytest.mark.parametrize("text", ["weak " * 1_000_001, "a" * 5_000_001])
def test_a_text_above_the_limit_is_refused_in_one_line(text):
    with pytest.raises(
        TooLong, match=r"^text has more than 5 MB of text; give only the notes that concern the request$"
    ):
        indicated.read(text)


@LONG
@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_text_is_read_in_time(shape):
    text = SHAPES[shape](1_300_000)
    start = time.process_time()
    indicated.read(text)
    assert time.process_time() - start < 60


@LONG
def test_a_line_of_the_largest_size_is_read_in_time():
    text = SHAPES["notes in one line"](5_000_000)
    start = time.process_time()
    indicated.read(text)
    assert time.process_time() - start < 120
