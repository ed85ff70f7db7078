"""Regimens: phrases of doses and rhythms, each with every part that must be read, and what must not be computed."""

from __future__ import annotations

import json

import pytest

from indicated.model.quantity import Quantity
from indicated.model.text import Document
from indicated.reading.view import View
from tests.corpora.where import corpus
from tests.reading.told_of_treatment import lexicon, parts, regimen, regimens, request

_PHS = corpus("phs_dose_instructions_dev.jsonl")
_REPORTS = corpus("maccrobat_dev.jsonl")

PHRASES: list[tuple[str, dict[str, object]]] = [
    ("2 g/kg divided over 2-5 days every 4 weeks", {"per_course": "2 g/kg", "days": "2-5 d", "interval": "4 wk"}),
    (
        "1 gram/kg IV per day for two days every 4 weeks",
        {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk", "route": "iv"},
    ),
    ("1 gm/kg IV per day for two days q4w", {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk", "route": "iv"}),
    ("70 grams monthly", {"per_course": "70 g", "interval": "1 mo"}),
    ("every 3 weeks", {"interval": "3 wk"}),
    ("1 gm/kg q4w x 2 days", {"per_day": "1 g/kg", "days": "2 d", "interval": "4 wk"}),
    ("400 mg/kg every 4 weeks", {"per_course": "400 mg/kg", "interval": "4 wk"}),
    ("35 g subcutaneously every 4 weeks", {"per_course": "35 g", "interval": "4 wk", "route": "sc"}),
    ("0.4 gm/kg every 3 weeks", {"per_course": "0.4 g/kg", "interval": "3 wk"}),
    (
        "165 g IV every four weeks for three months",
        {"per_course": "165 g", "interval": "4 wk", "duration": "3 mo", "route": "iv"},
    ),
    ("90 g over 2 days every 8 weeks", {"per_course": "90 g", "days": "2 d", "interval": "8 wk"}),
    ("2 g/kg divided over two days every 1-2 weeks", {"per_course": "2 g/kg", "days": "2 d", "interval": "1-2 wk"}),
    ("16 visits over 26 weeks", {"courses": "16 1", "duration": "26 wk"}),
    ("1 g/kg/day x 2 days", {"per_day": "1 g/kg", "days": "2 d"}),
    ("2 g/kg over 2 days", {"per_course": "2 g/kg", "days": "2 d"}),
    ("0.4 g/kg/day for 5 days", {"per_day": "0.4 g/kg", "days": "5 d"}),
    ("0.4 g/kg daily x 5 days", {"per_day": "0.4 g/kg", "days": "5 d"}),
    ("0.4g/kg x 5d q4wks", {"per_day": "0.4 g/kg", "days": "5 d", "interval": "4 wk"}),
    ("1 g/kg on days 1 and 2 every 28 days", {"per_day": "1 g/kg", "days": "2 d", "interval": "28 d"}),
    (
        "2 g/kg (70 g) monthly, max 80 g",
        {"per_course": "2 g/kg", "restated": "70 g", "interval": "1 mo", "maximum": "80 g"},
    ),
    ("1 g/kg every 4 weeks x 6 doses", {"per_course": "1 g/kg", "interval": "4 wk", "courses": "6 1"}),
    ("2 grams per kilogram per month", {"per_course": "2 g/kg", "interval": "1 mo"}),
    ("1g/kg/4 weeks", {"per_course": "1 g/kg", "interval": "4 wk"}),
    (
        "2gm/kg divided over 4 days monthly for 6 months",
        {"per_course": "2 g/kg", "days": "4 d", "interval": "1 mo", "duration": "6 mo"},
    ),
    ("2 g/kg as a single infusion", {"per_course": "2 g/kg", "days": "1 d"}),
    ("35 g every four (4) weeks", {"per_course": "35 g", "interval": "4 wk"}),
    ("up to 2 g/kg per course every 4 weeks", {"per_course": "<= 2 g/kg", "interval": "4 wk"}),
    ("2 g/kg total divided in 4 doses over 4 days", {"per_course": "2 g/kg", "days": "4 d"}),
    ("375 mg/m2 weekly x 4", {"per_course": "375 mg/m2", "interval": "1 wk", "courses": "4 1"}),
    ("60 mg PO daily for 3 months", {"per_day": "60 mg", "interval": "1 d", "duration": "3 mo", "route": "po"}),
    ("1000 mg twice daily", {"per_day": "2000 mg", "interval": "1 d"}),
    ("500 mg BID", {"per_day": "1000 mg", "interval": "1 d"}),
    ("10 mg/kg every 8 h", {"per_day": "30 mg/kg", "interval": "1 d"}),
    ("162 mg SC weekly", {"per_course": "162 mg", "interval": "1 wk", "route": "sc"}),
    ("1 g x 2 doses two weeks apart", {"per_course": "1 g", "interval": "2 wk", "courses": "2 1"}),
    ("50 mg every other day", {"per_course": "50 mg", "interval": "2 d"}),
    (
        "2 g/kg loading dose then 1 g/kg every 3 weeks",
        {"per_course": "1 g/kg", "interval": "3 wk", "loading": {"per_course": "2 g/kg"}},
    ),
    (
        "400 mg/kg/day x5 days, then 400 mg/kg every 4 weeks",
        {"per_course": "400 mg/kg", "interval": "4 wk", "loading": {"per_day": "400 mg/kg", "days": "5 d"}},
    ),
    (
        "8 weekly doses, then 8 every other week, then monthly",
        {
            "interval": "1 mo",
            "loading": {"courses": "8 1", "interval": "2 wk", "loading": {"courses": "8 1", "interval": "1 wk"}},
            "doubts": ["phases"],
        },
    ),
    (
        "40 g then 50 g over 2 days every 8 weeks",
        {"per_day": "40-50 g", "per_course": "90 g", "days": "2 d", "interval": "8 wk"},
    ),
    ("30 g biweekly", {"per_course": "30 g", "interval": "2 wk", "doubts": ["ambiguous"]}),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
def test_every_part_of_a_phrase_is_read(text: str, expected: dict[str, object]) -> None:
    assert parts(regimen(text)) == expected


def test_the_examples_of_the_word_file_hold() -> None:
    words = lexicon().regimen
    assert words is not None
    for example in words.examples:
        read = regimen(example.text)
        total = read.course_total()
        told = parts(read) | ({"total": total.text()} if total is not None else {})
        assert {key: told.get(key) for key in example.expect} == example.expect, example.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 g/kg/day x 2 days", "2 g/kg over 2 days"),
        ("0.4 g/kg daily for 5 days", "2 g/kg divided over 5 days"),
        ("1 gm/kg q4w x 2 days", "2 g/kg divided over two days every 4 weeks"),
        ("1 gram/kg IV per day for two days every 4 weeks", "2 grams per kilogram over 2 days every 4 weeks"),
    ],
)
def test_two_ways_of_saying_one_course_are_equal(one: str, other: str) -> None:
    assert regimen(one).course_total() == regimen(other).course_total() is not None


def test_milligrams_and_grams_per_kilogram_compare_equal_for_a_treatment_given_in_grams() -> None:
    one, other = (request(f"Request: IVIG {dose} x 5 days.") for dose in ("400 mg/kg/day", "0.4 g/kg/day"))
    assert one is not None
    assert other is not None
    assert one.regimen is not None
    assert other.regimen is not None
    assert one.regimen.course_total() == other.regimen.course_total() == Quantity.of(2, "g/kg")


@pytest.mark.parametrize(
    ("dose", "kind"),
    [
        ("40 mg then 50 mg (as written) on 2 days every 8 weeks", "unit"),
        ("500 mg every 4 weeks", "unit"),
        ("2 mg/kg every 4 weeks", "unit"),
        ("400 g/kg every 4 weeks", "unit"),
        ("2 g/kg/day over 2 days", "ambiguous"),
        ("30 g biweekly", "ambiguous"),
    ],
)
def test_a_dose_that_cannot_be_meant_is_doubted_and_nothing_is_computed(dose: str, kind: str) -> None:
    asked = request(f"Request: IVIG {dose}.")
    assert asked is not None
    assert asked.regimen is not None
    assert kind in [doubt.kind for doubt in asked.regimen.doubts]
    assert asked.regimen.course_total() is None
    assert all(doubt.found.quote in f"Request: IVIG {dose}." for doubt in asked.regimen.doubts)


@pytest.mark.parametrize(
    "dose",
    [
        *("0.4 g/kg/day over 5 days", "1 g/kg/day x 2 days", "70 g monthly", "400 mg/kg monthly"),
        *("1 g/kg/day x 3 days", "1 g/kg daily for 3 days", "2 g/kg as a single infusion", "2 g/kg once"),
    ],
)
def test_usual_doses_are_not_doubted(dose: str) -> None:
    asked = request(f"Request: IVIG {dose}.")
    assert asked is not None
    assert asked.regimen is not None
    assert asked.regimen.doubts == ()


def test_milligrams_are_no_slip_for_other_drugs() -> None:
    asked = request("Request: tocilizumab 162 mg SC weekly.")
    assert asked is not None
    assert asked.regimen is not None
    assert asked.regimen.doubts == ()


def test_the_name_may_stand_inside() -> None:
    assert parts(regimen("monthly IVIG 70 g", "ivig")) == {"per_course": "70 g", "interval": "1 mo"}
    assert parts(regimen("70 g of IVIG monthly", "ivig")) == {"per_course": "70 g", "interval": "1 mo"}


def test_two_drugs_have_two_regimens() -> None:
    view = View(Document("text", "prednisone 60 mg daily, methotrexate 15 mg weekly"))
    found = regimens().find(view)
    assert [parts(one.regimen) for one in found] == [
        {"per_day": "60 mg", "interval": "1 d"},
        {"per_course": "15 mg", "interval": "1 wk"},
    ]


@pytest.mark.parametrize("text", ["IgG trough 941 mg/dL", "CK 6950 U/L", "LVEF 50-55%", "14-year-old", "weight 70 kg"])
def test_laboratory_values_and_ages_are_no_doses(text: str) -> None:
    assert [one for one in regimens().find(View(Document("text", text))) if one.dosed] == []


def test_passages_quote_the_text() -> None:
    text = "Please give  2 g/kg\n divided over 2 days, every 4 weeks."
    view = View(Document("text", text))
    (found,) = regimens().find(view)
    assert [passage.quote for passage in found.regimen.passages] == ["2 g/kg\n divided over 2 days, every 4 weeks"]


def _per(expected: str) -> str:
    count, _, unit = expected.rpartition(" ")
    codes = {"Day": "d", "Week": "wk", "Month": "mo", "Hour": "h"}
    return f"{count or 1} {codes[unit]}"


@pytest.mark.skipif(not _PHS.exists(), reason="no external data here")
def test_frequencies_of_other_peoples_making() -> None:
    """Public Health Scotland's frequency phrases: ours agree on the rhythm wherever theirs is one of time."""
    kept = {"test_get_frequency_type", "test_add_frequency_multiple_units"}
    rows = [json.loads(line) for line in _PHS.read_text().splitlines()]
    wrong = []
    for row in rows:
        text, expected = row["args"][0], row["expected"]
        if row["test"] not in kept or expected is None or text in ("fortnight", "wk", "every 2 - 3 days"):
            continue
        found = regimens().find(View(Document("text", text)))
        read = parts(found[0].regimen).get("interval") if found else None
        if (
            read != _per(expected)
            and not (expected == "6 Hour" and read == "1 d")
            and not (expected == "Hour" and read == "1 d")
        ):
            wrong.append((text, expected, read))
    assert wrong == []


@pytest.mark.skipif(not _REPORTS.exists(), reason="no external data here")
def test_recall_of_doses_in_case_reports() -> None:
    """Dosage spans with a figure, in published case reports labelled by others."""
    hit = total = 0
    for line in _REPORTS.read_text().splitlines():
        row = json.loads(line)
        view = View(Document("text", row["text"]))
        found = [view.span(one.start, one.end) for one in regimens().find(view)]
        for entity in row["entities"]:
            if entity["type"] == "Dosage" and any(letter.isdigit() for letter in entity["text"]):
                total += 1
                start, end = entity["spans"][0][0], entity["spans"][-1][1]
                hit += any(first < end and start < last for first, last in found)
    assert total > 100
    assert hit / total >= 0.85
