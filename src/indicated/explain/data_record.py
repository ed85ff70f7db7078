"""What was read, as plain data: facts, gaps, amounts, contradictions, mentions set aside."""

from __future__ import annotations

from indicated.explain.data_parts import Data, plain_data, quoted, value_data
from indicated.explain.words import Words
from indicated.model.amount import Amount
from indicated.model.assertion import Assertion
from indicated.model.case import Case
from indicated.model.fact import Entry, Fact
from indicated.model.quantity import Quantity, plain
from indicated.model.verdict import Gap

_NO_PASSAGE = dict.fromkeys(("quote", "start", "end", "document", "place"), None) | {"scanned": False}


def case_data(case: Case, words: Words) -> Data:
    """What reading found: the request, the facts, contradictions, mentions set aside."""
    return {
        "request": plain_data(case.request),
        "facts": [fact_data(fact, words) for fact in case.facts],
        "contradictions": contradictions_data(case, words),
        "set_aside": set_aside_data(case),
        "codes": codes_data(case),
        "documents": [{"id": document.id, "characters": len(document.text)} for document in case.documents],
    }


def fact_data(fact: Fact, words: Words) -> Data:
    """One fact with its first passage at the top level and all sources below."""
    first = fact.passages[0] if fact.passages else None
    value = fact.value
    return {
        "concept": fact.concept,
        "label": words.label(fact.concept),
        "assertion": _assertion(fact.assertion),
        "value": value_data(value),
        "unit": value.unit if value is not None else None,
        "result": fact.result,
        "course": fact.course,
        "therapy": plain_data(fact.therapy),
        "codes": list(fact.codes),
        "on": fact.on.isoformat() if fact.on else None,
        "approximate": fact.approximate,
        "needs_second_source": fact.scanned,
        **(quoted(first) if first is not None else _NO_PASSAGE),
        "sources": [
            {"where": source.where} if isinstance(source, Entry) else quoted(source.passage) for source in fact.sources
        ],
    }


def gap_data(gap: Gap, words: Words) -> Data:
    """Why something is unknown, and what would settle it."""
    return {"kind": gap.kind.value, "about": gap.about, "settles": gap.settles.value, "text": words.gap(gap)}


def amount_data(amount: Amount) -> Data:
    """One amount of a text: what it is of, its value exactly as text, and its passage."""
    value = amount.value
    return {
        "what": amount.what.value,
        "value": plain(value.exact) if value is not None and value.exact is not None else None,
        "unit": value.unit if value is not None else None,
        "low": plain(value.low) or None if value is not None else None,
        "high": plain(value.high) or None if value is not None else None,
        "text": _told(value) if value is not None else None,
        "beside": [_told(one) for one in amount.beside],
        "about": amount.about,
        **quoted(amount.passage),
    }


def contradictions_data(case: Case, words: Words) -> list[Data]:
    """What cannot all be true, with the passages that say it."""
    return [
        {
            "about": one.about,
            "label": words.label(one.about),
            "kind": one.kind,
            "passages": [quoted(p) for p in one.passages],
        }
        for one in case.contradictions
    ]


def set_aside_data(case: Case) -> list[Data]:
    """The mentions that are no facts about this patient."""
    return [
        {"concept": one.concept, "assertion": _assertion(one.assertion), **quoted(one.passage)}
        for one in case.set_aside
    ]


def codes_data(case: Case) -> list[Data]:
    """The ICD-10-CM codes that stand in the record."""
    return [
        {"code": one.code, "title": one.title, "valid": one.valid, "billable": one.billable, **quoted(one.passage)}
        for one in case.codes
    ]


def _assertion(assertion: Assertion) -> Data:
    found: Data = plain_data(assertion)
    found.pop("because", None)
    return found


def _told(value: Quantity) -> str:
    """The value with its unit; the unit of a plain number is not said."""
    return value.text().removesuffix(" 1") if value.unit == "1" else value.text()
