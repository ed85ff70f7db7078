"""The smallest sets of changes that bring a trace to a verdict, by algebra on the trace alone.

A set of changes is one integer, a `Way`: bit n stands for change number n of a `Book`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from indicated.model.determination import Step
from indicated.model.rule import All, Any, AtLeast, NoneOf
from indicated.model.verdict import Verdict, opposite

Way = int

# Bounds, so that a rule of many alternatives cannot run away: sets kept at each node, and changes in a set.
MOST_WAYS = 48
MOST_CHANGES = 5
NOTHING: Way = 0


class Book(Protocol):
    """The changes that may be made."""

    def offers(self, leaf: Step, wanted: Verdict) -> tuple[Way, ...]:
        """The smallest sets that bring one leaf to the verdict."""

    def cost(self, way: Way) -> tuple[int, int]:
        """How far a set is from today's record."""


def ways(step: Step, wanted: Verdict, book: Book) -> tuple[Way, ...]:
    """Sets of changes after which the step would have the wanted verdict, cheapest first, none part of another.

    The empty set alone when it has it already; no set when none was found within the bounds. Complete up to the bounds
    where a change leaves alone what holds today; `lasting` sees to those that do not.
    """
    if step.verdict is wanted:
        return (NOTHING,)
    if not step.parts:
        return book.offers(step, wanted)
    match step.rule:
        case All():
            return (_every if wanted is Verdict.MET else _some)(step.parts, wanted, book)
        case Any():
            return (_some if wanted is Verdict.MET else _every)(step.parts, wanted, book)
        case NoneOf():
            inner = opposite(wanted)
            return (_some if inner is Verdict.MET else _every)(step.parts, inner, book)
        case AtLeast(n=n):
            needed = n if wanted is Verdict.MET else len(step.parts) - n + 1
            return _several(step.parts, needed, wanted, book)
        case _:
            return ways(step.parts[0], wanted, book)


def lasting(
    step: Step, wanted: Verdict, book: Book, again: Callable[[Way], Step], holds: Callable[[Way], bool] | None = None
) -> tuple[Way, ...]:
    """The smallest sets after which the step, judged again, has the wanted verdict.

    Where a change undoes something that held (parts that share facts), the trace as it would then be says what else is
    needed. Every set that works contains one of `ways`, and after that one contains one of the ways of the new trace;
    so every smallest set within the bounds is found. `holds` may answer for `again` where that is quicker.
    """
    found: list[Way] = []
    open_, seen = ways(step, wanted, book), set[Way]()
    while open_:
        more: list[Way] = []
        for way in open_:
            seen.add(way)
            if holds is not None and holds(way):
                found.append(way)
                continue
            now = again(way)
            if now.verdict is wanted:
                found.append(way)
            else:
                more += [way | other for other in ways(now, wanted, book)]
        open_ = smallest((way for way in more if way not in seen), book)
    return smallest(found, book)


def asked(step: Step, wanted: Verdict) -> Iterator[tuple[Step, Verdict]]:
    """The leaves of which `ways` asks what would bring them to a verdict, and to which."""
    if step.verdict is wanted:
        return
    if not step.parts:
        yield step, wanted
    for part in step.parts:
        yield from asked(part, opposite(wanted) if isinstance(step.rule, NoneOf) else wanted)


def _every(parts: Iterable[Step], wanted: Verdict, book: Book) -> tuple[Way, ...]:
    found: tuple[Way, ...] = (NOTHING,)
    for part in parts:
        found = _product(found, ways(part, wanted, book), book)
    return found


def _some(parts: Iterable[Step], wanted: Verdict, book: Book) -> tuple[Way, ...]:
    return smallest((way for part in parts for way in ways(part, wanted, book)), book)


def _several(parts: tuple[Step, ...], needed: int, wanted: Verdict, book: Book) -> tuple[Way, ...]:
    """Bring enough parts to the verdict: those that have it count, of the rest every combination is tried.

    Part by part, from the last: `reached[k]` holds the sets that bring k of the parts seen so far.
    """
    have = sum(part.verdict is wanted for part in parts)
    choices = [found for part in parts if part.verdict is not wanted and (found := ways(part, wanted, book))]
    choices.sort(key=lambda found: min(book.cost(way) for way in found))
    lacking = max(0, needed - have)
    reached: list[tuple[Way, ...]] = [(NOTHING,), *((),) * lacking]
    for options in reversed(choices):
        for count in range(lacking, 0, -1):
            if fewer := reached[count - 1]:
                reached[count] = smallest((*_product(options, fewer, book), *reached[count]), book)
    return reached[lacking]


def _product(left: tuple[Way, ...], right: tuple[Way, ...], book: Book) -> tuple[Way, ...]:
    if left == (NOTHING,):
        return right
    if right == (NOTHING,):
        return left
    return smallest((one | other for one in left for other in right), book)


def smallest(sets: Iterable[Way], book: Book) -> tuple[Way, ...]:
    """The sets of which no other is a part, cheapest first, within the bounds."""
    kept: list[Way] = []
    for way in sorted((way for way in dict.fromkeys(sets) if way.bit_count() <= MOST_CHANGES), key=book.cost):
        if not any(other & way == other for other in kept):
            kept.append(way)
            if len(kept) == MOST_WAYS:
                break
    return tuple(kept)
