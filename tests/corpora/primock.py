"""PriMock57 notes (A. Papadopoulos Korfiatis and colleagues, CC BY 4.0): terse notes of UK general practice."""

from __future__ import annotations

import json
from pathlib import Path

NOTES = Path(__file__).parents[3] / "shared" / "external" / "nlp" / "primock57_dev.jsonl"


def notes(path: Path = NOTES) -> list[str]:
    """The text of each note."""
    return [json.loads(line)["note"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def holding(all_notes: list[str], phrase: str) -> str | None:
    """The first note that holds a phrase."""
    return next((note for note in all_notes if phrase in note), None)
