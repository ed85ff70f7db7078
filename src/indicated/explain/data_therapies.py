"""The therapies on record against what is asked of them, and the untried alternatives, as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data, quoted
from indicated.explain.words import Words
from indicated.model.fact import Fact
from indicated.model.prior import PriorTherapy, TrialAsk, Untried


def prior_data(one: PriorTherapy, words: Words) -> Data:
    """One therapy: which fact it is, the verdict over all that ask for it, and each asking."""
    return {
        "concept": one.fact.concept,
        "label": words.label(one.fact.concept),
        "verdict": one.verdict.value if one.verdict is not None else None,
        "alternative": one.alternative,
        "asks": [_ask(ask, words) for ask in one.asks],
        "passages": _passages(one.fact),
    }


def _ask(ask: TrialAsk, words: Words) -> Data:
    rule = ask.rule
    return {
        "document": ask.document,
        "criterion": ask.criterion,
        "concept": rule.concept,
        "class": words.label(rule.concept),
        "outcomes": list(rule.outcomes),
        "for_at_least": rule.for_at_least.text() if rule.for_at_least is not None else None,
        "within": rule.within.text() if rule.within is not None else None,
        "count": rule.count,
        "verdict": ask.verdict.value,
        "shortfalls": [shortfall.value for shortfall in ask.shortfalls],
        "short_by": ask.short_by.text() if ask.short_by is not None else None,
    }


def untried_data(one: Untried, words: Words) -> Data:
    """One alternative, whether something on record rules it out, and what."""
    return {
        "concepts": list(one.alternative.concepts),
        "labels": [words.label(concept) for concept in one.alternative.concepts],
        "text": one.alternative.text,
        "cite": list(one.alternative.cite),
        "ruled_out": one.ruled_out,
        "refused": [found for fact in one.refused for found in _passages(fact)],
        "bars": [
            {
                "text": bar.note.text,
                "cite": list(bar.note.cite),
                "passages": [found for fact in bar.facts for found in _passages(fact)],
            }
            for bar in one.bars
        ],
    }


def _passages(fact: Fact) -> list[Data]:
    return [quoted(one) for one in fact.passages]
