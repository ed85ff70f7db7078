"""The page of marked documents: the whole text, each passage marked for each fact, nothing but the text changed."""

from __future__ import annotations

import html
import re

import pytest

import indicated
from indicated.explain.render.highlight import GROUPS
from indicated.explain.render.marking import CSS
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
