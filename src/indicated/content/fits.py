"""What fits what: units with the things measured, rules with the kinds of concepts they speak of, words with fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from indicated.content.cases import GivenFact
from indicated.content.convert import optional, written
from indicated.content.place import Place
from indicated.content.problem import Problem, choices, did_you_mean, shown
from indicated.content.walk import ByKind
from indicated.model import rule as language
from indicated.model.concept import Concept, Kind, Vocabulary
from indicated.model.fact import Outcome, Tolerance
from indicated.model.product import Product, Rate, RateLimit, RateStep, Site, VaccineWait
from indicated.model.quantity import Comparison, Quantity, Units
from indicated.model.regimen import Regimen
from indicated.model.standard import Dosing

_MEASURABLE = (Kind.LAB, Kind.DEMOGRAPHIC, Kind.SCALE, Kind.STUDY, Kind.FINDING, Kind.ANTIBODY, Kind.IMAGING)
_TESTED = (Kind.LAB, Kind.ANTIBODY, Kind.IMAGING, Kind.PATHOLOGY, Kind.STUDY, Kind.SCALE, Kind.FINDING)
_GIVEN = (Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT, Kind.PROCEDURE)
_KINDS: dict[type[Struct], tuple[Kind, ...]] = {
    language.Measured: _MEASURABLE,
    language.ResultIs: _TESTED,
    language.Tried: _GIVEN,
}
_OUTCOMES = tuple(word.value for word in (*Outcome, *Tolerance) if word not in (Outcome.UNKNOWN, Tolerance.UNKNOWN))
_TIME, _MASS, _COUNT = ("d",), ("kg",), ("1",)
_DOSE = ("g", "g/kg", "g/m2")
_BILLED = ("g",)
_RATE = ("mg/kg/min", "mL/kg/h", "mL/h")
_UNITS: dict[tuple[type[Struct], str], tuple[str, ...]] = {
    (language.Measured, "within"): _TIME,
    (language.Measured, "apart"): _TIME,
    (language.ResultIs, "within"): _TIME,
    (language.Tried, "for_at_least"): _TIME,
    (language.Tried, "within"): _TIME,
    (language.Age, "is_"): _TIME,
    (language.Weight, "is_"): _MASS,
    (language.RequestIs, "per_course"): _DOSE,
    (language.RequestIs, "interval"): _TIME,
    (language.RequestIs, "courses"): _COUNT,
    (language.RequestIs, "duration"): _TIME,
    (Dosing, "per_course"): _DOSE,
    (Dosing, "days"): _TIME,
    (Dosing, "interval"): _TIME,
    (Dosing, "courses"): _COUNT,
    (RateStep, "rate"): _RATE,
    (RateStep, "minutes"): _TIME,
    (Rate, "maximum"): _RATE,
    (Rate, "every"): _TIME,
    (Rate, "by"): _RATE,
    (RateLimit, "maximum"): _RATE,
    (Site, "volume"): ("mL",),
    (Site, "rate"): ("mL/h",),
    (VaccineWait, "per_course"): _DOSE,
    (VaccineWait, "wait"): _TIME,
    (Product, "iga"): ("ug/mL",),
    (Product, "sugar_content"): ("mg/mL",),
    (Product, "salt"): ("mmol/L",),
    (Regimen, "days"): _TIME,
    (Regimen, "interval"): _TIME,
    (Regimen, "courses"): _COUNT,
    (Regimen, "duration"): _TIME,
}
"""For each amount, units of the dimensions it may have."""

_CODE = r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"
_CODES = re.compile(rf"{_CODE}(-{_CODE})?")


@cache
def _amounts_of(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of a struct that hold an amount or a limit."""
    fields = msgspec.structs.fields(kind)
    return tuple(field.name for field in fields if optional(field.type) in (Quantity, Comparison))


