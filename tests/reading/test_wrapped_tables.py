"""Reports of a laboratory whose columns broke cells over lines: the result is the result, the range is the range."""

from __future__ import annotations

from .content import read

REPORT = """
            Lab Test        Result        Reference
                                           Range

CBC

Red Blood Cells (RBC)      3.5          4.0 - 5.5
                           million/µL   million/µL

Mean Corpuscular           28 pg        27 - 31 pg
Hemoglobin (MCH)

Platelets                  450,000      150,000 -
                           cells/µL     400,000
                                        cells/µL

White Blood Cells (WBC)    12,000       4,500 - 13,500
                           cells/µL     cells/µL

Bands (Immature            5%           0 - 5%
Neutrophils)

Sodium                138         135 - 145
                      mEq/L       mEq/L

Alkaline              150 U/L     100 - 300 U/L
Phosphatase

ESR                   30 mm/h     <20 mm/h

Platelet        250 x         150 - 450 x
 Count          10^9/L        10^9/L
"""


def _values(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in read(text).facts:
        if fact.value is not None:
            found.setdefault(fact.concept, []).append(f"{fact.result} {fact.value.text()}")
    return found


def test_a_cell_is_read_with_its_pieces_on_the_lines_below():
    told = _values(REPORT)
    assert told["lab.rbc"] == ["low 3.5 10*6/uL"]
    assert told["lab.platelets"] == ["elevated 450000 /uL", "normal 250 10*9/L"]
    assert told["lab.wbc"] == ["normal 12000 /uL"]
    assert told["lab.sodium"] == ["normal 138 meq/L"]
    assert told["lab.esr"] == ["elevated 30 mm/h"]


def test_a_name_is_read_with_its_pieces_on_the_lines_below():
    told = _values(REPORT)
    assert told["lab.mch"] == ["normal 28 pg"]
    assert told["lab.alp"] == ["normal 150 U/L"]
    assert "lab.hemoglobin" not in told
    assert "lab.neutrophils" not in told


def test_every_passage_of_a_broken_cell_is_in_the_text():
    for fact in read(REPORT).facts:
        for passage in fact.passages:
            assert REPORT[passage.start : passage.end] == passage.quote


def test_a_row_below_is_no_piece_of_the_row_above():
    told = _values(
        "Test   Result   Reference\nSodium   138   135 - 145\nPotassium   4.1   3.5 - 5.0\nCRP   25 mg/L   <5 mg/L\n"
    )
    assert told == {
        "lab.sodium": ["normal 138 mmol/L"],
        "lab.potassium": ["normal 4.1 mmol/L"],
        "lab.crp": ["elevated 25 mg/L"],
    }


def test_the_range_after_a_value_is_no_value_of_its_own():
    assert _values("Sodium 138  135 - 145 mEq/L") == {"lab.sodium": ["normal 138 meq/L"]}
    assert _values("White Blood Cells (WBC) 12,000 4,500 - 13,500 cells/uL") == {"lab.wbc": ["normal 12000 /uL"]}
    assert _values("ESR 30 mm/h <20 mm/h") == {"lab.esr": ["elevated 30 mm/h"]}


def test_a_later_value_below_a_limit_stays_a_value():
    assert _values("CRP was 25 mg/L and <3 mg/L later") == {"lab.crp": ["None 25 mg/L", "None < 3 mg/L"]}
