"""Therapies over several sentences and in forms, and the sentences that share what is said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading.told_of_treatment import axes, parts, therapies


def _short(text: str) -> list[str]:
    return [" ".join(axes(found).values()) for found in therapies(text)]


def test_the_lines_of_a_form_tell_of_the_drug_before_them() -> None:
    text = "Drug tried: methotrexate. Dose: 15 mg weekly. Dates: 01/2023 to 07/2023. Outcome: failed. Drug tried: IVIG."
    first = therapies(text)[0].therapy
    assert first is not None
    assert (first.stage, first.outcome) == ("past", "failed")
    assert (first.started, first.ended) == (date(2023, 1, 1), date(2023, 7, 1))
    assert parts(first.regimen)["interval"] == "1 wk"


def test_a_dose_after_then_is_the_next_drugs() -> None:
    first, second = therapies("Methotrexate 15 mg weekly for 6 months, then azathioprine 150 mg daily.")
    assert first.therapy is not None
    assert second.therapy is not None
    assert parts(first.therapy.regimen)["per_course"] == "15 mg"
    assert parts(second.therapy.regimen) == {"per_day": "150 mg", "interval": "1 d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three DMARDs have failed, namely sulfasalazine and methotrexate.", ["past failed inefficacy"] * 3),
        ("Failed two DMARDs (methotrexate, leflunomide).", ["past failed inefficacy"] * 3),
        ("Neither prednisone nor azathioprine helped.", ["past failed inefficacy"] * 2),
        ("Neither tacrolimus nor rituximab has been tried.", ["never", "never"]),
        ("IVIG -> SCIG in January.", ["past", "current"]),
        ("We would like to move her from Privigen to Cuvitru.", ["current", "planned"]),
        ("On prednisone and tacrolimus, mycophenolate having been stopped.", ["current", "current", "past"]),
        ("MTX stopped, HCQ continued, prednisone 5 mg.", ["past", "current", "current"]),
        ("Pulse methylprednisolone 1 g daily for 3 days.", ["past"]),
        (
            "Tolerates azathioprine, did not tolerate methotrexate.",
            ["current tolerated", "past intolerant adverse_event"],
        ),
        ("Methotrexate was not effective.", ["past failed inefficacy"]),
    ],
)
def test_what_stands_in_one_sentence_goes_to_the_right_drug(text: str, expected: list[str]) -> None:
    assert _short(text) == expected


def test_symptoms_of_the_disease_are_no_side_effects() -> None:
    assert _short("Currently on tofacitinib. He is weak and tired and had to stop wrestling.") == ["current"]


def test_two_mentions_of_one_course_tell_the_same() -> None:
    first, second = therapies("Methotrexate was tried in 2020. Methotrexate made no difference.")
    assert first.therapy is not None
    assert second.therapy is not None
    assert first.therapy.outcome == second.therapy.outcome == "failed"


def test_the_former_and_the_latter_are_told_apart() -> None:
    text = "She was given prednisone and cyclosporine. The latter raised her blood pressure and was dropped."
    assert _short(text) == ["past", "past intolerant adverse_event"]


def test_what_was_only_hoped_for_is_no_outcome() -> None:
    (found,) = therapies("She was given rituximab to see if it would help.")
    assert axes(found) == {"stage": "past"}
