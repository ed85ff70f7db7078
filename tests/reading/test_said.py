"""Sentences of our own with one span each, and how the span is said there.

`said/looked_at.txt` was written before the cues were read and then worked through; `said/kept_apart.txt` was only
counted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time, Voice
from indicated.reading.facts import holds
from indicated.reading.reader import assertion

from .content import lexicon, marked

FOLDER = Path(__file__).parent / "said"
AXES = {"polarity": Polarity, "certainty": Certainty, "time": Time, "subject": Subject, "voice": Voice}
AXIS_OF = {str(value): axis for axis, values in AXES.items() for value in values}
DEFAULT = {"polarity": "present", "certainty": "confirmed", "time": "current", "subject": "patient", "voice": "case"}


def rows(name: str) -> list[tuple[str, str]]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    told = [line.split(" | ", 1) for line in lines if line.strip() and not line.startswith("#")]
    return [(wanted, text.replace("\\n", "\n")) for wanted, text in told]


def is_said(wanted: str, said: Assertion) -> bool:
    """Whether an assertion is what a row wants; see the head of `looked_at.txt`."""
    allowed = {axis: {value} for axis, value in DEFAULT.items()}
    for part in wanted.split(", "):
        choices = part.split("/")
        if "none" in choices and not holds(said):
            return True
        if choices == ["none"]:
            return False
        if part.startswith("any_"):
            del allowed[part.removeprefix("any_")]
        else:
            named = [choice for choice in choices if choice != "none"]
            allowed[AXIS_OF[named[0]]] = set(named)
    if allowed["subject"] == {"relative"}:
        allowed.pop("time", None)
    if allowed.get("polarity") == {"absent"} and "certainty" in allowed:
        allowed["certainty"].add("ruled_out")
    return all(str(getattr(said, axis)) in values for axis, values in allowed.items())


def failing(name: str) -> list[str]:
    found = []
    for wanted, text in rows(name):
        plain, start, end = marked(text)
        if not is_said(wanted, assertion(plain, start, end, lexicon())):
            found.append(f"{wanted} | {text}")
    return found


@pytest.mark.parametrize(("name", "share"), [("looked_at.txt", 0.98), ("kept_apart.txt", 0.95)])
def test_nearly_every_span_is_said_as_its_row_wants(name: str, share: float):
    assert len(failing(name)) <= (1 - share) * len(rows(name))


def test_the_table_can_fail():
    assert not is_said("absent", Assertion())
    assert not is_said("none", Assertion())
    assert is_said("present, past/current", Assertion())


def test_every_cue_stands_where_it_says():
    spans = [marked(text) for name in ("looked_at.txt", "kept_apart.txt") for _, text in rows(name)]
    placed = [
        (plain, cue)
        for plain, start, end in spans
        for cue in assertion(plain, start, end, lexicon()).because
        if cue.start is not None
    ]
    assert len(placed) > 400
    rules = {rule.id for rule in lexicon().cues}
    for plain, cue in placed:
        assert 0 <= cue.start < cue.end <= len(plain), (plain, cue)
        words = plain[cue.start : cue.end]
        assert words.strip(), (plain, cue)
        assert cue.rule not in rules or (len(words) <= 80 and words != plain), (plain, cue)
