"""Patterns compiled on first use: each is sound, and is then the pattern itself."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import indicated.reading
from indicated.reading import patterns
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

MODULES = [f"indicated.reading.{module.name}" for module in pkgutil.iter_modules(indicated.reading.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_every_pattern_compiles(module):
    values = vars(importlib.import_module(module)).values()
    for value in values:
        if type(value) is type(lazily("")):
            re.compile(value.pattern)


def test_it_finds_what_the_pattern_finds():
    pattern = lazily(r"(?P<figure>\d+) mg", re.IGNORECASE)
    assert [match["figure"] for match in pattern.finditer("5 mg and 70 MG")] == ["5", "70"]
    assert pattern.search("none") is None
    assert pattern.match("x 5 mg", 2).end() == 6
    assert pattern.sub("-", "5 mg") == "-"
    assert pattern.pattern == r"(?P<figure>\d+) mg"


def test_a_mistake_shows_at_the_first_use(monkeypatch):
    monkeypatch.setattr(patterns, "made", set())  # what is stored for a quicker start knows no mistakes
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.match("")


def test_a_phrase_that_ends_inside_a_word_hides_no_other():
    phrases = Phrases([("patient: m", 1), ("male", 2), ("patient", 3)])
    assert [one.meaning for one in phrases.find("patient: male")] == [3, 2]
