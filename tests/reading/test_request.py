"""Requests: what is asked for, for what, in which dose, to start or to go on; and texts that ask for nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicated.model.regimen import Phase
from tests.reading.told_of_treatment import lexicon, parts, request

_DEV = Path(__file__).resolve().parents[3] / "shared" / "external" / "requests" / "requests_dev.jsonl"

ASKED = [
    ("Request: IVIG every 3 weeks.", "tx.ivig", ""),
    ("Is IVIG indicated for a child with dermatomyositis?", "tx.ivig", ""),
    ("Is 70 grams of IVIG monthly medically necessary?", "tx.ivig", ""),
    ("IVIG for dermatomyositis?", "tx.ivig", ""),
    ("CIDP; request: Privigen.", "tx.ivig", "product.privigen"),
    ("Request: continue IVIG with Gamunex-C.", "tx.ivig", "product.gamunex_c"),
    (
        "Elderly patient with CIDP on Gammaplex every 3 weeks; request: 16 further visits.",
        "tx.ivig",
        "product.gammaplex",
    ),
    ("Request: Xembify. Diagnosis: D80.6.", "tx.scig", "product.xembify"),
    ("IVIG 0.4 g/kg monthly requested for CLL.", "tx.ivig", ""),
    ("A woman with polymyositis. Please advise if IVIG is warranted.", "tx.ivig", ""),
    ("Can this patient receive IVIG 2 g/kg monthly? Would this be experimental?", "tx.ivig", ""),
    ("Request: IVIG 1 g/kg. Is this medically necessary, and is it standard of care?", "tx.ivig", ""),
    ("Is rituximab medically necessary for this patient with dermatomyositis?", "drug.rituximab", ""),
    ("Request: tocilizumab 162 mg weekly. IVIG was used previously.", "drug.tocilizumab", ""),
    ("I am writing to request coverage of intravenous immunoglobulin for my patient with CIDP.", "tx.ivig", ""),
    ("The insurer denied Hizentra 10 g weekly. Please review.", "tx.scig", "product.hizentra"),
    ("Please give IVIG 2 g/kg once.", "tx.ivig", ""),
    ("Octagam was requested but denied; she has taken Privigen since 2022.", "tx.ivig", "product.octagam"),
]


@pytest.mark.parametrize(("text", "treatment", "product"), ASKED, ids=[text for text, _, _ in ASKED])
def test_what_is_asked_for(text: str, treatment: str, product: str) -> None:
    asked = request(text)
    assert asked is not None
    assert (asked.treatment, asked.product) == (treatment, product)
    assert asked.passages
    assert all(passage.quote in text for passage in asked.passages)


@pytest.mark.parametrize(
    "text",
    [
        "Discuss IVIG at the next visit.",
        "Consider IVIG if the rash persists.",
        "Current medications: prednisone, IVIG.",
        "She has been on IVIG since 2021 and is stable.",
        "Policy: IVIG is medically necessary for dermatomyositis when first-line therapy failed.",
        "14-year-old with dermatomyositis and heliotrope rash.",
        "Adalimumab was stopped because insurance denied it.",
        "",
    ],
)
def test_texts_that_ask_for_nothing(text: str) -> None:
    assert request(text) is None


PHASES = [
    ("Request: IVIG 70 g monthly, initial authorization.", Phase.INITIAL),
    ("Request: start IVIG.", Phase.INITIAL),
    ("Request: IVIG 1 g/kg x 2 days; admission to start.", Phase.INITIAL),
    ("Request: continue monthly IVIG.", Phase.CONTINUATION),
    ("We request renewal of Privigen 35 g every 4 weeks.", Phase.CONTINUATION),
    ("Reauthorization of Hizentra 10 g weekly is requested.", Phase.CONTINUATION),
    ("Request: 16 further visits of Gammaplex.", Phase.CONTINUATION),
    ("Request: Privigen 45 g infusion.", Phase.UNKNOWN),
]


@pytest.mark.parametrize(("text", "phase"), PHASES, ids=[text for text, _ in PHASES])
def test_whether_it_starts_or_goes_on(text: str, phase: Phase) -> None:
    asked = request(text)
    assert asked is not None
    assert asked.phase is phase


def test_fragments_of_one_request_are_one_regimen() -> None:
    asked = request("Patient with CIDP on Gammaplex every 3 weeks; request: 16 further visits (26 weeks).")
    assert asked is not None
    assert parts(asked.regimen) == {"interval": "3 wk", "courses": "16 1", "duration": "26 wk"}


def test_a_labelled_line_gives_the_dose() -> None:
    asked = request("Treatment requested: IVIG\nDose: 1 g/kg daily x 2 days\nDiagnosis: immune thrombocytopenia")
    assert asked is not None
    assert parts(asked.regimen) == {"per_day": "1 g/kg", "days": "2 d"}


def test_the_premedication_does_not_take_the_dose() -> None:
    asked = request("Request: Octagam 400 mg/kg every 4 weeks with methylprednisolone 40 mg premedication.")
    assert asked is not None
    assert parts(asked.regimen) == {"per_course": "0.4 g/kg", "interval": "4 wk"}


def test_indications_are_those_of_the_request_then_of_the_diagnosis_most_specific_first() -> None:
    asked = request("Request: IVIG. Diagnosis: juvenile dermatomyositis. Past history: asthma.")
    assert asked is not None
    assert asked.indications == ("dx.jdm",)
    asked = request("Is IVIG indicated for dermatomyositis? She also has interstitial lung disease.")
    assert asked is not None
    assert asked.indications == ("dx.dm",)


def test_without_a_stated_indication_the_diagnoses_of_the_case_stand() -> None:
    asked = request("Request: IVIG.\n\nDermatomyositis with interstitial lung disease. No evidence of lymphoma.")
    assert asked is not None
    assert asked.indications == ("dx.dm", "dx.ild")


def test_codes_and_prescriber_are_kept() -> None:
    text = "Request: Gamunex-C (J1561) for dermatomyositis (M33.13), prescribed by Dr. Jane Smith, rheumatologist."
    asked = request(text)
    assert asked is not None
    assert asked.codes == ("J1561", "M33.13")
    assert asked.prescriber == "Jane Smith, rheumatologist"


def test_a_payers_code_list_is_not_the_requests() -> None:
    asked = request("Request: IVIG for dermatomyositis (M33.13). Not covered: rheumatoid arthritis (M06.9).")
    assert asked is not None
    assert asked.codes == ("M33.13",)


def test_the_examples_of_the_word_file_hold() -> None:
    words = lexicon().request
    assert words is not None
    for example in words.examples:
        asked = request(example.text)
        if "none" in example.expect:
            assert asked is None, example.text
            continue
        assert asked is not None, example.text
        told = {"treatment": asked.treatment, "product": asked.product, "phase": asked.phase.value}
        told["indication"] = asked.indications[0] if asked.indications else ""
        assert {key: told[key] for key in example.expect} == example.expect, example.text


@pytest.mark.skipif(not _DEV.exists(), reason="no external data here")
def test_every_request_of_the_development_set_is_found_with_an_immune_globulin() -> None:
    vocabulary = lexicon().vocabulary
    for line in _DEV.read_text().splitlines():
        row = json.loads(line)
        asked = request(row["facts"])
        assert asked is not None, row["id"]
        assert vocabulary.is_a(asked.treatment, "tx.ig"), row["id"]


@pytest.mark.parametrize(
    "text",
    [
        "Request: continue IVIG. IVIG 2 g/kg in 2020 for Kawasaki disease.",
        "Request: IVIG for CIDP. She received IVIG 2 g/kg once with good response.",
        "IVIG is requested. He had IVIG 1 g/kg two years ago for ITP.",
    ],
)
def test_the_dose_of_a_course_that_is_over_is_not_asked_for(text: str) -> None:
    asked = request(text)
    assert asked is not None
    assert asked.regimen is None


@pytest.mark.parametrize(
    "text",
    [
        "Request: continue IVIG for CVID. On IVIG 30 g every 4 weeks since 2021.",
        "Request: continue IVIG for CVID. IVIG 30 g every 4 weeks was started in March 2022.",
        "Request: continue IVIG for CVID. Current medications: IVIG 30 g every 4 weeks.",
    ],
)
def test_the_dose_of_a_course_that_goes_on_is(text: str) -> None:
    asked = request(text)
    assert asked is not None
    assert asked.regimen is not None
    assert asked.regimen.per_course is not None


@pytest.mark.parametrize(("code", "product"), [("J1568", "product.octagam"), ("J1557", "product.gammaplex")])
def test_a_code_of_one_product_in_several_strengths_names_the_product(code: str, product: str) -> None:
    asked = request(f"Request: {code} 2 g/kg monthly for CIDP.")
    assert asked is not None
    assert (asked.treatment, asked.product) == ("tx.ivig", product)
