"""Cautions of the labels concerned, each with the facts that bring it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.concept import Kind
from indicated.model.determination import SafetyNote
from indicated.model.product import CautionKind, Product
from indicated.model.regimen import Request
from indicated.model.verdict import Verdict

_ORDER = list(CautionKind)


def products_for(request: Request, facts: Facts) -> tuple[Product, ...]:
    """The entries that concern the request: its treatment's own entry, and the product's when one is named."""
    vocabulary, asked = facts.vocabulary, request.product or request.treatment

    def concerns(name: str) -> bool:
        if name == request.product or not vocabulary.related(asked, name):
            return name == request.product
        concept = vocabulary.concepts.get(name)
        return concept is not None and concept.kind is Kind.TREATMENT

    table = facts.knowledge.product_table
    return tuple(table[name] for name in facts.knowledge.product_concepts if concerns(name))


def labelled_products(request: Request, conditions: Iterable[str], facts: Facts) -> tuple[Product, ...]:
    """The products whose labels have a dose for one of these conditions and may speak to the request: the one named, or
    any of the treatment when none is.
    """
    known, wanted = facts.knowledge, frozenset(conditions)
    dosed = (name for name in known.product_concepts if not wanted.isdisjoint(known.dosed[name]))
    if request.product:
        return tuple(known.product_table[name] for name in dosed if name == request.product)
    return tuple(known.product_table[name] for name in dosed if facts.vocabulary.is_a(name, request.treatment))


def cautions(request: Request, facts: Facts, on: date) -> tuple[SafetyNote, ...]:
    """The cautions that apply and those that cannot be told, the heaviest first; what is ruled out is left out."""
    notes = [note for product in products_for(request, facts) for note in _notes(product, facts, on)]
    return tuple(sorted(notes, key=lambda note: (_ORDER.index(note.caution.kind), not note.applies)))


def _notes(product: Product, facts: Facts, on: date) -> Iterator[SafetyNote]:
    for caution in product.cautions:
        if caution.when is None:
            yield SafetyNote(product.concept, caution)
            continue
        step = evaluate(caution.when, facts, on)
        if step.verdict is Verdict.MET or (step.verdict is Verdict.UNKNOWN and caution.ask):
            yield SafetyNote(product.concept, caution, step)
