"""Dose arithmetic in exact decimals: per kilogram and absolute both ways, and the weight that a dose implies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from indicated.engine.evaluate_port import Evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import DoseCheck, DoseIssue
from indicated.model.product import Product
from indicated.model.quantity import Quantity, Units, plain
from indicated.model.regimen import Regimen, Request
from indicated.model.standard import Dosing, Standard
from indicated.model.verdict import Verdict

PER_KG, TOTAL, WEIGHT = "g/kg", "g", "kg"
_SHOWN = Decimal("0.001")
# A calendar month has 28 to 31 days; it is never silently taken for four weeks.
_MONTH_DAYS = (Decimal(28), Decimal(31))


def check_dose(
    request: Request,
    standards: tuple[Standard, ...],
    products: tuple[Product, ...],
    facts: Facts,
    on: date,
    evaluate: Evaluate,
) -> tuple[DoseCheck, ...]:
    """The regimen asked for beside every sourced range that may concern this patient, standards first.

    A range whose `when` is not met is left out. With no range at all there is one check that says so.
    """
    ranges = list(_ranges(standards, products, facts, on, evaluate))
    if not ranges:
        return (_check(request.regimen, None, "", facts),)
    return tuple(_check(request.regimen, dosing, origin, facts) for origin, dosing in ranges)


def _ranges(
    standards: tuple[Standard, ...], products: tuple[Product, ...], facts: Facts, on: date, evaluate: Evaluate
) -> Iterator[tuple[str, Dosing]]:
    for standard in standards:
        for dosing in standard.regimens:
            if dosing.when is None or evaluate(dosing.when, facts, on).verdict is not Verdict.NOT_MET:
                yield standard.id, dosing
    conditions = {condition for standard in standards for condition in standard.conditions}
    for product in products:
        for use in product.uses:
            if use.dosing is None or not conditions.intersection(use.conditions):
                continue
            if use.when is None or evaluate(use.when, facts, on).verdict is not Verdict.NOT_MET:
                yield product.concept, use.dosing


def _check(regimen: Regimen | None, dosing: Dosing | None, origin: str, facts: Facts) -> DoseCheck:
    total = regimen.course_total() if regimen is not None else None
    known = facts.weight()
    weight = known[0] if known is not None else None
    per_kg = per_kilogram(total, weight, facts.units) if total is not None else None
    grams = absolute(total, weight, facts.units) if total is not None else None
    issues = list(_issues(regimen, dosing, total, per_kg, facts))
    fits = None
    if total is not None and per_kg is None and dosing is not None and dosing.per_course is not None:
        fits = fitting_weight(total, dosing.per_course, facts.units)
    return DoseCheck(
        issues=tuple(issues),
        range=dosing,
        requested=total,
        per_kg=per_kg,
        total=grams,
        weight=weight,
        weight_fits=fits,
        standard=origin,
    )


def _issues(
    regimen: Regimen | None, dosing: Dosing | None, total: Quantity | None, per_kg: Quantity | None, facts: Facts
) -> Iterator[DoseIssue]:
    if regimen is not None and regimen.doubts:
        yield DoseIssue.DOUBT
    elif total is None:
        yield DoseIssue.DOSE_MISSING
    if dosing is None:
        yield DoseIssue.NO_RANGE
        return
    dose = [] if total is None else list(_amount_issues(total, per_kg, dosing, facts.units))
    yield from dose
    rhythm = list(_interval_issues(regimen.interval if regimen else None, dosing, facts.units))
    yield from rhythm
    days = regimen.days if regimen else None
    spread = days is not None and dosing.days is not None and not _inside(days, dosing.days, facts.units)
    if spread:
        yield DoseIssue.DAYS_OUTSIDE
    settled = total is not None and not dose and not spread
    if settled and all(issue in (DoseIssue.INTERVAL_FITS, DoseIssue.MONTH_APPROXIMATE) for issue in rhythm):
        yield DoseIssue.FITS


def _amount_issues(total: Quantity, per_kg: Quantity | None, dosing: Dosing, units: Units) -> Iterator[DoseIssue]:
    limit = dosing.per_course
    if limit is None:
        return
    asked = per_kg if units.convert(limit, PER_KG) is not None else units.convert(total, limit.unit)
    if asked is None:
        yield DoseIssue.WEIGHT_MISSING
        return
    inside = units.convert(limit, asked.unit)
    assert inside is not None
    if inside.high is not None and (asked.high is None or asked.high > inside.high):
        yield DoseIssue.ABOVE
    if inside.low is not None and (asked.low is None or asked.low < inside.low):
        yield DoseIssue.BELOW


def _interval_issues(interval: Quantity | None, dosing: Dosing, units: Units) -> Iterator[DoseIssue]:
    if dosing.interval is None:
        return
    if interval is None:
        yield DoseIssue.INTERVAL_MISSING
        return
    asked, allowed = _days(interval, units), _days(dosing.interval, units)
    if asked is None or allowed is None:
        yield DoseIssue.INTERVAL_MISSING
        return
    if (interval.unit == "mo") != (dosing.interval.unit == "mo"):
        yield DoseIssue.MONTH_APPROXIMATE
        # A month fits where some month does: the flag says that the two are not the same.
        below, above = asked[1] < allowed[0], asked[0] > allowed[1]
    else:
        below, above = asked[0] < allowed[0], asked[1] > allowed[1]
    if below:
        yield DoseIssue.INTERVAL_SHORT
    elif above:
        yield DoseIssue.INTERVAL_LONG
    else:
        yield DoseIssue.INTERVAL_FITS


def _days(period: Quantity, units: Units) -> tuple[Decimal, Decimal] | None:
    if period.low is None or period.high is None:
        return None
    if period.unit == "mo":
        return period.low * _MONTH_DAYS[0], period.high * _MONTH_DAYS[1]
    inside = units.convert(period, "d")
    return None if inside is None or inside.low is None or inside.high is None else (inside.low, inside.high)


def _inside(asked: Quantity, allowed: Quantity, units: Units) -> bool:
    same = units.convert(asked, allowed.unit)
    if same is None:
        return False
    low_fits = allowed.low is None or (same.low is not None and same.low >= allowed.low)
    return low_fits and (allowed.high is None or (same.high is not None and same.high <= allowed.high))


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
    """The weights at which an absolute dose falls inside a per-kilogram range: 70 g at 2 g/kg is 35 kg."""
    grams, each = units.convert(total, TOTAL), units.convert(allowed, PER_KG)
    if grams is None or each is None or grams.low is None or grams.high is None:
        return None
    lightest = None if each.high is None else _shown(grams.high / each.high)
    heaviest = None if each.low is None or each.low == 0 else _shown(grams.low / each.low)
    if lightest is None and heaviest is None:
        return None
    if lightest is not None and heaviest is not None and lightest > heaviest:
        return None
    return Quantity(lightest, heaviest, WEIGHT)


def _mapped(quantity: Quantity, change: Callable[[Decimal], Decimal], unit: str) -> Quantity:
    low = None if quantity.low is None else _shown(change(quantity.low))
    high = None if quantity.high is None else _shown(change(quantity.high))
    return Quantity(low, high, unit, quantity.low_open, quantity.high_open)


def _shown(number: Decimal) -> Decimal:
    """To a thousandth, without idle zeros, so that what is shown is what is compared."""
    return Decimal(plain(number.quantize(_SHOWN, ROUND_HALF_EVEN)))
