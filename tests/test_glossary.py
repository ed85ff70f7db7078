"""The glossary and the types of the model are in step."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import indicated.model

TEXT = (Path(__file__).parents[1] / "GLOSSARY.md").read_text("utf-8")
WORDS_OF_READING = ("lexicon", "policy_words")


def types():
    """The public types of the model, but for the words of cue lists, which docs/reference/content.md describes."""
    for found in pkgutil.iter_modules(indicated.model.__path__):
        module = importlib.import_module(f"indicated.model.{found.name}")
        if not found.name.startswith(WORDS_OF_READING):
            for name, value in vars(module).items():
                if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                    yield name


def words():
    """The words in the first column of the tables."""
    rows = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`(\w+)`", row)]


def test_every_type_of_the_model_is_explained():
    assert sorted(set(types()) - set(words())) == []


def test_every_word_is_a_type_of_the_model():
    assert sorted(set(words()) - set(types())) == []


def test_no_word_is_explained_twice():
    assert len(words()) == len(set(words()))
