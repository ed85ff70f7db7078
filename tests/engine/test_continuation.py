"""A treatment that is to go on: measures over time, what less of it did, and what the request changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from indicated.engine import determine
from indicated.model.concept import Better, Concept, Kind
from indicated.model.continuation import RegimenPart, Trend, Untold
from indicated.model.fact import Entry, Fact, Outcome, Role, Stage, Therapy
from indicated.model.product import Product
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen
from indicated.model.standard import Gauge
from indicated.model.verdict import Verdict
from tests import told

SCALE = Concept("scale.walk", Kind.SCALE, "walking score", "the tests", unit="1", better=Better.LOWER)
OTHER = Concept("scale.grip", Kind.SCALE, "grip score", "the tests", unit="1", better=Better.HIGHER)
LESS = Concept("finding.less", Kind.FINDING, "less was tried", "the tests")
UNDER = Concept("tx.scig", Kind.TREATMENT, "under the skin", "the tests", broader=("tx.ig",))
WEEKLY = Concept("product.weekly", Kind.PRODUCT, "weekly", "the tests", broader=("tx.scig",))
CRITERIA = "- id: dx\n  has: dx.dm"
GAUGE = Gauge("scale.walk", ("trial",), Quantity.of(2, "1"))
MONTHLY = Regimen(per_course=Quantity.of(40, "g"), interval=Quantity.of(4, "wk"))


def given(stage=Stage.CURRENT, regimen=None, concept="tx.ivig", **more):
    therapy = Therapy(stage, role=Role.REQUESTED, regimen=regimen, **more)
    return Fact(concept, (Entry("row"),), therapy=therapy)


def going_on(table="", *more, request="indications: dx.dm\nphase: continuation", gauges=(GAUGE,), asks=None):
    known = told.knowing(replace(told.standard(CRITERIA), gauges=gauges))
    products = (
        Product("tx.ivig", "tx.ivig", ("IV",), ("trial",), reduction="finding.less"),
        Product(
            "product.weekly",
            "tx.scig",
            ("SC",),
            ("trial",),
            weekly_factor=Decimal("1.5"),
            weekly_factor_in=("dx.myositis",),
        ),
    )
    known = replace(known, concepts=(*known.concepts, SCALE, OTHER, LESS, UNDER, WEEKLY), products=products)
    case = told.case((*told.facts("concept | value | course | on\n" + table), *more), request)
    if asks is not None:
        case = replace(case, request=replace(case.request, regimen=asks))
    return determine(case, known, told.DAY).continuation


WALKED = "scale.walk | {then} 1 | | 2025-01-10\nscale.walk | {now} 1 | | 2026-01-10"


def test_a_first_request_has_no_then_and_now():
    assert going_on(request="indications: dx.dm\nphase: initial") is None


@pytest.mark.parametrize(
    ("then", "now", "trend", "enough"),
    [
        (5, 3, Trend.BETTER, Verdict.MET),
        (5, 4, Trend.BETTER, Verdict.NOT_MET),
        (5, 5, Trend.UNCHANGED, Verdict.NOT_MET),
        (3, 5, Trend.WORSE, Verdict.NOT_MET),
    ],
)
def test_a_measure_went_for_the_better_or_worse_and_far_enough_or_not(then, now, trend, enough):
    (one,) = going_on(WALKED.format(then=then, now=now)).followed
    assert (one.trend, one.enough, one.change) == (trend, enough, Quantity.of(now - then, "1"))


def test_where_more_is_better_a_rise_is_for_the_better():
    (one,) = going_on("scale.grip | 3 1 | | 2025-01-10\nscale.grip | 5 1 | | 2026-01-10", gauges=()).followed
    assert (one.trend, one.enough, one.gauge) == (Trend.BETTER, None, None)


def test_a_laboratory_value_is_followed_only_where_the_standard_does_and_has_no_better_end():
    table = "lab.ck | 900 U/L | | 2025-01-10\nlab.ck | 100 U/L | | 2026-01-10"
    assert not going_on(table).followed
    (one,) = going_on(table, gauges=(Gauge("lab.ck", ("trial",)),)).followed
    assert one.trend is Trend.CHANGED


def test_the_first_day_is_then_and_the_last_is_now_in_whatever_order_they_stand():
    table = "scale.walk | 4 1 | | 2025-06-10\nscale.walk | 2 1 | | 2026-01-10\nscale.walk | 6 1 | | 2025-01-10"
    (one,) = going_on(table).followed
    assert [fact.value.exact for fact in one.values] == [6, 4, 2]


@pytest.mark.parametrize(
    "table",
    [
        "scale.walk | 5 1 | | \nscale.walk | 3 1 | | ",
        "scale.walk | 5 1 | | 2025-01-10\nscale.walk | 3 1 | | ",
        "scale.walk | 5 1 | | 2025-01-10\nscale.walk | 3 1 | | 2025-01-10",
        "scale.walk | 5 1 | | 2025-01-10\nscale.walk | 3 1 | | 2027-01-10",
    ],
)
def test_values_that_have_no_order_make_no_change_and_are_asked_for(table):
    it = going_on(table)
    assert not it.followed
    assert Untold.MEASURES in it.untold
    assert it.undated


def test_two_values_of_one_day_that_differ_are_not_chosen_between():
    table = WALKED.format(then=5, now=3) + "\nscale.walk | 4 1 | | 2025-01-10"
    assert not going_on(table).followed


def test_a_first_value_from_after_the_beginning_is_no_baseline():
    table = WALKED.format(then=5, now=3)
    assert going_on(table, given(started=date(2024, 5, 2))).followed[0].late
    assert not going_on(table, given(started=date(2025, 1, 1))).followed[0].late
    assert not going_on(table, given(started=date(2025, 3, 4))).followed[0].late


def test_a_level_just_before_the_next_dose_has_no_baseline_and_one_is_enough():
    level = (Gauge("lab.igg", ("trial",), on_treatment=True),)
    started = given(started=date(2024, 5, 2))
    two = "lab.igg | 700 mg/dL | | 2025-01-10\nlab.igg | 800 mg/dL | | 2026-01-10"
    assert not going_on(two, started, gauges=level).followed[0].late
    assert Untold.MEASURES not in going_on("lab.igg | 700 mg/dL | | 2025-01-10", gauges=level).untold
    assert Untold.MEASURES in going_on("", gauges=level).untold


def test_treatment_began_on_its_earliest_day():
    it = going_on("", given(started=date(2025, 3, 4)), given(started=date(2024, 3, 4)))
    assert it.since == date(2024, 3, 4)
    assert Untold.SINCE not in it.untold


def test_how_long_it_has_run_stands_in_for_the_day_it_began():
    it = going_on("", given(duration=Quantity.of(3, "a")))
    assert (it.since, it.began is not None) == (None, True)


def test_what_is_missing_is_named():
    assert going_on().untold == (Untold.SINCE, Untold.MEASURES, Untold.RESPONSE)


def test_a_course_of_the_disease_or_what_came_of_the_treatment_is_the_response():
    assert Untold.RESPONSE not in going_on("dx.dm | | improved | ").untold
    assert Untold.RESPONSE not in going_on("", given(outcome=Outcome.EFFECTIVE)).untold


def test_a_trial_of_less_and_a_course_that_ended_are_pauses():
    it = going_on("finding.less | | | ", given(Stage.PAST, ended=date(2025, 6, 1)))
    assert [fact.concept for fact in it.pauses] == ["finding.less", "tx.ivig"]


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        (MONTHLY, ()),
        (Regimen(per_course=Quantity.of(30, "g"), interval=Quantity.of(4, "wk")), (RegimenPart.DOSE,)),
        (Regimen(per_course=Quantity.of(40, "g"), interval=Quantity.of(21, "d")), (RegimenPart.INTERVAL,)),
        (Regimen(per_course=Quantity.of(40, "g"), interval=Quantity.of(28, "d")), ()),
        (Regimen(per_course=Quantity.of(40, "g"), interval=Quantity.of(1, "mo")), ()),
        (Regimen(per_course=Quantity.of(2, "g/kg"), interval=Quantity.of(4, "wk")), ()),
    ],
)
def test_what_the_request_changes_is_what_both_tell_and_tell_differently(asked, changes):
    before = going_on("", given(regimen=MONTHLY, started=date(2025, 1, 2)), asks=asked).before
    assert (before.regimen, before.changes) == (MONTHLY, changes)


def test_a_dose_per_kilogram_is_held_against_grams_at_the_weight():
    asked = Regimen(per_course=Quantity.of(1, "g/kg"), interval=Quantity.of(4, "wk"))
    course = given(regimen=MONTHLY, started=date(2025, 1, 2))
    assert going_on("demo.weight | 40 kg | | ", course, asks=asked).before.changes == ()
    assert going_on("demo.weight | 50 kg | | ", course, asks=asked).before.changes == (RegimenPart.DOSE,)


def test_of_two_regimens_in_use_none_is_the_last():
    other = Regimen(per_course=Quantity.of(20, "g"), interval=Quantity.of(2, "wk"))
    assert going_on("", given(regimen=MONTHLY), given(regimen=other), asks=MONTHLY).before is None


def test_the_first_weekly_dose_is_the_last_by_vein_times_the_factor_by_weeks():
    request = "treatment: tx.scig\nproduct: product.weekly\nindications: dx.dm\nphase: continuation"
    asked = Regimen(per_course=Quantity.of(10, "g"), interval=Quantity.of(1, "wk"))
    it = going_on("", given(regimen=MONTHLY), request=request, asks=asked)
    assert RegimenPart.TREATMENT in it.before.changes
    assert it.weekly.dose == Quantity.of(15, "g")


def test_there_is_no_weekly_dose_for_a_condition_that_the_label_gives_none_for():
    request = "treatment: tx.scig\nproduct: product.weekly\nindications: dx.arthritis\nphase: continuation"
    assert going_on("", given(regimen=MONTHLY), request=request, asks=MONTHLY).weekly is None
