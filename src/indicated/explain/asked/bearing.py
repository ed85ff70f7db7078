"""What something named comes to for this request; and what else than the vein the labels provide for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.explain.asked import criteria, named
from indicated.model.statement import FromEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said
    from indicated.model.product import LabelledUse, Product

_SUBCUTANEOUS = "SC"


def bearing(desk: Desk) -> Said:
    """The criteria that ask about what is named, and the cautions on it; that there are none where there are none."""
    w = desk.w
    found = (*criteria.rows(desk), *named.cautions(desk, desk.specific()))
    if found:
        return found
    proved = (w.trace("; ".join(desk.specific()), "not asked about"), *desk.naming())
    return w.say("ask.bearing.none", proved, what=desk.labels())


def under_the_skin(desk: Desk) -> Said:
    """The products labelled to be given under the skin for the use that carries the request."""
    w = desk.w
    rows: list[Said] = []
    for product, use in _labelled(desk):
        dosing = use.dosing.label if use.dosing is not None else ""
        label = w.words.name(w.words.label(product.concept))
        conditions = w.book.series(w.words.label(one) for one in use.conditions)
        entry = FromEntry(f"product: {product.concept}", f"{label} {conditions} {dosing}")
        phrase = "ask.under_the_skin.dose" if dosing else "ask.under_the_skin"
        proved = (entry, *w.sources(use.cite, dosing))
        rows.append(w.say(phrase, proved, product=label, conditions=conditions, dosing=w.book.sentence(dosing)))
    return tuple(one for row in rows for one in row)


def _labelled(desk: Desk) -> Iterator[tuple[Product, LabelledUse]]:
    """Each product with its use under the skin for a condition of the lead standard."""
    w = desk.w
    conditions = w.standard.conditions if w.standard is not None else ()
    is_a = w.knowledge.vocabulary.is_a
    for product in w.knowledge.products:
        for use in product.uses:
            fits = any(is_a(one, other) for one in conditions for other in use.conditions)
            if fits and _under_the_skin(product, use):
                yield product, use
                break


def _under_the_skin(product: Product, use: LabelledUse) -> bool:
    """Whether a use is one under the skin: of a product that is given in no other way, or told with it."""
    if use.dosing is not None and use.dosing.route:
        return use.dosing.route == _SUBCUTANEOUS
    if product.routes == (_SUBCUTANEOUS,):
        return True
    return any(set(site.conditions) & set(use.conditions) for site in product.sites)
