"""OpenMed's fixtures that concern assertion are read as they say."""

from __future__ import annotations

from typing import Any

import pytest

from indicated.reading.reader import assertion
from tests.reading.content import lexicon

from .openmed import FIXTURES, items, pairs

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
