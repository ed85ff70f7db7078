"""What the tests of quantities, dates, regimens, requests and therapies share: short ways to read a text."""

from __future__ import annotations

from functools import cache

from indicated import release
from indicated.content.compile import refresh
from indicated.model.lexicon import Lexicon
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen, Request, Supply
from indicated.model.text import Document
from indicated.reading.billing import Billing
from indicated.reading.quantities import Found, UnitReader, find_quantities
from indicated.reading.reader import Reader
from indicated.reading.regimen import RegimenReader
from indicated.reading.regimen_parts import PartReader
from indicated.reading.scene import Scene
from indicated.reading.therapy_mentions import TherapyFound
from indicated.reading.treatments import Treatments
from indicated.reading.view import View


@cache
def lexicon() -> Lexicon:
    if release.stale():
        refresh()
    return release.builtin().lexicon


@cache
def units() -> UnitReader:
    return UnitReader(lexicon().units)


@cache
def part_reader() -> PartReader:
    words = lexicon().regimen
    assert words is not None
    return PartReader(words, units())


@cache
def regimens() -> RegimenReader:
    words = lexicon().regimen
    assert words is not None
    return RegimenReader(words, lexicon().unit_table, part_reader())


@cache
def reader() -> Reader:
    return Reader(lexicon())


@cache
def treatments() -> Treatments:
    words = lexicon()
    assert words.regimen is not None
    assert words.therapy is not None
    assert words.request is not None
    billing = Billing(words.vocabulary, lambda: words.billed)
    return Treatments(words.regimen, words.therapy, words.request, units(), words.unit_table, words.vocabulary, billing)


def flat(text: str) -> str:
    return View(Document("text", text)).flat


def quantities(text: str) -> tuple[Found, ...]:
    return find_quantities(flat(text), units())


def said(text: str) -> list[tuple[str, str]]:
    """Each quantity and the words it was read from."""
    letters = flat(text)
    return [(item.quantity.text(), letters[item.start : item.end]) for item in find_quantities(letters, units())]


def regimen(text: str, *names: str) -> Regimen:
    """The one regimen of a phrase."""
    view = View(Document("text", text))
    spans = [(view.flat.index(name.lower()), view.flat.index(name.lower()) + len(name)) for name in names]
    found = regimens().find(view, names=spans)
    assert len(found) == 1, [item.regimen.passages for item in found]
    return found[0].regimen


def parts(what: Regimen | None) -> dict[str, object]:
    """The parts of a regimen that were said, as texts."""
    if what is None:
        return {}
    amounts = ("per_day", "per_course", "days", "interval", "courses", "duration", "maximum")
    amounts = (*amounts, "rounded", "restated", "weight")
    out: dict[str, object] = {}
    for name in amounts:
        value = getattr(what, name)
        if isinstance(value, Quantity):
            out[name] = value.text()
    if what.basis:
        out["basis"] = what.basis
    if what.supplies:
        out["supplies"] = [supply(one) for one in what.supplies]
    if what.route:
        out["route"] = what.route
    if what.loading is not None:
        out["loading"] = parts(what.loading)
    if what.doubts:
        out["doubts"] = [doubt.kind for doubt in what.doubts]
    return out


def supply(one: Supply) -> str:
    """`3 {vial} of 10 g`, `120 of J1459 a day`."""
    held = f"of {one.each.text()}" if one.each is not None else ""
    per = {"course": "", "day": "a day", "": "for all"}[one.per]
    return " ".join(word for word in (one.count.text().removesuffix(" 1"), held, one.code, per) if word)


def scene(text: str) -> Scene:
    return reader().scene(Document("text", text))


def request(text: str) -> Request | None:
    found = treatments().request(scene(text))
    return found.request if found is not None else None


def therapies(text: str) -> list[TherapyFound]:
    taken = scene(text)
    return list(treatments().therapies(taken, treatments().request(taken)))


def axes(found: TherapyFound) -> dict[str, str]:
    """The axes of a therapy that say something."""
    if found.therapy is None:
        return {"denied": "yes"}
    told = found.therapy
    out = {"stage": told.stage.value}
    if told.outcome.value != "unknown":
        out["outcome"] = told.outcome.value
    if told.tolerance.value != "unknown":
        out["tolerance"] = told.tolerance.value
    if told.end_reason is not None:
        out["end_reason"] = told.end_reason.value
    if told.role.value != "prior_step":
        out["role"] = told.role.value
    return out
