"""Mentions of one thing become one fact with all its passages; what cannot both be true is shown."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Certainty, Time
from indicated.model.case import Contradiction
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Result
from indicated.reading.agreement import differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.quantity import Quantity, Units
    from indicated.model.regimen import Request

_Key = tuple[object, ...]
_AT_ODDS = frozenset((Kind.CONDITION, Kind.ANTIBODY))
_SLACK = {"kg": 5, "cm": 5, "a": 1}
_MOST = 50
"""Facts of one concept that are held against each other."""


def merged(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each claim, in order of first appearance; passages and codes joined, said now before said once."""
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(_key(fact), []).append(fact)
    return [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]


def _key(fact: Fact) -> _Key:
    said = fact.assertion
    if fact.therapy is not None:
        return (fact.concept, fact.therapy, said.polarity, fact.on)
    return (fact.concept, said.polarity, said.certainty, fact.value, fact.result, fact.course, fact.on)


def _joined(group: Sequence[Fact]) -> Fact:
    """All sources and codes; of the ways of saying it the first that speaks of now."""
    now = (fact.assertion for fact in group if fact.assertion.time is Time.CURRENT)
    sources = tuple(dict.fromkeys(source for fact in group for source in fact.sources))
    codes = tuple(dict.fromkeys(code for fact in group for code in fact.codes))
    said = next(now, group[0].assertion)
    approximate = all(fact.approximate for fact in group)
    return replace(group[0], sources=sources, assertion=said, codes=codes, approximate=approximate)


def contradictions(facts: Sequence[Fact], vocabulary: Vocabulary, units: Units) -> list[Contradiction]:
    """Claims of one patient that cannot both be true, each with both passages."""
    found = [*_presence(facts, vocabulary), *_opposites(facts, vocabulary), *_figures(facts, vocabulary, units)]
    unique: dict[tuple[str, frozenset[object]], Contradiction] = {}
    for one in found:
        unique.setdefault((one.about, frozenset(one.passages)), one)
    return list(unique.values())


def _presence(facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterable[Contradiction]:
    """A condition or antibody said to be there and said not to be there; denying the broader denies the narrower."""
    sure = [fact for fact in facts if fact.concept in vocabulary and vocabulary[fact.concept].kind in _AT_ODDS]
    denied = _by_concept(fact for fact in sure if _denied(fact))
    if not denied:
        return
    there = _by_concept(fact for fact in sure if _stands(fact))
    for concept, group in there.items():
        broader = [some for other, some in denied.items() if vocabulary.is_a(concept, other)]
        for present, absent in ((present, absent) for present in group for some in broader for absent in some):
            if not _apart(present, absent):
                yield Contradiction(absent.concept, (*present.passages[:1], *absent.passages[:1]))


def _by_concept(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The first facts of each concept: what a chart says fifty times over is not looked at pair by pair."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        group = groups.setdefault(fact.concept, [])
        if len(group) < _MOST:
            group.append(fact)
    return groups


def _stands(fact: Fact) -> bool:
    return fact.present and not _denied(fact) and fact.assertion.time is not Time.RESOLVED


def _denied(fact: Fact) -> bool:
    return fact.absent or fact.result is Result.NEGATIVE


def _apart(first: Fact, second: Fact) -> bool:
    return first.on is not None and second.on is not None and first.on != second.on


def _opposites(facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterable[Contradiction]:
    """Two values of one demographic (`male`, `female`)."""
    stated = _by_concept(fact for fact in facts if fact.concept in vocabulary)
    opposed = {one: group for one, group in stated.items() if vocabulary[one].kind is Kind.DEMOGRAPHIC}
    for concept, other in combinations(opposed, 2):
        if other not in vocabulary[concept].against:
            continue
        for first, second in product(opposed[concept], opposed[other]):
            yield Contradiction(vocabulary[concept].broader[0], (*first.passages[:1], *second.passages[:1]))


def _figures(facts: Sequence[Fact], vocabulary: Vocabulary, units: Units) -> Iterable[Contradiction]:
    """Two ages, weights or heights further apart than rounding explains, unless each has its own day."""
    by_concept = _by_concept(
        fact
        for fact in facts
        if fact.value is not None and fact.concept in vocabulary and vocabulary[fact.concept].kind is Kind.DEMOGRAPHIC
    )
    for concept, group in by_concept.items():
        usual = vocabulary[concept].unit
        for first, second in combinations(group, 2):
            if not _apart(first, second) and _differ(first.value, second.value, usual, units):
                yield Contradiction(concept, (*first.passages[:1], *second.passages[:1]))


def _differ(first: Quantity | None, second: Quantity | None, usual: str, units: Units) -> bool:
    one = units.convert(first, usual) if first is not None else None
    two = units.convert(second, usual) if second is not None else None
    if one is None or two is None or one.low is None or two.low is None:
        return False
    slack = _SLACK.get(usual, 0)
    apart = abs(one.low - two.low)
    return apart > slack if usual == "a" else apart * 100 > slack * max(one.low, two.low)


def disagreeing(requests: Sequence[Request], units: Units) -> list[Contradiction]:
    """Requests of several documents for one treatment in different amounts or rhythms."""
    found = []
    for first, second in combinations(requests[:20], 2):
        one, other = first.regimen, second.regimen
        if one and other and first.treatment == second.treatment and differ(one, other, units):
            passages = (*one.passages[:1], *other.passages[:1])
            found.append(Contradiction(first.treatment, passages or (*first.passages[:1], *second.passages[:1])))
    return found


def strongest(facts: Sequence[Fact]) -> list[Fact]:
    """Without weaker claims (`suspected`) of a concept that is confirmed elsewhere."""
    sure = {fact.concept for fact in facts if fact.therapy is None and fact.present}
    weak = (Certainty.POSSIBLE, Certainty.PROBABLE)
    return [fact for fact in facts if fact.concept not in sure or fact.assertion.certainty not in weak or fact.therapy]
