"""What cannot both be true is shown by kind; what agrees, or what days put in order, is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicated.model.fact import Stage
from indicated.model.record import DataDocument, Record, RecordKind, Span
from indicated.model.text import Document

from .content import read, reader

CASE = (Path(__file__).parents[2] / "examples" / "2-overlap-denied.txt").read_text("utf-8")

CHART = f"""Patient: John A. Smith    MRN: 4451234    DOB: 03/05/2012
Date of service: 04/02/2026

{CASE}

Weight 35 kg, height 150 cm. IgG 980 mg/dL on 03/30/2026. A left deltoid muscle biopsy was done.
Methotrexate was stopped in 2025 because of nausea.
"""

LETTER = """Patient: Smith, John        DOB: 03/05/2012        MRN: 4451234
Date of service: 04/02/2026

Request: IVIG 2 g/kg monthly, initial authorization.

The patient is a 14-year-old male with juvenile dermatomyositis. PM-Scl antibody is positive. There is no interstitial
lung disease. Weight 77 lb, height 59 inches. IgG 9.8 g/L on 03/30/2026. The left deltoid muscle biopsy was reviewed.
Methotrexate was stopped in 2025 because of nausea. He has a heliotrope rash and he tires; he is not at school.
"""

PLANTED = [
    ("14-year-old", "41-year-old", "age", "demo.age"),
    ("DOB: 03/05/2012", "DOB: 05/03/2012", "birth_date", "demo.birth_date"),
    ("Weight 77 lb", "Weight 53 kg", "weight", "demo.weight"),
    ("height 59 inches", "height 120 cm", "height", "demo.height"),
    ("14-year-old male", "14-year-old female", "sex", "demo.sex"),
    ("Smith, John  ", "Jones, Robert", "patient", "patient"),
    ("no interstitial\nlung disease", "interstitial\nlung disease", "diagnosis", "dx.ild"),
    ("PM-Scl antibody is positive", "PM-Scl antibody is negative", "result", "ab.pm_scl"),
    ("left deltoid", "right deltoid", "side", "study.muscle_biopsy"),
    ("IgG 9.8 g/L", "IgG 4.8 g/L", "result", "lab.igg"),
    ("IVIG 2 g/kg", "IVIG 1 g/kg", "dose", "tx.ivig"),
    ("IVIG 2 g/kg monthly", "IVIG 2 g/kg every 2 weeks", "interval", "tx.ivig"),
    ("Methotrexate was stopped in 2025 because of nausea", "Currently on methotrexate", "therapy", "drug.methotrexate"),
    (
        "Methotrexate was stopped in 2025 because of nausea",
        "Never received methotrexate",
        "therapy",
        "drug.methotrexate",
    ),
    ("on 03/30/2026", "on 02/30/2026", "no_day", "date"),
    ("initial authorization", "authorization from 10/01/2026 to 09/01/2026", "date", "date"),
    ("Weight 77 lb", "Weight 35 g", "implausible", "demo.weight"),
    ("IgG 9.8 g/L", "IgG 980 g/L", "implausible", "lab.igg"),
]


def found(*documents: str) -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in read(*documents).contradictions]


def test_two_documents_that_say_the_same_in_other_words_agree():
    assert found(CHART, LETTER) == []


@pytest.mark.parametrize(("told", "instead", "kind", "about"), PLANTED, ids=[f"{p[2]}-{p[1][:24]}" for p in PLANTED])
def test_one_planted_contradiction_is_the_one_that_is_shown(told: str, instead: str, kind: str, about: str):
    assert LETTER.count(told) == 1
    shown = found(CHART, LETTER.replace(told, instead))
    assert (kind, about) in shown
    assert {one for one, _ in shown} <= {kind, "age", "birth_date", "patient"}


@pytest.mark.parametrize(
    "documents",
    [
        ("ILD is present. Diagnosis: dermatomyositis.", "No recurrent malignancy. Dermatomyositis is active."),
        ("Dermatomyositis.", "No active dermatomyositis."),
        ("Systemic JIA.", "Juvenile idiopathic arthritis."),
        ("Date of service: 01/05/2026\nWeight 30 kg.", "Date of service: 10/02/2026\nWeight 36 kg."),
        ("Date of service: 01/05/2024\n12-year-old boy.", "Date of service: 01/09/2026\n14-year-old boy."),
        ("Weight 35 kg.", "Weight was 24 kg at diagnosis."),
        ("IgG 380 mg/dL on 1/5/2026.", "IgG 520 mg/dL on 3/5/2026."),
        ("IgG 380 mg/dL in May 2024 and IgG 410 mg/dL in May 2024.",),
        ("Left elbow contracture. Bilateral muscle biopsy of the left and right thigh.", "Right thigh muscle biopsy."),
        ("Left muscle biopsy in 2020.", "A second biopsy, of the right muscle, was done."),
        ("Request: IVIG 1 g/kg/day for 2 days every 4 weeks.", "Request: IVIG 2 g/kg over 2 days monthly."),
        ("Weight 35 kg. Request: IVIG 2 g/kg monthly.", "Request: IVIG 70 g every 4 weeks."),
        (
            "Patient: John A. Smith\nMRN: 4451234\nWeight 35 kg.",
            "Patient name: SMITH, JOHN\nMRN: 99-1234\nWeight 35 kg.",
        ),
        ("Patient: Katherine Smith-Jones\nPrescriber name: Robert Miller", "Patient: K. Jones"),
        ("Patient: Liz Taylor\nDOB: 3/5/1962", "Patient: Elizabeth Taylor\nDOB: 03/05/1962"),
        ("Patient: Alert And Oriented x3", "Patient: Smith, John (M, 14 y)"),
        ("RE: John Smith\nMember ID: ABC123456\nDOB: 3/5/1962", "Patient Name: John Smith MRN 0012345\nDOB 3/5/1962"),
        ("| Patient | John Smith |", "Patient:\nJohn Smyth"),
        ("Member information\nName: John Smith\nPrescriber information\nName: Ann Miller\n",),
        ("14-year-old boy. His mother, she said, is tired. She works. Her job is hard. She asks for help.",),
        ("A 14-year-old girl. She is well. She has a brother. He is 9. His school is near. He is a boy.",),
        ("DOB: 03/05/2012\n14-year-old.",),
        ("DOB: 03/05/2012\nDate of service: 02/01/2026\n13-year-old. Seen at age 4.",),
        ("Treated with methotrexate.", "On methotrexate."),
        ("Seen 00/00/0000, ratio 45/90/10, part 30/30/2026x.",),
        ("At first no ILD was seen. Later CT showed ILD.",),
        ("Height Weight\n150 cm 35 kg",),
        ("Weight/height: 150 cm, 35 kg.",),
        ("ANA negative in 2020. ANA positive in 2024.",),
    ],
)
def test_what_agrees_is_no_contradiction(documents: tuple[str, ...]):
    assert found(*documents) == []


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (("Patient: John Smith\n", "Patient: John Miller\n"), ("patient", "patient")),
        (("| Patient | John Smith |", "Patient:\nJane Roe"), ("patient", "patient")),
        (
            ("Patient: Ann Roe\nMRN: 12345\nDOB: 3/5/1962", "Patient: Eve Roe\nMRN: 12346\nDOB: 03/05/1962"),
            ("patient", "patient"),
        ),
        (("MRN: 4451234\n", "MRN: 4451235\n"), ("patient", "patient")),
        (("A 14-year-old boy.", "She is tired. She has a rash. Her strength is full."), ("sex", "demo.sex")),
        (("DOB: 03/05/2012\nDate of service: 02/01/2026\n41-year-old woman.",), ("age", "demo.age")),
        (("DOB: 03/05/2012\nDate of service: 02/01/2026\n", "A 19-year-old woman."), ("age", "demo.age")),
        (("DOB: 03/05/2012\nPrednisone was stopped. IgG 400 mg/dL on 3/1/2008.",), ("date", "lab.igg")),
        (("Request: Privigen 2 g/kg.", "Request: Gamunex-C 2 g/kg."), ("product", "tx.ivig")),
        (("Diagnosis: CIDP.", "Date of note: 1/1/2026\nCIDP was ruled out."), ("diagnosis", "dx.cidp")),
        (("Hemoglobin 10.8 mg/dL.",), ("implausible", "lab.hemoglobin")),
        (("Height: 35 kg. Weight: 150 cm.",), ("implausible", "demo.height")),
        (("The right femur fracture was fixed.", "Left femur fracture."), ("side", "dx.fracture")),
        (("He has received IVIG 40 mg monthly since 2024.",), ("unit", "tx.ivig")),
        (("On 02/29/2025 she was seen.",), ("no_day", "date")),
        (("Dermatomyositis (D80.1).",), ("code", "dx.dm")),
    ],
)
def test_what_cannot_be_is_shown(documents: tuple[str, ...], expected: tuple[str, str]):
    assert expected in found(*documents)


def test_every_passage_of_a_contradiction_stands_in_its_document():
    for told, instead, _, _ in PLANTED:
        case = read(CHART, LETTER.replace(told, instead))
        texts = {document.id: document.text for document in case.documents}
        for one in case.contradictions:
            assert all(texts[p.document][p.start : p.end] == p.quote for p in one.passages)


def test_a_value_that_cannot_be_is_no_fact():
    case = read("Weight 35 g. 14-year-old boy.")
    assert [one.kind for one in case.contradictions] == ["implausible"]
    assert "demo.weight" not in {fact.concept for fact in case.facts}


def test_a_later_note_that_stops_a_drug_is_news():
    case = read(
        "Date of service: 01/05/2026\nCurrently on methotrexate.",
        "Date of service: 06/05/2026\nMethotrexate was stopped because of nausea.",
    )
    assert case.contradictions == ()
    assert {fact.therapy.stage for fact in case.facts if fact.therapy} == {Stage.PAST}


def test_a_later_note_that_denies_a_diagnosis_is_news_and_both_are_dated():
    case = read("Date of service: 01/05/2026\nILD.", "Date of service: 06/05/2026\nILD was ruled out.")
    assert case.contradictions == ()
    assert {str(fact.on) for fact in case.facts} == {"2026-01-05", "2026-06-05"}


def test_what_is_entered_is_held_against_what_is_written():
    text = "Patient: male, born 2012-03-05"
    record = Record(RecordKind.PATIENT, Span(0, len(text)), Span(9, 13))
    birth = Record(RecordKind.BIRTH, Span(0, len(text)), Span(15, 19), value=Span(20, 30), on=date(2012, 3, 5))
    bundle = DataDocument("bundle", text, records=(record, birth))
    letter = Document("letter", "DOB: 05/03/2012. A 14-year-old girl.")
    assert {one.kind for one in reader().read((bundle, letter)).contradictions} == {"sex", "birth_date"}


def test_of_many_pairs_the_first_few_are_shown():
    text = " ".join(f"Weight {30 + 7 * at} kg." for at in range(20))
    assert len(read(text).contradictions) == 5
