"""Scores: points for what is documented, the most that could still be reached, and the level of both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from indicated.engine.evaluate_port import Evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import ItemResult, ScoreResult
from indicated.model.score import Calculator, Item
from indicated.model.verdict import Verdict


def calculate(calculator: Calculator, facts: Facts, on: date, evaluate: Evaluate) -> ScoreResult:
    """The score of a case. `low` and `high` are the least and the most that it can be: an unknown item that adds points
    counts for `high` only, one that takes points away for `low` only.

    A gate (`requires`) that is not met reaches no level; an unknown gate reaches one only in `could_be`. The variant's
    points count only when the variant is documented.
    """
    variant = calculator.variant is not None and evaluate(calculator.variant, facts, on).verdict is Verdict.MET
    requires = evaluate(calculator.requires, facts, on) if calculator.requires is not None else None
    items = tuple(
        ItemResult(item.id, _points(item, variant=variant), evaluate(item.rule, facts, on)) for item in calculator.items
    )
    met = sum((item.points for item in items if item.step.verdict is Verdict.MET), Decimal(0))
    open_ = [item.points for item in items if item.step.verdict is Verdict.UNKNOWN]
    low = met + sum((points for points in open_ if points < 0), Decimal(0))
    high = met + sum((points for points in open_ if points > 0), Decimal(0))
    gate = requires.verdict if requires is not None else Verdict.MET
    return ScoreResult(
        calculator=calculator.id,
        low=low,
        high=high,
        level=_level(calculator, low, variant=variant) if gate is Verdict.MET else calculator.below,
        could_be=_level(calculator, high, variant=variant) if gate is not Verdict.NOT_MET else calculator.below,
        items=items,
        requires=requires,
        variant=variant,
    )


def _points(item: Item, *, variant: bool) -> Decimal:
    return item.points_variant if variant and item.points_variant is not None else item.points


def _level(calculator: Calculator, total: Decimal, *, variant: bool) -> str:
    reached = calculator.below
    for threshold in calculator.thresholds:
        limit = threshold.at_least_variant if variant and threshold.at_least_variant is not None else threshold.at_least
        if total >= limit:
            reached = threshold.level
    return reached
