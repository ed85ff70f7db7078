"""What counts as proof of a wording: a score's signs are asked for by the criterion that names the score."""

from __future__ import annotations

from datetime import date

import pytest

import indicated
from indicated.explain.article import article
from indicated.workflow.assess import current

DAY = date(2026, 11, 20)


def withheld(text: str) -> int:
    release = current()
    decided = indicated.assess(text, on=DAY)
    return sum(
        article(decided, release.knowledge, release.phrases, audience).withheld for audience in ("clinician", "patient")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Request: IVIG for Kawasaki disease. Aged 6 months. Fever for five days or more. No Kawasaki disease.",
        (
            "Request: IVIG 40 mg for Evans syndrome. Currently on anti-CD20 antibody. Currently on corticosteroid "
            "(by mouth or injected). immune thrombocytopenia was ruled out. No life-threatening hemolysis."
            " splenectomy. A 71-year-old. Worse on treatment."
        ),
    ],
    ids=["a sign that only the score counts", "two treatments told in the same words"],
)
def test_nothing_is_withheld_that_the_criteria_and_the_record_hold(text):
    assert withheld(text) == 0
