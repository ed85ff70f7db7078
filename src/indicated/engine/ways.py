"""The smallest sets of changes that bring a trace to a verdict, by algebra on the trace alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from indicated.model.determination import Change, Step
from indicated.model.rule import All, Any, AtLeast, NoneOf
from indicated.model.verdict import Verdict, opposite

Way = frozenset[Change]
Changes = Callable[[Step, Verdict], tuple[Change, ...]]

# Bounds, so that a rule of many alternatives cannot run away: sets kept at each node, and changes in a set.
MOST_WAYS = 48
MOST_CHANGES = 5
_NOTHING: tuple[Way, ...] = (frozenset(),)


def ways(step: Step, wanted: Verdict, changes: Changes) -> tuple[Way, ...]:
    """Sets of changes after which the step would have the wanted verdict, smallest first.

    The empty set alone when it has it already; no set when none was found within the bounds. Complete for `all`,
    `any`, `at_least` and `none` up to the bounds; whether a set works where leaves share facts is for the caller to
    check against the facts.
    """
    if step.verdict is wanted:
        return _NOTHING
    if not step.parts:
        return tuple(frozenset((change,)) for change in changes(step, wanted))
    match step.rule:
        case All():
            return _every(step.parts, wanted, changes) if wanted is Verdict.MET else _some(step.parts, wanted, changes)
        case Any():
            return _some(step.parts, wanted, changes) if wanted is Verdict.MET else _every(step.parts, wanted, changes)
        case NoneOf():
            inner = opposite(wanted)
            return _some(step.parts, inner, changes) if inner is Verdict.MET else _every(step.parts, inner, changes)
        case AtLeast(n=n):
            needed = n if wanted is Verdict.MET else len(step.parts) - n + 1
            return _several(step.parts, needed, wanted, changes)
        case _:
            return ways(step.parts[0], wanted, changes)


def _every(parts: Iterable[Step], wanted: Verdict, changes: Changes) -> tuple[Way, ...]:
    found = _NOTHING
    for part in parts:
        found = _product(found, ways(part, wanted, changes))
    return found


def _some(parts: Iterable[Step], wanted: Verdict, changes: Changes) -> tuple[Way, ...]:
    return smallest(way for part in parts for way in ways(part, wanted, changes))


def _several(parts: tuple[Step, ...], needed: int, wanted: Verdict, changes: Changes) -> tuple[Way, ...]:
    """Bring enough parts to the verdict: those that have it count, the rest are chosen in every combination."""
    have = sum(part.verdict is wanted for part in parts)
    choices = [found for part in parts if part.verdict is not wanted and (found := ways(part, wanted, changes))]
    choices.sort(key=lambda found: min(cost(way) for way in found))
    sets: list[Way] = []
    for chosen in combinations(choices, max(0, needed - have)):
        found = _NOTHING
        for options in chosen:
            found = _product(found, options)
        sets.extend(found)
        if len(sets) > MOST_WAYS * MOST_WAYS:
            break
    return smallest(sets)


def _product(left: tuple[Way, ...], right: tuple[Way, ...]) -> tuple[Way, ...]:
    if left == _NOTHING:
        return right
    if right == _NOTHING:
        return left
    return smallest(one | other for one in left for other in right)


def smallest(sets: Iterable[Way]) -> tuple[Way, ...]:
    """The sets of which no other is a part, cheapest first, within the bounds."""
    kept: list[Way] = []
    for way in sorted(dict.fromkeys(sets), key=cost):
        if len(way) <= MOST_CHANGES and not any(other <= way for other in kept):
            kept.append(way)
        if len(kept) >= MOST_WAYS:
            break
    return tuple(kept)


def cost(way: Way) -> tuple[int, int]:
    """How far from today's record: changes that contradict it first, then how many in all."""
    return sum(change.known for change in way), len(way)
