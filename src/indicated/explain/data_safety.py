"""Cautions and the days of vaccines as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data, quoted
from indicated.explain.words import Words
from indicated.model.determination import SafetyNote, VaccineDate


def safety_data(note: SafetyNote, words: Words) -> Data:
    """One caution, whether it applies, and the passages that bring it up."""
    return {
        "id": note.caution.id,
        "kind": note.caution.kind.value,
        "applies": note.applies,
        "text": note.caution.text,
        "ask": note.caution.ask,
        "product": words.label(note.product),
        "passages": [quoted(p) for fact in (note.step.facts if note.step else ()) for p in fact.passages],
    }


def vaccine_data(one: VaccineDate) -> Data:
    """From when a vaccine may be given, and what that is counted from."""
    return {
        "counted_from": one.counted_from.isoformat(),
        "dose": one.dose.text(),
        "wait": one.wait.wait.text(),
        "earliest": one.earliest.isoformat(),
        "asked": one.asked,
        "cite": list(one.wait.cite),
        "passages": [quoted(p) for p in (one.fact.passages if one.fact is not None else ())],
    }
