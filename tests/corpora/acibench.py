"""ACI-BENCH notes (W. Yim and colleagues, CC BY 4.0) as a score: is each line read under a section of its part?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .where import corpus

NOTES = corpus("acibench_dev.jsonl")

PARTS = {
    "subjective": frozenset(
        [
            "cc",
            "hpi",
            "pmh",
            "surgical",
            "fh",
            "sh",
            "ros",
            "meds",
            "past_meds",
            "allergies",
            "immunizations",
            "course",
            "referral",
            "systems",
            "vitals",
        ]
    ),
    "objective_exam": frozenset(("exam", "vitals", "systems")),
    "objective_results": frozenset(("results", "procedures")),
    "assessment_and_plan": frozenset(
        ["assessment", "problems", "plan", "instructions", "differential", "referral", "procedures"]
    ),
}
"""Their parts of a note, and the sections of ours (without `section.`) that belong to each."""

Sectioned = Callable[[str], list[tuple[int, int, str | None]]]
"""Gives the sentences of a text with the section each stands under."""


def notes(path: Path = NOTES) -> list[dict[str, Any]]:
    """The notes."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def placed(note: dict[str, Any], sectioned: Sectioned) -> Iterator[tuple[str, str | None]]:
    """For every sentence of the note that lies in one of their parts: the part, and our section."""
    text = note["note"]
    parts = []
    for part, told in note["sections"].items():
        at = text.find(told.strip()) if told.strip() else -1
        if at >= 0:
            parts.append((at, at + len(told.strip()), part))
    for start, end, section in sectioned(text):
        for first, last, part in parts:
            if first <= start and end <= last + 1:
                yield part, section


def share_right(all_notes: list[dict[str, Any]], sectioned: Sectioned) -> dict[str, float]:
    """The share of sentences under a fitting section, by part and over all."""
    right: dict[str, list[bool]] = {}
    for note in all_notes:
        for part, section in placed(note, sectioned):
            right.setdefault(part, []).append(section is not None and section.removeprefix("section.") in PARTS[part])
    right["all"] = [one for told in right.values() for one in told]
    return {part: sum(told) / len(told) for part, told in right.items()}
