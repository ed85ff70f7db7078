"""A treatment that is to go on: the measures then and now, what less of it did, and what the request changes.

Nothing is judged met or not met here; that is for the criteria. A gap in the record is named, never filled.
"""

from __future__ import annotations

from datetime import date

from indicated.engine.episodes import episodes
from indicated.engine.facts import Facts
from indicated.engine.measures import followed, unordered
from indicated.engine.regimens import before, weekly_dose
from indicated.engine.safety import products_for
from indicated.model.continuation import Continuation, Untold
from indicated.model.fact import Fact, Outcome, Stage
from indicated.model.regimen import Phase, Request
from indicated.model.standard import Gauge, Standard


def continuation(lead: Standard | None, request: Request, facts: Facts, on: date) -> Continuation | None:
    """How a treatment that is to go on has done; None where the request does not say that it is to go on."""
    if request.phase is not Phase.CONTINUATION:
        return None
    courses = episodes(request, facts)
    since, began = _since(courses, request)
    gauges = lead.gauges if lead is not None else ()
    measures = followed(gauges, facts, since, on)
    responses = _responses(courses, facts)
    untold = (
        (Untold.SINCE, began is None),
        (Untold.MEASURES, not measures and not _level(gauges, facts)),
        (Untold.RESPONSE, not responses),
    )
    last = before(request, courses, facts)
    return Continuation(
        since=since,
        began=began,
        followed=measures,
        undated=unordered(gauges, facts, on),
        responses=responses,
        pauses=_pauses(request, courses, facts),
        before=last,
        weekly=weekly_dose(request, last, facts),
        untold=tuple(what for what, missing in untold if missing),
        gauges=gauges,
    )


def _since(courses: tuple[Fact, ...], request: Request) -> tuple[date | None, Fact | None]:
    """The first day of treatment with the fact that tells it; else the fact that tells how long it has run, which is
    not the time that the request asks for.
    """
    dated = [(fact.therapy.started, fact) for fact in courses if fact.therapy and fact.therapy.started is not None]
    if dated:
        return min(dated, key=lambda one: one[0])
    asked = request.regimen.duration if request.regimen is not None else None
    running = (fact for fact in courses if fact.therapy and fact.therapy.stage is Stage.CURRENT)
    return None, next((fact for fact in running if fact.therapy and fact.therapy.duration not in (None, asked)), None)


def _level(gauges: tuple[Gauge, ...], facts: Facts) -> bool:
    """Whether a level that is measured only on treatment is on record with its day: one of these is enough."""
    told = (fact for gauge in gauges if gauge.on_treatment for fact in facts.below(gauge.concept))
    return any(fact.value is not None and fact.on is not None for fact in told)


def _responses(courses: tuple[Fact, ...], facts: Facts) -> tuple[Fact, ...]:
    told = [fact for fact in facts.facts if fact.course is not None]
    known = [fact for fact in courses if fact.therapy and fact.therapy.outcome is not Outcome.UNKNOWN]
    return tuple(dict.fromkeys([*told, *known]))


def _pauses(request: Request, courses: tuple[Fact, ...], facts: Facts) -> tuple[Fact, ...]:
    """What tells that less of it, or none, was tried: the content's concept for it, and courses that ended."""
    tried = [
        fact
        for product in products_for(request, facts)
        for fact in (facts.below(product.reduction) if product.reduction else ())
    ]
    ended = [fact for fact in courses if fact.therapy and fact.therapy.ended is not None]
    return tuple(dict.fromkeys([*tried, *ended]))
