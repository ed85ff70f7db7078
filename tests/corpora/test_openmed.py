"""OpenMed's fixtures that concern assertion are read as they say."""

from __future__ import annotations

from typing import Any

import pytest

from indicated.reading.reader import assertion
from tests.reading.content import lexicon

from .openmed import FIXTURES, excluded, items, pairs
from .openmed_links import links, sides
from .openmed_numbers import items as of_file

pytestmark = pytest.mark.skipif(not FIXTURES.exists(), reason="the OpenMed fixtures are not in this checkout")

_ITEMS = items() if FIXTURES.exists() else []


def _name(item: dict[str, Any]) -> str:
    return str(item.get("case_id") or item.get("id") or "item")


@pytest.mark.parametrize("item", _ITEMS, ids=_name)
def test_a_fixture_is_read_as_it_says(item: dict[str, Any]):
    told = list(pairs(item, lambda text, start, end: assertion(text, start, end, lexicon())))
    if not told:
        pytest.skip("it does not concern assertion")
    assert [(name, ours) for name, _, ours in told] == [(name, wanted) for name, wanted, _ in told]


def test_some_fixtures_concern_assertion():
    assert sum(bool(list(pairs(item, lambda t, s, e: assertion(t, s, e, lexicon())))) for item in _ITEMS) >= 11


def test_words_that_another_sentence_holds_decide_nothing():
    told = [pair for item in _ITEMS for pair in excluded(item, lambda t, s, e: assertion(t, s, e, lexicon()))]
    assert told
    assert [words for words, used in told if used] == []


def test_a_dose_a_route_a_rhythm_and_a_length_go_to_their_drug():
    told = [link for item in of_file("medication_relations") for link in links(item)]
    assert len(told) > 15
    assert [(drug, words) for drug, words, good in told if not good] == []


def test_a_finding_is_on_the_side_that_the_report_says():
    told = [side for item in of_file("radiology_finding") for side in sides(item)]
    assert told
    assert [(finding, ours) for finding, _, ours in told] == [(finding, wanted) for finding, wanted, _ in told]
