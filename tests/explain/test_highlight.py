"""The page of marked documents: the whole text, each passage marked for each fact, nothing but the text changed."""

from __future__ import annotations

import html
import re

import pytest
from msgspec import structs

import indicated
from indicated.explain.render.highlight import GROUPS, LETTERS
from indicated.explain.render.marking import CSS
from indicated.model.text import Document
from indicated.workflow.facts import as_page

TEXT = (
    "Request: IVIG 2 g/kg monthly.\n\n14-year-old boy with dermatomyositis (M33.13). No dysphagia. Possible ILD.\n"
    "Failed methotrexate. Mother has lupus. Will start rituximab. CK 4,500 U/L & rising <fast>."
)


@pytest.fixture(scope="module")
def page():
    return as_page(indicated.read(TEXT))


def plain(page):
    """The text of the document as a reader sees it."""
    body = page.split('<div class="text">', 1)[1].split("</div>", 1)[0]
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="n [a-z]+".*?</a>', "", body)))


def test_the_text_is_all_there_and_as_it_was(page):
    assert plain(page) == TEXT


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        ("14-year-old", "person"),
        ("dermatomyositis", "diagnosis"),
        ("dysphagia", "finding absent"),
        ("ILD", "diagnosis unsure"),
        ("methotrexate", "treatment past"),
        ("lupus", "aside"),
        ("rituximab", "aside planned"),
        ("CK 4,500 U/L", "test"),
    ],
)
def test_a_mark_shows_the_kind_and_how_it_was_said(page, words, looks):
    assert f'<mark class="{looks}">{words}</mark>' in page


def test_every_number_leads_to_a_row(page):
    rows = re.findall(r'<tr id="r(\d+)"', page)
    case = indicated.read(TEXT)
    assert len(rows) == len(case.facts) + len(case.set_aside) + 1
    assert set(re.findall(r'href="#r(\d+)"', page)) <= set(rows)
    facts = range(2, 2 + len(case.facts))
    assert {str(number) for number in facts} <= set(re.findall(r'href="#r(\d+)"', page))


def test_a_row_says_why(page):
    assert "polarity: absent.before" in page


def test_each_group_has_its_colour_and_its_box():
    assert not [group for group in GROUPS if f"mark.{group}{{" not in CSS or f"#k-{group}:not(:checked)" not in CSS]


def test_the_page_is_made_of_nothing_else(page):
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert as_page(indicated.read(TEXT)) == page


def test_markup_in_a_record_stays_text():
    hostile = 'Dermatomyositis <script>alert(1)</script> & "quoted". Request: IVIG 2 g/kg.'
    page = as_page(indicated.read(hostile, name='<b>"x"&.txt'))
    assert "<script>" not in page
    assert "<b>" not in page


def test_two_facts_in_one_passage_are_both_numbered():
    page = as_page(indicated.read("PM-Scl and Mi-2 antibodies are both positive."))
    assert len(re.findall(r'<a class="n test"', page)) == 2


def test_every_number_has_the_letter_of_its_group(page):
    numbers = re.findall(r'<a class="n ([a-z]+)"[^>]*>([a-z])\d+</a>', page)
    assert len(numbers) == page.count('<a class="n ')
    assert not [group for group, letter in numbers if LETTERS[group] != letter]
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_a_row_leads_back_to_every_place(page):
    places = re.findall(r'<a class="n [a-z]+" id="(m\d+-\d+)"', page)
    assert places
    assert len(places) == len(set(places))
    assert set(places) == set(re.findall(r'href="#(m\d+-\d+)"', page))


def test_a_row_that_says_no_is_not_struck_through(page):
    rows = page.split("<tbody>", 1)[1]
    assert '<mark class="finding">no ' in rows
    assert not re.findall(r'<mark class="[a-z]+ (?:absent|past|unsure|planned)', rows)


def test_a_number_tells_its_fact_when_pointed_at(page):
    assert re.search(r'<a class="n diagnosis"[^>]*title="dermatomyositis"', page)


def test_words_that_only_tell_of_a_drug_do_not_look_like_the_drug(page):
    assert '<mark class="treatment beside">Failed</mark>' in page
    assert '<mark class="treatment past">methotrexate</mark>' in page


def test_a_text_of_columns_keeps_them():
    rows = "\n".join(
        f"{name:<20}{value}" for name, value in (("CK", "450 U/L"), ("LDH", "300 U/L"), ("IgG", "700 mg/dL"))
    )
    assert '<div class="text typed">' in as_page(indicated.read(rows))
    assert '<div class="text typed">' not in as_page(indicated.read("CK 450 U/L and LDH 300 U/L."))


def test_several_documents_are_reached_from_the_top():
    case = indicated.read("Dermatomyositis.", name="a.txt")
    two = structs.replace(case, documents=(*case.documents, Document("b.txt", "Nothing.")))
    page = as_page(two)
    assert re.findall(r'<nav><a href="#(d1)">a.txt</a> <a href="#(d2)">b.txt</a></nav>', page) == [("d1", "d2")]
    assert [f'id="d{at}"' in page for at in (1, 2)] == [True, True]
    assert "<nav>" not in as_page(case)


def _luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour if len(colour) > 3 else "".join(one * 2 for one in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_all_words_stand_out_from_what_is_behind_them():
    schemes = [dict(re.findall(r"--([a-z]+):#([0-9a-f]{3,6})", part)) for part in CSS.split("@media", 2)[:2]]
    assert len(schemes) == 2
    for colours in schemes:
        behind = [colours[name] for name in ("page", *GROUPS)]
        assert min(_contrast(colours["ink"], one) for one in behind) >= 4.5
        assert min(_contrast(colours[name], colours["page"]) for name in ("soft", "link")) >= 4.5
        assert min(_contrast(colours["strike"], one) for one in behind) >= 3
