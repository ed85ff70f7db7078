"""Sentences that cite, and texts that are articles, are told from a chart's numbers."""

from __future__ import annotations

from indicated.model.assertion import Voice
from indicated.model.text import Document

from .content import reader, told

ARTICLE = "\n".join(
    f"Immune globulin helped most adults with this disease in the trial of year {year}. {cite}"
    for year, cite in ((1, "1"), (2, "1, 2"), (3, "2"), (4, "3"), (5, "3, 4"))
)
LABS = (
    "ESR 45.\nCRP 12.\nThe strength of the hip flexors on the left and on the right is 4.\nCK 80.\nAldolase 5.\nIgG 9."
)


def _voices(text: str) -> set[Voice | None]:
    return {one.voice for one in reader().scene(Document("text", text)).sentences}


def test_a_text_that_cites_again_and_again_is_an_article():
    assert _voices(ARTICLE) == {Voice.EVIDENCE}


def test_numbers_of_a_chart_are_no_citations():
    assert _voices(LABS) == {None}


def test_one_reference_in_brackets_changes_nothing():
    assert _voices("AFLP was confirmed by the Swansea criteria [9]. She improved.") == {None}


def test_a_question_before_an_article_is_the_patients_and_one_after_it_is_not():
    text = f"Is IVIG right for a boy with dermatomyositis?\n\n{ARTICLE}\n\nWhat helps in a girl with lupus nephritis?"
    assert "dx.dm" in told(text)
    assert "demo.female" not in told(text)


def test_reading_lists_without_end_stays_linear():
    lines = "She denies:\n" + "- fever\n" * 20_000
    assert len(reader().scene(Document("text", lines)).sentences) == 20_001
