"""Values of tests: ranges and flags told beside them, tables, series, pairs, and the day of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.assertion import Time

from .content import read, told

SAID = [
    # the laboratory's own range decides
    ("CK 1,250 U/L (ref 30-200).", {"lab.ck": ["elevated 1250 U/L"]}),
    ("CK 180 U/L (30-200).", {"lab.ck": ["normal 180 U/L"]}),
    ("IgG 380 (700-1600)", {"lab.igg": ["low 380 mg/dL"]}),
    ("Serum IgG (700-1600): 380", {"lab.igg": ["low 380 mg/dL"]}),
    ("IgG 4.1 g/L (7.0-16.0)", {"lab.igg": ["low 4.1 g/L"]}),
    ("ESR was 55 (normal < 20).", {"lab.esr": ["elevated 55 mm/h"]}),
    ("CRP <0.5 mg/dL (<1.0)", {"lab.crp": ["normal < 0.5 mg/dL"]}),
    ("IgG: 380 mg/dL (ref: 700-1,600), IgM 18 mg/dL L", {"lab.igg": ["low 380 mg/dL"], "lab.igm": ["low 18 mg/dL"]}),
    # a value that may lie on both sides is not decided
    ("Ferritin > 100 ng/mL (15-150).", {"lab.ferritin": ["> 100 ng/mL"]}),
    # columns without words between: the first is the value, though only the range has the unit
    ("Sodium      138       135 - 145\n            mEq/L     mEq/L", {"lab.sodium": ["normal 138 meq/L"]}),
    ("White Blood Cells (WBC)   12,000   4,500 - 10,500\n   cells/uL", {"lab.wbc": ["elevated 12000 /uL"]}),
    ("Platelets      450,000      150,000 -\n      cells/uL     400,000", {"lab.platelets": ["450000 /uL"]}),
    ("ESR      30 mm/h     <20 mm/h", {"lab.esr": ["elevated 30 mm/h"]}),
    # one value in two units is told once
    ("Temp: 98.6 F (37 C)", {"lab.temperature": ["98.6 [degF]"]}),
    ("LDL 153 mg/dL, non-HDL 178 mg/dL", {"lab.ldl": ["153 mg/dL"], "lab.non_hdl": ["178 mg/dL"]}),
    ("Blood sugar was noted to be 233.", {"lab.glucose": ["233 mg/dL"]}),
    # what is denied before a comma is another test
    (
        "Normal LDH, no sign of rash, elevated CRP.",
        {"lab.ldh": ["normal"], "lab.crp": ["elevated"], "finding.rash": ["absent"]},
    ),
    # what a list comes to is said of each of its members, and of both names of one
    (
        "Antinuclear antibody (ANA) and HLA-B27, all of which returned within normal limits.",
        {"ab.ana": ["absent negative"], "lab.hla_b27": ["normal"]},
    ),
    # a stretch of time is no result of a test without a unit
    ("Measles IgG negative, seen after 72 hours.", {"lab.measles_igg": ["negative"]}),
    # how long something lasted is a value of its own
    ("Weakness progressed over 5 days.", {"demo.symptom_duration": ["5 d"], "finding.weakness": ["present"]}),
    ("Weakness for 1 year.", {"demo.symptom_duration": ["1 a"], "finding.weakness": ["present"]}),
    (
        "Numbness of both feet for the past 10 weeks.",
        {"demo.symptom_duration": ["10 wk"], "finding.numbness": ["present"]},
    ),
    (
        "A 4-month history of progressive limb weakness.",
        {"demo.symptom_duration": ["4 mo"], "finding.limb_weakness": ["present"]},
    ),
    ("Weakness began 8 weeks ago.", {"demo.symptom_duration": ["8 wk"], "finding.weakness": ["present"]}),
    ("Weakness improved over 3 months.", {"finding.weakness": ["present"]}),
    ("No weakness for 1 year.", {"finding.weakness": ["absent"]}),
    ("Weakness, and prednisone for 3 months.", {"finding.weakness": ["present"], "drug.prednisone": ["past"]}),
    ("Day 6 of illness.", {"lab.illness_day": ["6 d"]}),
    # a minus before a score that may be below zero is one
    ("T-score -2.5 at the hip.", {"lab.t_score": ["-2.5 1"]}),
    ("T-score: −3.4", {"lab.t_score": ["-3.4 1"]}),
    # what was tested for need not have been found
    ("Tested for anti-MDA5 antibodies.", {}),
    ("Tested for anti-MDA5 antibodies: positive.", {"ab.mda5": ["positive"]}),
    ("Myositis panel: anti-Jo-1, anti-MDA5.", {"study.myositis_panel": ["present"]}),
    ("Myositis panel: anti-Jo-1 positive.", {"study.myositis_panel": ["present"], "ab.jo1": ["positive"]}),
    ("Anti-MDA5 antibody testing was done.", {}),
    ("ANA, dsDNA and RF were checked.", {}),
    ("Anti-Jo-1 positive, ANA was checked.", {"ab.jo1": ["positive"]}),
    ("Myositis with anti-MDA5 antibodies.", {"dx.iim": ["present"], "ab.mda5": ["positive"]}),
    # feet and inches
    ("Height 5 feet 4 inches.", {"demo.height": ["64 [in_i]"]}),
    # flags
    ("LDH: 612 H", {"lab.ldh": ["elevated 612 U/L"]}),
    ("CK | 1250 | H | 30-200 | U/L", {"lab.ck": ["elevated 1250 U/L"]}),
    ("WBC 12.3 H 4.0-11.0 K/uL", {"lab.wbc": ["elevated 12.3 10*3/uL"]}),
    ("Platelets 15,000/uL.", {"lab.platelets": ["15000 /uL"]}),
    ("Platelet count of 12,000", {"lab.platelets": ["12000 /uL"]}),
    # series: the last is now
    ("CK 4500 -> 2300 -> 180", {"lab.ck": ["past 4500 U/L", "past 2300 U/L", "180 U/L"]}),
    ("CK decreased from 4500 to 300.", {"lab.ck": ["past 4500 U/L", "300 U/L"]}),
    ("FVC improved from 55% to 62% predicted.", {"lab.fvc": ["past 55%", "62%"]}),
    ("FVC 62% (was 75%)", {"lab.fvc": ["62%", "past 75%"]}),
    ("LVEF 35% (previously 60%).", {"lab.lvef": ["35%", "past 60%"]}),
    ("IgG 380 and 410 mg/dL three weeks apart", {"lab.igg": ["380 mg/dL", "410 mg/dL"]}),
    # what a word before or after dates
    ("FVC 55% before, 62% after treatment.", {"lab.fvc": ["past 55%", "62%"]}),
    ("FVC 62%, before 75%.", {"lab.fvc": ["62%", "past 75%"]}),
    ("FVC was 55% before treatment and 62% after.", {"lab.fvc": ["past 55%", "62%"]}),
    ("FVC 55% at baseline and 62% at 6 months", {"lab.fvc": ["past 55%", "62%"]}),
    # what was reached out of a full mark
    ("MRC sum score 52/60.", {"scale.mrc_sum": ["52 1"]}),
    ("MRC sum score was 52 out of 60.", {"scale.mrc_sum": ["52 1"]}),
    ("MRC sum 48/60 before, 56/60 after treatment", {"scale.mrc_sum": ["past 48 1", "56 1"]}),
    ("I-RODS 30/48 to 44/48", {"scale.irods": ["past 30 1", "44 1"]}),
    ("INCAT 3/12/2024: 4", {"scale.incat": ["4 1 2024-03-12"]}),
    ("INCAT 60/52", {}),
    # days
    ("CK 4500 (1/2/24), 2300 (2/3/24)", {"lab.ck": ["4500 U/L 2024-01-02", "2300 U/L 2024-02-03"]}),
    ("CK on 3/4/24 was 4500 U/L.", {"lab.ck": ["4500 U/L 2024-03-04"]}),
    ("Labs 3/4/24: WBC 5.0 K/uL", {"lab.wbc": ["5 10*3/uL 2024-03-04"]}),
    ("Labs (3/4/2024):\nWBC 5.0 K/uL", {"lab.wbc": ["5 10*3/uL 2024-03-04"]}),
    # pairs and slashes
    ("BP 142/88 mmHg", {"lab.bp_systolic": ["142 mm[Hg]"], "lab.bp_diastolic": ["88 mm[Hg]"]}),
    ("AST/ALT 45/60 U/L", {"lab.ast": ["45 U/L"], "lab.alt": ["60 U/L"]}),
    ("BUN/Cr 12/0.8", {"lab.bun": ["12 mg/dL"], "lab.creatinine": ["0.8 mg/dL"]}),
    # antibodies
    ("ANA 1:640 speckled", {"ab.ana": ["positive 640 {titer}"]}),
    ("anti-GAD65 > 25,000 IU/mL", {"ab.gad65": ["positive > 25000 [iU]/mL"]}),
    ("AChR antibody 12.4 nmol/L (<0.02)", {"ab.achr": ["positive 12.4 nmol/L"]}),
    ("RF 12 IU/mL.", {"ab.rf": ["possible 12 [iU]/mL"]}),
    (
        "Myositis panel negative.",
        {
            "study.myositis_panel": ["present"],
            "ab.myositis_specific": ["absent negative"],
            "ab.myositis_associated": ["absent negative"],
        },
    ),
    # what is no value
    ("CK in 2019.", {}),
    ("CK 10 x ULN", {}),
]

TABLES = [
    (
        "Test | Result | Flag | Reference\nIgG | 380 mg/dL | L | 700-1600\nJo-1 antibody | Negative | | Negative",
        {"lab.igg": ["low 380 mg/dL"], "ab.jo1": ["absent negative"]},
    ),
    ("Test | Result | Reference\nMi-2 antibody | Positive | Negative", {"ab.mi2": ["positive"]}),
    ("Component\tReference Range\tValue\nIgG\t700 - 1600 mg/dL\t380", {"lab.igg": ["low 380 mg/dL"]}),
    (
        "Test      Result    Flag   Reference\nCK        1250      H      30-200\nAldolase  5.2              1.0-7.5",
        {"lab.ck": ["elevated 1250 U/L"], "lab.aldolase": ["normal 5.2 U/L"]},
    ),
    (
        "| Lab | 1/2/2024 | 2/3/2024 |\n|-----|-----|-----|\n| CK (U/L) | 4500 | 180 |",
        {"lab.ck": ["4500 U/L 2024-01-02", "180 U/L 2024-02-03"]},
    ),
    ("Date | 1/2 | 2/3\nCK | 4500 | 300", {"lab.ck": ["past 4500 U/L", "300 U/L"]}),
    (
        "Date | CK | LDH\n1/2/2024 | 4500 | 600\n3/4/2024 | 300 | 200",
        {
            "lab.ck": ["4500 U/L 2024-01-02", "300 U/L 2024-03-04"],
            "lab.ldh": ["600 U/L 2024-01-02", "200 U/L 2024-03-04"],
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_a_value_is_read_with_what_is_told_beside_it(text: str, expected: dict[str, list[str]]):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=[text.split("\n", maxsplit=1)[0] for text, _ in TABLES])
def test_a_table_is_read_by_its_headings(text: str, expected: dict[str, list[str]]):
    assert told(text) == expected


def test_a_column_of_a_day_is_a_source_of_its_values():
    (first, _) = read("Lab | 1/2/2024 | 2/3/2024\nCK | 4500 | 180").facts
    assert [one.quote for one in first.passages] == ["4500", "1/2/2024"]


def test_an_earlier_value_of_a_series_is_past():
    facts = read("Ferritin peaked at 12,000, now 340.").facts
    assert [fact.assertion.time for fact in facts] == [Time.PAST, Time.CURRENT]


@given(st.text(alphabet="CKIgG 0123456789.,()-<>|/\t\nHL:%", max_size=120))
def test_any_cells_and_figures_give_exact_passages(text: str):
    case = read(text)
    for fact in case.facts:
        for passage in fact.passages:
            assert text[passage.start : passage.end] == passage.quote


def test_rows_without_end_take_time_in_proportion():
    row = "CK | 4500 | H | 30-200 | U/L\n"
    assert len(read("Test | Result | Flag | Reference | Units\n" + row * 300).facts) == 1
