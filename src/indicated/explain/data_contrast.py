"""Requests side by side as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data
from indicated.explain.data_record import fact_data
from indicated.explain.data_statements import statements
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.words import Words
from indicated.explain.writer import Writer
from indicated.model.contrast import Answer, Contrast, Exchange, SideBySide, answer_of
from indicated.model.knowledge import Knowledge
from indicated.model.statement import Rationale


def contrast_data(told: SideBySide, knowledge: Knowledge, book: Phrasebook, rationale: Rationale) -> Data:
    """The requests with their answers, and every two of them with what differs and what changes the answer."""
    first = told.determinations[0]
    words = Writer(first, knowledge, book).words
    return {
        "requests": [
            {"name": name, "standard": d.lead, **_answer(answer_of(d))}
            for name, d in zip(told.names, told.determinations, strict=True)
        ],
        "contrasts": [_contrast(one, told.names, words) for one in told.contrasts],
        "statements": statements(rationale),
        "withheld": rationale.withheld,
        "release": first.release,
        "on": first.on.isoformat(),
    }


def _contrast(one: Contrast, names: tuple[str, ...], words: Words) -> Data:
    return {
        "first": names[one.first],
        "second": names[one.second],
        "differing": [
            {
                "about": each.about,
                "first": [fact_data(fact, words) for fact in each.first],
                "second": [fact_data(fact, words) for fact in each.second],
            }
            for each in one.differing
        ],
        "first_told_as_second": _exchanges(one.forward, one.to_second),
        "second_told_as_first": _exchanges(one.backward, one.to_first),
    }


def _exchanges(singles: tuple[Exchange, ...], together: Exchange | None) -> Data:
    return {"alone": [_exchange(one) for one in singles], "together": _exchange(together) if together else None}


def _exchange(one: Exchange) -> Data:
    return {"about": list(one.about), **_answer(one.answer)}


def _answer(answer: Answer) -> Data:
    return {
        "finding": answer.finding.value,
        "policy": answer.policy.value if answer.policy is not None else None,
        "next_step": answer.next_step.value,
    }
