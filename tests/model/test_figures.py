"""Figures in sentences, and those that their proofs do not hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.evidence import Citation, Direction, Evidence, Figure, Recommendation, Status
from indicated.model.figures import foreign_numbers, numbers, proof_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 g/kg over 2-5 days every 4 weeks", ("2", "2", "5", "4")),
        ("1,000 mg/kg and 15,000/uL", ("1000", "15000")),
        ("2.50 and 0.04 and .5", ("2.5", "0.04", "0.5")),
        ("10, 20 and 30.", ("10", "20", "30")),
        ("79% against 44%", ("79", "44")),
        ("95% CI 9.1-70", ("95", "9.1", "70")),
        ("ANA 1:640", ("1", "640")),
        ("a 50-year-old on day +100", ("50", "100")),
        ("1 g/kg x2 q4w, 400mg", ("1", "2", "4", "400")),
        ("p=0.03; n=95", ("0.03", "95")),
        ("IL-6, CD20, COVID-19, Mi-2, PM-Scl75, HbA1c and IgG4", ()),
        ("M33.13 or D80-D84, J1459", ()),
        ("4.5 x 10*9/L, 200 10^9/L, below 30 × 10⁹/L", ("4.5", "200", "30")),
        ("375 mg/m2", ("375",)),
        ("2017 criteria", ("2017",)),
        ("no figure, nor one", ()),
        ("007 and 70.00", ("7", "70")),
    ],
)
def test_figures(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "proof", "foreign"),
    [
        ("2 g/kg", "2.0 g per kg", ()),
        ("1000 mg", "1,000 mg", ()),
        ("over 2 days", "over two days", ()),
        ("over 3 days, then 3", "over two days", ("3",)),
        ("30 of 40", "30 patients", ("40",)),
        ("in 2017", "published 2017", ()),
        ("IL-6", "", ()),
        ("2 and 25", "2.5", ("2", "25")),
    ],
)
def test_foreign_figures(text, proof, foreign):
    assert foreign_numbers(text, proof) == foreign


@given(st.lists(st.decimals(0, 10**9, places=3, allow_nan=False), max_size=6))
def test_every_plain_figure_is_found_and_proves_itself(values):
    text = " and ".join(f"{value:,f}" for value in values)
    assert [Decimal(found) for found in numbers(text)] == values
    assert foreign_numbers(text, text) == ()


def evidence(status: Status) -> Evidence:
    return Evidence(
        key="k",
        kind="RCT",
        conditions=(),
        citation=Citation(authors="A", title="Trial 11", year=2012, volume="13"),
        population="14 adults",
        direction=Direction.FOR,
        summary="15 improved",
        summary_basis=status,
        n=16,
        n_status=status,
        figures=(Figure("improved", "17 of 18", status),),
        recommendation=Recommendation("give 19", "conditional", "low", "GRADE", status),
    )


def test_only_what_somebody_saw_may_be_repeated():
    assert numbers(proof_text(evidence(Status.SEEN))) == ("11", "2012", "14", "17", "18", "16", "15", "19")
    assert numbers(proof_text(evidence(Status.RECALLED))) == ("11", "2012", "14")
