"""Cue texts written with choices, written out: `{is|was} not {seen|found}` stands for four texts."""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from indicated.content.problem import Problem

if TYPE_CHECKING:
    from indicated.content.place import Place
    from indicated.model.lexicon_cues import CueRule

_Words = TypeVar("_Words", bound=Struct)
_CHOICE = re.compile(r"\{([^{}]*)\}")
_MOST = 800


def spread(rule: CueRule, place: Place) -> tuple[CueRule, list[Problem]]:
    """The rule with every choice written out, each text once, and what is wrong with its choices."""
    texts, problems = _written_out(rule.texts, place, "texts")
    return (rule if texts is rule.texts else replace(rule, texts=texts)), problems


def spread_words(words: _Words, place: Place) -> tuple[_Words, list[Problem]]:
    """The words with every choice written out in each list of texts, at any depth, and what is wrong with choices."""
    changed: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in words.__struct_fields__:
        value = getattr(words, field)
        if not isinstance(value, tuple) or not value:
            continue
        if isinstance(value[0], Struct):
            made = [spread_words(one, place) for one in value]
            changed[field] = tuple(one for one, _ in made)
            problems += [problem for _, found in made for problem in found]
        elif type(value[0]) is str:
            changed[field], found = _written_out(value, place, field)
            problems += found
    return replace(words, **changed), problems


def _written_out(listed: tuple[str, ...], place: Place, field: str) -> tuple[tuple[str, ...], list[Problem]]:
    if not any("{" in text or "}" in text for text in listed):
        return listed, []
    texts: dict[str, None] = {}
    problems: list[Problem] = []
    for number, text in enumerate(listed):
        choices = [part.split("|") for part in _CHOICE.findall(text)]
        between = _CHOICE.split(text)[::2]
        if prod(map(len, choices)) > _MOST or any("{" in part or "}" in part for part in between):
            line, key = place.at(field)
            wanted = f"choices like {{is|was}} that stand for at most {_MOST} texts"
            problems.append(Problem("nonsense", place.file, line, f"{key}.{number}", repr(text[:60]), wanted))
            continue
        for chosen in product(*choices):
            words = between[0] + "".join(one + after for one, after in zip(chosen, between[1:], strict=True))
            texts[" ".join(words.split())] = None
    return tuple(texts), problems
