"""Dose arithmetic in exact decimals: per kilogram and absolute both ways, and the weight that a dose implies."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from indicated.model.quantity import Quantity, Units, plain

PER_KG, TOTAL, WEIGHT = "g/kg", "g", "kg"
_SHOWN = Decimal("0.001")


def per_kilogram(total: Quantity, weight: Quantity | None, units: Units) -> Quantity | None:
    """A course in g/kg: as asked, or the grams divided by one exact weight (to a thousandth); None without it."""
    direct = units.convert(total, PER_KG)
    if direct is not None:
        return direct
    grams = units.convert(total, TOTAL)
    if grams is None or weight is None or weight.exact is None or weight.exact <= 0:
        return None
    kilograms = weight.exact
    return _mapped(grams, lambda amount: amount / kilograms, PER_KG)


def absolute(total: Quantity, weight: Quantity | None, units: Units) -> Quantity | None:
    """A course in grams: as asked, or g/kg times one exact weight; None without it."""
    direct = units.convert(total, TOTAL)
    if direct is not None:
        return direct
    each = units.convert(total, PER_KG)
    if each is None or weight is None or weight.exact is None:
        return None
    kilograms = weight.exact
    return _mapped(each, lambda amount: amount * kilograms, TOTAL)


def fitting_weight(total: Quantity, allowed: Quantity, units: Units) -> Quantity | None:
    """The weights (to a thousandth) at which an absolute dose is in a per-kilogram range: 70 g at 2 g/kg is 35 kg."""
    grams, each = units.convert(total, TOTAL), units.convert(allowed, PER_KG)
    if grams is None or each is None or grams.low is None or grams.high is None:
        return None
    lightest = None if each.high is None else _shown(grams.high / each.high, ROUND_CEILING)
    heaviest = None if each.low is None or each.low == 0 else _shown(grams.low / each.low, ROUND_FLOOR)
    if lightest is None and heaviest is None:
        return None
    if lightest is not None and heaviest is not None and lightest > heaviest:
        # One amount per kilogram is met by one weight, which may lie between two thousandths.
        single = each.exact is not None and grams.exact is not None
        return Quantity.of(_shown(grams.high / each.high), WEIGHT) if single and each.high else None
    return Quantity(lightest, heaviest, WEIGHT)


def _mapped(quantity: Quantity, change: Callable[[Decimal], Decimal], unit: str) -> Quantity:
    low = None if quantity.low is None else _shown(change(quantity.low))
    high = None if quantity.high is None else _shown(change(quantity.high))
    return Quantity(low, high, unit, quantity.low_open, quantity.high_open)


def _shown(number: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """To a thousandth, without idle zeros, so that what is shown is what is compared."""
    return Decimal(plain(number.quantize(_SHOWN, rounding)))


def days_of(period: Quantity, units: Units) -> tuple[Decimal, Decimal] | None:
    """The fewest and the most days of a period, nothing and infinity where an end is open; None where it is no time.

    A calendar month has 28 to 31 days; it is never silently taken for four weeks.
    """
    months = period.unit == "mo"
    inside = period if months else units.convert(period, "d")
    if inside is None or (inside.low is None and inside.high is None):
        return None
    fewest, most = (_SHORTEST_MONTH, _LONGEST_MONTH) if months else (Decimal(1), Decimal(1))
    low = Decimal(0) if inside.low is None else inside.low * fewest
    return low, _NO_END if inside.high is None else inside.high * most


_NO_END = Decimal("Infinity")
_SHORTEST_MONTH, _LONGEST_MONTH = Decimal(28), Decimal(31)
