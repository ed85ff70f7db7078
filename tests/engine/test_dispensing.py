"""What a request comes to, each figure worked out by hand beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from indicated.engine.dispensing import dispensing, weights
from indicated.engine.facts import Facts
from indicated.model.formula import WeightFormula
from indicated.model.product import Product
from tests import told

PRODUCT = """
concept: product.x
treatment: tx.ivig
routes: [IV]
cite: [label]
strength: 10
vials: [1, 2.5, 5, 10, 20, 40]
hcpcs: J0000
hcpcs_unit: 500
rates:
  - {cite: [label], steps: [{rate: 2 mg/kg/min, minutes: 30 min}], maximum: 8 mg/kg/min}
limits:
  - {cite: [label], maximum: 4 mg/kg/min, when: {has: finding.renal_impairment}}
"""


def worked(regimen: str, facts: str = "", product: str = PRODUCT):
    asked = told.request(f"product: product.x\nregimen: {regimen}")
    knowledge = replace(told.KNOWLEDGE, products=(told.read(product, Product),))
    return dispensing(asked, Facts(told.case(facts, asked), knowledge), told.DAY)


WEIGHT = """
concept     | value
demo.weight | 70 kg
"""


def test_a_course_over_two_days_at_a_weight():
    """2 g/kg at 70 kg is 140 g: 70 g, 700 mL a day, each of one 40, one 20, one 10 g vial. 280 units of 500 mg. At
    2 mg/kg/min 84 mL/h for half an hour, then 336 mL/h for the other 658 mL: 2.5 h; 8.3 h if nobody goes faster.
    """
    found = worked("{per_course: 2 g/kg, days: 2 d, interval: 4 wk}", WEIGHT)
    assert found.course.text() == "140 g"
    assert found.day.text() == "70 g"
    assert [(one.count, str(one.grams)) for one in found.vials] == [(1, "40.0"), (1, "20.0"), (1, "10.0")]
    assert (found.given.text(), found.over.text(), found.below) == ("140 g", "0 g", None)
    assert found.units == 280
    assert found.volume.text() == "700 mL"
    assert [(one.rate.text(), one.minutes and one.minutes.text()) for one in found.stages] == [
        ("84 mL/h", "30 min"),
        ("336 mL/h", None),
    ]
    assert found.hours.text() == "2.5-8.3 h"
    assert found.yearly.text() == "1826 g"  # 140 g x 365.25 / 28


def test_what_is_left_over_and_the_nearest_below():
    """72.4 g takes 72.5 g of vials a day; 72 g would be the most that is not more."""
    found = worked("{per_course: 72.4 g, interval: 1 mo}", WEIGHT)
    assert (found.given.text(), found.over.text(), found.below.text()) == ("72.5 g", "0.1 g", "72 g")
    assert found.units == 145
    assert found.yearly.text() == "869 g"  # twelve months


def test_a_risk_on_record_lowers_the_highest_rate():
    """At most 4 mg/kg/min is 168 mL/h: half an hour at 84, then 658 mL at 168: 4.4 h."""
    facts = WEIGHT + "finding.renal_impairment | \n"
    found = worked("{per_course: 70 g}", facts)
    assert found.slower.text() == "168 mL/h"
    assert found.hours.text() == "4.4-8.3 h"


def test_stages_that_the_label_tells_are_climbed():
    """0.5 mL/kg/h is 35 mL/h, each half hour 35 more, to 140: 17.5 + 35 + 52.5 mL in 90 min, 595 mL at 140: 5.8 h."""
    rates = """
  - cite: [label]
    steps: [{rate: 0.5 mL/kg/h, minutes: 30 min}]
    maximum: 2 mL/kg/h
    every: 30 min
    by: 0.5 mL/kg/h
"""
    product = PRODUCT.replace(
        "  - {cite: [label], steps: [{rate: 2 mg/kg/min, minutes: 30 min}], maximum: 8 mg/kg/min}\n", rates.lstrip("\n")
    )
    found = worked("{per_course: 70 g}", WEIGHT, product)
    assert found.hours.text() == "5.8-20 h"


@pytest.mark.parametrize(
    ("regimen", "facts"),
    [("{per_course: 2 g/kg}", ""), ("{interval: 4 wk}", WEIGHT), ("{per_course: 1-2 g/kg}", WEIGHT)],
)
def test_without_an_amount_in_grams_there_is_nothing_to_work_out(regimen, facts):
    assert worked(regimen, facts) is None


def test_without_a_weight_grams_still_have_vials_and_no_hours():
    found = worked("{per_course: 70 g}")
    assert found.given.text() == "70 g"
    assert found.hours is None


def test_another_route_has_no_hours_by_vein():
    assert worked("{per_course: 70 g, route: subcutaneous}", WEIGHT).hours is None


def test_what_nobody_read_is_named():
    product = PRODUCT + "recalled: [hcpcs_unit]\n"
    product = product.replace("maximum: 8 mg/kg/min}", "maximum: 8 mg/kg/min, verified: false}")
    assert worked("{per_course: 70 g}", WEIGHT, product).recalled == ("hcpcs_unit", "rates")


FORMULA = told.read(
    """
id: f
label: a formula
cite: [source]
base: {demo.male: 50 kg, demo.female: 45.5 kg}
above: "60 [in_i]"
each: 2.3 kg
share: 0.4
""",
    WeightFormula,
)


@pytest.mark.parametrize(
    ("sex", "height", "weight", "ideal", "dosing"),
    [
        ("male", "175 cm", "100 kg", "70.5", "82.3"),  # 68.898 in: 50 + 2.3 x 8.898; 70.466 + 0.4 x 29.534
        ("female", "175 cm", "100 kg", "66", "79.6"),
        ("male", "175 cm", "60 kg", "70.5", "60"),  # lighter than ideal: the measured weight
        ("male", "150 cm", "70 kg", "50", "58"),  # under 60 inches nothing is taken off
    ],
)
def test_weights_to_dose_by(sex, height, weight, ideal, dosing):
    facts = f"concept | value\ndemo.{sex} | \ndemo.height | {height}\ndemo.weight | {weight}\n"
    found = weights((FORMULA,), Facts(told.case(facts), told.KNOWLEDGE), told.DAY)
    assert (found.ideal.text(), found.dosing.text()) == (f"{ideal} kg", f"{dosing} kg")


def test_without_sex_height_or_weight_there_are_none():
    every = ("demo.male | ", "demo.height | 175 cm", "demo.weight | 100 kg")
    for left_out in every:
        facts = "\n".join(["concept | value", *(one for one in every if one != left_out)])
        assert weights((FORMULA,), Facts(told.case(facts), told.KNOWLEDGE), told.DAY) is None


def test_amounts_are_exact():
    assert worked("{per_course: 0.1 g}", WEIGHT).given.exact == Decimal(1)
