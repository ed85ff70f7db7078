"""Requests side by side by the API: documents and kept cases, with the same rules as the command line."""

from __future__ import annotations

import pytest

from indicated.workflow.contrast import FEWEST, MOST
from tests.api.world import NOTE, Api

BARE = "Request: IVIG 0.5 g/kg every 4 weeks for common variable immunodeficiency. Weight 60 kg."
FULL = f"{BARE} IgG 210 mg/dL. No response to pneumococcal vaccine. Recurrent pneumonia."


@pytest.fixture(scope="module")
def api(hasher):  # noqa: ARG001
    made = Api()
    made.held = made.case()["head"]["id"]
    yield made
    made.close()


def told(api, *requests, by="requester", **more):
    return api.ask("POST", "/comparisons", by, body={"requests": list(requests), "on": "2026-11-20", **more})


def of(text, **more):
    return {"documents": [{"text": text}], **more}


def test_what_only_one_request_tells_is_named_with_proof(api):
    reply = told(api, of(FULL, name="full"), of(BARE, name="bare"))
    assert reply.status_code == 200, reply.text
    answer = reply.json()["answer"]
    assert [one["name"] for one in answer["requests"]] == ["full", "bare"]
    assert "lab.igg" in {one["about"] for one in answer["contrasts"][0]["differing"]}
    assert all(one["proofs"] for one in answer["statements"])
    assert answer["on"] == "2026-11-20"
    assert "210 mg/dL" in reply.json()["text"]


def test_a_kept_case_is_a_request_under_its_number(api):
    reply = told(api, {"case": api.held}, of(NOTE))
    assert reply.status_code == 200, reply.text
    answer = reply.json()["answer"]
    assert [one["name"] for one in answer["requests"]] == [api.held, "request 2"]
    assert [one for one in answer["contrasts"][0]["differing"] if one["about"].startswith("lab.")] == []


def test_the_corrections_of_a_kept_case_count(api):
    made = api.case()["head"]
    weight = {"type": "add", "claim": {"concept": "demo.weight", "value": "44 kg"}, "reason": "weighed today"}
    body = {"corrections": [weight]}
    path = f"/cases/{made['id']}/corrections"
    assert api.ask("POST", path, "nurse_reviewer", body=body, version=made["version"]).status_code == 200
    reply = told(api, {"case": made["id"]}, of(NOTE))
    assert "44 kg" in reply.json()["text"]


def test_a_requester_compares_with_their_own_cases_only(api):
    from indicated.workflow.review.people import Role

    api.add("stranger", Role.REQUESTER)
    assert told(api, {"case": api.held}, of(NOTE), by="stranger").status_code == 404


@pytest.mark.parametrize("number", [FEWEST - 1, MOST + 1])
def test_the_number_of_requests_is_that_of_the_command_line(api, number):
    assert told(api, *(of(f"{BARE} Age {at}.") for at in range(number))).status_code == 422


@pytest.mark.parametrize("wrong", [{}, {"case": "C-NONE", "documents": [{"text": BARE}]}, of(BARE, name="request 1")])
def test_what_cannot_be_compared_is_told_in_one_line(api, wrong):
    reply = told(api, of(BARE), wrong)
    assert reply.status_code == 422
    assert "request" in reply.json()["detail"]
