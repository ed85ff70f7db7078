"""The regimen given so far beside the one asked for, and the weekly dose under the skin that a label makes of it."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from indicated.engine.arithmetic import absolute
from indicated.engine.episodes import told_apart
from indicated.engine.facts import Facts
from indicated.engine.measurements import days
from indicated.model.concept import Kind
from indicated.model.continuation import Before, RegimenPart, WeeklyDose
from indicated.model.fact import Fact, Stage
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen, Request

_WEEK, _TENTH = Decimal(7), Decimal("0.1")


def before(request: Request, courses: tuple[Fact, ...], facts: Facts) -> Before | None:
    """The last regimen with a dose and a rhythm, as the request or else the record tells it; None without one.

    Of several in use at once none is the last.
    """
    if request.replaces is not None and request.replaces.course_total() is not None:
        return Before(request.replaces, changes=_changes(request, request.replaces, "", facts))
    told = [(fact, fact.therapy.regimen) for fact in courses if fact.therapy and _running(fact)]
    known = [(fact, regimen) for fact, regimen in told if regimen and _whole(regimen) and told_apart(regimen, request)]
    if not known:
        return None
    started = [fact.therapy.started for fact, _ in known if fact.therapy and fact.therapy.started is not None]
    latest: date | None = max(started, default=None)
    last = [(fact, regimen) for fact, regimen in known if fact.therapy and fact.therapy.started == latest]
    if len({(regimen.course_total(), regimen.interval) for _, regimen in last}) != 1:
        return None
    fact, regimen = last[0]
    return Before(regimen, fact.concept, fact, _changes(request, regimen, fact.concept, facts))


def _running(fact: Fact) -> bool:
    return fact.therapy is not None and fact.therapy.stage is Stage.CURRENT


def _whole(regimen: Regimen) -> bool:
    return not regimen.doubts and regimen.course_total() is not None and regimen.interval is not None


def _changes(request: Request, was: Regimen, concept: str, facts: Facts) -> tuple[RegimenPart, ...]:
    """The parts that both tell and tell differently."""
    now = request.regimen
    total = now.course_total() if now is not None else None
    differ = {
        RegimenPart.TREATMENT: _other_treatment(request, concept, facts),
        RegimenPart.PRODUCT: _other_product(request, concept, facts),
        RegimenPart.DOSE: total is not None and _other_dose(was.course_total(), total, facts),
        RegimenPart.INTERVAL: now is not None and _other_interval(was.interval, now.interval, facts),
    }
    return tuple(part for part, other in differ.items() if other)


def _other_treatment(request: Request, concept: str, facts: Facts) -> bool:
    return concept != "" and not facts.vocabulary.related(concept, request.treatment)


def _other_product(request: Request, concept: str, facts: Facts) -> bool:
    known = facts.vocabulary.concepts.get(concept)
    named = known is not None and known.kind is Kind.PRODUCT and request.product != ""
    return named and not facts.vocabulary.related(concept, request.product)


def _other_dose(was: Quantity | None, now: Quantity, facts: Facts) -> bool:
    """Whether the two differ, in grams where one is told by the kilogram and the weight is known."""
    if was is None or was.unit == now.unit:
        return was is not None and was != now
    known = facts.weight()
    weight = known[0] if known is not None else None
    then, asked = absolute(was, weight, facts.units), absolute(now, weight, facts.units)
    return then is not None and asked is not None and then != asked


def _other_interval(was: Quantity | None, now: Quantity | None, facts: Facts) -> bool:
    if was is None or now is None or was.exact is None or now.exact is None:
        return False
    months = {was.unit, now.unit} == {"mo"}
    # A month is no number of weeks: told in both, they are not called different, nor the same.
    if ("mo" in (was.unit, now.unit)) and not months:
        return False
    return was.exact != now.exact if months else days(was, facts) != days(now, facts)


def weekly_dose(request: Request, last: Before | None, facts: Facts) -> WeeklyDose | None:
    """The label's first weekly dose after treatment by vein, where the label has one for this condition.

    None where the treatment stays what it was, a month is the interval, or the dose in grams is not known.
    """
    product = facts.knowledge.product_table.get(request.product)
    if product is None or product.weekly_factor is None or last is None or RegimenPart.TREATMENT not in last.changes:
        return None
    wanted = [name for name in request.indications if name in facts.vocabulary]
    if not any(facts.vocabulary.is_a(name, one) for name in wanted for one in product.weekly_factor_in):
        return None
    known, interval = facts.weight(), last.regimen.interval
    total = last.regimen.course_total()
    grams = absolute(total, known[0] if known is not None else None, facts.units) if total is not None else None
    if grams is None or grams.exact is None or interval is None or interval.unit == "mo" or interval.exact is None:
        return None
    weeks = days(interval, facts) / _WEEK
    dose = (grams.exact * product.weekly_factor / weeks).quantize(_TENTH, ROUND_HALF_EVEN)
    return WeeklyDose(product.concept, grams, weeks, product.weekly_factor, Quantity.of(dose, "g"))
