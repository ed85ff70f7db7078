"""Numbers too small to show: with few cases a figure tells of persons. Pure.

How many cases came in and were decided is the volume of work and always shown. What came of them, and what of their
records is counted, is not, where it is of fewer cases than the limit: a period of a day would be one person.

The limit is that of the CMS cell size suppression policy: no cell of 1 to 10 is shown, and none from which one could be
worked out. So where exactly one group of a kind is hidden, the smallest of the others is hidden with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from indicated.workflow.review.figures import Rate, Slice

FEWEST = 11
_NOTHING = Rate(0, 0)
_Named = TypeVar("_Named", bound="tuple[object, ...]")


def enough(rate: Rate) -> Rate:
    """A rate that may be shown: of nothing, where it is of too few."""
    return rate if rate.of >= FEWEST else _NOTHING


def counted(listed: Iterable[_Named], whole: int = 0) -> tuple[_Named, ...]:
    """Of things with their count at the end, those that may be shown. Where they make up a `whole` that is shown, and
    exactly one is hidden, the smallest of the others goes with it.
    """
    every = [one for one in listed if one[-1]]
    shown = [one for one in every if _count(one) >= FEWEST]
    if whole and len(every) - len(shown) == 1 and shown:
        shown.remove(min(shown, key=_count))
    return tuple(shown)


def few_hidden(one: Slice) -> Slice:
    """A group with its volume, and what came of it where that is of enough."""
    rates = {name: enough(getattr(one, name)) for name in ("approved", "denied", "overturned", "in_time")}
    return replace(one, **rates, median_hours=one.median_hours if one.decided >= FEWEST else None)


def shielded(slices: Iterable[Slice]) -> tuple[tuple[Slice, ...], tuple[str, ...]]:
    """The groups that may be shown, and the kinds (`by`) of which some may not."""
    kinds: dict[str, list[Slice]] = {}
    for one in slices:
        kinds.setdefault(one.by, []).append(one)
    shown: list[Slice] = []
    hiding = []
    for by, groups in kinds.items():
        small = [one for one in groups if one.cases < FEWEST]
        rest = [one for one in groups if one.cases >= FEWEST]
        if len(small) == 1 and rest:
            rest.remove(min(rest, key=lambda one: one.cases))
        shown += [few_hidden(one) for one in rest]
        if small:
            hiding.append(by)
    return tuple(shown), tuple(hiding)


def _count(one: tuple[object, ...]) -> int:
    count = one[-1]
    assert isinstance(count, int)
    return count
