"""Whole vials for an amount: the least left over, and of those the fewest vials."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, gcd

from indicated.model.dispensing import Vials

_MOST = 4000
"""Steps of the smallest common size above which no sets are sought: more than any dose."""


def rounded_up(amount: Decimal, sizes: tuple[Decimal, ...]) -> tuple[Vials, ...] | None:
    """The vials that hold the amount with the least over, the largest first; None where no sizes are known."""
    steps = _steps(sizes)
    if steps is None:
        return None
    unit, counts = steps
    needed = ceil(amount / unit)
    most = needed + max(counts)
    if amount <= 0 or most > _MOST:
        return None
    taken_last = _taken_last(counts, most)
    total = next((at for at in range(needed, most + 1) if taken_last[at]), None)
    return None if total is None else _taken(taken_last, total, unit)


def rounded_down(amount: Decimal, sizes: tuple[Decimal, ...]) -> Decimal | None:
    """The most grams in whole vials that are not more than the amount; None where there are none."""
    steps = _steps(sizes)
    if steps is None:
        return None
    unit, counts = steps
    most = int(amount / unit)
    if not 0 < most <= _MOST:
        return None
    taken_last = _taken_last(counts, most)
    total = next((at for at in range(most, 0, -1) if taken_last[at]), None)
    return None if total is None else unit * total


def held(vials: tuple[Vials, ...]) -> Decimal:
    """The grams in some vials."""
    return sum((one.grams * one.count for one in vials), Decimal(0))


def _steps(sizes: tuple[Decimal, ...]) -> tuple[Decimal, tuple[int, ...]] | None:
    """The largest size of which every vial holds a whole number, and those numbers."""
    if not sizes:
        return None
    places = max(-min(int(size.as_tuple().exponent), 0) for size in sizes)
    whole = [int(size.scaleb(places)) for size in sizes]
    common = gcd(*whole)
    return Decimal(common).scaleb(-places), tuple(sorted((size // common for size in whole), reverse=True))


def _taken_last(sizes: tuple[int, ...], most: int) -> list[int]:
    """For each total the size taken last on the way to it with the fewest vials; 0 where no vials make it."""
    fewest: list[int | None] = [0, *([None] * most)]
    last = [0] * (most + 1)
    for total in range(1, most + 1):
        for size in sizes:
            before = fewest[total - size] if total >= size else None
            now = fewest[total]
            if before is not None and (now is None or before + 1 < now):
                fewest[total], last[total] = before + 1, size
    return last


def _taken(last: list[int], total: int, unit: Decimal) -> tuple[Vials, ...]:
    counted: dict[int, int] = {}
    while total:
        size = last[total]
        counted[size] = counted.get(size, 0) + 1
        total -= size
    return tuple(Vials(unit * size, counted[size]) for size in sorted(counted, reverse=True))
