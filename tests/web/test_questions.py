"""Questions in the pages: answered beside the case, kept nowhere, and never answered by a guess."""

from __future__ import annotations

import re

import pytest

from tests.web.site import Visitor


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def at(visitor):
    return visitor.case()


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_question_is_answered_beside_the_case(visitor, at):
    answer = visitor.send(f"{at}/ask", {"question": "what is missing?"}, part=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "body weight" in words(answer)


def test_what_is_supposed_changes_nothing_that_is_kept(visitor, at):
    before = visitor.file(at)
    answer = visitor.send(f"{at}/ask", {"question": "what if the weight is 35 kg?"}, part=True)
    assert "35" in words(answer)
    assert visitor.file(at) == before


def test_without_javascript_the_whole_page_comes_with_the_answer(visitor, at):
    answer = visitor.send(f"{at}/ask", {"question": "what dose?"})
    assert re.search(r'id="answered"[^>]*>\s*<div class="supposed">', answer.text)
    names = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(names) == len(set(names))
    assert not [one for one in re.findall(r'href="#([^"]+)"', answer.text) if one not in names]


def test_no_question_is_told_in_a_line(visitor, at):
    answer = visitor.send(f"{at}/ask", {"question": "?!"}, part=True)
    assert answer.status_code == 200
    assert "there is no question" in words(answer)


def test_every_related_question_is_one_click_away_and_answered(visitor, at):
    related = re.findall(r'name="question" value="([^"]+)">', visitor.see(at).text)
    assert related
    for question in related:
        assert 'class="block' in visitor.send(f"{at}/ask", {"question": question}, part=True).text
