"""How the sources of the lead standard bear on this patient, as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data
from indicated.model.determination import Bears


def bears_data(one: Bears) -> Data:
    """One source: which side it speaks for, what it shows, and how it bears here."""
    it = one.bearing
    return {
        "cite": it.cite,
        "side": it.side.value,
        "says": it.says,
        "bearing": one.how,
        "how": it.how,
        "others": [group.value for group in one.others],
    }
