"""One measure then and now: its first and last dated value, the change, and whether it is one for the better."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from indicated.engine.facts import Facts
from indicated.model.concept import Better, Kind
from indicated.model.continuation import Followed, Trend
from indicated.model.fact import Fact
from indicated.model.quantity import Quantity
from indicated.model.standard import Gauge
from indicated.model.verdict import Verdict

_THEN_AND_NOW = 2


def followed(gauges: tuple[Gauge, ...], facts: Facts, since: date | None, on: date) -> tuple[Followed, ...]:
    """The measures with two dated values: the standard's own first, then every other scale that has a better end."""
    found: dict[str, Followed] = {}
    for gauge in gauges:
        for concept in dict.fromkeys(fact.concept for fact in facts.below(gauge.concept)):
            one = _followed(concept, gauge, facts, since, on)
            if one is not None:
                found.setdefault(concept, one)
    for concept in dict.fromkeys(fact.concept for fact in facts.facts if fact.value is not None):
        if concept not in found and _scale(concept, facts):
            one = _followed(concept, None, facts, since, on)
            if one is not None:
                found[concept] = one
    return tuple(found.values())


def _scale(concept: str, facts: Facts) -> bool:
    """Whether it is a scale by which one may tell better from worse; a laboratory value is followed where asked for."""
    found = facts.vocabulary.concepts.get(concept)
    return found is not None and found.kind is Kind.SCALE and found.better is not None


def unordered(gauges: tuple[Gauge, ...], facts: Facts, on: date) -> tuple[Fact, ...]:
    """The values of the standard's own measures of which no two have a day, so that none is before another."""
    told = [fact for gauge in gauges for fact in facts.below(gauge.concept) if fact.value is not None]
    by_concept: dict[str, list[Fact]] = {}
    for fact in dict.fromkeys(told):
        by_concept.setdefault(fact.concept, []).append(fact)
    return tuple(
        fact
        for concept, values in by_concept.items()
        for fact in values
        if len({one.on for one in _values(concept, facts, on)}) < _THEN_AND_NOW
    )


def _values(concept: str, facts: Facts, on: date) -> list[Fact]:
    """The exact values of the concept itself with a day that has come."""
    told = facts.exactly(concept)
    return [fact for fact in told if fact.value is not None and fact.value.exact is not None and _come(fact, on)]


def _come(fact: Fact, on: date) -> bool:
    return fact.on is not None and fact.on <= on


def _followed(concept: str, gauge: Gauge | None, facts: Facts, since: date | None, on: date) -> Followed | None:
    """The values in order; None where there is one day only, a day has two values, or two do not convert."""
    told = _values(concept, facts, on)
    days = sorted({fact.on for fact in told if fact.on is not None})
    values = tuple(value for day in days if (value := _only(told, day)) is not None)
    if len(values) < max(len(days), _THEN_AND_NOW):
        return None
    change = _change(values[0], values[-1], facts)
    if change is None:
        return None
    trend = _trend(change, _better(concept, facts))
    baseline = gauge is None or not gauge.on_treatment
    late = baseline and since is not None and days[0] > _last_day(since)
    return Followed(concept, values, change, trend, gauge, _enough(change, trend, gauge, facts), late=late)


def _only(told: list[Fact], day: date) -> Fact | None:
    """The fact of the day, where all of it say the same."""
    found = [fact for fact in told if fact.on == day]
    return found[0] if len({fact.value for fact in found}) == 1 else None


def _change(first: Fact, last: Fact, facts: Facts) -> Quantity | None:
    if first.value is None or last.value is None:
        return None
    then = facts.units.convert(first.value, last.value.unit)
    if then is None or then.exact is None or last.value.exact is None:
        return None
    return Quantity.of(last.value.exact - then.exact, last.value.unit)


def _better(concept: str, facts: Facts) -> Better | None:
    found = facts.vocabulary.concepts.get(concept)
    return found.better if found is not None else None


def _trend(change: Quantity, better: Better | None) -> Trend:
    by = change.exact
    if not by:
        return Trend.UNCHANGED
    if better is None:
        return Trend.CHANGED
    return Trend.BETTER if (by > 0) == (better is Better.HIGHER) else Trend.WORSE


def _enough(change: Quantity, trend: Trend, gauge: Gauge | None, facts: Facts) -> Verdict | None:
    """Whether a change for the better reaches what the standard counts as one; worse or none does not."""
    if gauge is None or gauge.by is None or trend is Trend.CHANGED:
        return None
    size = facts.units.convert(change, gauge.by.unit)
    if size is None or size.exact is None or gauge.by.exact is None:
        return None
    return Verdict.MET if trend is Trend.BETTER and abs(size.exact) >= gauge.by.exact else Verdict.NOT_MET


def _last_day(since: date) -> date:
    """The last day that may be meant: the first of a month may stand for the month, of a year for the year."""
    if since.day != 1:
        return since
    month = since.month if since.month != 1 else 12
    return date(since.year, month, monthrange(since.year, month)[1])
