"""The case page: what rests on what, corrections and what they change, two people at once, what-ifs kept nowhere."""

from __future__ import annotations

import html
import re

import pytest

from indicated.web.switches import switches_of
from indicated.web.words import Words, book
from indicated.workflow.assess import current
from indicated.workflow.review import cases
from indicated.workflow.review.corrections import fact_key
from tests.web.site import Visitor


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def at(visitor):
    return visitor.case()


def facts_of(visitor, at):
    return cases.assessment(visitor.file(at)).case.facts


def add(visitor, at, concept, **fields):
    given = {"act": "add", "version": str(visitor.file(at).head.version), "present": "yes", "reason": "told by phone"}
    return visitor.send(f"{at}/fact/new", {**given, "concept": concept, **fields})


def test_every_criterion_links_to_words_that_are_there(visitor, at):
    page = visitor.see(at).text
    names = set(re.findall(r'id="([^"]+)"', page))
    assert len(re.findall(r'class="criterion"', page)) > 10
    assert not [one for one in re.findall(r'href="#([^"]+)"', page) if one not in names]


def test_no_two_things_of_the_page_have_one_name(visitor, at):
    names = re.findall(r'\sid="([^"]+)"', visitor.see(at).text)
    assert len(names) == len(set(names))


def test_the_documents_stand_there_word_for_word(visitor, at):
    page = visitor.see(at).text
    shown = page.split('<div class="text">')[1].split("</div></article>")[0]
    plain = html.unescape(re.sub(r"<a [^>]*>.*?</a>|<[^>]+>", "", shown))
    assert plain == visitor.file(at).documents[0].text


def test_a_fact_that_nobody_read_is_added_and_what_it_changes_is_told(visitor, at):
    answer = add(visitor, at, "body weight", value="35 kg")
    assert answer.status_code == 200
    assert "since=1" in str(answer.url)
    assert "What that changed" in answer.text
    assert "No longer missing" in answer.text
    assert any(fact.concept == "demo.weight" for fact in facts_of(visitor, at))


def test_a_fact_that_was_read_wrongly_is_replaced(visitor, at):
    fact = next(one for one in facts_of(visitor, at) if one.concept == "demo.age")
    form = visitor.see(f"{at}/fact/{fact_key(fact)}")
    assert 'value="14 years"' in form.text
    fields = {"act": "replace", "version": str(visitor.file(at).head.version), "concept": fact.concept}
    answer = visitor.send(f"{at}/fact/{fact_key(fact)}", {**fields, "value": "15 years", "reason": "birth certificate"})
    assert answer.status_code == 200
    ages = [one.value.text() for one in facts_of(visitor, at) if one.concept == "demo.age"]
    assert ages == ["15 a"]


def test_a_fact_that_is_none_is_taken_away(visitor, at):
    fact = next(one for one in facts_of(visitor, at) if one.concept == "finding.fatigue")
    fields = {"act": "retract", "version": str(visitor.file(at).head.version), "reason": "said of the brother"}
    assert visitor.send(f"{at}/fact/{fact_key(fact)}", fields).status_code == 200
    assert fact not in facts_of(visitor, at)


def test_a_fact_that_is_gone_is_said_to_be(visitor, at):
    answer = visitor.see(f"{at}/fact/deadbeef")
    assert answer.status_code == 404
    assert "no such fact any more" in answer.text


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9" * 5000, ""])
def test_what_is_no_number_is_no_mistake_of_the_program(visitor, at, number):
    assert visitor.see(f"{at}?since={number}").status_code == 200
    assert visitor.send(f"{at}/what-if", {"suppose": number}, part=True).status_code == 200
    assert visitor.send(f"{at}/documents", {"text": "x", "version": number}).status_code == 409


def test_a_correction_without_a_reason_is_refused_and_keeps_what_was_typed(visitor, at):
    answer = add(visitor, at, "body weight", value="35 kg", reason="")
    assert answer.status_code == 422
    assert "needs a reason" in answer.text
    assert 'value="35 kg"' in answer.text


def test_an_unknown_name_is_told_what_comes_near(visitor, at):
    answer = add(visitor, at, "body wieght", value="35 kg")
    assert answer.status_code == 422
    assert "body weight" in answer.text
    assert 'value="body wieght"' in answer.text


def test_an_amount_that_is_none_is_told(visitor, at):
    answer = add(visitor, at, "body weight", value="heavy")
    assert answer.status_code == 422
    assert "an amount is written as" in answer.text


def test_who_comes_second_is_told_who_came_first_and_keeps_what_was_typed(visitor, at):
    old = str(visitor.file(at).head.version)
    assert add(visitor, at, "body weight", value="35 kg").status_code == 200
    answer = add(visitor, at, "fever", version=old, reason="seen today")
    assert answer.status_code == 409
    assert "was changed since" in answer.text
    assert 'value="seen today"' in answer.text
    assert not any(fact.concept == "finding.fever" for fact in facts_of(visitor, at))
    new = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    assert add(visitor, at, "fever", version=new, reason="seen today").status_code == 200


