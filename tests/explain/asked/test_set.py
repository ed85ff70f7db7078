"""The set of invented questions, in two halves: one that cues were written with, one held back."""

from __future__ import annotations

import pytest

from tests.explain.asked.told import QUESTIONS, wrong

_LEAST_TUNED, _LEAST_HELD_BACK = 0.95, 0.85


@pytest.mark.parametrize(
    ("held_back", "least"), [(False, _LEAST_TUNED), (True, _LEAST_HELD_BACK)], ids=["tuned", "held back"]
)
def test_questions_are_understood_and_suppositions_come_to_what_they_must(held_back, least):
    half = [told for told in QUESTIONS if told.held_back is held_back]
    failed = {told.q: found for told in half if (found := wrong(told))}
    assert len(half) > 70
    assert 1 - len(failed) / len(half) >= least, failed


def test_there_are_enough_questions_of_every_sort():
    assert len(QUESTIONS) >= 160
    assert sum(bool(told.supposes) for told in QUESTIONS) >= 40
    assert sum(not told.known for told in QUESTIONS) >= 12
    assert len({told.case for told in QUESTIONS}) == 13
