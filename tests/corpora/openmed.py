"""OpenMed's assertion fixtures (M. Panahi and contributors) as pairs of what is expected and what was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time

from .negex import Judged
from .where import corpus

FIXTURES = corpus("openmed_fixtures_dev.jsonl")

_TIME = {
    Time.CURRENT: "recent",
    Time.PAST: "historical",
    Time.RESOLVED: "historical",
    Time.PLANNED: "hypothetical",
    Time.HYPOTHETICAL: "hypothetical",
}
_AXIS = {"negation": "polarity", "temporality": "time", "experiencer": "subject", "uncertainty": "certainty"}


def in_their_words(said: Assertion) -> dict[str, str]:
    """An assertion in the words of the fixtures. What is only supposed is not certain."""
    doubted = said.certainty in (Certainty.POSSIBLE, Certainty.PROBABLE) or said.time is Time.HYPOTHETICAL
    return {
        "negation": "negated" if said.polarity is Polarity.ABSENT else "affirmed",
        "temporality": _TIME[said.time],
        "certainty": "uncertain" if doubted else "certain",
        "uncertainty": "uncertain" if doubted else "certain",
        "experiencer": "family" if said.subject is Subject.RELATIVE else "patient",
    }


def source(said: Assertion, axis: str) -> str:
    """Where the value of one of their axes comes from: words nearby, the section, or nowhere."""
    cue = next((one for one in said.because if one.axis == _AXIS[axis]), None)
    return "default" if cue is None else "section" if cue.start is None else "local"


def items(path: Path = FIXTURES) -> list[dict[str, Any]]:
    """The fixtures."""
    return [json.loads(line)["item"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def pairs(item: dict[str, Any], judge: Judged) -> Iterator[tuple[str, str, str]]:
    """What is expected of an item: a name of the check, the value wanted, the value read. None for items of no
    assertion. Of an entity with several mentions the last one stands.
    """
    text = item.get("text") or item.get("note") or ""
    if "target" in item:
        at = text.index(item["target"]["text"])
        said = judge(text, at, at + len(item["target"]["text"]))
        yield from _axes(said, item["expected"])
    elif "note" in item:
        said_of = {span["entity_id"]: judge(text, span["start"], span["end"]) for span in item["spans"]}
        for entity, expected in item["expected"]["assertions"].items():
            yield from _axes(said_of[entity.removeprefix("entity_id:")], expected)
    elif item.get("spans") and "expected_sources" in item["spans"][0]:
        for span in item["spans"]:
            at = text.index(span["text"])
            said = judge(text, at, at + len(span["text"]))
            yield from _axes(said, span["expected"])
            for axis, wanted in span["expected_sources"].items():
                yield f"source of {axis}", wanted, source(said, axis)


def excluded(item: dict[str, Any], judge: Judged) -> Iterator[tuple[str, bool]]:
    """The words of an item that must not reach its target, each with whether they did."""
    text = item.get("text") or ""
    if "target" in item:
        at = text.index(item["target"]["text"])
        said = judge(text, at, at + len(item["target"]["text"]))
        used = " | ".join(text[cue.start : cue.end].lower() for cue in said.because if cue.start is not None)
        for words in item["expected"].get("excluded_modifier_hits", ()):
            yield words, words in used


def _axes(said: Assertion, expected: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    ours = in_their_words(said)
    return ((axis, wanted, ours[axis]) for axis, wanted in expected.items() if axis in ours)
