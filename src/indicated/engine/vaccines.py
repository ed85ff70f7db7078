"""From when a live vaccine may follow: counted from the last dose on record and from the first one asked for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from indicated.engine.arithmetic import per_kilogram
from indicated.engine.episodes import episodes
from indicated.engine.facts import Facts
from indicated.engine.measurements import days
from indicated.engine.safety import products_for
from indicated.model.determination import VaccineDate
from indicated.model.fact import Fact
from indicated.model.product import VaccineWait
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen, Request


def vaccine_dates(request: Request, facts: Facts) -> tuple[VaccineDate, ...]:
    """One date for the last dose whose day and amount are on record, one for the first dose of the request.

    None where the day, the dose per kilogram or a wait for such a dose is not known.
    """
    given = [
        (day, fact.therapy.regimen, fact)
        for fact in episodes(request, facts)
        if fact.therapy is not None and (day := fact.therapy.ended or fact.on) is not None
    ]
    if not given and request.begins is None:
        return ()
    waits = tuple(wait for product in products_for(request, facts) for wait in product.waits)
    found: list[VaccineDate | None] = []
    if given:
        day, regimen, fact = max(given, key=lambda one: one[0])
        found.append(_counted(day, regimen, waits, facts, fact))
    if request.begins is not None:
        found.append(_counted(request.begins, request.regimen, waits, facts, None))
    return tuple(one for one in found if one is not None)


def _counted(
    day: date, regimen: Regimen | None, waits: tuple[VaccineWait, ...], facts: Facts, fact: Fact | None
) -> VaccineDate | None:
    total = regimen.course_total() if regimen is not None else None
    weight = facts.weight()
    dose = per_kilogram(total, weight[0] if weight is not None else None, facts.units) if total is not None else None
    wait = _wait(dose, waits, facts)
    if dose is None or wait is None:
        return None
    return VaccineDate(day, dose, wait, _after(day, wait.wait, facts), fact is None, fact)


def _wait(dose: Quantity | None, waits: tuple[VaccineWait, ...], facts: Facts) -> VaccineWait | None:
    """The first whose dose is not below this one."""
    if dose is None or dose.high is None:
        return None
    for wait in waits:
        most = facts.units.convert(wait.per_course, dose.unit)
        if most is not None and most.exact is not None and dose.high <= most.exact:
            return wait
    return None


def _after(day: date, wait: Quantity, facts: Facts) -> date:
    """The day after which the wait is over; months are those of the calendar."""
    if wait.unit != "mo":
        return day + timedelta(days=int(days(wait, facts)))
    months = day.month - 1 + int(wait.exact or Decimal(0))
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