def test_a_question_for_a_person_is_answered_with_a_reason(visitor):
    pasted = (
        "IVIG is covered when ALL of the following are met:\n1. The diagnosis is dermatomyositis.\n"
        "2. The member is enrolled in the home programme."
    )
    at = visitor.ask(pasted=pasted, follow=False).headers["location"]
    page = visitor.see(at).text
    question = html.unescape(re.search(r'name="question" value="([^"]+)"', page).group(1))
    version = str(visitor.file(at).head.version)
    without = visitor.send(f"{at}/attest", {"version": version, "question": question, "met": "yes", "reason": " "})
    assert without.status_code == 422
    answer = visitor.send(f"{at}/attest", {"version": version, "question": question, "met": "yes", "reason": "roster"})
    assert answer.status_code == 200
    assert "What that changed" in answer.text
    assert "answered yes" in answer.text


def test_a_switch_shows_another_outcome_and_keeps_nothing(visitor, at):
    before = visitor.file(at)
    switches = switches_of(cases.assessment(before), current().knowledge, Words(book()))
    better = [one.number for one in switches if one.kind == "better"]
    assert len(better) > 3
    answer = visitor.send(f"{at}/what-if", {"suppose": [str(one) for one in better[:6]]}, part=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'class="verdict met"' in answer.text
    assert visitor.file(at) == before


def test_every_switch_can_be_turned_on_by_itself(visitor, at):
    switches = switches_of(cases.assessment(visitor.file(at)), current().knowledge, Words(book()))
    for one in switches:
        answer = visitor.send(f"{at}/what-if", {"suppose": str(one.number)}, part=True)
        assert answer.status_code == 200
        assert "notice" not in answer.text, one.words


def test_a_switch_works_without_javascript(visitor, at):
    answer = visitor.send(f"{at}/what-if", {"suppose": "0"})
    assert answer.status_code == 200
    assert "<html" in answer.text
    assert 'value="0" checked' in answer.text


def test_the_history_tells_who_did_what(visitor, at):
    page = add(visitor, at, "body weight", value="35 kg").text
    assert "added: body weight, 35 kg (told by phone)" in page
    assert page.count("Determined</span>") == 2


@pytest.mark.parametrize("form", ["pdf", "docx", "md", "json"])
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_the_answer_can_be_saved(visitor, at, form, audience):
    answer = visitor.see(f"{at}/answer.{form}?for={audience}")
    assert answer.status_code == 200
    assert len(answer.content) > 1_000
    assert answer.headers["content-disposition"].endswith(f'{audience}.{form}"')


def test_an_answer_in_no_form_is_no_page(visitor, at):
    assert visitor.see(f"{at}/answer.exe").status_code == 404


def test_a_case_that_is_not_there_is_no_page(visitor):
    answer = visitor.see("/case/C-0000-0000-0000")
    assert answer.status_code == 404
    assert "no-case" in answer.text


def test_the_patients_page_speaks_plainly_and_links_to_nothing_that_is_not_there(visitor, at):
    page = visitor.see(f"{at}/patient").text
    names = set(re.findall(r'id="([^"]+)"', page))
    assert not [one for one in re.findall(r'href="#([^"]+)"', page) if one not in names]
    assert "Your plan" in page


def test_the_reviewers_words_are_the_reviewers(visitor, at):
    clinician, reviewer = (visitor.see(f"{at}?for={one}").text for one in ("clinician", "reviewer"))
    assert clinician != reviewer


def test_names_are_offered_for_what_was_typed(visitor):
    found = visitor.see("/concepts?concept=body%20wei").text
    assert '<option value="body weight">' in found


def test_nothing_is_offered_for_one_letter(visitor):
    assert "<option" not in visitor.see("/concepts?concept=b").text


def test_more_documents_are_read_and_what_they_change_is_told(visitor, at):
    version = str(visitor.file(at).head.version)
    files = {"files": ("weight.txt", b"The body weight is 35 kg.", "text/plain")}
    answer = visitor.send(f"{at}/documents", {"version": version, "text": "IgG 310 mg/dL."}, files=files)
    assert answer.status_code == 200
    assert [one.id for one in visitor.file(at).documents] == ["text", "added", "weight.txt"]
    assert "No longer missing" in answer.text


def test_documents_that_cannot_be_read_are_refused_and_what_was_typed_stays(visitor, at):
    version = str(visitor.file(at).head.version)
    files = {"files": ("scan.pdf", b"%PDF-1.4 broken", "application/pdf")}
    answer = visitor.send(f"{at}/documents", {"version": version, "text": "IgG 310 mg/dL."}, files=files)
    assert answer.status_code == 422
    assert "scan.pdf" in answer.text
    assert "IgG 310 mg/dL.</textarea>" in answer.text
    assert len(visitor.file(at).documents) == 1


def test_nothing_to_add_is_refused(visitor, at):
    assert visitor.send(f"{at}/documents", {"version": "1", "text": " "}).status_code == 422


def test_the_page_of_the_patient_is_there_in_spanish(visitor, at):
    told = visitor.see(f"{at}/patient?in=es").text
    assert '<html lang="es"' in told
    assert "Guardar en PDF" in told
    assert "Lo que se pidió" in told
    assert '<html lang="en"' in visitor.see(f"{at}/patient?in=fr").text
    assert "Lo que se pidió" in visitor.see(f"{at}/answer.md?for=patient&in=es").text
