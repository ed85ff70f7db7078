"""PriMock57 notes (A. Papadopoulos Korfiatis and colleagues, CC BY 4.0): terse notes of UK general practice."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.corpora.spans import Tally, touched
from tests.corpora.where import corpus

FILE = corpus("primock57_dev.jsonl")
_SHORT_TIME = re.compile(r"(?<![\d/])\d{1,2}/(?:7|52|12)\b")


def notes(path: Path = FILE) -> list[str]:
    """The text of each note."""
    return [json.loads(line)["note"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def holding(all_notes: list[str], phrase: str) -> str | None:
    """The first note that holds a phrase."""
    return next((note for note in all_notes if phrase in note), None)


def short_times(note: str) -> Tally:
    """How many of the note's times in sevenths, fifty-seconds and twelfths (`3/7`) are read as times."""
    from indicated.reading import amounts

    told = [
        (one.passage.start, one.passage.end)
        for one in amounts(note)
        if one.what in ("duration", "moment", "frequency") and one.value is not None
    ]
    return touched([(match.span(),) for match in _SHORT_TIME.finditer(note)], told)