class Fitting:
    """The checks that need the vocabulary and the unit table."""

    def __init__(self, vocabulary: Vocabulary, units: Units, places: dict[int, Place]) -> None:
        self.vocabulary = vocabulary
        self.units = units
        self.places = places
        self._units_billed: dict[str, Quantity] = {}

    def misfits(self, values: ByKind) -> Iterator[Problem]:
        """Everything among these values that does not fit."""
        for kind, listed in values.items():
            checks = self._checks_of(kind)
            for one in listed if checks else ():
                if id(one) in self.places:
                    for check in checks:
                        yield from check(one)

    def _checks_of(self, kind: type[Struct]) -> list[Callable[[Any], Iterator[Problem]]]:
        checks: list[Callable[[Any], Iterator[Problem]]] = []
        checks += [self._kind] if kind in _KINDS else []
        checks += [self._amounts] if _amounts_of(kind) or kind is Concept else []
        checks += [self._outcomes] if kind is language.Tried else []
        checks += [self._ranges] if kind is language.Codes else []
        return checks

    def _kind(self, one: Struct) -> Iterator[Problem]:
        wanted = _KINDS[type(one)]
        concept = self._concept(one)
        if concept and concept.kind not in wanted:
            found = f"{concept.id}, which is a {concept.kind.value}"
            fix = "use the rule that fits, or the concept that was meant"
            yield self._problem("wrong-kind", one, "concept", found, f"one of {choices(wanted)}", fix)

    def _amounts(self, one: Struct) -> Iterator[Problem]:
        for field in _amounts_of(type(one)):
            value = getattr(one, field)
            amount = value.value if isinstance(value, Comparison) else value
            if isinstance(amount, Quantity):
                yield from self._unit(one, field, amount, _UNITS.get((type(one), field)))
        if isinstance(one, Concept):
            for code, amount in one.billed.items():
                yield from self._billed(one, code, amount)

    def _billed(self, one: Concept, code: str, amount: Quantity) -> Iterator[Problem]:
        """A billed unit is an exact mass, the same for everything under the code."""
        yield from self._unit(one, f"billed.{code}", amount, _BILLED)
        first = self._units_billed.setdefault(code, amount)
        if first != amount:
            found = f"{amount.text()}, where another concept has {first.text()}"
            yield self._problem(
                "unlike-billed", one, f"billed.{code}", found, "one amount for one code", "correct one of them"
            )

    def _unit(self, one: Struct, field: str, amount: Quantity, allowed: tuple[str, ...] | None) -> Iterator[Problem]:
        if allowed is None:
            concept = one if isinstance(one, Concept) else self._concept(one)
            if concept is None or not isinstance(one, Concept | language.Measured | GivenFact):
                return
            if isinstance(one, language.Measured) and concept.kind not in _MEASURABLE:
                return
            if not concept.unit:
                found = f"an amount of {concept.id}, which has no unit"
                yield self._problem(
                    "wrong-dimension", one, field, found, "a concept with a unit", "give the concept a unit"
                )
                return
            allowed = (concept.unit,)
        known = tuple(unit for unit in allowed if self.units.named(unit))
        if known and not any(self.units.convert(amount, unit) for unit in known):
            expected = f"a unit that converts to {' or '.join(known)}"
            yield self._problem(
                "wrong-dimension", one, field, f"the unit {shown(amount.unit)}", expected, "correct the unit"
            )

    def _outcomes(self, one: language.Tried) -> Iterator[Problem]:
        for number, word in enumerate(one.outcomes):
            if word not in _OUTCOMES:
                fix, expected = did_you_mean(word, _OUTCOMES), f"one of {choices(_OUTCOMES)}"
                yield self._problem("bad-choice", one, f"outcomes.{number}", shown(word), expected, fix)

    def _ranges(self, one: language.Codes) -> Iterator[Problem]:
        for number, code in enumerate(one.any_of):
            if not _CODES.fullmatch(code):
                expected, fix = "an ICD-10-CM code or range", "write M33.00 or M08.00-M10.9"
                yield self._problem("bad-code", one, f"any_of.{number}", shown(code), expected, fix)

    def _concept(self, one: Struct) -> Concept | None:
        name = getattr(one, "concept", None)
        return self.vocabulary[name] if isinstance(name, str) and name in self.vocabulary else None

    def _problem(self, code: str, one: Struct, field: str, found: str, expected: str, fix: str = "") -> Problem:  # noqa: PLR0913, PLR0917
        return self.places[id(one)].problem(code, written(field), found, expected, fix)
