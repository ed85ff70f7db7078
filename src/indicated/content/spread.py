"""Cue texts written with choices, written out: `{is|was} not {seen|found}` stands for four texts."""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.content.problem import Problem

if TYPE_CHECKING:
    from indicated.content.convert import Place
    from indicated.model.lexicon_cues import CueRule

_CHOICE = re.compile(r"\{([^{}]*)\}")
_MOST = 800


def spread(rule: CueRule, place: Place) -> tuple[CueRule, list[Problem]]:
    """The rule with every choice written out, each text once, and what is wrong with its choices."""
    if not any("{" in text or "}" in text for text in rule.texts):
        return rule, []
    texts: dict[str, None] = {}
    problems: list[Problem] = []
    for number, text in enumerate(rule.texts):
        choices = [part.split("|") for part in _CHOICE.findall(text)]
        between = _CHOICE.split(text)[::2]
        if prod(map(len, choices)) > _MOST or any("{" in part or "}" in part for part in between):
            line, key = place.at("texts")
            wanted = f"choices like {{is|was}} that stand for at most {_MOST} texts"
            problems.append(Problem("nonsense", place.file, line, f"{key}.{number}", repr(text[:60]), wanted))
            continue
        for chosen in product(*choices):
            words = between[0] + "".join(one + after for one, after in zip(chosen, between[1:], strict=True))
            texts[" ".join(words.split())] = None
    return replace(rule, texts=tuple(texts)), problems
