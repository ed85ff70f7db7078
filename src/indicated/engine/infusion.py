"""How long an infusion takes by the label's rates: between the fastest and the slowest that it allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.dispensing import InfusionStage
from indicated.model.product import Product, Rate, RateLimit
from indicated.model.quantity import Quantity
from indicated.model.rule import Rule
from indicated.model.verdict import Verdict

_SIXTY, _TENTH = Decimal(60), Decimal("0.1")
_PER_WEIGHT = {"mg/kg/min": _SIXTY, "mL/kg/min": _SIXTY, "mL/kg/h": Decimal(1)}
_MOST_STAGES = 200


class Infusion(Struct, frozen=True):
    """The stages at the patient's weight, the hours a day, the rate that a risk on record lowers the highest to, and
    whether all of it was read on a label.
    """

    stages: tuple[InfusionStage, ...]
    hours: Quantity
    slower: Quantity | None
    verified: bool


def infusion(  # noqa: PLR0913
    product: Product, *, volume: Decimal, weight: Decimal, conditions: tuple[str, ...], facts: Facts, on: date
) -> Infusion | None:
    """The infusion of a volume (mL) by vein on one day at a weight (kg); None where the label's rates are not known."""
    rate = next(_rates(product, conditions, facts, on), None)
    strength = product.strength
    if rate is None or strength is None:
        return None
    stages = [InfusionStage(one, step.minutes) for step in rate.steps if (one := _hourly(step.rate, weight, strength))]
    highest = _hourly(rate.maximum, weight, strength)
    if len(stages) != len(rate.steps) or highest is None or highest.high is None:
        return None
    limits = [
        found
        for limit in _limits(product, conditions, facts, on)
        if (found := _hourly(limit.maximum, weight, strength))
    ]
    slower = min(limits, key=lambda one: one.high or Decimal(0), default=None)
    cap = min(highest.high, slower.high) if slower is not None and slower.high is not None else highest.high
    fast = _minutes(volume, _fastest(stages, rate, cap, weight, strength))
    slow = _minutes(volume, _slowest(stages, cap))
    hours = Quantity(_tenth(fast / _SIXTY), _tenth(slow / _SIXTY), "h")
    shown = (*stages, InfusionStage(Quantity.of(cap, "mL/h"))) if stages[-1].rate.high != cap else tuple(stages)
    return Infusion(shown, hours, slower, rate.verified)


def _rates(product: Product, conditions: tuple[str, ...], facts: Facts, on: date) -> Iterator[Rate]:
    """The rates for this use and patient, the one for first infusions before that for later ones."""
    for rate in product.rates:
        for_it = not rate.conditions or any(
            facts.vocabulary.related(one, asked) for one in rate.conditions for asked in conditions
        )
        if for_it and rate.route == "IV" and _may_be(rate.when, facts, on):
            yield rate


def _limits(product: Product, conditions: tuple[str, ...], facts: Facts, on: date) -> Iterator[RateLimit]:
    """The lower limits that a fact on record brings up."""
    for limit in product.limits:
        for_it = not limit.conditions or any(
            facts.vocabulary.related(one, asked) for one in limit.conditions for asked in conditions
        )
        if for_it and evaluate(limit.when, facts, on).verdict is Verdict.MET:
            yield limit


def _may_be(when: Rule | None, facts: Facts, on: date) -> bool:
    return when is None or evaluate(when, facts, on).verdict is not Verdict.NOT_MET


def _hourly(rate: Quantity, weight: Decimal, strength: Decimal) -> Quantity | None:
    """A rate in mL/h at a weight; None for a unit that is no rate of an infusion by vein. Ends to a tenth."""
    times = _PER_WEIGHT.get(rate.unit)
    if times is None:
        return None
    # Percent is grams in 100 mL, which is ten times as many milligrams in one.
    in_one = strength * 10 if rate.unit.startswith("mg") else Decimal(1)

    def at(end: Decimal | None) -> Decimal | None:
        return None if end is None else _tenth(end * weight * times / in_one)

    return Quantity(at(rate.low), at(rate.high), "mL/h", rate.low_open, rate.high_open)


def _fastest(
    stages: list[InfusionStage], rate: Rate, cap: Decimal, weight: Decimal, strength: Decimal
) -> Iterator[tuple[Decimal, Decimal | None]]:
    """Rate and minutes of each stage as fast as the label allows."""
    for stage in stages:
        speed = min(stage.rate.high or cap, cap)
        minutes = stage.minutes.low if stage.minutes is not None else None
        if minutes is None and speed < cap and rate.every is None:
            break
        if minutes is None and rate.every is not None:
            minutes = rate.every.low
        yield speed, minutes
    by = _hourly(rate.by, weight, strength) if rate.by is not None else None
    if by is not None and by.high and rate.every is not None and rate.every.low and stages[-1].rate.high is not None:
        speed = stages[-1].rate.high
        for _ in range(_MOST_STAGES):
            speed = min(speed + by.high, cap)
            if speed == cap:
                break
            yield speed, rate.every.low
    yield cap, None


def _slowest(stages: list[InfusionStage], cap: Decimal) -> Iterator[tuple[Decimal, Decimal | None]]:
    """The same when nobody goes beyond the last stage that the label names."""
    for stage in stages[:-1]:
        yield min(stage.rate.low or cap, cap), stage.minutes.high if stage.minutes is not None else None
    yield min(stages[-1].rate.low or cap, cap), None


def _minutes(volume: Decimal, stages: Iterator[tuple[Decimal, Decimal | None]]) -> Decimal:
    """How long the volume takes through the stages, each held for its minutes, the last to the end."""
    left, taken = volume, Decimal(0)
    for speed, minutes in stages:
        needed = left / speed * _SIXTY
        if minutes is None or needed <= minutes:
            return taken + needed
        left -= speed * minutes / _SIXTY
        taken += minutes
    return taken


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(_TENTH, ROUND_HALF_EVEN)
