"""What the labels of real content say of rates, vials and billed units can be computed with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from indicated.content.load import load
from indicated.model.concept import Concept
from indicated.model.product import Product
from indicated.model.quantity import Quantity, Unit, Units

LOADED = load(Path(__file__).parents[2] / "content")
UNITS = Units(LOADED.all(Unit))
CONCEPTS = {one.id: one for one in LOADED.all(Concept)}
PRODUCTS = [one for one in LOADED.all(Product) if one.strength is not None]
FORM_NOT_STATED = {"product.octagam", "product.gammagard", "product.gammaplex", "product.flebogamma"}
RATE_NOT_READ = {"product.yimmugo", "product.qivigy"}

each = pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.concept.removeprefix("product."))


def protein(rate: Quantity, strength: Decimal) -> Decimal:
    """The top of a rate in mg/kg/min: a rate of the solution holds ten times its strength in mg for each mL."""
    assert rate.high is not None
    if (direct := UNITS.convert(rate, "mg/kg/min")) is not None:
        return direct.high
    volume = UNITS.convert(rate, "mL/kg/min") or UNITS.convert(rate, "mL/h")
    return volume.high * strength * 10


def test_whatever_has_no_strength_is_a_class_or_a_name_that_leaves_the_form_open():
    left = {one.concept for one in LOADED.all(Product)} - {one.concept for one in PRODUCTS}
    assert left == {"tx.ivig", "tx.scig"} | FORM_NOT_STATED


@each
def test_a_product_has_vials_and_a_rate_or_places_unless_nobody_read_them(product):
    assert product.vials == tuple(sorted(product.vials))
    assert product.vials
    assert bool(product.rates or product.sites) is (product.concept not in RATE_NOT_READ)


@each
def test_the_stages_of_an_infusion_rise_to_the_highest_rate_and_not_above(product):
    for rate in product.rates:
        stages = [protein(step.rate, product.strength) for step in rate.steps]
        top = protein(rate.maximum, product.strength)
        assert stages == sorted(set(stages))
        assert stages[-1] <= top


@each
def test_a_limit_for_patients_at_risk_lies_below_a_highest_rate_it_is_a_limit_on(product):
    tops = [protein(rate.maximum, product.strength) for rate in product.rates]
    for limit in product.limits:
        assert any(protein(limit.maximum, product.strength) <= top for top in tops)


@each
def test_the_billed_unit_is_the_one_of_the_vocabulary_and_a_recalled_code_has_none_there(product):
    billed = CONCEPTS[product.concept].billed
    if "hcpcs" in product.recalled or not product.hcpcs:
        return
    (amount,) = [value for code, value in billed.items() if code == product.hcpcs]
    assert UNITS.convert(amount, "mg") == Quantity.of(product.hcpcs_unit, "mg")


@each
def test_a_use_with_a_loading_course_gives_it_once_and_for_a_start(product):
    for use in product.uses:
        if use.dosing is not None and "loading" in use.dosing.label:
            assert use.dosing.courses == Quantity.of(1, "1")
            assert use.dosing.phase == "initial"


def test_the_same_rate_stands_in_both_of_a_labels_units():
    """Two labels print a rate by protein and by volume; ours by one of them turns into the other."""
    by_name = {product.concept: product for product in PRODUCTS}
    gammaplex = by_name["product.gammaplex_10"]
    assert [protein(rate.maximum, gammaplex.strength) for rate in gammaplex.rates] == [8, 8]
    assert protein(by_name["product.flebogamma_5"].rates[0].maximum, Decimal(5)) == 5
