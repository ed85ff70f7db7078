"""The small parts that several tables of the answer as data share."""

from __future__ import annotations

from typing import Any

import msgspec

from indicated.model.quantity import Quantity, plain
from indicated.model.text import Passage

Data = dict[str, Any]


def quoted(one: Passage) -> Data:
    """A passage with its place, and whether a picture was recognised in it."""
    return {
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "document": one.document,
        "place": one.place or None,
        "scanned": one.scanned,
    }


def value_data(value: Quantity | None) -> Data | str | None:
    """One exact value as a string; a range as its ends."""
    if value is None:
        return None
    if value.exact is not None:
        return plain(value.exact)
    return {"low": plain(value.low) or None, "high": plain(value.high) or None}


def plain_data(value: object) -> Any:
    """A model value as dictionaries, lists and strings, nothing left out."""
    return msgspec.json.decode(msgspec.json.encode(value))
