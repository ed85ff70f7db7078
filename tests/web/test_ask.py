"""The start page: what was typed is never lost, and every refusal stands beside its field."""

from __future__ import annotations

import re

import pytest

from tests.web.site import EXAMPLES, OVERLAP, POLICY, Visitor


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


def line_beside(answer, field):
    found = re.search(rf'id="w-{field}">.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    return found.group(1) if found else ""


def test_a_case_in_words_leads_to_its_answer(visitor):
    answer = visitor.ask()
    assert answer.status_code == 200
    assert "/case/C-" in str(answer.url)
    assert "information needed" in answer.text


def test_no_word_of_the_case_stands_in_the_address(visitor):
    assert re.fullmatch(r"/case/C-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", visitor.case())


def test_a_patient_is_led_to_their_own_page(visitor):
    assert str(visitor.ask(asker="patient").url).endswith("/patient")


def test_nothing_typed_is_said_beside_the_text(visitor):
    answer = visitor.ask(text="  ", pasted="")
    assert answer.status_code == 422
    assert line_beside(answer, "text").startswith("write what is asked for")


def test_a_blank_line_at_the_beginning_is_not_lost(visitor):
    """A browser drops one new line that stands first in a field."""
    answer = visitor.ask(text="\n\nA boy of 14 years.", pasted="")
    assert answer.status_code == 422
    assert re.search(r'<textarea id="f-text"[^>]*>\r?\n(?:\r?\n){2}A boy', answer.text)


def test_a_case_without_a_request_is_told_what_is_missing(visitor):
    answer = visitor.ask(text="A boy of 14 years with joint pain.", pasted="")
    assert answer.status_code == 422
    assert "asks for no treatment" in line_beside(answer, "text")
    assert "A boy of 14 years with joint pain." in answer.text


def test_an_unknown_policy_is_told_beside_it_and_all_else_stays(visitor):
    answer = visitor.ask(policy="aetna/cpb-0207", pasted="", asker="reviewer")
    assert answer.status_code == 422
    assert "aetna/cpb-0206" in line_beside(answer, "policy")
    assert "heliotrope rash" in answer.text
    assert 'value="reviewer" checked' in answer.text


def test_a_policy_without_criteria_is_told_beside_the_pasted_text(visitor):
    answer = visitor.ask(pasted="hello")
    assert answer.status_code == 422
    assert line_beside(answer, "policy_text")
    assert "hello" in answer.text


def test_a_file_that_cannot_be_read_is_told_beside_the_files(visitor):
    answer = visitor.ask(text="", files={"files": ("scan.pdf", b"%PDF-1.4 broken", "application/pdf")})
    assert answer.status_code == 422
    assert "scan.pdf" in line_beside(answer, "files")


def test_a_file_alone_is_a_case(visitor):
    answer = visitor.ask(text="", files={"files": ("note.txt", OVERLAP.encode(), "text/plain")})
    assert answer.status_code == 200
    assert "note.txt" in answer.text


def test_a_file_named_as_the_typed_text_keeps_its_own_name(visitor):
    answer = visitor.ask(files={"files": ("text", b"IgG was 300 mg/dL.", "text/plain")})
    assert answer.status_code == 200
    assert "text (2)" in answer.text


def test_with_javascript_only_the_lines_come_back(visitor):
    answer = visitor.ask(text="", pasted="", part=True)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert 'id="wrong-text" hx-swap-oob="true"' in answer.text


def test_with_javascript_the_answer_is_told_by_a_header(visitor):
    answer = visitor.ask(part=True)
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"].startswith("/case/")


@pytest.mark.parametrize("example", sorted(one.stem for one in EXAMPLES.glob("*.txt") if "policy" not in one.name))
def test_each_example_is_one_click_away(visitor, example):
    assert f'action="/example/{example}"' in visitor.see("/").text
    answer = visitor.send(f"/example/{example}")
    assert answer.status_code == 200
    assert "/case/" in str(answer.url)


def test_an_example_twice_is_one_case(visitor):
    first, second = (visitor.send("/example/5-dermatomyositis-ild").url for _ in range(2))
    assert first == second


def test_an_example_fills_the_form(visitor):
    page = visitor.see("/?example=2-overlap-denied").text
    assert "heliotrope rash" in page
    assert POLICY.splitlines()[0] in page


def test_markup_in_a_case_is_shown_as_it_is(visitor):
    answer = visitor.ask(text=OVERLAP + "\n<script>alert(1)</script> \u202eabc")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "\u202e" not in answer.text


def test_what_is_known_of_plan_state_and_urgency_sets_the_clock(visitor):
    known = {"plan": "medicare_advantage", "us_state": "tx", "urgency": "expedited"}
    at = visitor.ask(fields=known, follow=False).headers["location"]
    head = visitor.file(at).head
    assert (head.plan, head.us_state, head.urgency) == ("medicare_advantage", "TX", "expedited")
    assert "left" in visitor.see(at).text


def test_a_state_that_is_none_is_told_beside_it(visitor):
    answer = visitor.ask(fields={"us_state": "7"})
    assert answer.status_code == 422
    assert "two capital letters" in line_beside(answer, "us_state")


DENIAL = """Notice of Adverse Benefit Determination
IVIG is denied. A trial of methotrexate or azathioprine has not been shown (2.a).
You may appeal within 60 days.
"""


def test_a_denial_is_answered_on_the_page_and_in_the_appeal(visitor):
    answer = visitor.ask(fields={"denial": DENIAL})
    assert "What the denial says, reason by reason" in answer.text
    assert 'id="denial"' in answer.text
    letter = visitor.see(f"{answer.url.path}/letter/appeal")
    assert "A trial of methotrexate or azathioprine has not been shown" in letter.text


def test_a_denial_can_come_as_a_file(visitor):
    answer = visitor.ask(files=[("denial_files", ("notice.txt", DENIAL.encode(), "text/plain"))])
    assert "What the denial says, reason by reason" in answer.text


def test_a_denial_that_cannot_be_read_is_told_beside_its_field(visitor):
    answer = visitor.ask(files=[("denial_files", ("notice.txt", b"\0\1\2", "text/plain"))])
    assert "control bytes" in line_beside(answer, "denial_files")


def test_a_case_is_read_once(visitor, monkeypatch):
    from indicated import reading

    real, texts = reading.read, []
    monkeypatch.setattr(reading, "read", lambda documents, *given: texts.append(documents) or real(documents, *given))
    assert visitor.ask(text=f"{OVERLAP}\nRead this once.", follow=False).status_code == 303
    assert len(texts) == 1
