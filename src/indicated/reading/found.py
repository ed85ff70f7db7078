"""What the parts of reading tell each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.concept import Kind
from indicated.model.regimen import Request
from indicated.model.text import Passage
from indicated.reading.scene import Seen

if TYPE_CHECKING:
    from datetime import date

    from indicated.model.fact import Result
    from indicated.model.quantity import Quantity

DRUG_KINDS = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
"""Kinds of concept that a therapy can be of."""
TESTED = frozenset((Kind.LAB, Kind.SCALE, Kind.ANTIBODY))
"""Kinds of concept that have values."""


class RequestFound(Struct, frozen=True):
    """The request with the mention it was read from. `asked_at` are where the mentions of it and of earlier or further
    requests start: what is asked for there was not yet given. `conflicts` are pairs of passages of the request that
    state different doses or intervals. `weak`: nothing says that it is asked for but that it is to be started.
    """

    request: Request
    mention: Seen
    asked_at: frozenset[int] = frozenset()
    conflicts: tuple[tuple[Passage, Passage], ...] = ()
    weak: bool = False


class Measured(Struct, frozen=True):
    """A value of mention number `seen`, standing at `start` to `end`, with its day if one is told.

    `concept` is the test it is a value of. `result` is what it says held against the range or flag told beside it,
    which stand in `covers`. `earlier`: a later value of the same series follows it. `also` are other spans that it
    rests on: the headings of its column.
    """

    seen: int
    concept: str
    value: Quantity
    start: int
    end: int
    on: date | None = None
    result: Result | None = None
    covers: tuple[tuple[int, int], ...] = ()
    earlier: bool = False
    also: tuple[tuple[int, int], ...] = ()
