"""The regimen asked for beside every sourced range: amount, rhythm, infusion days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from indicated.engine.arithmetic import PER_KG, absolute, days_of, fitting_weight, per_kilogram
from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import DoseCheck, DoseIssue
from indicated.model.product import Product
from indicated.model.quantity import Quantity, Units
from indicated.model.regimen import Phase, Regimen, Request
from indicated.model.standard import Dosing, Standard
from indicated.model.verdict import Verdict


def check_dose(
    request: Request, standards: tuple[Standard, ...], products: tuple[Product, ...], facts: Facts, on: date
) -> tuple[DoseCheck, ...]:
    """The regimen asked for beside every sourced range that may concern this patient, standards first.

    A range whose `when` is not met, that is for the other phase, or for a route by which what is asked for is not
    given, is left out. With no range at all there is one check that says so.
    """
    routes = _routes(request, facts)
    ranges = [
        (origin, it)
        for origin, it in _ranges(standards, products, facts, on)
        if _of_phase(it, request.phase) and (not it.route or not routes or it.route.upper() in routes)
    ]
    if not ranges:
        return (_check(request.regimen, None, "", facts),)
    return tuple(_check(request.regimen, dosing, origin, facts) for origin, dosing in ranges)


def _routes(request: Request, facts: Facts) -> frozenset[str]:
    """The routes by which what is asked for is given: the product's, else the treatment's own; none when not known."""
    asked = facts.knowledge.product_table.get(request.product or request.treatment)
    return frozenset(route.upper() for route in asked.routes) if asked is not None else frozenset()


def _of_phase(dosing: Dosing, phase: Phase) -> bool:
    return dosing.phase is None or phase is Phase.UNKNOWN or dosing.phase is phase


def _ranges(
    standards: tuple[Standard, ...], products: tuple[Product, ...], facts: Facts, on: date
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
    repeated = regimen is not None and _too_many(regimen, dosing)
    if repeated:
        yield DoseIssue.COURSES_ABOVE
    # A range that gives no amount can be left and cannot be fitted.
    settled = total is not None and dosing.per_course is not None and not dose and not spread and not repeated
    if settled and all(issue in (DoseIssue.INTERVAL_FITS, DoseIssue.MONTH_APPROXIMATE) for issue in rhythm):
        yield DoseIssue.FITS


def _too_many(regimen: Regimen, dosing: Dosing) -> bool:
    """More courses than the range has. A course asked for again after an interval is at least two."""
    if dosing.courses is None or dosing.courses.high is None:
        return False
    asked = regimen.courses.low if regimen.courses is not None and regimen.courses.low is not None else None
    if asked is None and regimen.interval is not None:
        asked = Decimal(2)
    return asked is not None and asked > dosing.courses.high


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
    asked, allowed = days_of(interval, units), days_of(dosing.interval, units)
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


def _inside(asked: Quantity, allowed: Quantity, units: Units) -> bool:
    same = units.convert(asked, allowed.unit)
    if same is None:
        return False
    low_fits = allowed.low is None or (same.low is not None and same.low >= allowed.low)
    return low_fits and (allowed.high is None or (same.high is not None and same.high <= allowed.high))
