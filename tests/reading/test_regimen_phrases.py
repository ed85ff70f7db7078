"""The phrases of doses, labs and durations that the design of reading names, and the forms that requests write:
each a row with every part that must be read.
"""

from __future__ import annotations

import json

import pytest

from indicated.model.quantity import Quantity
from indicated.model.text import Document
from indicated.reading.numbers import NumberKind, find_numbers
from indicated.reading.view import View
from tests.corpora.where import corpus
from tests.reading.told_of_treatment import flat, part_reader, parts, quantities, regimen, regimens, request

_PHS = corpus("phs_dose_instructions_dev.jsonl")

# Sections 3.4 and 5.5 of the design of reading, and section 6 of the design.
DOSES: list[tuple[str, dict[str, object]]] = [
    ("2 g/kg divided over 2-5 days every 4 weeks", {"per_course": "2 g/kg", "days": "2-5 d", "interval": "4 wk"}),
    ("70 grams monthly", {"per_course": "70 g", "interval": "1 mo"}),
    ("1 gm/kg IV per day for two days q4w", {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk", "route": "iv"}),
    ("1 g/kg/day x 2 days q4w", {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk"}),
    ("1 g/kg/day x 2 days", {"per_day": "1 g/kg", "days": "2 d"}),
    ("2 g/kg over 2 days", {"per_course": "2 g/kg", "days": "2 d"}),
    ("2 g/kg/day", {"per_day": "2 g/kg"}),
    ("IVIG 2 g/kg over 2 days every 4 weeks", {"per_course": "2 g/kg", "days": "2 d", "interval": "4 wk"}),
    (
        "1 gram/kg IV per day for two days every 4 weeks",
        {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk", "route": "iv"},
    ),
    ("375 mg/m2", {"per_course": "375 mg/m2"}),
    ("monthly", {"interval": "1 mo"}),
    ("q4w", {"interval": "4 wk"}),
    ("every 3 weeks", {"interval": "3 wk"}),
    ("40 mg", {"per_course": "40 mg"}),
    ("J1459 x 120 units", {"supplies": ["120 J1459"]}),
]
LABS = [
    ("CK 1,250 U/L", "1250 U/L"),
    ("WBC 4.5 x 10^9/L", "4.5 10*9/L"),
    ("platelets 15,000/uL", "15000 /uL"),
    ("LVEF 50-55%", "50-55%"),
    ("IgG at or below 400 mg/dL", "<= 400 mg/dL"),
    ("2-5 days", "2-5 d"),
    ("two days", "2 d"),
    ("12 weeks", "12 wk"),
    ("28 d", "28 d"),
    ("1 mo", "1 mo"),
]
MARKS = [("5/5 strength", NumberKind.SCORE, 5), ("ANA 1:640", NumberKind.TITRE, 640), ("MRC 3/5", NumberKind.SCORE, 3)]

FORMS: list[tuple[str, dict[str, object]]] = [
    # loading and maintenance, and schedules in steps
    (
        "2 g/kg loading over 4 days then 1 g/kg every 3 weeks",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg", "days": "4 d"}},
    ),
    (
        "Loading dose: 2 g/kg over 4 days; maintenance dose: 1 g/kg every 3 weeks",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg", "days": "4 d"}},
    ),
    (
        "2 g/kg load, 1 g/kg q3w maintenance",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg"}},
    ),
    ("loading dose 2 g/kg over 2 days", {"per_course": "2 g/kg", "days": "2 d"}),
    (
        "1 g/kg q3w x 8 cycles (loading 2 g/kg)",
        {"per_course": "1 g/kg", "interval": "3 wk", "courses": "8 1", "loading": {"per_course": "2 g/kg"}},
    ),
    ("monthly maintenance of 40 g", {"per_course": "40 g", "interval": "1 mo"}),
    (
        "60 mg daily for 2 weeks, then 40 mg daily",
        {"per_day": "40 mg", "interval": "1 d", "loading": {"per_day": "60 mg", "interval": "1 d", "duration": "2 wk"}},
    ),
    ("60 mg daily tapered by 10 mg weekly", {"per_day": "60 mg", "interval": "1 d", "doubts": ["phases"]}),
    # days of a course
    ("1 g/kg daily x 5 doses", {"per_day": "1 g/kg", "days": "5 d"}),
    ("1 g/kg days 1-2 q 28 days", {"per_day": "1 g/kg", "days": "2 d", "interval": "28 d"}),
    ("1g/kg D1, D2 q28d", {"per_day": "1 g/kg", "days": "2 d", "interval": "28 d"}),
    ("1 g/kg on 2 consecutive days every 4 weeks", {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk"}),
    ("2 g/kg as a 2-day course monthly", {"per_course": "2 g/kg", "days": "2 d", "interval": "1 mo"}),
    ("0.4 g/kg/day as a 5-day course", {"per_day": "0.4 g/kg", "days": "5 d"}),
    ("140 g total over 2 days q4w", {"per_course": "140 g", "days": "2 d", "interval": "4 wk"}),
    (
        "140 g divided over 2 days (70 g/day) every 4 weeks",
        {"per_course": "140 g", "days": "2 d", "interval": "4 wk", "restated": "70 g"},
    ),
    (
        "2 g/kg (1 g/kg/day x 2 days) every 4 weeks",
        {"per_course": "2 g/kg", "days": "2 d", "interval": "4 wk", "restated": "1 g/kg"},
    ),
    (
        "1 g/kg x 2 days (2 g/kg total) every 4 weeks",
        {"per_course": "2 g/kg", "days": "2 d", "interval": "4 wk", "restated": "1 g/kg"},
    ),
    (
        "70 g on day 1 and 70 g on day 2 every 4 weeks",
        {"per_day": "70 g", "per_course": "140 g", "days": "2 d", "interval": "4 wk"},
    ),
    # rhythms
    ("30 g 1x/month", {"per_course": "30 g", "interval": "1 mo"}),
    ("10 g 2x/week", {"per_day": "10 g", "days": "2 d", "interval": "1 wk"}),
    ("30 g every 4 weeks +/- 4 days", {"per_course": "30 g", "interval": "4 wk"}),
    (
        "40 g q4w for 6 months (6 infusions)",
        {"per_course": "40 g", "interval": "4 wk", "duration": "6 mo", "courses": "6 1"},
    ),
    ("30 g/300 mL every 4 weeks", {"per_course": "30 g", "interval": "4 wk"}),
    ("30 g every 3 to 4 weeks", {"per_course": "30 g", "interval": "3-4 wk"}),
    ("2 g/kg per 28 days", {"per_course": "2 g/kg", "interval": "28 d"}),
    ("2 g/kg q mo x 6 mo", {"per_course": "2 g/kg", "interval": "1 mo", "duration": "6 mo"}),
    ("2 g/kg monthly for 6 months", {"per_course": "2 g/kg", "interval": "1 mo", "duration": "6 mo"}),
    ("40 g q4w for 12 infusions", {"per_course": "40 g", "interval": "4 wk", "courses": "12 1"}),
    ("30 g x 6 monthly infusions", {"per_course": "30 g", "interval": "1 mo", "courses": "6 1"}),
    ("20 g every other week", {"per_course": "20 g", "interval": "2 wk"}),
    ("10 g twice a week", {"per_day": "10 g", "days": "2 d", "interval": "1 wk"}),
    ("1 g/kg x 1, repeat in 4 weeks", {"per_course": "1 g/kg", "courses": "1 1", "interval": "4 wk"}),
    ("0.2 g/kg weekly SC", {"per_course": "0.2 g/kg", "interval": "1 wk", "route": "sc"}),
    ("12 g weekly in 4 sites", {"per_course": "12 g", "interval": "1 wk"}),
    # as the British write
    ("30 g 4 weekly", {"per_course": "30 g", "interval": "4 wk"}),
    ("30 g 3-weekly", {"per_course": "30 g", "interval": "3 wk"}),
    ("30 g alternate days", {"per_course": "30 g", "interval": "2 d"}),
    ("30 g every third day", {"per_course": "30 g", "interval": "3 d"}),
    ("5 mg nocte", {"per_day": "5 mg", "interval": "1 d"}),
    ("5 mg tds", {"per_day": "15 mg", "interval": "1 d"}),
    ("500 mg b.d.", {"per_day": "1000 mg", "interval": "1 d"}),
    ("1 g QDS PRN", {"per_day": "4 g", "interval": "1 d"}),
    ("50 mg 1-2 times daily", {"per_day": "50-100 mg", "interval": "1 d"}),
    ("10 mg weekly at bedtime", {"per_course": "10 mg", "interval": "1 wk"}),
    ("5 mg in the morning and at bedtime", {"per_day": "10 mg", "interval": "1 d"}),
    ("500 mg tds for 5/7", {"per_day": "1500 mg", "days": "5 d"}),
    ("30 mg od for 2/52", {"per_day": "30 mg", "interval": "1 d", "duration": "2 wk"}),
    # limits and rounding are no second dose
    ("up to 100 g every 4 weeks", {"per_course": "<= 100 g", "interval": "4 wk"}),
    ("2 g/kg every 4 weeks, maximum 100 g per day", {"per_course": "2 g/kg", "interval": "4 wk", "maximum": "100 g"}),
    (
        "0.4 g/kg every 4 weeks, rounded to the nearest 5 g",
        {"per_course": "0.4 g/kg", "interval": "4 wk", "rounded": "5 g"},
    ),
    (
        "40 g (rounded to nearest 10 g vial) every 28 days",
        {"per_course": "40 g", "interval": "28 d", "rounded": "10 g"},
    ),
    # body weight
    ("0.4 g/kg IBW q4w", {"per_course": "0.4 g/kg", "interval": "4 wk", "basis": "ideal"}),
    (
        "0.5 g/kg (adjusted body weight) every 3 weeks",
        {"per_course": "0.5 g/kg", "interval": "3 wk", "basis": "adjusted"},
    ),
    (
        "30 g (0.4 g/kg, 75 kg) every 4 weeks",
        {"per_course": "0.4 g/kg", "interval": "4 wk", "restated": "30 g", "weight": "75 kg"},
    ),
    (
        "0.4 g/kg x 75 kg = 30 g every 4 weeks",
        {"per_course": "0.4 g/kg", "interval": "4 wk", "restated": "30 g", "weight": "75 kg"},
    ),
    (
        "70kg x 0.4g/kg = 28 g, rounded to 30 g, every 4 weeks",
        {"per_course": "0.4 g/kg", "interval": "4 wk", "restated": "30 g", "weight": "70 kg"},
    ),
    # what a dose is made up of
    ("10 g x 3 vials every 4 weeks", {"interval": "4 wk", "supplies": ["3 {vial} of 10 g"]}),
    ("1 x 20 g + 1 x 10 g every 4 weeks", {"interval": "4 wk", "supplies": ["1 {vial} of 20 g", "1 {vial} of 10 g"]}),
    (
        "30 g (3 vials of 10 g) every 4 weeks",
        {"per_course": "30 g", "interval": "4 wk", "supplies": ["3 {vial} of 10 g"]},
    ),
    (
        "300 mL of a 10% solution every 4 weeks",
        {"per_course": "300 mL", "interval": "4 wk", "supplies": ["300 mL of 0.1 g/mL"]},
    ),
    ("300 mL every 4 weeks", {"per_course": "300 mL", "interval": "4 wk"}),
    ("120 units of J1459 per visit", {"supplies": ["120 J1459"]}),
    ("J1561 (60 units) q4w", {"interval": "4 wk", "supplies": ["60 J1561"]}),
    ("J1569 - 70 units/visit - 13 visits", {"courses": "13 1", "supplies": ["70 J1569"]}),
    # a rate of infusion is no dose
    ("30 g IV every 4 weeks over 4-6 hours", {"per_course": "30 g", "interval": "4 wk", "route": "iv"}),
    ("35 g every 4 weeks at 2 mL/kg/hr", {"per_course": "35 g", "interval": "4 wk"}),
]


@pytest.mark.parametrize(("text", "expected"), DOSES, ids=[text for text, _ in DOSES])
def test_every_dose_phrase_that_the_design_names_is_read(text: str, expected: dict[str, object]) -> None:
    assert parts(regimen(text)) == expected


@pytest.mark.parametrize(("text", "expected"), LABS, ids=[text for text, _ in LABS])
def test_every_lab_and_duration_phrase_that_the_design_names_is_read(text: str, expected: str) -> None:
    assert [one.quantity.text() for one in quantities(text)] == [expected]


@pytest.mark.parametrize(("text", "kind", "value"), MARKS, ids=[text for text, _, _ in MARKS])
def test_scores_and_titres_that_the_design_names_are_no_amounts(text: str, kind: NumberKind, value: int) -> None:
    (number,) = find_numbers(flat(text))
    assert (number.kind, number.low) == (kind, value)
    assert quantities(text) == ()


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_every_part_of_a_form_is_read(text: str, expected: dict[str, object]) -> None:
    assert parts(regimen(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "0.5 mL/kg/hr",
        "50 mL/hr",
        "8 mg/kg/min",
        "strength 5/5",
        "review in 6/52",
        "seen at 8 am",
        "worse at night",
        "lost 3 pounds",
    ],
)
def test_rates_scores_and_appointments_are_no_regimens(text: str) -> None:
    assert [parts(one.regimen) for one in regimens().find(View(Document("text", text)))] == []


SUPPLIED = [
    ("J1459 x 120 units", "60 g"),
    ("J1561 (60 units) q4w", "30 g"),
    ("120 units of J1459 per visit", "60 g"),
    ("100 units of J1559 weekly", "10 g"),
    ("10 g x 3 vials every 4 weeks", "30 g"),
    ("1 x 20 g + 1 x 10 g every 4 weeks", "30 g"),
    ("300 mL of a 10% solution every 4 weeks", "30 g"),
    ("60 mL of 20% solution weekly", "12 g"),
]


@pytest.mark.parametrize(("dose", "total"), SUPPLIED, ids=[dose for dose, _ in SUPPLIED])
def test_what_a_dose_is_made_up_of_gives_its_amount_and_stays_apart_from_a_stated_one(dose: str, total: str) -> None:
    asked = request(f"Request: immune globulin {dose}.")
    assert asked is not None
    assert asked.regimen is not None
    assert (asked.regimen.course_total() or Quantity.of(0, "g")).text() == total
    assert asked.regimen.per_course is None or asked.regimen.per_course.unit == "mL"


@pytest.mark.parametrize("dose", ["J1599999 x 60 units", "J9999 x 60 units", "300 mL every 4 weeks", "60 units q4w"])
def test_a_code_that_no_source_told_and_a_volume_without_strength_compute_nothing(dose: str) -> None:
    asked = request(f"Request: IVIG {dose}.")
    assert asked is not None
    total = asked.regimen.course_total() if asked.regimen is not None else None
    assert total is None or total.unit == "mL"


UNLIKE = [
    ("Request: IVIG 2 g/kg, 70 kg, 70 g every 4 weeks.", "mismatch", ["2 g/kg", "70 kg", "140 g", "70 g"]),
    ("Request: IVIG 0.4 g/kg (60 g, 75 kg) monthly.", "mismatch", ["0.4 g/kg", "75 kg", "30 g", "60 g"]),
    ("Request: IVIG 2 g/kg (0.5 g/kg/day x 2 days) monthly.", "supply", ["0.5 g/kg", "2 d", "1 g/kg", "2 g/kg"]),
    ("Request: Privigen 40 g q4w, J1459 x 100 units.", "supply", ["100 1", "0.5 g", "50 g", "40 g"]),
    ("Request: Privigen 1 x 20 g + 1 x 10 g every 4 weeks, 45 g.", "sum", ["30 g", "45 g"]),
]


@pytest.mark.parametrize(("text", "kind", "worked"), UNLIKE, ids=[text for text, _, _ in UNLIKE])
def test_amounts_that_cannot_all_be_true_are_doubted_with_their_arithmetic(
    text: str, kind: str, worked: list[str]
) -> None:
    asked = request(text)
    assert asked is not None
    assert asked.regimen is not None
    (doubt,) = asked.regimen.doubts
    assert (doubt.kind, [one.text() for one in doubt.worked]) == (kind, worked)
    assert asked.regimen.course_total() is None


@pytest.mark.parametrize(
    "dose",
    [
        "0.4 g/kg x 76.4 kg = 30 g every 4 weeks",
        "1 g/kg/day x 2 days (70 g/day), 70 kg",
        "2 g/kg (140 g) over 2 days, 70 kg",
        "2 g/kg over 2 days (70 g/day), 70 kg",
        "40 g q4w x 6, J1459 x 480 units",
        "40 g q4w, J1459 x 80 units",
    ],
)
def test_amounts_that_agree_within_rounding_days_or_visits_are_not_doubted(dose: str) -> None:
    asked = request(f"Request: IVIG {dose}.")
    assert asked is not None
    assert asked.regimen is not None
    assert asked.regimen.doubts == ()


@pytest.mark.parametrize("dose", ["40 mg monthly", "400 IU/kg monthly", "60 units monthly", "2 g/kg/day x 5 days"])
def test_slips_of_the_unit_and_courses_beyond_use_are_doubted(dose: str) -> None:
    asked = request(f"Request: IVIG {dose}.")
    assert asked is not None
    assert asked.regimen is not None
    assert asked.regimen.doubts
    assert asked.regimen.course_total() is None


# Public Health Scotland's pairs. Theirs knows no range of intervals and calls four weeks a month; ours keeps both.
_OURS: dict[str, object] = {"every 2 - 3 days": "2-3 Day", "1 or 2 times every 4 weeks": [1.0, 2.0, "4 Week"]}
_PERIODS = {"d": "Day", "wk": "Week", "mo": "Month", "h": "Hour"}
_A_UNIT_ALONE = "wk"


def _rhythm(text: str) -> list[float | str | None]:
    """How often in which stretch a text says, lowest and highest, in their words."""
    view = View(Document("text", text))
    found = [one for one in part_reader().find(view.flat, 0, part_reader().spoken(view)) if one.kind == "interval"]
    if not found or found[0].value is None:
        return [1.0, 1.0, None]
    days, number = found[0].days, found[0].value.text().removesuffix(found[0].value.unit).strip()
    times = float(sum(one.times for one in found if one.moment) or found[0].times)
    most = max(times, float(found[0].most))
    low, high = (float(days.low or 0), float(days.high or 0)) if days is not None else (times, most)
    return [low, high, f"{number} {_PERIODS[found[0].value.unit]}".removeprefix("1 ")]


def _amount(text: str) -> list[float | str | None]:
    """The first amount by weight or volume, lowest and highest."""
    found = regimens().find(View(Document("text", text)))
    dose = found[0].regimen.per_course if found else None
    if dose is None or dose.unit not in ("mg", "mL"):
        return [None, None, None]
    return [float(dose.low or 0), float(dose.high or 0), dose.unit]


def _said(test: str, text: str) -> object:
    low, high, stretch = _rhythm(text)
    match test:
        case "test_get_continuous_dose":
            return _amount(text)
        case "test_get_form_from_dosage_tag":
            return text.partition("ml ")[2] if _amount(text) == [30.0, 30.0, "mL"] else None
        case "test_check_range_from_list":
            return [low, high, stretch is not None]
        case "test_get_latin_frequency":
            return f"di_frequency._Frequency('{stretch}', {high})"
        case "test_get_frequency_info" | "test_get_hourly_adjusted_frequency":
            return [low, high, stretch]
    return stretch


@pytest.mark.skipif(not _PHS.exists(), reason="no external data here")
def test_every_pair_of_other_peoples_making_is_read() -> None:
    """Frequencies, counts a day and amounts of Public Health Scotland's dose instructions."""
    wrong = []
    for line in _PHS.read_text().splitlines():
        row = json.loads(line)
        text = row["args"][0]
        said = _said(row["test"], text)
        if said != _OURS.get(text, row["expected"]) and text != _A_UNIT_ALONE:
            wrong.append((text, row["expected"], said))
    assert wrong == []
