"""Plans for a rule: which verdict each of its leaves should have so that the whole, or one leaf alone, decides.

Pure algebra on the rule; `supposed` turns a plan into facts. What a plan makes of the whole is worked out here, apart
from the engine, so that the engine's answer can be held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from indicated.model.rule import All, Any, AtLeast, Judged, NoneOf, Ref, Rule, Score
from indicated.model.verdict import Verdict, opposite

Path = tuple[int, ...]
"""The way to a part: its place among its parents' parts, from the outermost."""
Plan = dict[Path, Verdict]

_OF_A_PART, _OF_A_GROUP = 4, 24
"""How many ways are tried for one part and for one group; more are never needed for rules that people write."""


def leaves_of(rule: Rule, path: Path = ()) -> Iterator[tuple[Path, Rule]]:
    """Every leaf of a rule with its path; refs are looked through."""
    if isinstance(rule, All | Any | NoneOf | AtLeast | Ref):
        for number, part in enumerate(rule.parts):
            yield from leaves_of(part, (*path, number))
    else:
        yield path, rule


def groups_of(rule: Rule, path: Path = ()) -> Iterator[tuple[Path, Rule]]:
    """Every group of a rule with its path, outermost first."""
    if isinstance(rule, All | Any | NoneOf | AtLeast | Ref):
        yield path, rule
        for number, part in enumerate(rule.parts):
            yield from groups_of(part, (*path, number))


def forcing(rule: Rule, wanted: Verdict, path: Path = ()) -> Iterator[Plan]:
    """Plans that bring the whole rule to MET or NOT_MET, the plainest first; parts that are not needed for that are not
    spoken of. A leaf that only a person or a score can settle stays unknown.
    """
    if isinstance(rule, Judged | Score):
        yield {path: Verdict.UNKNOWN}
        return
    if not isinstance(rule, All | Any | NoneOf | AtLeast | Ref):
        yield {path: wanted}
        return
    yield from islice(_forcing_group(rule, wanted, path), _OF_A_GROUP)


def _forcing_group(rule: Rule, wanted: Verdict, path: Path) -> Iterator[Plan]:
    parts = rule.parts  # type: ignore[union-attr]
    inner = opposite(wanted) if isinstance(rule, NoneOf) else wanted
    places = list(enumerate(parts))
    needed = len(parts)
    if isinstance(rule, AtLeast):
        needed = rule.n if wanted is Verdict.MET else len(parts) - rule.n + 1
    elif _one_is_enough(rule, wanted):
        needed = 1
    for chosen in _chosen(len(parts), needed):
        options = [
            list(islice(forcing(part, inner, (*path, number)), _OF_A_PART))
            for number, part in places
            if number in chosen
        ]
        yield from (_merged(one) for one in product(*options))


def _one_is_enough(rule: Rule, wanted: Verdict) -> bool:
    return wanted is (Verdict.NOT_MET if isinstance(rule, All | NoneOf) else Verdict.MET) and not isinstance(rule, Ref)


def _chosen(count: int, needed: int) -> Iterator[frozenset[int]]:
    """Sets of so many places: each run of neighbours, so that every place is chosen in some."""
    for first in range(count if needed < count else 1):
        yield frozenset((first + step) % count for step in range(needed))


def counting(group: AtLeast, number: int, path: Path = ()) -> Iterator[Plan]:
    """Plans under which just so many parts of the group are met and the others are not."""
    for first in range(len(group.of)):
        chosen = {(first + step) % len(group.of) for step in range(number)}
        options = [
            list(islice(forcing(part, Verdict.MET if at in chosen else Verdict.NOT_MET, (*path, at)), _OF_A_PART))
            for at, part in enumerate(group.of)
        ]
        yield from islice((_merged(one) for one in product(*options)), _OF_A_PART)


def isolating(rule: Rule, target: Path, path: Path = ()) -> Iterator[Plan]:
    """Plans for every leaf but the one at `target`, under which that one alone decides the whole."""
    if path == target:
        yield {}
        return
    place = target[len(path)]
    parts = rule.parts  # type: ignore[union-attr]
    neutral = {number: _neutral(rule, number, place) for number in range(len(parts)) if number != place}
    inner = isolating(parts[place], target, (*path, place))
    others = [
        list(islice(forcing(parts[number], wanted, (*path, number)), _OF_A_PART)) for number, wanted in neutral.items()
    ]
    for one in islice(inner, _OF_A_PART):
        yield from islice((_merged((one, *rest)) for rest in product(*others)), _OF_A_GROUP)


def _neutral(rule: Rule, number: int, place: int) -> Verdict:
    """What another part must be so that the part at `place` decides."""
    if isinstance(rule, AtLeast):
        before = number if number < place else number - 1
        return Verdict.MET if before < rule.n - 1 else Verdict.NOT_MET
    return Verdict.MET if isinstance(rule, All) else Verdict.NOT_MET


def _merged(plans: Iterable[Plan]) -> Plan:
    return {path: verdict for plan in plans for path, verdict in plan.items()}


def settled(rule: Rule, plan: Plan, path: Path = ()) -> Verdict:
    """What the whole is when its leaves are as planned."""
    if not isinstance(rule, All | Any | NoneOf | AtLeast | Ref):
        return plan.get(path, Verdict.UNKNOWN)
    below = [settled(part, plan, (*path, number)) for number, part in enumerate(rule.parts)]
    met, failed = below.count(Verdict.MET), below.count(Verdict.NOT_MET)
    needed = rule.n if isinstance(rule, AtLeast) else len(below) if isinstance(rule, All | Ref) else 1
    verdict = Verdict.UNKNOWN
    if met >= needed:
        verdict = Verdict.MET
    elif len(below) - failed < needed:
        verdict = Verdict.NOT_MET
    return opposite(verdict) if isinstance(rule, NoneOf) else verdict
