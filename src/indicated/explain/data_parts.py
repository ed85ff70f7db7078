"""The small parts that several tables of the answer as data share."""

from __future__ import annotations

from typing import Any

from indicated.model.text import Passage


def quoted(one: Passage) -> dict[str, Any]:
    """A passage with its place, and whether a picture was recognised in it."""
    return {
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "document": one.document,
        "place": one.place or None,
        "scanned": one.scanned,
    }
