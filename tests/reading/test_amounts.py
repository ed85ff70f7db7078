"""Every amount of a text is listed: what it is of, its value, its exact passage; what is no amount is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.amount import Amount
from indicated.model.lexicon_amounts import AmountExample
from indicated.model.text import Document

from .content import lexicon, reader

_WORDS = lexicon().amounts
assert _WORDS is not None


def listed(text: str) -> tuple[Amount, ...]:
    return reader().amounts((Document("text", text),))


def shortly(text: str) -> list[str]:
    return [f"{one.what} {one.value.text() if one.value else '-'}: {one.passage.quote}" for one in listed(text)]


@pytest.mark.parametrize("example", _WORDS.examples, ids=lambda example: example.text)
def test_an_example_of_the_content_is_read_as_it_says(example: AmountExample):
    assert shortly(example.text) == list(example.expect)


TOLD = [
    ("fluid 1.5 litres in 24 hours", ["other 1.5 L: 1.5 litres", "moment 24 h: 24 hours"]),
    ("0.9% saline 500 mL bolus", ["dose 0.9%: 0.9%", "dose 500 mL: 500 mL"]),
    ("zorbamine 69 μg/24 h (urine)", ["lab 69 ug/d: 69 μg/24 h"]),
    ("growth of 0.94 cm/year", ["lab 0.94 {cm/year}: 0.94 cm/year"]),
    ("base excess -5.2, T-score <−2.5", ["other -5.2 1: base excess -5.2", "lab < -2.5 1: <−2.5"]),
    ("pressures in the 90s", ["other 90-100 1: 90s"]),
    ("weight at the 10th percentile", ["other 10 1: 10th percentile"]),
    ("prothrombin time of 47.7 s", ["lab 47.7 s: 47.7 s"]),
    ("chemotherapy, 3 consecutive days", ["duration 3 d: 3 consecutive days"]),
    ("2 out of 5 lesions", ["other 2 1: 2 out of 5"]),
    ("HR 88, RR 16, BP 132/78", ["lab 88 1: 88", "lab 16 1: 16", "lab 132 mm[Hg]: 132/78"]),
    ("IgG 380 mg/dL and 410 mg/dL", ["lab 380 mg/dL: 380 mg/dL", "lab 410 mg/dL: 410 mg/dL"]),
    ("her 62-year-old mother", ["age 62 a: 62-year-old"]),
    ("half an hour later, over the past year", ["moment 0.5 h: half an hour later", "duration 1 a: the past year"]),
    ("two episodes, 2-3 times per week", ["frequency 2 1: two episodes", "frequency 1 wk: 2-3 times per week"]),
    ("a 3D reconstruction in the 1990s", []),
    ("M33.13, HLA-B27, C5-6, L4/5, IL-6, CD34+", []),
    ("Plan:\n1. rest\n2. fluids", []),
    ("[12] (1-3) Fig. 2, PMID 12345678, claim no. 445", []),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text for text, _ in TOLD])
def test_an_amount_is_what_its_words_say(text: str, expected: list[str]):
    assert shortly(text) == expected


def test_the_concept_is_the_one_in_the_same_clause():
    about = {one.passage.quote: one.about for one in listed("IVIG 2 g/kg; zorblaxin 650 mg. LVEF 55%, HbA1c 8.2%.")}
    assert about == {"2 g/kg": "tx.ivig", "650 mg": "", "55%": "lab.lvef", "8.2%": "lab.hba1c"}


def test_further_values_of_one_figure_stand_beside_the_first():
    (pressure, size, mark) = listed("120/80 mmHg; 3 x 4 x 5 cm; grip 4/5")
    assert [one.text() for one in pressure.beside] == ["80 mm[Hg]"]
    assert [one.text() for one in size.beside] == ["4 cm", "5 cm"]
    assert [one.text() for one in mark.beside] == ["5 1"]


_PIECES = st.sampled_from(
    ["5 mg", " 120/80", "½ tablet", "10⁵/mL", "x 10^9/L", "٣ days", "५ kg", "aged 4 3/12", "\u2009", "\n\n", " 1 000 ",
     "3/7 hx", "1½ and a half", "-", "±", "two", "(", "[", "…", "۱۲٫۵", "²³", "Ⅷ", "①", "12:30", "M/45", "½½", "10th"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12))
def test_any_text_is_listed_with_exact_passages_that_do_not_overlap(pieces: list[str]):
    text = "".join(pieces)
    end = 0
    for one in listed(text):
        passage = one.passage
        assert text[passage.start : passage.end] == passage.quote
        assert passage.start >= end
        end = passage.end


@given(st.integers(1, 999), st.sampled_from("٠०０"))
def test_digits_of_any_script_are_the_same_number(value: int, zero: str):
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(value))
    (one,) = listed(f"dose {text} mg")
    assert one.value is not None
    assert one.value.low == value
