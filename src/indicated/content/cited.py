"""What cites must cite, and every figure in it must stand in a source that it cites, as it was seen there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from indicated.content.load import Loaded
from indicated.content.problem import Problem
from indicated.content.walk import ByKind, by_kind
from indicated.model.evidence import Evidence
from indicated.model.figures import numbers, proof_text, proved_by, unproved
from indicated.model.product import Caution, Product
from indicated.model.quantity import Quantity
from indicated.model.score import Calculator
from indicated.model.standard import (
    Alternative,
    Bearing,
    Criterion,
    Differential,
    Dosing,
    Gauge,
    Note,
    Standard,
    Standing,
)

_SENTENCES: dict[type[Struct], tuple[str, ...]] = {
    Note: ("text", "plain"),
    Bearing: ("says", "how"),
    Standing: ("says", "plain"),
    Alternative: ("text",),
    Differential: ("text",),
    Caution: ("text", "ask", "plain"),
    Criterion: ("paraphrase", "ask", "plain"),
    Dosing: ("label",),
}
"""The sentences a reader may see whose figures must stand in the sources cited beside them."""

CITING: tuple[type[Struct], ...] = (Standard, Product, Calculator)


def unsourced(loaded: Loaded, values: ByKind) -> Iterator[Problem]:
    """Everything that can cite does, unless it says of itself that it is not verified."""
    for kind, listed in values.items():
        for one in listed if "cite" in kind.__struct_fields__ else ():
            if not _cite(one) and getattr(one, "verified", True):
                yield loaded.place(one).problem("no-cite", "cite", "no source", "at least one evidence key", "add cite")


def figured(loaded: Loaded) -> Iterator[tuple[str, bool]]:
    """Every sentence that has a figure, and whether each of its figures stands in a cited source as seen."""
    sources = {item.key: item for item in loaded.known(Evidence)}
    for kind in CITING:
        for _, text, proved in _sentences(loaded, by_kind(loaded.all(kind)), sources):
            if numbers(text):
                yield text, not unproved(text, proved)


def foreign_figures(loaded: Loaded, values: ByKind, sources: dict[str, Evidence]) -> Iterator[Problem]:
    """Figures in sentences, and in the ranges of regimens, that stand in no cited source as seen."""
    for (one, field), text, proved in _sentences(loaded, values, sources):
        for number in unproved(text, proved):
            yield _foreign(loaded, one, field, number, warning=False)
        if isinstance(one, Dosing):
            yield from _ranges(loaded, one, proved)
    for gauge in values.get(Gauge, ()):
        if isinstance(gauge, Gauge) and gauge.by is not None and id(gauge) in loaded.places:
            proofs = frozenset[str]().union(
                *(proved_by(proof_text(sources[key])) for key in gauge.cite if key in sources)
            )
            for number in unproved(gauge.by.text().removesuffix(" 1"), proofs):
                yield _foreign(loaded, gauge, "by", number, warning=False)


def _sentences(
    loaded: Loaded, values: ByKind, sources: dict[str, Evidence]
) -> Iterator[tuple[tuple[Struct, str], str, frozenset[str]]]:
    """Every sentence of values that cite: where it stands, its text, and the figures that its sources prove."""
    proved = cache(lambda key: proved_by(proof_text(sources[key])))
    for kind, fields in _SENTENCES.items():
        for one in values.get(kind, ()):
            cited = [key for key in _cite(one) if key in sources]
            if cited and id(one) in loaded.places:
                figures = frozenset[str]().union(*map(proved, cited))
                for field in fields:
                    yield (one, field), getattr(one, field), figures


def _ranges(loaded: Loaded, dosing: Dosing, proved: frozenset[str]) -> Iterator[Problem]:
    """Ends of a range may be a sum or in another unit than the source has, so these are warnings."""
    for field in ("per_course", "days", "interval", "courses"):
        amount = getattr(dosing, field)
        if isinstance(amount, Quantity):
            thousand = "\n".join(f"{end * 1000:f}" for end in (amount.low, amount.high) if end is not None)
            if unproved(thousand, proved):
                for number in unproved(amount.text(), proved):
                    yield _foreign(loaded, dosing, field, number, warning=True)


def _foreign(loaded: Loaded, one: Struct, field: str, number: str, *, warning: bool) -> Problem:
    expected, fix = "figures seen in the cited sources", "cite the source that has it, or leave the figure out"
    return loaded.place(one).problem("foreign-figure", field, f"the figure {number}", expected, fix, warning=warning)


def _cite(one: Struct) -> tuple[str, ...]:
    cite = getattr(one, "cite", ())
    return (cite,) if isinstance(cite, str) else tuple(cite)
