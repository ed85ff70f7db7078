"""How the disease answered the treatment asked for, and values told as a change."""

from __future__ import annotations

import pytest

from tests.reading.content import read

ASKED = "Request: continue IVIG 1 g/kg every 4 weeks for CIDP. "


def _courses(text: str) -> list[str]:
    return [str(fact.course) for fact in read(ASKED + text).facts if fact.course is not None]


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("INCAT improved from 5 to 2 on IVIG.", "improved"),
        ("Response to treatment: marked improvement in strength.", "improved"),
        ("Neuropathy stable on this schedule.", "stable"),
        ("Since starting IVIG she has had no infections.", "stable"),
        ("No improvement on IVIG.", "worsened"),
        ("She has not yet improved on IVIG.", "worsened"),
        ("IVIG has not helped.", "worsened"),
        ("She flared when infusions were spaced to 6 weeks.", "relapse_off_treatment"),
        ("He had three sinus infections within 6 weeks of holding IVIG.", "relapse_off_treatment"),
        ("An attempt to lengthen the interval led to relapse.", "relapse_off_treatment"),
        ("Symptoms recur at week 3, before the next dose.", "relapse_off_treatment"),
        ("He is on IVIG 1 g/kg every 4 weeks. Gait has improved.", "improved"),
        ("His infections came back when IVIG was stopped.", "relapse_off_treatment"),
        ("Grip strength improved from 12 to 31 kg.", "improved"),
        ("When the interval was lengthened to 6 weeks he relapsed.", "relapse_off_treatment"),
        ("Tried to space to q5wk in August, relapsed with falls.", "relapse_off_treatment"),
    ],
)
def test_the_course_on_and_off_treatment_is_read(text: str, course: str) -> None:
    assert _courses(text) == [course]


@pytest.mark.parametrize(
    "text",
    [
        "Strength improved.",
        "Strength improved with prednisone.",
        "Improvement on IVIG was transient.",
        "We hope for improvement on IVIG.",
        "He is on IVIG. Hypertension has improved.",
    ],
)
def test_what_is_not_clearly_of_the_treatment_or_did_not_last_is_no_improvement(text: str) -> None:
    assert "improved" not in _courses(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("CK 4500 -> 180 on IVIG.", "4500 U/L", "180 U/L"),
        ("CK fell from 4500 U/L to 180 U/L.", "4500 U/L", "180 U/L"),
        ("MMT-8 improved from 110 to 145.", "110 1", "145 1"),
        ("MMT-8 was 110 before IVIG and is 145 now.", "110 1", "145 1"),
        ("IgG rose from 350 to 820 mg/dL.", "350 mg/dL", "820 mg/dL"),
    ],
)
def test_a_value_told_before_and_after_is_two_facts_in_time(text: str, before: str, after: str) -> None:
    told = {str(fact.assertion.time): fact.value.text() for fact in read(text).facts if fact.value is not None}
    assert told == {"past": before, "current": after}


def test_values_with_days_keep_their_days() -> None:
    facts = read("IgG trough 350 mg/dL in January 2024 and 820 mg/dL in June 2025.").facts
    assert [str(fact.on) for fact in facts] == ["2024-01-01", "2025-06-01"]


def test_a_range_is_no_change() -> None:
    (fact,) = [fact for fact in read("IgG 350 (700 to 1600 mg/dL).").facts if fact.value is not None]
    assert fact.value is not None
    assert fact.value.text() == "350 mg/dL"


def test_what_got_worse_before_a_treatment_is_asked_for_is_no_course_on_it() -> None:
    told = read("Requesting IVIG for her CIDP, which has worsened over the past year.").facts
    assert not [fact for fact in told if fact.course is not None]
