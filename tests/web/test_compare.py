"""Requests side by side in the browser: texts, files and kept cases; what cannot be used is told beside its request."""

from __future__ import annotations

import re

import pytest

from indicated.workflow.contrast import MOST
from tests.web.site import EXAMPLES, OVERLAP, POLICY, Visitor
from tests.web.team import Team, people

QUESTION = (EXAMPLES / "1-overlap-question.txt").read_text("utf-8")
PAYER = (EXAMPLES / "3-polyarticular-payer.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


def compared(visitor, *texts, **more):
    fields = {f"text_{number}": text for number, text in enumerate(texts, 1)}
    return visitor.send("/compare", {**fields, **more.pop("fields", {})}, **more)


def line_beside(answer, name):
    found = re.search(rf'id="w-{name}">.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    return found.group(1) if found else ""


def test_two_texts_are_answered_and_what_differs_is_told(visitor):
    answer = compared(visitor, QUESTION, PAYER)
    assert answer.status_code == 200
    for heading in ("The answers", "What makes the difference", "All that is told differently"):
        assert heading in answer.text
    assert "request 1" in answer.text
    assert "not supported" in answer.text


def test_a_part_is_answered_under_the_form(visitor):
    answer = compared(visitor, QUESTION, PAYER, part=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "What makes the difference" in answer.text


def test_a_file_and_a_kept_case_are_requests_too(visitor):
    case = visitor.case().split("/")[2]
    files = {"files_2": ("payer.txt", PAYER.encode(), "text/plain")}
    answer = visitor.send("/compare", {"case_1": case}, files=files)
    assert answer.status_code == 200
    assert f"{case}, told as request 2" in answer.text


def test_a_kept_case_is_held_against_its_own_policy_unless_one_is_given_for_all(visitor):
    case = visitor.case().split("/")[2]
    alone = compared(visitor, "", OVERLAP, fields={"case_1": case})
    assert "policy" in alone.text.split("What makes the difference")[0].split("The answers")[1]
    both = compared(visitor, "", OVERLAP, fields={"case_1": case, "policy_text": POLICY})
    assert "Nothing that is told differently changes the answer by itself" in both.text


def test_a_policy_for_one_request_is_what_differs(visitor):
    answer = compared(visitor, OVERLAP, OVERLAP, fields={"policy_text_2": POLICY})
    assert "policy" in answer.text.split("All that is told differently")[1]


def test_the_same_file_name_in_both_is_told_apart(visitor):
    files = [("files_1", ("note.txt", QUESTION.encode(), "text/plain")), ("files_2", ("note.txt", PAYER.encode()))]
    answer = visitor.send("/compare", files=files)
    assert answer.status_code == 200
    assert "request 1/note.txt" in answer.text
    assert "request 2/note.txt" in answer.text


@pytest.mark.parametrize("texts", [(), (OVERLAP,)])
def test_fewer_than_two_are_refused_in_one_line(visitor, texts):
    answer = compared(visitor, *texts)
    assert answer.status_code == 422
    assert line_beside(answer, "all").startswith(f"give from two to {MOST} requests")


def test_the_form_has_room_for_as_many_as_can_be_compared(visitor):
    said = visitor.see("/compare").text
    assert f'name="text_{MOST}"' in said
    assert f'name="text_{MOST + 1}"' not in said


def test_what_cannot_be_used_stands_beside_its_request_and_nothing_typed_is_lost(visitor):
    answer = compared(visitor, OVERLAP, "A boy of 14 years with joint pain.", fields={"policy": ""})
    assert answer.status_code == 422
    assert "asks for no treatment" in line_beside(answer, "2")
    assert line_beside(answer, "1") == ""
    assert "heliotrope rash" in answer.text


@pytest.mark.parametrize("fields", [{"case_2": "C-NONE"}, {"case_2": "C-NONE", "text_2": OVERLAP}])
def test_a_case_that_is_not_there_or_is_given_twice_is_told(visitor, fields):
    answer = compared(visitor, OVERLAP, fields=fields, part=True)
    assert answer.status_code == 422
    assert line_beside(answer, "2")


def test_the_case_page_leads_there_with_its_number(visitor):
    case = visitor.case()
    link = f"/compare?case={case.split('/')[2]}"
    assert link in visitor.see(case).text
    assert f'value="{case.split("/")[2]}"' in visitor.see(link).text


def test_a_patient_gets_it_in_plain_words(visitor):
    assert "the research:" in compared(visitor, QUESTION, PAYER, fields={"audience": "patient"}).text


def test_somebody_elses_case_is_not_there_for_a_requester():
    team = Team()
    people(team)
    team.add("rita")
    team.sign_in("nora")
    made = team.send("/ask", {"text": OVERLAP}, at="/", follow=False)
    case = made.headers["location"].split("/")[2]
    other = team.another()
    other.sign_in("clea")
    answer = other.send("/compare", {"case_1": case, "text_2": OVERLAP}, at="/compare")
    assert answer.status_code == 422
    assert "heliotrope" in answer.text
    assert "What makes the difference" not in answer.text
