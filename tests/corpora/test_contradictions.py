"""Notes that others wrote seldom contradict themselves, and a wrong copy is found."""

from __future__ import annotations

import pytest

from tests.corpora import contradictions as here

pytestmark = pytest.mark.skipif(not here.PRESENT, reason="the corpora are not beside this checkout")


def test_few_notes_are_said_to_contradict_themselves():
    """Six of 826 when this was written, of which three were right: a unit, a denial, two examinations."""
    told = [bool(here.kinds(text)) for name in here.FILES for text in here.texts(name)]
    assert len(told) > 800
    assert sum(told) <= len(told) / 100


def test_few_notes_in_two_halves_contradict_each_other():
    told = [
        bool(here.kinds(*parts))
        for name in here.FILES
        for text in here.texts(name)
        if (parts := here.halves(text)) is not None
    ]
    assert len(told) > 280
    assert sum(told) <= len(told) / 33


@pytest.mark.parametrize(("change", "kind", "bar"), [(here.older, "age", 0.9), (here.of_other_sex, "sex", 0.9)])
def test_a_copy_with_another_age_or_sex_is_found(change, kind, bar):
    told = list(here.planted(change, kind))
    assert len(told) > 120
    assert sum(told) >= bar * len(told)
