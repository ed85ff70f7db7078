"""Which sentences stand inside a quotation, and which marks open none."""

from __future__ import annotations

import pytest

from indicated.reading.quotations import quotations
from indicated.reading.scene import Sentence


def inside(*texts):
    flat, sentences = "", []
    for text in texts:
        sentences.append(Sentence(len(flat), len(flat) + len(text), len(flat)))
        flat += text
    return set(quotations(flat, sentences))


def test_sentences_between_the_marks_stand_inside():
    assert inside('It says: "One. ', "Two. ", 'Three." ', "Four.") == {1, 2}


@pytest.mark.parametrize(
    "texts",
    [
        ("One. ", "Two."),
        ("He is 5'10\" tall. ", 'A lump of 2" was seen. ', "Then he left."),
        ('It says: "One. ', "Two.\n\n", "Three. ", 'Four." '),
        ('It says: "One." ', "Two."),
        ('It says: "One. ', "Two."),
    ],
)
def test_no_sentence_stands_inside(texts):
    assert inside(*texts) == set()
