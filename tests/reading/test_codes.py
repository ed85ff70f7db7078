"""Diagnosis codes: found as people write them, looked up, held against the diagnosis beside them."""

import pytest

import indicated
from indicated.model.codes import Code, table_of


def codes(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.passage.quote) for one in indicated.read(text).codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dermatomyositis (M33.13).", [("M33.13", "M33.13")]),
        ("ICD-10: D801", [("D80.1", "D801")]),
        ("Diagnosis codes G6181 and D80.1 are on the claim.", [("G61.81", "G6181"), ("D80.1", "D80.1")]),
        ("Room D801 is free; G6181 is a part number.", []),
        ("T12 compression fracture at L5, C5.2 is a grid square of the map A0.", []),
        ("The range M08.00-M10.9 is excluded.", []),
    ],
)
def test_a_code_is_found_as_it_is_written(text, expected):
    assert codes(text) == expected


def test_a_code_is_shown_with_its_title_and_whether_it_exists():
    known, category, unknown = indicated.read("ICD-10: M33.13, M33.1, M99.779").codes
    assert known.title == "Other dermatomyositis without myopathy"
    assert (known.valid, known.billable) == (True, True)
    assert (category.valid, category.billable) == (True, False)
    assert (unknown.valid, unknown.title) == (False, "")


def test_a_code_of_another_diagnosis_than_the_one_beside_it_is_a_contradiction():
    (found,) = indicated.read("Diagnosis: dermatomyositis (D80.1).").contradictions
    assert found.about == "dx.dm"
    assert [passage.quote for passage in found.passages] == ["dermatomyositis", "D80.1"]


@pytest.mark.parametrize("text", ["dermatomyositis (M33.13)", "dermatomyositis (M33.90)", "juvenile myositis (M33.00)"])
def test_a_code_of_the_diagnosis_or_its_category_is_none(text):
    assert indicated.read(f"Diagnosis: {text}.").contradictions == ()


def test_a_code_stands_with_the_diagnosis_of_its_own_sentence_only():
    case = indicated.read("ICD-10 code G61.81. Dermatomyositis (M33.13).")
    assert case.contradictions == ()
    by_concept = {fact.concept: fact.codes for fact in case.facts}
    assert by_concept["dx.dm"] == ("M33.13",)


def test_a_longer_code_is_its_part_of_a_known_one():
    (fact,) = indicated.read("Diagnosis code: D80.19.").facts
    assert fact.concept == "dx.hypogammaglobulinemia"


def test_an_answer_says_that_a_code_does_not_exist():
    answer = indicated.explain(indicated.assess("Dermatomyositis (M33.777). Request: IVIG 2 g/kg.", on="2026-11-20"))
    assert "“M33.777” is no code of the diagnosis code table" in answer


def test_a_table_gives_each_code_as_it_was_put_in():
    rows = [Code("A00", "Cholera", billable=False), Code("A00.0", "Cholera due to one thing", billable=True)]
    table = table_of("icd10cm", "some month", "a source", [one.row() for one in rows])
    assert [table.get(one.code) for one in rows] == rows
    assert table.get("A00.5") is None
    assert table.get("Z99") is None


@pytest.mark.parametrize(
    ("code", "disease"),
    [
        ("M30.3", "dx.kawasaki"), ("D69.3", "dx.itp"), ("D76.1", "dx.hlh"), ("D68.61", "dx.aps"),
        ("A48.3", "dx.toxic_shock"), ("D82.1", "dx.digeorge"), ("D84.1", "dx.complement_deficiency"), ("B20", "dx.hiv"),
        ("U07.1", "dx.covid19"), ("I77.82", "dx.anca_vasculitis"), ("L20.9", "dx.atopic_dermatitis"),
        ("N96", "dx.pregnancy_loss"), ("P36.9", "dx.neonatal_sepsis"), ("P55.9", "dx.hdn"),
    ],
)  # fmt: skip
def test_a_code_that_stands_alone_is_the_disease_and_no_narrower_one(code, disease):
    facts = indicated.read(f"Diagnosis code: {code}.").facts
    assert [fact.concept for fact in facts if fact.concept.startswith("dx.")] == [disease]


@pytest.mark.parametrize(
    "text",
    [
        "IVIG 0.4 g/kg for hypogammaglobulinemia in chronic lymphocytic leukemia (D80.1, C91.10).",
        "IVIG 0.4 g/kg for chronic lymphocytic leukemia (C91.10, D80.1).",
    ],
)
def test_codes_in_one_list_are_each_of_their_own_diagnosis(text):
    assert indicated.read(f"Request: {text}").contradictions == ()


def test_a_code_listed_after_two_diagnoses_goes_to_its_own():
    case = indicated.read("Hypogammaglobulinemia in chronic lymphocytic leukemia (D80.1, C91.10).")
    by_concept = {fact.concept: fact.codes for fact in case.facts}
    assert by_concept["dx.hypogammaglobulinemia"] == ("D80.1",)
    assert by_concept["dx.cll"] == ("C91.10",)
