"""Cautions of the labels concerned, each with the facts that bring it up."""

from __future__ import annotations

from collections.abc import Iterator
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
    vocabulary = facts.vocabulary

    def concerns(product: Product) -> bool:
        concept = vocabulary.concepts.get(product.concept)
        if concept is None or concept.kind is not Kind.TREATMENT:
            return product.concept == request.product
        asked = request.product or request.treatment
        return vocabulary.related(asked, product.concept)

    return tuple(product for product in facts.knowledge.products if concerns(product))


def labelled_products(request: Request, facts: Facts) -> tuple[Product, ...]:
    """The products whose labels may speak to the request: the one named, or any of the treatment when none is."""
    vocabulary = facts.vocabulary
    if request.product:
        return tuple(product for product in facts.knowledge.products if product.concept == request.product)
    return tuple(p for p in facts.knowledge.products if vocabulary.is_a(p.concept, request.treatment))


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
