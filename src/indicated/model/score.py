"""Classification criteria and calculators: items with points, a gate, thresholds, sources."""

from decimal import Decimal

from msgspec import Struct

from indicated.model.rule import Rule


class Item(Struct, frozen=True):
    """Points given when the rule is met. `points_variant` replaces `points` when the calculator's variant holds."""

    id: str
    label: str
    points: Decimal
    rule: Rule
    points_variant: Decimal | None = None


class Threshold(Struct, frozen=True):
    """A total at or above which a level is reached, without and with the variant."""

    level: str
    at_least: Decimal
    at_least_variant: Decimal | None = None


class Calculator(Struct, frozen=True):
    """A score. `requires` must be met for any level to be reached; `variant` switches the point table (a muscle
    biopsy was taken). Thresholds rise.
    """

    id: str
    label: str
    cite: tuple[str, ...]
    items: tuple[Item, ...]
    thresholds: tuple[Threshold, ...]
    below: str
    requires: Rule | None = None
    variant: Rule | None = None
    variant_label: str = ""
    caveat: str = ""
