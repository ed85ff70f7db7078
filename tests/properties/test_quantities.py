"""Quantities, limits and doses: exact decimals, three verdicts, and the same dose however it is said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import Struct

import indicated
from indicated.content.load import load_one
from indicated.engine import Facts
from indicated.engine.arithmetic import absolute, fitting_weight, per_kilogram
from indicated.engine.dose import check_dose
from indicated.model.determination import DoseCheck, DoseIssue
from indicated.model.fact import Entry, Fact
from indicated.model.quantity import Comparison, Quantity, Unit, Units
from indicated.model.regimen import Regimen, Request
from indicated.model.standard import Dosing
from indicated.model.verdict import Verdict
from tests import told

ROOT = Path(__file__).parents[2]
UNITS = told.UNIT_TABLE
whole = st.integers(0, 12).map(Decimal)
grams = st.integers(1, 400).map(Decimal)
tenths = st.integers(1, 40).map(lambda number: Decimal(number) / 10)


@st.composite
def ranges(draw, unit: str = "g") -> Quantity:
    low, high = draw(st.one_of(st.none(), whole)), draw(st.one_of(st.none(), whole))
    assume(low is not None or high is not None)
    if low is not None and high is not None and low > high:
        low, high = high, low
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    assume(low != high or not (open_low or open_high))
    return Quantity(low, high, unit, open_low and low is not None, open_high and high is not None)


def samples(quantity: Quantity) -> list[Decimal]:
    """Values of a range: its ends where they belong to it, a little inside them, far out where it has none."""
    grid = [Decimal(number) / 4 for number in range(-8, 4 * 12 + 9)]
    return [
        value
        for value in grid
        if (quantity.low is None or value > quantity.low or (value == quantity.low and not quantity.low_open))
        and (quantity.high is None or value < quantity.high or (value == quantity.high and not quantity.high_open))
    ]


@given(ranges(), st.sampled_from(("<", "<=", ">", ">=", "=")), whole)
def test_a_limit_is_met_by_a_range_when_every_value_of_it_meets_the_limit(found, sign, limit):
    compare = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__", "=": "__eq__"}[sign]
    answers = {getattr(value, compare)(limit) for value in samples(found)}
    expected = Verdict.UNKNOWN if len(answers) == 2 else Verdict.MET if True in answers else Verdict.NOT_MET
    assert Comparison(sign, Quantity.of(limit, "g")).judge(found) is expected


@given(grams, st.integers(1, 7).map(Decimal))
def test_a_dose_per_day_over_days_is_the_same_dose_per_course(each, days):
    split = Regimen(per_day=Quantity.of(each, "g/kg"), days=Quantity.of(days, "d"))
    whole_course = Regimen(per_course=Quantity.of(each * days, "g/kg"), days=Quantity.of(days, "d"))
    assert split.course_total() == whole_course.course_total()


@given(tenths, st.integers(2, 150).map(Decimal))
def test_per_kilogram_to_grams_and_back_is_the_same_dose(each, weight):
    kilograms, dose = Quantity.of(weight, "kg"), Quantity.of(each, "g/kg")
    total = absolute(dose, kilograms, UNITS)
    assert total == Quantity.of(each * weight, "g")
    back = per_kilogram(total, kilograms, UNITS)
    assert back is not None
    assert back.exact == each


@given(grams, tenths, tenths)
def test_the_weights_that_fit_are_exactly_those_at_which_the_dose_is_in_range(total, one, other):
    low, high = sorted((one, other))
    assume(low < high)
    fits = fitting_weight(Quantity.of(total, "g"), Quantity(low, high, "g/kg"), UNITS)
    assert fits is not None
    step = Decimal("0.001")
    for weight in (fits.low, fits.low - step, fits.high, fits.high + step, (fits.low + fits.high) / 2):
        inside = Fraction(low) <= Fraction(total) / Fraction(weight) <= Fraction(high)
        assert inside is (fits.low <= weight <= fits.high)


@given(grams, tenths, tenths, st.integers(1000, 150_000).map(lambda number: Decimal(number) / 1000))
def test_the_dose_check_agrees_with_the_weights_that_fit(total, one, other, weight):
    low, high = sorted((one, other))
    assume(low < high)
    limit = Quantity(low, high, "g/kg")
    fits = fitting_weight(Quantity.of(total, "g"), limit, UNITS)
    assert fits is not None
    check = checked(Regimen(per_course=Quantity.of(total, "g")), limit, weight)
    if fits.low <= weight <= fits.high:
        assert DoseIssue.FITS in check.issues
    tolerance = Fraction(1, 2000)  # a dose per kilogram is shown and compared to a thousandth
    exact = Fraction(total) / Fraction(weight)
    if not Fraction(low) - tolerance <= exact <= Fraction(high) + tolerance:
        assert DoseIssue.FITS not in check.issues


@given(tenths, tenths, st.integers(2, 120).map(Decimal))
def test_a_dose_is_judged_alike_per_kilogram_and_in_grams(asked, limit, weight):
    allowed = Quantity(None, limit, "g/kg")
    per_kg = checked(Regimen(per_course=Quantity.of(asked, "g/kg")), allowed, weight)
    in_grams = checked(Regimen(per_course=Quantity.of(asked * weight, "g")), allowed, weight)
    assert per_kg.issues == in_grams.issues
    assert per_kg.total == in_grams.total


def test_70_grams_are_2_grams_per_kilogram_at_35_kilograms_and_at_no_other_weight():
    assert fitting_weight(Quantity.of(70, "g"), Quantity.of(2, "g/kg"), UNITS) == Quantity.of(35, "kg")


def test_no_value_of_a_dose_check_is_a_float():
    check = checked(Regimen(per_course=Quantity.of(71, "g")), Quantity.of(2, "g/kg"), Decimal(34))
    assert check.per_kg == Quantity.of("2.088", "g/kg")
    assert not [value for value in values(check) if isinstance(value, float)]


@pytest.mark.parametrize("folder", ["model", "engine"])
def test_no_module_of_meaning_or_judgement_writes_a_float(folder):
    modules = (Path(indicated.__file__).parent / folder).glob("*.py")
    nodes = [(path.name, node) for path in modules for node in ast.walk(ast.parse(path.read_text()))]
    assert [name for name, node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)] == []
    assert [name for name, node in nodes if isinstance(node, ast.Name) and node.id == "float"] == []


def checked(regimen: Regimen, limit: Quantity, weight: Decimal) -> DoseCheck:
    facts = (Fact("demo.weight", (Entry("tests"),), value=Quantity.of(weight, "kg")),)
    standard = told.standard("- id: dx\n  has: dx.dm", regimens=(Dosing("range", (), per_course=limit),))
    asked = Request(told.TREATMENT, (), regimen=regimen)
    (check,) = check_dose(asked, (standard,), (), Facts(told.case(facts, asked), told.KNOWLEDGE), told.DAY)
    return check


def values(struct: Struct) -> Iterator[object]:
    for field in struct.__struct_fields__:
        value = getattr(struct, field)
        yield value
        if isinstance(value, Struct):
            yield from values(value)


# What pint calls the same unit. Units of effect ([iU], titres, cells) are no units to it.
PINT = {
    "kg": "kilogram", "g": "gram", "mg": "milligram", "ug": "microgram", "ng": "nanogram", "pg": "picogram",
    "[lb_av]": "pound", "[oz_av]": "ounce", "L": "liter", "dL": "deciliter", "mL": "milliliter", "uL": "microliter",
    "fL": "femtoliter", "ms": "millisecond", "s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week",
    "a": "year", "mo": "month", "cm": "centimeter", "m": "meter", "mm": "millimeter", "[in_i]": "inch",
    "[ft_i]": "foot", "m2": "meter**2", "mmol": "millimole", "umol": "micromole", "mm[Hg]": "mmHg", "Cel": "degC",
}  # fmt: skip


def _pint_name(code: str) -> str | None:
    parts = [PINT.get(part) for part in code.split("/")]
    return "/".join(part for part in parts if part) if all(parts) else None


@pytest.fixture(scope="module")
def table() -> tuple[Unit, ...]:
    path = ROOT / "content" / "units.yaml"
    units, _, problems = load_one(path.read_text(encoding="utf-8"), path.name, tuple[Unit, ...], UNITS)
    assert not problems
    assert units is not None
    return units


def test_every_unit_that_pint_knows_converts_as_pint_does(table):
    registry = pint.UnitRegistry(non_int_type=Fraction)
    known = [(unit, name) for unit in table if (name := _pint_name(unit.code)) and unit.code not in ("mo", "Cel")]
    units = Units(table)
    compared = 0
    for one, name in known:
        for other, wanted in known:
            if one.dimension == other.dimension and one is not other:
                ours = units.convert(Quantity.of(1, one.code), other.code)
                theirs = registry.Quantity(Fraction(1), name).to(wanted).magnitude
                assert ours is not None
                assert abs(Fraction(ours.exact) - theirs) <= theirs / 10**20, (one.code, other.code)
                compared += 1
    assert compared > 150, "too few units are known to pint for this to mean anything"


def test_units_of_different_dimensions_never_convert(table):
    units = Units(table)
    for one in table:
        for other in table:
            if one.dimension != other.dimension:
                assert units.convert(Quantity.of(1, one.code), other.code) is None


def test_a_dose_per_kilogram_is_never_a_plain_number(table):
    assert Units(table).convert(Quantity.of(1, "g/kg"), "g") is None
