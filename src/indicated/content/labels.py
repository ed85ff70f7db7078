"""What a product's entry says in figures must stand in a label it cites, read, or be marked as recalled."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from indicated.content.load import Loaded
from indicated.content.problem import Problem, shown
from indicated.content.walk import inside
from indicated.model.evidence import Evidence
from indicated.model.figures import foreign_numbers, proof_text
from indicated.model.product import Product, Rate, RateLimit, Site
from indicated.model.quantity import Quantity, plain

_OWN = (
    "strength", "vials", "hcpcs", "hcpcs_unit", "iga", "sugar_content", "salt", "sites_at_once", "weekly_factor",
    "approved",
)  # fmt: skip
"""The fields of a product that are figures; one that nobody read is named in its `recalled`."""

_GIVEN = (Rate, RateLimit, Site)


def label_problems(loaded: Loaded, sources: dict[str, Evidence]) -> Iterator[Problem]:
    """Every figure of a product that stands in no source it cites, and every rate of a use it does not have."""
    for product in loaded.all(Product):
        yield from _own(loaded, product, sources)
        conditions = {name for use in product.uses for name in use.conditions}
        for one in inside(product):
            if isinstance(one, _GIVEN):
                yield from _given(loaded, one, sources)
                yield from _stray(loaded, one, conditions)


def _own(loaded: Loaded, product: Product, sources: dict[str, Evidence]) -> Iterator[Problem]:
    proofs = _proofs(product.cite, sources)
    for field in _OWN:
        value = getattr(product, field)
        if not value or field in product.recalled:
            continue
        if field == "hcpcs":
            if value not in proofs:
                yield _problem(loaded, product, field, f"the code {value}")
            continue
        for number in foreign_numbers(_text(value), proofs):
            yield _problem(loaded, product, field, f"the figure {number}")


def _given(loaded: Loaded, one: Rate | RateLimit | Site, sources: dict[str, Evidence]) -> Iterator[Problem]:
    if not one.verified:
        return
    proofs = _proofs(one.cite, sources)
    for inner in inside(one):
        if id(inner) not in loaded.places:
            continue
        for field in inner.__struct_fields__:
            value = getattr(inner, field)
            if isinstance(value, Quantity) or (isinstance(value, int) and not isinstance(value, bool)):
                for number in foreign_numbers(_text(value), proofs):
                    yield _problem(loaded, inner, field, f"the figure {number}")


def _stray(loaded: Loaded, one: Rate | RateLimit | Site, conditions: set[str]) -> Iterator[Problem]:
    for number, name in enumerate(one.conditions):
        if name not in conditions:
            expected, fix = "a condition of one of its uses", "add the use, or correct the name"
            yield loaded.place(one).problem("stray-use", f"conditions.{number}", shown(name), expected, fix)


def _proofs(keys: tuple[str, ...], sources: dict[str, Evidence]) -> str:
    return "\n".join(proof_text(sources[key]) for key in keys if key in sources)


def _text(value: object) -> str:
    """The figures of a value, as a sentence would have them."""
    if isinstance(value, Quantity):
        return " ".join(plain(end) for end in (value.low, value.high) if end is not None)
    if isinstance(value, tuple):
        return " ".join(plain(one) for one in value)
    return plain(Decimal(str(value)))


def _problem(loaded: Loaded, one: Struct, field: str, found: str) -> Problem:
    expected, fix = "figures seen in the cited sources", "cite the source that has it, or mark it as recalled"
    return loaded.place(one).problem("foreign-figure", field, found, expected, fix)
