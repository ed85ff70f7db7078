"""The determination as plain data: the keys that DESIGN section 8 promises, JSON-ready, in a fixed order."""

from __future__ import annotations

import re

import msgspec

from indicated.engine.bearings import bearings
from indicated.explain.data_continuation import continuation_data
from indicated.explain.data_criteria import policy_data, standard_data
from indicated.explain.data_denial import denial_data
from indicated.explain.data_evidence import bears_data
from indicated.explain.data_parts import Data, plain_data, value_data
from indicated.explain.data_record import codes_data, contradictions_data, fact_data, gap_data, set_aside_data
from indicated.explain.data_safety import safety_data, vaccine_data
from indicated.explain.data_statements import citations, statements
from indicated.explain.data_therapies import prior_data, untried_data
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.sections.dosing import range_words
from indicated.explain.words import Words
from indicated.explain.writer import Writer
from indicated.model.determination import Determination, DoseCheck, Flip, ScoreResult
from indicated.model.dispensing import Dispensing, Weights
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import plain
from indicated.model.statement import Rationale

_UNSAFE = re.compile("[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")


def as_dict(d: Determination, knowledge: Knowledge, book: Phrasebook, rationale: Rationale) -> Data:
    """The whole answer as dictionaries, lists, strings and numbers (amounts as strings, exact)."""
    writer = Writer(d, knowledge, book)
    words = writer.words
    return {
        "finding": d.finding.value,
        "next_step": d.next_step.value,
        "reasons": [{"code": reason.code, "about": reason.about} for reason in d.reasons],
        "request": plain_data(d.case.request),
        "policy": policy_data(d, words),
        "standard": standard_data(d, knowledge),
        "facts": [fact_data(fact, words) for fact in d.case.facts],
        "gaps": [gap_data(gap, words) for gap in d.gaps],
        "flips": [_flip(flip, words) for flip in d.flips],
        "rests_on": [
            {"target": one.target.value, "without": one.without, "fact": fact_data(one.fact, words)}
            for one in d.rests_on
        ],
        "dose": [_dose(check, writer) for check in d.dose],
        "dispensing": _dispensing(d.dispensing),
        "weights": _weights(d.weights),
        "denial": denial_data(d.denial, words),
        "prior_therapies": [prior_data(one, words) for one in d.prior],
        "continuation": continuation_data(d.continuation, words),
        "untried": [untried_data(one, words) for one in d.untried],
        "evidence": [bears_data(one) for one in bearings(writer.standard, writer.facts, d.on)],
        "safety": [safety_data(note, words) for note in d.safety],
        "vaccine_dates": [vaccine_data(one) for one in d.vaccines],
        "scores": [_score(score) for score in d.scores],
        "contradictions": contradictions_data(d.case, words),
        "set_aside": set_aside_data(d.case),
        "codes": codes_data(d.case),
        "citations": citations(rationale, knowledge),
        "statements": statements(rationale),
        "withheld": rationale.withheld,
        "release": d.release,
        "on": d.on.isoformat(),
    }


def encode(data: Data) -> str:
    """The data as indented JSON with a final newline; the same data, the same bytes.

    Characters that `visible` would take out of a text are written as escapes.
    """
    written = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"


def _flip(flip: Flip, words: Words) -> Data:
    changes = [
        {
            "text": words.change(change),
            "concept": change.fact.concept,
            "value": value_data(change.fact.value),
            "unit": change.fact.value.unit if change.fact.value is not None else None,
            "result": change.fact.result,
            "times": len(change.facts),
            "known": change.known,
        }
        for change in flip.changes
    ]
    return {"target": flip.target.value, "to": flip.to, "standard": flip.standard, "changes": changes}


def _dose(check: DoseCheck, writer: Writer) -> Data:
    amounts = {name: getattr(check, name) for name in ("requested", "per_kg", "total", "weight", "weight_fits")}
    return {
        "issues": [issue.value for issue in check.issues],
        "outside": check.outside,
        "range": range_words(writer, check.range) if check.range is not None else None,
        "label": check.range.label if check.range is not None else None,
        "labelled": check.range.labelled if check.range is not None else None,
        "standard": check.standard,
        **{name: amount.text() if amount is not None else None for name, amount in amounts.items()},
    }


def _dispensing(it: Dispensing | None) -> Data | None:
    if it is None:
        return None
    amounts = {
        name: getattr(it, name)
        for name in ("course", "day", "given", "over", "below", "volume", "hours", "slower", "yearly")
    }
    return {
        "product": it.product,
        "days": it.days,
        "vials": [{"grams": plain(one.grams), "count": one.count} for one in it.vials],
        "units": it.units,
        "stages": [
            {"rate": one.rate.text(), "minutes": one.minutes.text() if one.minutes is not None else None}
            for one in it.stages
        ],
        **{name: amount.text() if amount is not None else None for name, amount in amounts.items()},
        "recalled": list(it.recalled),
        "loading": _dispensing(it.loading),
    }


def _weights(weights: Weights | None) -> Data | None:
    if weights is None:
        return None
    amounts = {name: getattr(weights, name).text() for name in ("measured", "height", "ideal", "dosing")}
    return {"formula": weights.formula, **amounts}


def _score(score: ScoreResult) -> Data:
    return {
        "calculator": score.calculator,
        "low": plain(score.low),
        "high": plain(score.high),
        "level": score.level,
        "could_be": score.could_be,
        "items": [{"id": i.item, "points": plain(i.points), "verdict": i.step.verdict.value} for i in score.items],
    }
