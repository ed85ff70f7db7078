"""Questions by the API: answered with proofs, with what they suppose, and never kept."""

from __future__ import annotations

import pytest

from tests.api.world import NOTE, Api


@pytest.fixture(scope="module")
def api(hasher):  # noqa: ARG001
    made = Api()
    made.held = made.case()["head"]["id"]
    yield made
    made.close()


def asked(api, path, question, by="requester", **more):
    reply = api.ask("POST", path, by, body={"question": question, **more})
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_a_question_about_documents_needs_no_case(api):
    told = asked(api, "/ask", "what is missing?", documents=[{"text": NOTE}], on="2026-03-02")
    assert told["answer"]["known"]
    assert told["answer"]["on"] == "2026-03-02"
    assert told["text"].strip()


def test_every_sentence_of_an_answer_has_its_proof(api):
    statements = asked(api, f"/cases/{api.held}/ask", "what is missing?")["answer"]["statements"]
    assert statements
    assert all(one["proofs"] for one in statements)


def test_what_a_question_supposes_is_tried_and_the_case_stays_as_it_was(api):
    before = api.ask("GET", f"/cases/{api.held}", "requester").json()
    told = asked(api, f"/cases/{api.held}/ask", "what if the weight was 55 kg?")["answer"]
    assert told["supposed"]["facts"]
    after = api.ask("GET", f"/cases/{api.held}", "requester").json()
    assert (after["head"], after["history"]) == (before["head"], before["history"])


def test_corrections_are_supposed_before_the_question_is_asked(api):
    weight = {
        "type": "add",
        "claim": {"concept": "demo.weight", "value": "55 kg"},
        "reason": "if they had grown",
    }
    plain = asked(api, f"/cases/{api.held}/ask", "is the dose right?")
    supposed = asked(api, f"/cases/{api.held}/ask", "is the dose right?", supposing=[weight])
    assert supposed["text"] != plain["text"]
    assert asked(api, f"/cases/{api.held}/ask", "is the dose right?") == plain


def test_who_may_read_and_not_try_asks_of_the_case_as_it_stands_only(api):
    asked(api, f"/cases/{api.held}/ask", "why?", by="auditor")
    weight = {"type": "add", "claim": {"concept": "demo.weight", "value": "55 kg"}, "reason": "to see"}
    body = {"question": "why?", "supposing": [weight]}
    assert api.ask("POST", f"/cases/{api.held}/ask", "auditor", body=body).json()["code"] == "refused"


def test_the_words_are_those_of_whoever_asks(api):
    path, question = f"/cases/{api.held}/ask", "is the dose right?"
    assert asked(api, path, question, audience="patient")["text"] != asked(api, path, question)["text"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"question": "   "}, "no-question"),
        ({"question": "why " * 501}, "bad-request"),
        ({"question": "why?", "audience": "judge"}, "bad-request"),
        ({}, "bad-request"),
    ],
)
def test_a_question_that_is_none_is_refused_in_one_line(api, body, code):
    for path in ("/ask", f"/cases/{api.held}/ask"):
        sent = body | ({"documents": [{"text": NOTE}]} if path == "/ask" else {})
        reply = api.ask("POST", path, "requester", body=sent)
        assert (reply.status_code, reply.json()["code"]) == (422, code), reply.text


def test_neither_question_nor_answer_gets_into_the_log(api, caplog):
    caplog.set_level("DEBUG")
    asked(api, f"/cases/{api.held}/ask", "what if creatinine were 3.5 mg/dL?")
    assert "creatinine" not in caplog.text
