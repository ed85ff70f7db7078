"""Quantities: exact decimals, exact spans, ranges and comparisons; scores, titres and dates are not quantities."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind, find_numbers
from tests.reading.told_of_treatment import flat, lexicon, quantities, said

SAID = [
    ("CK 1,250 U/L", [("1250 U/L", "1,250 u/l")]),
    ("WBC 4.5 x 10^9/L", [("4.5 10*9/L", "4.5 x 10^9/l")]),
    ("platelets 585 × 10⁹/L", [("585 10*9/L", "585 x 109/l")]),
    ("WBC 5.2 K/uL, RBC 3.5 million/µL", [("5.2 10*3/uL", "5.2 k/ul"), ("3.5 10*6/uL", "3.5 million/ul")]),
    ("platelets 15,000/uL", [("15000 /uL", "15,000/ul")]),
    ("rituximab 375 mg/m2", [("375 mg/m2", "375 mg/m2")]),
    ("ESR above 20 mm/h", [("> 20 mm/h", "above 20 mm/h")]),
    ("IgG <= 400 mg/dL", [("<= 400 mg/dL", "<= 400 mg/dl")]),
    ("IgG at or below 400 mg/dL", [("<= 400 mg/dL", "at or below 400 mg/dl")]),
    ("IgG 400 mg/dL or less", [("<= 400 mg/dL", "400 mg/dl or less")]),
    ("trough of at least 500 mg/dL", [(">= 500 mg/dL", "at least 500 mg/dl")]),
    ("less than 35 kg", [("< 35 kg", "less than 35 kg")]),
    ("LVEF 50-55%", [("50-55%", "50-55%")]),
    ("LVEF 30%–35%", [("30-35%", "30%-35%")]),
    ("reference 11.5 g/dL - 15.5 g/dL", [("11.5-15.5 g/dL", "11.5 g/dl - 15.5 g/dl")]),
    ("2 to 5 days", [("2-5 d", "2 to 5 days")]),
    ("two to five days", [("2-5 d", "two to five days")]),
    ("every four (4) weeks", [("4 wk", "four (4) weeks")]),
    ("two and a half years", [("2.5 a", "two and a half years")]),
    ("twenty-four hours", [("24 h", "twenty-four hours")]),
    ("Five hundred milligrams", [("500 mg", "five hundred milligrams")]),
    ("2 grams per kilogram of body weight", [("2 g/kg", "2 grams per kilogram of body weight")]),
    ("1 gm/kg", [("1 g/kg", "1 gm/kg")]),
    ("2 g/kg/day", [("2 g/kg/d", "2 g/kg/day")]),
    ("60 mg per day", [("60 mg/d", "60 mg per day")]),
    ("168 lb (76.4 kg)", [("168 [lb_av]", "168 lb"), ("76.4 kg", "76.4 kg")]),
    ("Temp: 98.6°F (37°C)", [("98.6 [degF]", "98.6°f"), ("37 Cel", "37°c")]),
    ("over 26 weeks", [("26 wk", "26 weeks")]),
    ("for over 2 months", [("> 2 mo", "over 2 months")]),
    ("creatinine clearance 100 mL/min/1.73m2", [("100 mL/min/{1.73_m2}", "100 ml/min/1.73m2")]),
    (".5 mg", [("0.5 mg", ".5 mg")]),
    ("between 50 and 60 beats per min", [("50-60 /min", "50 and 60 beats per min")]),
    ("2- to 3-cm", [("2-3 cm", "2- to 3-cm")]),
    ("12 ± 3 mg", [("12 mg", "12 ± 3 mg")]),
    ("44 000/mL and 100 000 IU", [("44000 /mL", "44 000/ml"), ("100000 [iU]", "100 000 iu")]),
    (
        "½ tablet, 1½ tablets, 1/2 tablet",
        [("0.5 {tbl}", "½ tablet"), ("1.5 {tbl}", "1½ tablets"), ("0.5 {tbl}", "1/2 tablet")],
    ),
    ("two-and-a-half years, 4 and a half years", [("2.5 a", "two-and-a-half years"), ("4.5 a", "4 and a half years")]),
    ("2 × 10⁶/kg, 1.5 million units", [("2000000 /kg", "2 x 106/kg"), ("1500000 U", "1.5 million units")]),
    ("10⁵ CFU/mL, 10^5 CFU/mL", [("100000 [CFU]/mL", "10⁵ cfu/ml"), ("100000 [CFU]/mL", "10^5 cfu/ml")]),
    ("5.3 x10e3/uL", [("5.3 10*3/uL", "5.3 x10e3/ul")]),
    ("6 mg/kg/12h", [("6 mg/kg", "6 mg/kg")]),
    ("temp 98 F, 38.5 C", [("98 [degF]", "98 f"), ("38.5 Cel", "38.5 c")]),
    (
        "3/7 hx, 2/52 ago, for 5/12, seen in 1/52.",
        [("3 d", "3/7"), ("2 wk", "2/52"), ("5 mo", "5/12"), ("1 wk", "1/52")],
    ),
    ("5 IU/L and 5 U/L", [("5 [iU]/L", "5 iu/l"), ("5 U/L", "5 u/l")]),
]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_a_quantity_is_read_exactly_with_its_span(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


UNITS_SAID = [
    ("4.5 x10^3/µL", "10*3/uL"),
    ("4.5 thou/cumm", "10*3/uL"),
    ("4.5 Giga/L", "10*9/L"),
    ("450 cells/cu mm", "/uL"),
    ("30 mm/1hr", "mm/h"),
    ("4 µIU/mL", "u[iU]/mL"),
    ("4 mIU/L", "m[iU]/L"),
    ("4.2 log10 IU/mL", "{Log_IU}/mL"),
    ("4.2 log copies/mL", "{Log_copies}/mL"),
    ("62 % predicted", "%"),
    ("110 mm of Hg", "mm[Hg]"),
    ("15 cm of water", "cm[H2O]"),
    ("5 LPM", "L/min"),
    ("60 mL/min/1.73 sq m", "mL/min/{1.73_m2}"),
    ("98.6 F", "[degF]"),
    ("0.4 mg/mg creatinine", "g/g"),
    ("300 mcg/g stool", "ug/g"),
    ("100 mg%", "mg/dL"),
    ("0.5 mcg/mL FEU", "ug{FEU}/mL"),
    ("300 ng/mL DDU", "ng{DDU}/mL"),
    ("0.8 g/cm2", "g/cm2"),
    ("20 mL/min/mmHg", "mL/min/mm[Hg]"),
    ("3.0 Wood units", "[wood'U]"),
    ("100,000 CFU/mL", "[CFU]/mL"),
]


@pytest.mark.parametrize(("text", "code"), UNITS_SAID, ids=[text for text, _ in UNITS_SAID])
def test_a_unit_is_known_however_laboratories_spell_it(text: str, code: str) -> None:
    (found,) = quantities(f"{text} today")
    assert found.quantity.unit == code
    assert found.end == len(flat(text))


def test_what_only_looks_alike_does_not_convert() -> None:
    table = lexicon().unit_table
    for one, other in (
        ("ug{FEU}/mL", "ug/mL"),
        ("ng{FEU}/mL", "ng{DDU}/mL"),
        ("mg/dL", "mmol/L"),
        ("{Log_IU}/mL", "[iU]/mL"),
        ("U/L", "[iU]/L"),
        ("g/cm2", "g/m2"),
    ):
        assert table.convert(Quantity.of(1, one), other) is None


@pytest.mark.parametrize(
    "text",
    [
        "strength 5/5 throughout",
        "ANA 1:640",
        "titer 1:64 with MFI",
        "seen 8/16/24",
        "BP 120/80 mmHg",
        "16 of 23 serotypes",
        "M33.13 and IL-6 and CD34+",
        "the 3rd day",
        "at 8:30 am",
        "COVID-19 days",
        "strength 3/5 in 3/7 muscles",
        "74,2 mm",
        "a 90 F with weakness",
        "pressures in the 90s",
        "Tel 555-123-4567",
    ],
)
def test_scores_titres_dates_codes_and_names_are_not_quantities(text: str) -> None:
    assert said(text) == []


def test_numbers_say_what_they_are() -> None:
    kinds = {
        flat("5/5 1:640 8/16/24 3rd 70")[one.start : one.end]: one.kind
        for one in find_numbers("5/5 1:640 8/16/24 3rd 70")
    }
    assert kinds == {
        "5/5": NumberKind.SCORE,
        "1:640": NumberKind.TITRE,
        "8/16/24": NumberKind.DATE,
        "3rd": NumberKind.ORDINAL,
        "70": NumberKind.PLAIN,
    }
    (titre,) = find_numbers("1:640")
    assert titre.low == Decimal(640)


def test_degrees_convert_with_their_zero() -> None:
    table = lexicon().unit_table
    registry = pint.UnitRegistry()
    for value in ("98.6", "102", "-40"):
        theirs = registry.Quantity(float(value), "degF").to("degC").magnitude
        ours = table.convert(Quantity.of(value, "[degF]"), "Cel")
        assert ours is not None
        assert ours.exact is not None
        assert float(ours.exact) == pytest.approx(theirs)
    assert table.convert(Quantity.of(37, "Cel"), "[degF]") == Quantity.of("98.6", "[degF]")


def test_a_range_upside_down_is_two_numbers() -> None:
    assert [one.low for one in find_numbers("60 to 10")] == [Decimal(60), Decimal(10)]


def test_spans_quote_the_text_whatever_stands_around() -> None:
    (found,) = quantities("Weight:   70\n kg,  stable")
    assert found.quantity == Quantity.of(70, "kg")


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(["g", "mg/dL", "U/L", "kg", "mm/h"]))
def test_any_figure_survives_reading(value: Decimal, unit: str) -> None:
    (found,) = quantities(f"value {value} {unit} today")
    assert (found.quantity.low, found.quantity.unit) == (value, unit)


@given(st.integers(1000, 10**9))
def test_us_thousands_are_one_number(value: int) -> None:
    (found,) = find_numbers(f"{value:,}")
    assert found.low == value


def test_units_convert_exactly_and_mass_per_weight_is_no_plain_number() -> None:
    table = lexicon().unit_table
    assert table.convert(Quantity.of(400, "mg/kg"), "g/kg") == Quantity.of("0.4", "g/kg")
    assert table.convert(Quantity.of(2, "g/kg"), "1") is None
    assert table.convert(Quantity.of(168, "[lb_av]"), "kg") == Quantity.of("76.20351816", "kg")
    assert table.convert(Quantity.of("4.5", "10*9/L"), "/uL") == Quantity.of(4500, "/uL")


_PINT = {
    "ug": "microgram",
    "[lb_av]": "pound",
    "[oz_av]": "ounce",
    "wk": "week",
    "d": "day",
    "h": "hour",
    "a": "julian_year",
}
_PINT |= {
    "min": "minute",
    "g": "gram",
    "mg": "milligram",
    "kg": "kilogram",
    "ng": "nanogram",
    "s": "second",
    "L": "liter",
}
_PINT |= {
    "dL": "deciliter",
    "mL": "milliliter",
    "uL": "microliter",
    "mmol": "millimole",
    "umol": "micromole",
    "m": "meter",
}
_PINT |= {
    "cm": "centimeter",
    "mm": "millimeter",
    "[in_i]": "inch",
    "[ft_i]": "foot",
    "m2": "meter**2",
    "nmol": "nanomole",
}


def test_factors_agree_with_pint() -> None:
    """An oracle written by others: the ratio of any two plain units of a dimension."""
    registry = pint.UnitRegistry()
    by_dimension: dict[str, list[tuple[str, Fraction, str]]] = {}
    for unit in lexicon().units:
        names = [_PINT.get(part) for part in unit.code.split("/")]
        if all(names):
            expression = "/".join(str(name) for name in names)
            by_dimension.setdefault(unit.dimension, []).append((unit.code, unit.ratio(), expression))
    compared = 0
    for group in by_dimension.values():
        first = group[0]
        for code, ratio, expression in group[1:]:
            theirs = registry.Quantity(1, expression).to(first[2]).magnitude
            assert float(ratio / first[1]) == pytest.approx(theirs, rel=1e-9), code
            compared += 1
    assert compared > 30


def test_degrees_convert_with_their_zero_and_pint_agrees() -> None:
    table = lexicon().unit_table
    registry = pint.UnitRegistry()
    for told in ("98.6", "32", "0", "-40", "104"):
        ours = table.convert(Quantity.of(told, "[degF]"), "Cel")
        assert ours is not None
        assert ours.exact is not None
        assert float(ours.exact) == pytest.approx(registry.Quantity(float(told), "degF").to("degC").magnitude, abs=1e-9)
    assert table.convert(Quantity.of("98.6", "[degF]"), "Cel") == Quantity.of(37, "Cel")
    assert table.convert(Quantity.of(37, "Cel"), "[degF]") == Quantity.of("98.6", "[degF]")


def test_no_spelling_means_two_units() -> None:
    owner: dict[str, str] = {}
    for unit in lexicon().units:
        for spelling in unit.spellings:
            plain = spelling.lower().translate(str.maketrans("", "", " ^*"))
            assert owner.setdefault(plain, unit.code) == unit.code, spelling
    assert len(lexicon().units) > 100
