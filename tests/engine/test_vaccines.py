"""From when a live vaccine may follow: by the dose, counted from days on record."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from indicated.engine.facts import Facts
from indicated.engine.vaccines import vaccine_dates
from indicated.model.fact import Entry, Fact, Role, Stage, Therapy
from indicated.model.product import Product, VaccineWait
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen
from tests import told


def wait(dose, months):
    return VaccineWait(Quantity.of(dose, "g/kg"), Quantity.of(months, "mo"), ("trial",))


KNOWN = told.knowing(
    products=(Product("tx.ivig", "tx.ivig", ("IV",), ("trial",), waits=(wait("0.4", 8), wait(1, 10))),)
)


def dose(per_course):
    amount, unit = per_course.split()
    return Regimen(per_course=Quantity.of(amount, unit))


def given(per_course, ended):
    therapy = Therapy(Stage.PAST, role=Role.REQUESTED, regimen=dose(per_course), ended=ended)
    return Fact("tx.ivig", (Entry("row"),), therapy=therapy)


def dates(*facts, asked="1 g/kg", begins=None, weight=""):
    request = replace(told.request("indications: dx.dm"), begins=begins, regimen=dose(asked))
    table = told.facts(f"concept | value\ndemo.weight | {weight}" if weight else "")
    case = told.case((*table, *facts), request)
    return vaccine_dates(request, Facts(case, KNOWN))


@pytest.mark.parametrize(
    ("per_course", "earliest"),
    [
        ("0.3 g/kg", date(2026, 9, 30)),
        ("0.4 g/kg", date(2026, 9, 30)),
        ("0.5 g/kg", date(2026, 11, 30)),
        ("1 g/kg", date(2026, 11, 30)),
    ],
)
def test_the_wait_is_that_of_the_smallest_dose_that_is_not_below(per_course, earliest):
    (one,) = dates(given(per_course, date(2026, 1, 30)))
    assert (one.earliest, one.asked) == (earliest, False)


def test_a_dose_above_all_has_no_wait_of_its_own():
    assert not dates(given("2 g/kg", date(2026, 1, 30)))


def test_grams_need_a_weight():
    assert not dates(given("40 g", date(2026, 1, 30)))
    assert dates(given("40 g", date(2026, 1, 30)), weight="40 kg")[0].earliest == date(2026, 11, 30)


def test_a_month_that_is_too_short_ends_on_its_last_day():
    (one,) = dates(given("0.4 g/kg", date(2025, 6, 30)))
    assert one.earliest == date(2026, 2, 28)


def test_the_last_dose_on_record_counts_and_the_first_one_asked_for_beside_it():
    found = dates(
        given("1 g/kg", date(2026, 1, 30)),
        given("1 g/kg", date(2025, 1, 30)),
        begins=date(2026, 3, 15),
        asked="0.4 g/kg",
    )
    assert [(one.counted_from, one.asked, one.earliest) for one in found] == [
        (date(2026, 1, 30), False, date(2026, 11, 30)),
        (date(2026, 3, 15), True, date(2026, 11, 15)),
    ]


def test_without_a_day_on_record_there_is_no_date():
    assert not dates()
