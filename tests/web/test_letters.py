"""Letters in the pages: offered or refused in a line, edited with their proofs kept, never an adverse notice."""

from __future__ import annotations

import re

import pytest

from indicated.web.letters import KINDS
from tests.web.site import EXAMPLES, Visitor


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def at(visitor):
    return visitor.case()


def sentences(page):
    return dict(re.findall(r'<textarea id="(s\d+-\d+)".*?>(.*?)</textarea>', page, re.DOTALL))


def test_every_letter_is_offered_or_says_why_not(visitor, at):
    page = visitor.see(f"{at}/letters").text
    assert len(re.findall(r'class="card"', page)) == len(KINDS)
    assert "Drafted when the next step is approvable" in page
    assert "--" not in re.sub(r"<[^>]+>", "", page)


def test_no_page_drafts_an_adverse_notice(visitor, at):
    assert "denial" not in KINDS
    assert visitor.see(f"{at}/letter/denial").status_code == 404
    assert visitor.send(f"{at}/letter/denial", {"form": "pdf"}).status_code == 404


def test_a_letter_that_the_record_does_not_carry_is_refused_in_a_line(visitor):
    text = (EXAMPLES / "3-polyarticular-payer.txt").read_text("utf-8")
    other = visitor.ask(text=text, pasted="", follow=False).headers["location"]
    answer = visitor.see(f"{other}/letter/necessity")
    assert answer.status_code == 409
    assert "<textarea" not in answer.text


@pytest.mark.parametrize("form", ["pdf", "docx", "md"])
def test_a_letter_is_saved_as_it_stands(visitor, at, form):
    answer = visitor.send(f"{at}/letter/necessity", {"form": form})
    assert answer.status_code == 200
    assert len(answer.content) > 1_000


def test_an_edited_sentence_stands_in_the_file_and_the_others_as_they_were(visitor, at):
    told = sentences(visitor.see(f"{at}/letter/necessity").text)
    place = next(name for name, text in told.items() if "[" in text)
    answer = visitor.send(f"{at}/letter/necessity", {"form": "md", place: "Example Plan, PO Box 12, Springfield"})
    assert "Example Plan, PO Box 12, Springfield" in answer.text
    assert "Full strength on formal testing is not weakness" in answer.text


def test_an_emptied_sentence_is_left_out(visitor, at):
    told = sentences(visitor.see(f"{at}/letter/necessity").text)
    name = next(name for name, text in told.items() if "Full strength on formal testing" in text)
    answer = visitor.send(f"{at}/letter/necessity", {"form": "md", name: ""})
    assert "Full strength on formal testing" not in answer.text


def test_a_number_without_proof_is_refused_and_what_was_typed_stays(visitor, at):
    told = sentences(visitor.see(f"{at}/letter/necessity").text)
    name = next(name for name, text in told.items() if "Full strength on formal testing" in text)
    answer = visitor.send(f"{at}/letter/necessity", {"form": "md", name: "Strength was 3 of 5 in 1987."})
    assert answer.status_code == 422
    assert "1987" in sentences(answer.text)[name]
    assert "stands in none of this sentence" in answer.text


def test_the_law_that_applies_is_chosen(visitor, at):
    plain, texan = (visitor.see(f"{at}/letter/appeal{more}").text for more in ("", "?plan=exchange&state=tx"))
    assert plain != texan
    assert 'value="exchange" selected' in texan


def test_a_letter_knows_the_plan_and_state_that_the_case_came_in_with(visitor):
    known = visitor.ask(fields={"plan": "exchange", "us_state": "tx"}, follow=False).headers["location"]
    assert 'value="exchange" selected' in visitor.see(f"{known}/letter/appeal").text
    assert 'value="exchange" selected' not in visitor.see(f"{known}/letter/appeal?plan=&state=").text


def test_a_form_of_file_that_there_is_none_of_is_no_page(visitor, at):
    assert visitor.send(f"{at}/letter/necessity", {"form": "exe"}).status_code == 404
