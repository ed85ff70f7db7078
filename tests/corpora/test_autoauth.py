"""What prior-authorization cases state is read, field by field."""

from __future__ import annotations

from functools import cache

import pytest

from .autoauth import FILE, SCORES, cases, read, scored
from .spans import Tally

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the prior-authorization cases are not in this checkout")

_BARS = {
    "diagnosis": 1.0,
    "icd": 1.0,
    "drugs tried": 0.75,
    "labs": 1.0,
    "results in words": 1.0,
    "findings": 0.8,
    "symptoms": 0.8,
    "drug": 1.0,
    "dosage": 1.0,
    "duration": 1.0,
}


@cache
def _tallies() -> dict[str, Tally]:
    told = [scored(one)[0] for one in cases()]
    return {field: sum((one[field] for one in told), Tally(0, 0)) for field in SCORES}


@pytest.mark.parametrize(("field", "bar"), _BARS.items())
def test_a_stated_field_is_read(field: str, bar: float):
    assert _tallies()[field].share >= bar, str(_tallies()[field])


def test_the_fields_that_the_documents_state_are_counted():
    assert {field for field, tally in _tallies().items() if tally.of} >= {"diagnosis", "labs", "findings", "drug"}
    assert _tallies()["labs"].of >= 100


def test_every_passage_is_in_its_document():
    for told in cases():
        texts = told.texts
        for fact in read(told).facts:
            assert all(texts[one.document][one.start : one.end] == one.quote for one in fact.passages)


def test_no_range_of_a_laboratory_is_read_as_a_result():
    for told in cases():
        for fact in read(told).facts:
            if fact.value is not None and fact.concept.startswith("lab."):
                assert fact.value.exact is not None, fact.concept
