"""What must be told before a standard can be reached, and by it the standards that facts on each concept wake.

A release knows many standards and a case speaks to a few. One that nothing in the case speaks to is asleep: it cannot
be reached, whatever else was told (`tests/properties/test_wakes.py`), so it is not judged, nor even decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from indicated.model.fact import Result
from indicated.model.rule import (
    All,
    Any,
    AtLeast,
    Has,
    Measured,
    Ref,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Score,
    Tried,
)
from indicated.model.score import Calculator
from indicated.model.standard import ContentStatus, Standard
from indicated.model.verdict import Verdict

_UNREMARKABLE = (Result.NEGATIVE, Result.NORMAL)


class Wakes(Struct, frozen=True, array_like=True):
    """The standards that are not retired, by their ids: each with its treatment, in order; those woken by facts on each
    concept or on anything narrower; those that no fact need speak to. What is asked for wakes as a fact does.
    """

    treatments: tuple[tuple[str, str], ...]
    woken: dict[str, tuple[str, ...]]
    always: tuple[str, ...]


def wakes_of(standards: Iterable[Standard], calculators: Iterable[Calculator] = ()) -> Wakes:
    """What wakes each of these standards, whose scores are those of the calculators."""
    scores = {calculator.id: calculator for calculator in calculators}
    treatments: list[tuple[str, str]] = []
    woken: dict[str, tuple[str, ...]] = {}
    always: list[str] = []
    for standard in standards:
        if standard.status is ContentStatus.RETIRED:
            continue
        treatments.append((standard.id, standard.treatment))
        needed = needed_for(standard.reached_by, scores)
        if needed is None:
            always.append(standard.id)
        for concept in sorted(needed or ()):
            woken[concept] = (*woken.get(concept, ()), standard.id)
    return Wakes(tuple(treatments), woken, tuple(always))


def joined(one: Wakes, other: Wakes) -> Wakes:
    """What wakes the standards of both."""
    woken = {key: (*one.woken.get(key, ()), *other.woken.get(key, ())) for key in (*one.woken, *other.woken)}
    return Wakes((*one.treatments, *other.treatments), woken, (*one.always, *other.always))


def needed_for(rule: Rule, scores: Mapping[str, Calculator]) -> frozenset[str] | None:
    """Concepts of which one must be told, itself or narrower, as a fact or as what is asked for, before the rule can be
    met, or taken for met because what was said of it is unclear. None where no such concepts are known.
    """
    if getattr(rule, "when_silent", None) is Verdict.MET:
        return None
    match rule:
        case Has(concept=concept) | Measured(concept=concept) | Tried(concept=concept):
            return frozenset((concept,))
        case ResultIs(concept=concept, is_=shown, within=None) if not any(one in _UNREMARKABLE for one in shown):
            return frozenset((concept,))
        case Response(concept=concept) if concept:
            return frozenset((concept,))
        # An interval may be told unclearly, whatever the request is for.
        case RequestIs(indications=indications, interval=None) if indications:
            return frozenset(indications)
        case All() | Any() | AtLeast():
            return _of_parts(rule, scores)
        case Ref(rule=inner) if inner is not None:
            return needed_for(inner, scores)
        case Score(score=name, at_least=total) if name in scores:
            return _of_points(scores[name], total, scores)
        case _:
            return None


def _of_parts(rule: All | Any | AtLeast, scores: Mapping[str, Calculator]) -> frozenset[str] | None:
    """Where so many of the parts must hold, one fewer may be left out and one of the rest still must."""
    parts = rule.parts
    count = rule.n if isinstance(rule, AtLeast) else 1 if isinstance(rule, Any) else len(parts)
    if not count:
        return None
    needed = [needed_for(part, scores) for part in parts]
    known = sorted((one for one in needed if one is not None), key=lambda one: (len(one), sorted(one)))
    kept = len(parts) - count + 1
    return None if len(known) < kept else frozenset[str]().union(*known[:kept])


def _of_points(calculator: Calculator, total: Decimal, scores: Mapping[str, Calculator]) -> frozenset[str] | None:
    """Items that do not come to the total together may be left out and one of the rest still must be met: first those
    of which nothing is known, then those of the most concepts.
    """
    items = [(item, needed_for(item.rule, scores)) for item in calculator.items]
    items.sort(key=lambda one: (one[1] is not None, -len(one[1] or ()), one[0].id))
    found: set[str] = set()
    left_out = Decimal(0)
    for item, needed in items:
        points = max(item.points, item.points_variant or item.points)
        if points > 0 and left_out + points < total:
            left_out += points
        elif points > 0:
            if needed is None:
                return None
            found |= needed
    return frozenset(found) if total > 0 else None
