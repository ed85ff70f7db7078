"""Figures that stand side by side without a word between: a value and the range it was held against, or one value in
two units. Nothing but columns or a bracket says which is which.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from indicated.model.quantity import Quantity, Units
    from indicated.reading.numbers import Number
    from indicated.reading.quantities import Found
    from indicated.reading.scene import Scene

_BETWEEN = lazily(r"[ |]*(?:x(?= ))?[ |]*")
_COLUMNS = lazily(r"[^\S\n]{2,}|\t|\|")
_ROUNDED = Decimal("0.01")


def before_range(scene: Scene, figure: Number, item: Found) -> bool:
    """Whether a figure without unit is the value and the quantity after it its range, whose unit it shares
    (`138  135 - 145 mEq/L`). A single limit must stand in a column of its own.
    """
    if not _BETWEEN.fullmatch(scene.view.flat, figure.end, item.first):
        return False
    if item.quantity.exact is None and item.quantity.low is not None and item.quantity.high is not None:
        return True
    first = scene.view.span(figure.first, figure.end)[1]
    last = scene.view.span(item.first, item.end)[0]
    return _COLUMNS.search(scene.view.document.text, first, last) is not None


def is_range(gap: str, value: Quantity, after: Quantity, units: Units) -> bool:
    """Whether what stands right after a value with a unit is its range (`30 mm/h  <20 mm/h`)."""
    return not gap.strip(" |") and value.exact is not None and after.exact is None and _comparable(value, after, units)


def is_same(gap: str, value: Quantity, after: Quantity, units: Units) -> bool:
    """Whether a value in brackets is the one before it in another unit (`98.6 F (37 C)`), but for rounding."""
    if gap.strip(" =") not in ("(", "[", "/", "") or value.unit == after.unit:
        return False
    same = units.convert(value, after.unit)
    if same is None or same.exact is None or after.exact is None:
        return False
    return abs(same.exact - after.exact) <= max(abs(same.exact), abs(after.exact)) * _ROUNDED


def _comparable(value: Quantity, other: Quantity, units: Units) -> bool:
    return units.convert(value, other.unit) is not None
