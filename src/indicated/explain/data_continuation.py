"""How a treatment that is to go on has done, as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data, quoted
from indicated.explain.words import Words
from indicated.model.continuation import Before, Continuation, Followed, WeeklyDose
from indicated.model.fact import Fact
from indicated.model.quantity import plain


def continuation_data(it: Continuation | None, words: Words) -> Data | None:
    """All of it; None where the request is not to go on."""
    if it is None:
        return None
    return {
        "since": it.since.isoformat() if it.since is not None else None,
        "began": _passages(it.began),
        "measures": [_followed(one, words) for one in it.followed],
        "undated": [_value(fact, words) for fact in it.undated],
        "responses": [
            {"course": fact.course.value if fact.course is not None else None, "passages": _passages(fact)}
            for fact in it.responses
        ],
        "pauses": [{"concept": fact.concept, "passages": _passages(fact)} for fact in it.pauses],
        "before": _before(it.before, words),
        "weekly_dose": _weekly(it.weekly),
        "untold": [what.value for what in it.untold],
    }


def _followed(one: Followed, words: Words) -> Data:
    gauge = one.gauge
    return {
        "concept": one.concept,
        "label": words.label(one.concept),
        "values": [_value(fact, words) for fact in one.values],
        "change": one.change.text(),
        "trend": one.trend.value,
        "counts_from": gauge.by.text() if gauge is not None and gauge.by is not None else None,
        "enough": one.enough.value if one.enough is not None else None,
        "late": one.late,
        "cite": list(gauge.cite) if gauge is not None else [],
    }


def _value(fact: Fact, words: Words) -> Data:
    return {
        "label": words.label(fact.concept),
        "value": fact.value.text() if fact.value is not None else None,
        "on": fact.on.isoformat() if fact.on is not None else None,
        "passages": _passages(fact),
    }


def _before(before: Before | None, words: Words) -> Data | None:
    if before is None:
        return None
    return {
        "concept": before.concept or None,
        "regimen": words.regimen(before.regimen),
        "changes": [part.value for part in before.changes],
        "passages": _passages(before.fact),
    }


def _weekly(it: WeeklyDose | None) -> Data | None:
    if it is None:
        return None
    return {
        "product": it.product,
        "last": it.last.text(),
        "weeks": plain(it.weeks),
        "factor": plain(it.factor),
        "dose": it.dose.text(),
    }


def _passages(fact: Fact | None) -> list[Data]:
    return [quoted(one) for one in fact.passages] if fact is not None else []
