"""The flattened view, and the way back to the exact characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.text import Document
from indicated.reading.view import View

_ODD = st.text(st.sampled_from("ab.C-  \n\t\r\u00a0\u200b\u00ad–’“×µéﬁİß7:<!-->"), max_size=60)


@given(_ODD)
def test_the_three_copies_have_one_length_and_every_span_leads_back(text: str):
    view = View(Document("d", text))
    assert len(view.flat) == len(view.cased) == len(view.terms)
    for start in range(len(view.flat)):
        for end in range(start + 1, min(start + 4, len(view.flat)) + 1):
            first, last = view.span(start, end)
            assert 0 <= first < last <= len(text)


@given(_ODD.filter(str.strip))
def test_a_passage_quotes_its_document(text: str):
    document = Document("d", text)
    view = View(document)
    if view.flat.strip():
        assert document.holds(view.passage(0, len(view.flat)))


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Two\u00a0 words\there", "two words here"),
        ("PM–Scl “quoted” 1×2 µg", 'pm-scl "quoted" 1x2 ug'),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("ﬁnger ﬂexion", "finger flexion"),
        ("Sjögren", "sjogren"),
        ("no interstitial\nlung disease", "no interstitial lung disease"),
        ("a line that ends with,\nDermatomyositis", "a line that ends with, dermatomyositis"),
        ("14-year-\nold girl", "14-year-old girl"),
        ("Fatigue\n- Fever\n- Rash", "fatigue\n- fever\n- rash"),
        ("Exam: normal\nPlan: none", "exam: normal\nplan: none"),
        ("One paragraph\n\nanother", "one paragraph\n\nanother"),
        ("Anemia\nGout", "anemia\ngout"),
        ("before <!-- a note --> after", "before \n\n after"),
    ],
)
def test_what_becomes_of_odd_characters_and_line_ends(text: str, flat: str):
    assert View(Document("d", text)).flat == flat


def test_a_wrapped_line_is_one_line_at_any_width():
    import textwrap

    text = "The patient has juvenile dermatomyositis and a positive PM-Scl antibody but no Lung Disease."
    for width in range(45, 110):
        assert "\n" not in View(Document("d", textwrap.fill(text, width))).flat


def test_spans_of_the_text_lead_to_the_view_and_back():
    text = "A   JDM\u200b case"
    view = View(Document("d", text))
    start, end = view.flat_span(text.index("JDM"), text.index("JDM") + 3)
    assert view.flat[start:end] == "jdm"
    assert view.passage(start, end).quote == "JDM"
