"""OpenMed's fixtures that concern numbers (M. Panahi and contributors, Apache-2.0): units and sizes of findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.corpora.where import corpus

FILE = corpus("openmed_fixtures_dev.jsonl")


def items(name: str, path: Path = FILE) -> list[dict[str, Any]]:
    """The items of the fixture files whose name holds these words."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row["item"] for row in rows if name in row["file"]]


def sizes(item: dict[str, Any]) -> Iterator[tuple[str, float, str, tuple[int, int]]]:
    """Every size of a report's findings: finding, value, unit, and where the value stands."""
    for gold in item["gold"]:
        if gold["size_value"] is not None:
            spans = gold["provenance_spans"]
            yield (
                gold["finding"],
                gold["size_value"],
                gold["size_unit"],
                (spans["size_value"]["start"], spans["size_unit"]["end"]),
            )
