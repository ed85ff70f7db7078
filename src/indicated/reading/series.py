"""Values of one test told as a change (`from 5 to 2`, `4500 -> 180`, `was 5 before and is 2 now`), in time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from indicated.reading.numbers import Number
    from indicated.reading.scene import Scene

_MOST = 6
_WIDEST = 60
_FROM = lazily(r".*\bfrom ?$")
_TO = lazily(
    r"[^;.]*?(?:-+>|=+>|→|\bto\b|\bnow\b|\bthen\b|\bcurrently\b|\btoday\b|\bafter\b|\bfell\b|\brose\b|\bdown\b|\bup\b|\bis\b)"
    r"(?: (?:a|an|the|of|at|is|was|score of|value of))* ?(?:=|:)? ?"
)
_BEGINS = lazily(
    r"[ :=|(]*(?:score |scores |value |level |has |had |have |was |is )*(?:(?:improved|fell|falling|rose|rising|"
    r"dropped|decreased|increased|declined|climbed|went|came|changed|worsened|down|up|reduced|normali[sz]ed)"
    r"(?: down| up)? )?(?:from )?"
)


def further(scene: Scene, first: Number, stop: int) -> list[Number]:
    """The plain numbers that a change leads to from the first one: `5 -> 2`, `11 to 4`, `5 before treatment, now 2`."""
    found = [first]
    flat = scene.view.flat
    for number in scene.numbers_in(first.end, stop):
        gap = flat[found[-1].end : number.first]
        if number.first < found[-1].end or number.kind is not NumberKind.PLAIN or len(found) == _MOST:
            continue
        if len(gap) > _WIDEST or not _TO.fullmatch(gap):
            break
        found.append(number)
    return found


def begins(flat: str, start: int, end: int) -> bool:
    """Whether only words of a change stand between a test and its first number (`improved from`)."""
    return _BEGINS.fullmatch(flat, start, end) is not None


def ends_of(quantity: Quantity, before: str) -> tuple[Quantity, Quantity] | None:
    """`From 12 to 25 kg` is two values, not a range."""
    if quantity.low is None or quantity.high is None or quantity.low == quantity.high or not _FROM.match(before):
        return None
    low, high = quantity.low, quantity.high
    return Quantity(low, low, quantity.unit), Quantity(high, high, quantity.unit)


def earlier(flat: str, spans: Sequence[tuple[int, int]], after: int) -> int:
    """How many of the values at these spans came before the last one, as the words between them say; 0 where they say
    nothing. `after` is where the test ends.
    """
    if len(spans) < 2:  # noqa: PLR2004 - a change has two ends
        return 0
    gaps = [flat[one[1] : other[0]] for one, other in pairwise(spans)]
    told = _FROM.match(flat[after : spans[0][0]]) is not None or all(_TO.fullmatch(gap) for gap in gaps)
    return len(spans) - 1 if told else 0
