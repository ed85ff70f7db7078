"""Formulas for a body weight other than the measured one, with where they come from."""

from decimal import Decimal

from msgspec import Struct

from indicated.model.quantity import Quantity
from indicated.model.rule import Rule


class WeightFormula(Struct, frozen=True):
    """An ideal body weight from sex and height, and the weight between it and the measured one that a dose may go by.

    Ideal: `base` for the sex (by concept) and `each` more for each inch (`[in_i]`) of height over `above`. Dosing
    weight: the ideal weight and `share` of what the measured weight has over it. `when` says for whom it is meant.
    """

    id: str
    label: str
    cite: tuple[str, ...]
    base: dict[str, Quantity]
    above: Quantity
    each: Quantity
    share: Decimal
    when: Rule | None = None
    plain: str = ""
