"""A course as asked, worked out for the product: vials, bill, volume, hours, grams a year; and weights to dose by."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from msgspec.structs import replace

from indicated.engine.arithmetic import absolute, days_of
from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.engine.infusion import infusion
from indicated.engine.vials import held, rounded_down, rounded_up
from indicated.model.dispensing import Dispensing, Weights
from indicated.model.formula import WeightFormula
from indicated.model.product import Product
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen, Request
from indicated.model.verdict import Verdict

HEIGHT = "demo.height"
_YEAR, _MONTHS = Decimal("365.25"), Decimal(12)
_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
_WHOLE, _TENTH = Decimal(1), Decimal("0.1")


def dispensing(request: Request, facts: Facts, on: date) -> Dispensing | None:
    """The course worked out; None where no amount in grams can be told.

    Without a product named only what does not depend on one is worked out.
    """
    made = _course(request, facts, on)
    loading = request.regimen.loading if request.regimen is not None else None
    if made is None or loading is None:
        return made
    return replace(made, loading=_course(replace(request, regimen=loading), facts, on))


def _course(request: Request, facts: Facts, on: date) -> Dispensing | None:
    """One course as a regimen tells it."""
    regimen = request.regimen
    total = regimen.course_total() if regimen is not None else None
    known = facts.weight()
    course = absolute(total, known[0] if known else None, facts.units) if total is not None else None
    if regimen is None or course is None or course.exact is None or course.exact <= 0:
        return None
    product = facts.knowledge.product_table.get(request.product)
    yearly = _yearly(course.exact, regimen, facts)
    if product is None:
        return Dispensing("", course, yearly=yearly)
    days = regimen.days.exact if regimen.days is not None and regimen.days.exact is not None else Decimal(1)
    if days < 1 or days != days.to_integral_value():
        return Dispensing(product.concept, course, yearly=yearly)
    day = course.exact / days
    return _of_product(product, request, course, day, int(days), yearly, facts, on)


def _of_product(  # noqa: PLR0913, PLR0917  (what was worked out before)
    product: Product,
    request: Request,
    course: Quantity,
    day: Decimal,
    days: int,
    yearly: Quantity | None,
    facts: Facts,
    on: date,
) -> Dispensing:
    vials = rounded_up(day, product.vials)
    given = held(vials) * days if vials is not None else None
    below = rounded_down(day, product.vials)
    volume = (day * _HUNDRED / product.strength) if product.strength else None
    known = facts.weight()
    weight = known[0].exact if known is not None else None
    by_vein = request.regimen is None or not request.regimen.route or request.regimen.route.lower() in _BY_VEIN
    run = None
    if volume is not None and weight is not None and by_vein and "IV" in product.routes:
        run = infusion(product, volume=volume, weight=weight, conditions=request.indications, facts=facts, on=on)
    unread = [name for name in ("vials", "hcpcs", "hcpcs_unit") if name in product.recalled]
    return Dispensing(
        product=product.concept,
        course=course,
        days=days,
        day=Quantity.of(_to(day, _TENTH), "g"),
        vials=vials or (),
        given=None if given is None else Quantity.of(given, "g"),
        over=None if given is None else Quantity.of(_to(given - (course.exact or Decimal(0)), _TENTH), "g"),
        below=None if below is None or vials is None or below == held(vials) else Quantity.of(below * days, "g"),
        units=_units(given if given is not None else course.exact, product),
        volume=None if volume is None else Quantity.of(_to(volume, _WHOLE), "mL"),
        hours=run.hours if run is not None else None,
        stages=run.stages if run is not None else (),
        slower=run.slower if run is not None else None,
        yearly=yearly,
        recalled=(*unread, *(("rates",) if run is not None and not run.verified else ())),
    )


_BY_VEIN = ("iv", "intravenous")


def _units(grams: Decimal | None, product: Product) -> int | None:
    """Billed units of a course: each begun unit counts."""
    if grams is None or not product.hcpcs_unit or not product.hcpcs:
        return None
    return int((grams * _THOUSAND / product.hcpcs_unit).to_integral_value(ROUND_CEILING))


def _yearly(course: Decimal, regimen: Regimen, facts: Facts) -> Quantity | None:
    """Grams in a year at the interval asked for; a calendar month comes twelve times in it."""
    interval = regimen.interval
    if interval is None or interval.low is None or interval.high is None or not interval.low:
        return None
    if interval.unit == "mo":
        low, high = _MONTHS / interval.high, _MONTHS / interval.low
    else:
        days = days_of(interval, facts.units)
        if days is None:
            return None
        low, high = _YEAR / days[1], _YEAR / days[0]
    return Quantity(_to(course * low, _WHOLE), _to(course * high, _WHOLE), "g")


def weights(formulas: tuple[WeightFormula, ...], facts: Facts, on: date) -> Weights | None:
    """The weights to dose by, from the first formula meant for this patient; None without sex, height and weight."""
    known, height = facts.weight(), _height(facts)
    if known is None or known[0].exact is None or height is None or height.exact is None:
        return None
    for formula in formulas:
        if formula.when is not None and evaluate(formula.when, facts, on).verdict is not Verdict.MET:
            continue
        base = next((weight for sex, weight in formula.base.items() if facts.below(sex)), None)
        inches = facts.units.convert(height, formula.above.unit)
        if base is None or base.exact is None or inches is None or inches.exact is None:
            continue
        over = inches.exact - (formula.above.exact or Decimal(0))
        ideal = base.exact + (formula.each.exact or Decimal(0)) * max(over, Decimal(0))
        dosing = ideal + formula.share * max(known[0].exact - ideal, Decimal(0))
        return Weights(
            formula=formula.id,
            measured=known[0],
            ideal=Quantity.of(_to(ideal, _TENTH), "kg"),
            dosing=Quantity.of(_to(min(dosing, known[0].exact), _TENTH), "kg"),
            height=height,
        )
    return None


def _height(facts: Facts) -> Quantity | None:
    told = [fact.value for fact in facts.exactly(HEIGHT) if fact.value is not None]
    return told[0] if told and all(one == told[0] for one in told) else None


def _to(number: Decimal, places: Decimal) -> Decimal:
    return number.quantize(places, ROUND_HALF_EVEN).normalize() + Decimal(0)
