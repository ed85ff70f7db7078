"""Negation and time on the NegEx test kit."""

from __future__ import annotations

import pytest

from indicated.reading.reader import assertion
from tests.reading.content import lexicon

from .negex import KIT, as_reports, rows, scores

pytestmark = pytest.mark.skipif(not KIT.exists(), reason="the NegEx sentences are not in this checkout")


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return scores(as_reports(rows(), lambda text, start, end: assertion(text, start, end, lexicon())))


def test_negation_f1(figures: dict[str, float]):
    assert figures["negation"] >= 0.98


def test_historical_f1(figures: dict[str, float]):
    assert figures["historical"] >= 0.68
