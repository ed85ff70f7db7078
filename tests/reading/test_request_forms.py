"""Requests as letters, forms and payers write them: changes, codes, earlier refusals, and what stands around them."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.model.fact import Role, Stage
from indicated.model.regimen import Phase
from tests.reading.content import read
from tests.reading.told_of_treatment import parts, request, therapies

DOSED = [
    (
        "PRIOR AUTHORIZATION REQUEST - Privigen\nDx: CIDP\nLoading dose 2 g/kg over 5 days, then 1 g/kg every 3 weeks.",
        "product.privigen",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg", "days": "5 d"}},
    ),
    ("Request: Privigen\nPrednisone was started.\nDose 60 mg daily.", "product.privigen", {}),
    (
        "Drug requested: Gamunex-C 10%; Dose: 40 g; Frequency: q4w; Qty: 80 units; Duration: 6 months",
        "product.gamunex_c",
        {"per_course": "40 g", "interval": "4 wk", "duration": "6 mo", "supplies": ["80 of 0.5 g J1561 for all"]},
    ),
    (
        "Dose: 0.4 g/kg\nFrequency: q4w\nDrug requested: Privigen\nDx: CIDP",
        "product.privigen",
        {"per_course": "0.4 g/kg", "interval": "4 wk"},
    ),
    (
        "Service requested: J1569 immune globulin (Gammagard), 500 mg\nUnits requested: 70 per visit\nVisits: 13",
        "product.gammagard",
        {"courses": "13 1", "supplies": ["70 of 0.5 g J1569"]},
    ),
    (
        "Medication: Hizentra 20%\nDirections: 12 g (60 mL) SC weekly\nExpected length of therapy: 1 year",
        "product.hizentra",
        {"per_course": "12 g", "interval": "1 wk", "duration": "1 a", "restated": "60 mL", "route": "sc"},
    ),
    (
        "Please authorize J1459 x 120 units every 4 weeks for CIDP.",
        "product.privigen",
        {"interval": "4 wk", "supplies": ["120 of 0.5 g J1459"]},
    ),
    (
        "Request: Gammagard S/D 60 units q4w (J1599)",
        "product.gammagard_sd",
        {"interval": "4 wk", "supplies": ["60 of 0.5 g J1599"]},
    ),
    (
        "Requested: Loading dose: 2 g/kg over 4 days. Maintenance: 1 g/kg every 3 weeks. Drug: Privigen for CIDP",
        "product.privigen",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg", "days": "4 d"}},
    ),
    (
        "1. Gamunex-C 30 g q4w\n2. Home nursing visits x 12\nPlease approve.",
        "product.gamunex_c",
        {"per_course": "30 g", "interval": "4 wk"},
    ),
]


@pytest.mark.parametrize(("text", "product", "expected"), DOSED, ids=[text[:50] for text, _, _ in DOSED])
def test_a_form_gives_product_and_dose(text: str, product: str, expected: dict[str, object]) -> None:
    asked = request(text)
    assert asked is not None
    assert (asked.product, parts(asked.regimen)) == (product, expected)


CHANGED = [
    ("Request: increase Gamunex-C from 30 g q4w to 40 g q3w for CVID.", "40 g", "3 wk", "30 g", "4 wk"),
    (
        "We request a dose increase of IVIG from 30 g every 4 weeks to 40 g every 3 weeks.",
        "40 g",
        "3 wk",
        "30 g",
        "4 wk",
    ),
    (
        "She currently receives IVIG 30 g every 4 weeks. We request to increase the dose to 40 g every 3 weeks.",
        "40 g",
        "3 wk",
        "30 g",
        "4 wk",
    ),
    ("Current dose: IVIG 30 g q4w. Requested dose: IVIG 40 g q3w.", "40 g", "3 wk", "30 g", "4 wk"),
    (
        "Drug: Gamunex-C\nCurrent dose: 30 g q4w\nNew dose: 40 g q3w\nRequest: dose increase",
        "40 g",
        "3 wk",
        "30 g",
        "4 wk",
    ),
    ("Request: reduce IVIG from 2 g/kg to 1 g/kg monthly.", "1 g/kg", "1 mo", "2 g/kg", None),
    (
        "We are requesting a change in frequency of Gamunex-C 40 g from every 4 weeks to every 3 weeks.",
        "40 g",
        "3 wk",
        None,
        "4 wk",
    ),
]


@pytest.mark.parametrize(("text", "dose", "every", "old", "before"), CHANGED, ids=[row[0][:50] for row in CHANGED])
def test_the_request_is_the_new_regimen_and_the_old_one_is_kept_apart(
    text: str, dose: str, every: str, old: str | None, before: str | None
) -> None:
    asked = request(text)
    assert asked is not None
    told, replaced = parts(asked.regimen), parts(asked.replaces)
    assert (told.get("per_course"), told.get("interval")) == (dose, every)
    assert (replaced.get("per_course"), replaced.get("interval")) == (old, before)
    assert asked.phase is Phase.CONTINUATION


SWITCHED = [
    (
        "Request: change from Gammagard 30 g every 4 weeks to Hizentra 10 g weekly.",
        "tx.scig",
        "product.hizentra",
        "10 g",
    ),
    (
        "Requesting switch from Privigen to Gamunex-C 40 g every 4 weeks due to headaches.",
        "tx.ivig",
        "product.gamunex_c",
        "40 g",
    ),
    ("Request: switch IVIG to Hizentra 10 g weekly. CVID.", "tx.scig", "product.hizentra", "10 g"),
    (
        "Request to change product: Privigen to Octagam 10%, same dose 40 g q4w. CIDP.",
        "tx.ivig",
        "product.octagam_10",
        "40 g",
    ),
    (
        "Patient on Privigen 40 g every 4 weeks. Request transition to Hizentra 10 g weekly.",
        "tx.scig",
        "product.hizentra",
        "10 g",
    ),
]


@pytest.mark.parametrize(("text", "treatment", "product", "dose"), SWITCHED, ids=[row[0][:50] for row in SWITCHED])
def test_a_switch_asks_for_the_new_product(text: str, treatment: str, product: str, dose: str) -> None:
    asked = request(text)
    assert asked is not None
    assert (asked.treatment, asked.product) == (treatment, product)
    assert parts(asked.regimen)["per_course"] == dose


def test_the_product_that_is_left_is_no_request() -> None:
    found = {
        one.concept: one.therapy
        for one in therapies("Request: change from Gammagard 30 g q4w to Hizentra 10 g weekly.")
    }
    left, asked = found["product.gammagard"], found["product.hizentra"]
    assert left is not None
    assert asked is not None
    assert (left.stage, left.role) == (Stage.CURRENT, Role.PRIOR_STEP)
    assert (asked.stage, asked.role) == (Stage.REQUESTED, Role.REQUESTED)


REFUSED = [
    (
        "Dear Dr. Smith: We have denied your request for Privigen 40 g every 4 weeks for CIDP.",
        {"per_course": "40 g", "interval": "4 wk"},
    ),
    ("Your patient's plan denied a request for IVIG.", {}),
    ("On 1/2/2026 a request for IVIG was denied as not medically necessary.", {}),
    (
        "We reviewed the request for HyQvia 30 g every 4 weeks and it cannot be approved.",
        {"per_course": "30 g", "interval": "4 wk"},
    ),
    (
        "This letter is an appeal of your denial of Gamunex-C 2 g/kg over 2 days.",
        {"per_course": "2 g/kg", "days": "2 d"},
    ),
    ("A request for IVIG for this patient was denied because no biopsy was done.", {}),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=[text[:50] for text, _ in REFUSED])
def test_an_earlier_request_that_was_refused_is_what_is_asked_and_no_past_therapy(
    text: str, expected: dict[str, object]
) -> None:
    asked = request(text)
    assert asked is not None
    assert parts(asked.regimen) == expected
    stages = [fact.therapy.stage for fact in read(text).facts if fact.therapy is not None]
    assert Stage.PAST not in stages
    assert Stage.CURRENT not in stages


def test_a_new_request_goes_before_an_earlier_one_that_was_refused() -> None:
    asked = request("A prior request for IVIG was denied in 2024. Request: Privigen 40 g every 4 weeks for CIDP.")
    assert asked is not None
    assert asked.product == "product.privigen"


@pytest.mark.parametrize(
    "text",
    [
        "Will request IVIG if rituximab fails.",
        "Discuss IVIG with family. Consider IVIG if it fails.",
        "The plan states that a request for IVIG requires failure of steroids.",
        "Requests for IVIG are denied when no vaccine response was tested.",
    ],
)
def test_a_wish_and_a_rule_ask_for_nothing_and_tell_no_past_therapy(text: str) -> None:
    assert request(text) is None
    assert [fact for fact in read(text).facts if fact.therapy is not None and fact.therapy.stage is Stage.PAST] == []


def test_further_requests_are_named_and_are_not_yet_given() -> None:
    text = "Request: rituximab 1 g x 2 doses two weeks apart. Also requesting Privigen 40 g every 4 weeks."
    asked = request(text)
    assert asked is not None
    assert (asked.treatment, asked.also) == ("drug.rituximab", ("product.privigen",))
    assert {one.therapy.stage for one in therapies(text) if one.therapy is not None} == {Stage.REQUESTED}


URGENT = [
    ("Urgent request: IVIG 2 g/kg over 2 days for GBS.", True),
    ("EXPEDITED REVIEW: IVIG 0.4 g/kg x 5 days for myasthenic crisis", True),
    ("Request: Privigen 40 g q4w. Request type: urgent", True),
    ("Please expedite. Request: IVIG 2 g/kg.", True),
    ("Non-urgent request: IVIG 30 g monthly.", False),
    ("Request type: [ ] Urgent [x] Standard\nRequest: Privigen 40 g q4w", False),
    ("Urgent: no\nRequest: Privigen 40 g q4w", False),
    ("Not an urgent request. Panzyga 40 g monthly requested.", False),
    ("Request: IVIG 30 g monthly. Seen in urgent care for sinusitis.", False),
]


@pytest.mark.parametrize(("text", "urgent"), URGENT, ids=[text for text, _ in URGENT])
def test_whether_a_quick_answer_is_asked_for(text: str, urgent: bool) -> None:  # noqa: FBT001
    asked = request(text)
    assert asked is not None
    assert asked.urgent is urgent


SETTINGS = [
    ("Request: site of care change from hospital outpatient to home infusion for Gamunex-C 40 g q4w.", "home"),
    ("Request: Hizentra 12 g weekly in 4 sites, home infusion.", "home"),
    ("Request: Gammagard 35 g every 28 days, ambulatory infusion center.", "infusion_center"),
    ("Request: Privigen 35 g q4w\nSite of care: physician office", "office"),
    ("Request: Privigen 35 g q4w\nSite of administration: Home", "home"),
    ("Request: Privigen 35 g q4w", ""),
]


@pytest.mark.parametrize(("text", "setting"), SETTINGS, ids=[text for text, _ in SETTINGS])
def test_where_it_is_to_be_given(text: str, setting: str) -> None:
    asked = request(text)
    assert asked is not None
    assert asked.setting == setting


PERIODS = [
    ("Request: Privigen 40 g q4w, 13 visits, 01/01/2026-06/30/2026.", date(2026, 1, 1), date(2026, 6, 30)),
    ("Dates of service: 01/01/2026 - 06/30/2026\nRequest: Privigen 40 g q4w", date(2026, 1, 1), date(2026, 6, 30)),
    ("Start date: 01/01/2026\nEnd date: 12/31/2026\nRequest: Privigen 40 g q4w", date(2026, 1, 1), date(2026, 12, 31)),
    ("Request: Octagam 400 mg/kg every 4 weeks, January to May 2025.", date(2025, 1, 1), date(2025, 5, 31)),
    ("Request: Privigen 40 g q4w. Biopsy 1/1/2020 to 2/1/2020 reviewed.", None, None),
]


@pytest.mark.parametrize(("text", "begins", "ends"), PERIODS, ids=[text for text, _, _ in PERIODS])
def test_from_when_to_when_it_is_asked_for(text: str, begins: date | None, ends: date | None) -> None:
    asked = request(text)
    assert asked is not None
    assert (asked.begins, asked.ends) == (begins, ends)


def test_a_start_date_does_not_say_that_treatment_starts() -> None:
    asked = request("Request: Privigen 40 g q4w. Start date: 01/01/2026")
    assert asked is not None
    assert asked.phase is Phase.UNKNOWN


def test_continuing_another_drug_does_not_continue_this_one() -> None:
    asked = request("Plan: start IVIG 2 g/kg over 2 days monthly, continue prednisone 20 mg daily.")
    assert asked is not None
    assert asked.phase is Phase.INITIAL


def test_two_intervals_for_one_request_are_a_contradiction_with_both_passages() -> None:
    case = read("Request: IVIG monthly for CIDP. Dose: 40 g. Frequency: every 3 weeks.")
    quotes = [[passage.quote for passage in one.passages] for one in case.contradictions]
    assert quotes == [["monthly", "every 3 weeks"]]


def test_four_weeks_and_28_days_and_a_month_do_not_contradict_each_other() -> None:
    same = ["Request: IVIG 40 g monthly.", "Request: IVIG 40 g every 4 weeks.", "Request: IVIG 40 g q28d."]
    assert read(*same).contradictions == ()


def test_one_course_told_by_day_and_as_a_whole_is_no_contradiction() -> None:
    same = ["Request: IVIG 1 g/kg/day x 2 days q4w.", "Request: IVIG 2 g/kg over 2 days every 28 days."]
    assert read(*same).contradictions == ()


def test_the_weight_on_record_is_held_against_the_dose() -> None:
    case = read("Request: IVIG 2 g/kg (70 g) every 4 weeks. Weight: 70 kg. Dermatomyositis.")
    assert case.request is not None
    assert case.request.regimen is not None
    (doubt,) = case.request.regimen.doubts
    assert [one.text() for one in doubt.worked] == ["2 g/kg", "70 kg", "140 g", "70 g"]
    fits = read("Request: IVIG 2 g/kg (140 g) every 4 weeks. Weight: 70 kg. Dermatomyositis.")
    assert fits.request is not None
    assert fits.request.regimen is not None
    assert fits.request.regimen.doubts == ()


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("He received IVIG 2 g/kg loading in September 2022.", Stage.PAST),
        ("He received IVIG in September 2022.", Stage.PAST),
        ("He should be treated with IVIG.", Stage.REQUESTED),
    ],
)
def test_what_was_given_before_stays_past_beside_a_request(told, stage):
    text = f"Request: IVIG 1 g/kg every 3 weeks. {told}"
    facts = [fact for fact in read(text).facts if fact.therapy is not None]
    stages = {fact.therapy.stage for fact in facts if any(p.start > text.index(".") for p in fact.passages)}
    assert stages == {stage}
