"""What the readers of requests and of therapies tell each other."""

from __future__ import annotations

from msgspec import Struct

from indicated.model.concept import Kind
from indicated.model.regimen import Request
from indicated.model.text import Passage
from indicated.reading.scene import Seen

DRUG_KINDS = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
"""Kinds of concept that a therapy can be of."""


class RequestFound(Struct, frozen=True):
    """The request with the mention it was read from. `asked_at` are where the mentions of it and of earlier or further
    requests start: what is asked for there was not yet given. `conflicts` are pairs of passages of the request that
    state different doses or intervals.
    """

    request: Request
    mention: Seen
    asked_at: frozenset[int] = frozenset()
    conflicts: tuple[tuple[Passage, Passage], ...] = ()
