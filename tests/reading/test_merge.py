"""Mentions of one claim are one fact with all passages; what differs stays apart."""

from __future__ import annotations

import pytest

from indicated.model.fact import Fact, Outcome, Stage

from .content import read


def facts(concept: str, *documents: str) -> list[Fact]:
    return [fact for fact in read(*documents).facts if fact.concept == concept]


@pytest.mark.parametrize(
    ("documents", "concept", "value"),
    [
        (("Weight 35 kg.", "Weight 77 lb."), "demo.weight", "35 kg"),
        (("Weight 77 lb.", "Weight 35 kg."), "demo.weight", "35 kg"),
        (("Height 150 cm.", "Height 59 inches."), "demo.height", "150 cm"),
        (("IgG 380 mg/dL on 1/5/2026.", "IgG 3.8 g/L on 1/5/2026."), "lab.igg", "380 mg/dL"),
        (("14-year-old boy.", "Age: 14."), "demo.age", "14 a"),
    ],
)
def test_one_value_in_two_units_is_one_fact_with_both_passages(documents, concept, value):
    (fact,) = facts(concept, *documents)
    assert fact.value is not None
    assert fact.value.text() == value
    assert {passage.document for passage in fact.passages} == {"text", "d1"}


@pytest.mark.parametrize(
    ("documents", "concept"),
    [
        (("IgG 380 mg/dL on 1/5/2026.", "IgG 380 mg/dL on 3/5/2026."), "lab.igg"),
        (("Date of service: 01/05/2026\nWeight 35 kg.", "Date of service: 10/05/2026\nWeight 35 kg."), "demo.weight"),
        (("Weight 35 kg.", "Weight 34.9 kg."), "demo.weight"),
        (("On methotrexate 15 mg weekly.", "On methotrexate 20 mg weekly."), "drug.methotrexate"),
        (("On methotrexate.", "Methotrexate was stopped in May 2024 because of nausea."), "drug.methotrexate"),
    ],
)
def test_other_days_values_and_courses_stay_apart(documents, concept):
    assert len(facts(concept, *documents)) == 2


def test_a_sentence_that_tells_more_of_a_drug_belongs_to_its_course():
    (fact,) = facts("drug.methotrexate", "Methotrexate was tried for 12 weeks.", "Methotrexate failed.")
    assert fact.therapy is not None
    assert fact.therapy.stage is Stage.PAST
    assert fact.therapy.outcome is Outcome.FAILED
    assert fact.therapy.duration is not None
    assert {passage.document for passage in fact.passages} == {"text", "d1"}


def test_a_current_drug_takes_its_dose_from_another_sentence():
    (fact,) = facts("drug.methotrexate", "He is on methotrexate.", "Current medications: methotrexate 15 mg weekly.")
    assert fact.therapy is not None
    assert fact.therapy.regimen is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date of service: 01/05/2026\nWeight 35 kg.", "2026-01-05"),
        ("January 5, 2026\n\nDear Sir,\nWeight 35 kg.", "2026-01-05"),
        ("Note dated 01/05/2026. Weight 35 kg.", "2026-01-05"),
        ("Date of service: 01/05/2026\nWeight 35 kg on 12/20/2025.", "2025-12-20"),
        ("Date of service: 01/05/2026\nWeight 35 kg last year.", "None"),
        ("Date of service: 01/05/2026\nWeight 35 kg.\nDate of service: 02/05/2026\nSeen again.", "None"),
        ("Seen since 01/05/2026. Weight 35 kg.", "None"),
        ("Date of birth: 01/05/2012\nWeight 35 kg.", "None"),
    ],
)
def test_a_weight_is_of_the_day_of_its_document_where_that_has_one(text, day):
    (fact,) = facts("demo.weight", text)
    assert str(fact.on) == day


def test_no_laboratory_value_is_dated_by_its_document():
    (fact,) = facts("lab.igg", "Date of service: 01/05/2026\nIgG 380 mg/dL.")
    assert fact.on is None
