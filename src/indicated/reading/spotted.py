"""An amount before it is an `Amount`, and taking a text's amounts so that none overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.model.amount import AmountKind
from indicated.model.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spotted(NamedTuple):
    """An amount at `start` to `end` of the flat text; `values` has the value first, then those beside it."""

    what: AmountKind
    start: int
    end: int
    values: tuple[Quantity, ...] = ()
    about: str = ""


def apart(groups: Iterable[Iterable[Spotted]], size: int) -> list[Spotted]:
    """What the groups found in a text of `size`, in order of place; where two overlap the earlier group's stays."""
    taken = bytearray(size)
    kept: list[Spotted] = []
    for group in groups:
        for one in group:
            if one.end > one.start and taken.find(1, one.start, one.end) < 0:
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                kept.append(one)
    kept.sort(key=lambda one: one.start)
    return kept
