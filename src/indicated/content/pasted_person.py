"""Age and weight: the limits a line puts on the person."""

from __future__ import annotations

from decimal import Decimal

from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_numbers import AGE_LIMIT, LIMIT, PERIOD, limit
from indicated.content.pasted_segments import Segment
from indicated.model.policy_words import WordRole
from indicated.model.quantity import Comparison, Quantity, Units
from indicated.model.rule import Age, Rule, Weight

AGE, WEIGHT = "demo.age", "demo.weight"


def age_limits(segment: Segment, targets: list[tuple[str, ...]], placed: set[Bit]) -> list[Rule]:
    """An age limit, in figures or as a word (`adult`)."""
    limits = segment.having(AGE_LIMIT)
    ages = [target for target in targets if AGE in target]
    if ages or segment.having(WordRole.AGE):
        limits += segment.having(PERIOD)
        limits += [bit._replace(amount=_in_years(bit.amount)) for bit in segment.having(LIMIT) if is_bare(bit)]
        placed.update(segment.having(LIMIT, PERIOD))
    elif segment.having(WordRole.AGE_GROUP):
        told = [bit for bit in segment.having(PERIOD) if bit.values[0] and bit.amount and bit.amount.unit == "a"]
        limits += told
        placed.update(told)
    for target in ages:
        targets.remove(target)
    found: list[Rule] = []
    for bit in limits:
        assert bit.amount is not None
        found += [Age(one) for one in limit(bit.values[0] if bit.values else "", bit.amount)]
    if not found:
        for bit in segment.having(WordRole.AGE_GROUP):
            sign, value, unit = bit.values[0].split()
            found.append(Age(Comparison(sign, Quantity.of(Decimal(value), unit))))
    return found


def weight_limits(segment: Segment, targets: list[tuple[str, ...]], placed: set[Bit], units: Units) -> list[Rule]:
    """A limit on the weight."""
    weights = [target for target in targets if WEIGHT in target]
    if not weights and not segment.having(WordRole.WEIGHT):
        return []
    limits = [
        bit for bit in segment.having(LIMIT) if bit.amount and bit.amount.unit and units.convert(bit.amount, "kg")
    ]
    for target in weights:
        targets.remove(target)
    placed.update(limits)
    return [Weight(one) for bit in limits if bit.amount for one in limit(bit.values[0], bit.amount)]


def is_bare(bit: Bit) -> bool:
    """Whether a figure has no unit."""
    return bit.amount is not None and not bit.amount.unit


def _in_years(amount: Quantity | None) -> Quantity | None:
    return None if amount is None else Quantity(amount.low, amount.high, "a")
