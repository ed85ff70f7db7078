"""What answers look like and what holds of every one: problems, versions, sending again, pages, limits, probes."""

from __future__ import annotations

import base64
import json
import logging
import re

import pytest

from indicated.api import answer
from indicated.api.problems import BEGINS
from tests.api.world import NOTE, Api
from tests.explain.world import ROOT
from tests.workflow.accounts.conftest import PASSWORD


def opened(api, by="nurse_reviewer"):
    """A case under review, and its version."""
    case = api.case()["head"]
    body = {"plan": "employer_insured", "us_state": "NY", "urgency": "standard"}
    reply = api.ask("PUT", f"/cases/{case['id']}/triage", by, body=body, version=case["version"])
    return case["id"], reply.json()["head"]["version"]


def test_a_refusal_is_a_problem_that_names_its_code_and_request(api):
    reply = api.ask("GET", "/cases/C-NONE", "auditor", headers={"X-Request-Id": "mine-7"})
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
    told = reply.json()
    assert set(told) == {"type", "title", "status", "detail", "code", "request"}
    assert told["type"] == BEGINS + "no-case"
    assert (told["status"], told["request"], reply.headers["x-request-id"]) == (404, "mine-7", "mine-7")


def test_a_request_id_that_is_none_is_replaced(api):
    told = api.ask("GET", "/me", "auditor", headers={"X-Request-Id": "a b\tc"}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", told)


def test_answers_are_not_kept_by_caches_and_are_what_they_say(api):
    reply = api.ask("GET", "/me", "auditor")
    assert (reply.headers["cache-control"], reply.headers["x-content-type-options"]) == ("no-store", "nosniff")


def test_an_address_that_is_none_and_a_method_that_is_none_are_problems_too(api):
    assert api.ask("GET", "/nothing", "auditor").json()["code"] == "no-route"
    reply = api.ask("PATCH", "/me", "auditor")
    assert (reply.status_code, reply.json()["status"], reply.headers["allow"]) == (405, 405, "GET")


def test_a_change_needs_the_version_it_is_made_on(api):
    case, version = opened(api)
    body = {"reason": "waits for the report"}
    assert api.ask("POST", f"/cases/{case}/pending", "nurse_reviewer", body=body).status_code == 428
    for told in ("7", "*", 'W/"7"', '"x"'):
        reply = api.ask("POST", f"/cases/{case}/pending", "nurse_reviewer", body=body, headers={"If-Match": told})
        assert reply.status_code == 428
    stale = api.ask("POST", f"/cases/{case}/pending", "nurse_reviewer", body=body, version=version - 1)
    assert (stale.status_code, stale.json()["code"]) == (412, "conflict")
    done = api.ask("POST", f"/cases/{case}/pending", "nurse_reviewer", body=body, version=version)
    assert (done.status_code, done.headers["etag"]) == (200, f'"{version + 1}"')
    assert done.json()["head"]["state"] == "pended"


def test_what_was_not_changed_need_not_be_sent_again(api):
    case, version = opened(api)
    reply = api.ask("GET", f"/cases/{case}", "auditor", headers={"If-None-Match": f'"{version}"'})
    assert (reply.status_code, reply.content) == (304, b"")


def test_a_stored_answer_is_given_to_the_byte(api):
    case, _ = opened(api)
    first = api.ask("GET", f"/cases/{case}/determinations/1", "auditor")
    assert first.content == api.ask("GET", f"/cases/{case}/determinations/1", "nurse_reviewer").content
    assert first.json()["finding"]
    for none in ("0", "2", "x", "-1", "9" * 50):
        assert api.ask("GET", f"/cases/{case}/determinations/{none}", "auditor").status_code in (404, 422)


def test_a_request_sent_again_under_its_key_is_answered_as_the_first_time_and_done_once(api):
    body = {"documents": [{"text": NOTE}]}
    first = api.ask("POST", "/cases", "requester", body=body, headers={"Idempotency-Key": "k1"})
    again = api.ask("POST", "/cases", "requester", body=body, headers={"Idempotency-Key": "k1"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"]
    assert "idempotent-replayed" not in first.headers
    assert api.ask("GET", "/cases", "requester").json()["total"] == 1


def test_a_key_is_good_for_one_request_of_one_account(api):
    body = {"documents": [{"text": NOTE}]}
    api.ask("POST", "/cases", "requester", body=body, headers={"Idempotency-Key": "k1"})
    other = {"documents": [{"text": NOTE + " Fever."}]}
    reply = api.ask("POST", "/cases", "requester", body=other, headers={"Idempotency-Key": "k1"})
    assert (reply.status_code, reply.json()["code"]) == (422, "other-request")
    assert api.ask("POST", "/cases", "nurse_reviewer", body=other, headers={"Idempotency-Key": "k1"}).status_code == 201


def test_a_refusal_does_not_use_a_key_up(api):
    case, version = opened(api)
    key = {"Idempotency-Key": "k2"}
    body = {"reason": "waits"}
    path = f"/cases/{case}/pending"
    assert api.ask("POST", path, "nurse_reviewer", body=body, version=1, headers=key).status_code == 412
    assert api.ask("POST", path, "nurse_reviewer", body=body, version=version, headers=key).status_code == 200


def test_a_key_that_is_still_being_answered_asks_to_wait_and_is_given_up_after_a_while(api):
    from indicated.api import replies

    person = api.person("requester")
    body = {"documents": [{"text": NOTE}]}
    told = replies.request_hash(b"POST", b"/api/v1/cases", b"", json.dumps(body).encode(), b"")
    assert replies.begin(api.store, person.id, "k3", told, api.now) is None
    reply = api.ask("POST", "/cases", "requester", body=body, headers={"Idempotency-Key": "k3"})
    assert (reply.status_code, reply.json()["code"], reply.headers["retry-after"]) == (409, "still-answering", "1")
    api.later(minutes=6)
    assert api.ask("POST", "/cases", "requester", body=body, headers={"Idempotency-Key": "k3"}).status_code == 201


def test_kept_replies_are_sealed_and_gone_after_a_day(api):
    from sqlalchemy import select

    from indicated.store.accounts import ReplyRow

    api.ask("POST", "/cases", "requester", body={"documents": [{"text": NOTE}]}, headers={"Idempotency-Key": "k4"})
    with api.store.reading() as session:
        kept = session.scalars(select(ReplyRow)).one()
    assert b"methotrexate" not in kept.body
    api.later(days=1, seconds=1)
    token = api.program("nurse_reviewer")
    body = {"documents": [{"text": NOTE}]}
    api.ask("POST", "/cases", token=token, body=body, headers={"Idempotency-Key": "k5"})
    with api.store.reading() as session:
        assert [row.key for row in session.scalars(select(ReplyRow))] == ["k5"]


def test_kept_replies_about_a_case_are_erased_with_it(api):
    from sqlalchemy import select

    from indicated.store.accounts import ReplyRow

    def kept():
        with api.store.reading() as session:
            return {row.key for row in session.scalars(select(ReplyRow))}

    for name in ("held", "other"):
        body = {"documents": [{"text": NOTE}]}
        reply = api.ask(
            "POST", "/cases", "requester", body=body, headers={"Idempotency-Key": f"in {name}".replace(" ", "-")}
        )
        case, version = reply.json()["head"]["id"], reply.json()["head"]["version"]
        told = {"question": "why?"}
        api.ask("POST", f"/cases/{case}/ask", "requester", body=told, headers={"Idempotency-Key": f"ask-{name}"})
        path, reason = f"/cases/{case}/withdrawal", {"reason": "not needed any more"}
        assert api.ask("POST", path, "requester", body=reason, version=version).status_code == 200
        if name == "held":
            held = case
    assert kept() == {"in-held", "ask-held", "in-other", "ask-other"}
    erased = api.ask("POST", f"/cases/{held}/erasure", "administrator", body={"reason": "asked_for"})
    assert erased.status_code == 204, erased.text
    assert kept() == {"in-other", "ask-other"}


def test_pages_follow_on_one_another_and_end(api):
    made = [api.case()["head"]["id"] for _ in range(5)]
    found, after = [], ""
    while True:
        page = api.ask("GET", f"/cases?limit=2&after={after}&sort=received", "nurse_reviewer").json()
        found += [case["id"] for case in page["items"]]
        after = page["next"]
        assert page["total"] == 5
        if not after:
            break
    assert sorted(found) == sorted(made)
    assert len(found) == 5


@pytest.mark.parametrize("path", ["/standards", "/policies", "/evidence", "/products", "/scores"])
def test_the_library_is_read_page_by_page_and_each_thing_by_its_id(api, path):
    found, after = [], ""
    while True:
        page = api.ask("GET", f"{path}?limit=40&after={after}", "requester").json()
        found += [entry["id"] for entry in page["items"]]
        after = page["next"]
        if not after:
            break
    assert found == sorted(set(found))
    assert len(found) > 5
    one = api.ask("GET", f"{path}/{found[0]}", "requester")
    assert one.status_code == 200
    assert one.json()["items"]


def test_the_library_is_searched_by_words(api):
    found = api.ask("GET", "/standards?q=myositis+juvenile", "requester").json()["items"]
    assert found
    assert all("juvenile" in (one["id"] + one["title"]).lower() for one in found)


def test_a_determination_needs_no_case(api):
    body = {"documents": [{"text": NOTE}], "on": "2026-11-20", "explain": "clinician"}
    reply = api.ask("POST", "/determinations", "requester", body=body).json()
    assert "2026-11-20" in json.dumps(reply["answer"])
    assert reply["explanation"].startswith("#")
    assert api.ask("GET", "/cases", "auditor").json()["total"] == 0


def test_files_and_fhir_are_read_as_on_the_command_line(api):
    rtf = base64.b64encode(
        rb"{\rtf1 12-year-old, 40 kg. Request: IVIG 2 g/kg every 4 weeks for dermatomyositis}"
    ).decode()
    patient = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "2014-01-01"}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]}
    body = {"documents": [{"name": "a.rtf", "content": rtf}, {"name": "chart", "fhir": bundle}], "on": "2026-11-20"}
    reply = api.ask("POST", "/determinations", "requester", body=body)
    assert reply.status_code == 200, reply.text
    bare = api.ask(
        "POST",
        "/determinations",
        "requester",
        content=json.dumps(bundle),
        headers={"Content-Type": "application/fhir+json"},
    )
    assert bare.json()["code"] == "no-request"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"text": ""},
        {"text": "a", "content": "YQ=="},
        {"text": "a", "file": "x"},
        {"content": "not base64"},
        {"text": 7},
    ],
)
def test_a_document_that_is_none_is_refused_in_one_line(api, document):
    reply = api.ask("POST", "/determinations", "requester", body={"documents": [document]})
    assert reply.status_code == 422
    assert "\n" not in reply.json()["detail"]


def test_a_policy_is_checked_with_every_problem_at_once(api):
    reply = api.ask("POST", "/content/checks", "policy_author", body={"text": "id: a/b\nstatus: nonsense\n"})
    assert reply.status_code == 200
    assert len(reply.json()["items"]) > 1
    assert all(problem["line"] >= 0 and problem["expected"] for problem in reply.json()["items"])


def test_signing_in_by_the_api_with_a_second_factor(api):
    import pyotp

    token = api.tokens["nurse_reviewer"]
    address = api.ask("POST", "/me/second-factor", token=token, body={"password": PASSWORD}).json()["address"]
    app = pyotp.TOTP(re.search(r"secret=(\w+)", address).group(1))
    codes = api.ask("POST", "/me/second-factor/code", token=token, body={"code": app.at(api.now)}).json()["codes"]
    assert len(codes) == 10
    assert api.ask("GET", "/me", token=token).status_code == 401
    api.later(seconds=30)
    half = api.ask("POST", "/sessions", body={"login": "nurse_reviewer", "password": PASSWORD}).json()
    assert half["whole"] is False
    assert api.ask("GET", "/me", token=half["token"]).status_code == 401
    whole = api.ask("POST", "/sessions/code", token=half["token"], body={"code": app.at(api.now)}).json()
    assert api.ask("GET", "/me", token=whole["token"]).json()["second_factor"] is True
    assert api.ask("DELETE", "/sessions/current", token=whole["token"]).status_code == 204
    assert api.ask("GET", "/me", token=whole["token"]).status_code == 401


@pytest.mark.usefixtures("hasher")
def test_too_many_requests_are_told_how_long_to_wait():
    api = Api(rate=5, sign_in_rate=3)
    replies = [api.ask("GET", "/me", "auditor") for _ in range(7)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [429] * 2
    assert 0 < int(replies[-1].headers["retry-after"]) <= 60
    assert api.ask("GET", "/me", "requester").status_code == 200
    tried = [api.ask("POST", "/sessions", body={"login": f"x{n}", "password": "y"}).status_code for n in range(5)]
    assert tried == [401] * 3 + [429] * 2
    api.later(seconds=61)
    assert api.ask("GET", "/me", "auditor").status_code == 200
    api.close()


@pytest.mark.usefixtures("hasher")
def test_guessing_tokens_is_slowed_down_by_address():
    api = Api(rate=5)
    tried = [api.ask("GET", "/me", token=f"guess{n}").status_code for n in range(8)]
    assert tried == [401] * 5 + [429] * 3
    api.close()


@pytest.mark.usefixtures("hasher")
def test_a_body_that_is_too_big_is_refused_whether_or_not_it_says_how_big_it_is():
    api = Api(body=1000)
    told = api.ask("POST", "/determinations", "requester", body={"documents": [{"text": "x" * 2000}]})
    assert (told.status_code, told.json()["code"]) == (413, "body-too-big")

    async def unending():
        for _ in range(100):
            yield b"x" * 100

    streamed = api.ask(
        "POST", "/determinations", "requester", content=unending(), headers={"Content-Type": "application/json"}
    )
    assert streamed.status_code == 413
    api.close()


def test_a_mistake_in_the_program_is_one_line_and_quotes_nothing(api, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError(NOTE)

    monkeypatch.setattr(answer, "_response", broken)
    with caplog.at_level(logging.INFO, "indicated.api"):
        reply = api.ask("GET", "/me", "auditor")
    assert (reply.status_code, reply.json()["code"]) == (500, "mistake")
    assert "dermatomyositis" not in reply.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert reply.json()["request"] in caplog.text


def test_no_word_of_a_record_gets_into_logs_problems_or_metrics(api, caplog):
    with caplog.at_level(logging.DEBUG):
        api.case(reference="zebra-stripes")
        api.ask("POST", "/determinations", "requester", body={"documents": [{"text": NOTE}], "policy": {"id": "zebra"}})
        api.ask("POST", "/cases", "requester", body={"documents": [{"text": NOTE, "zebra": NOTE}]})
        api.ask("POST", "/cases", "requester", body={"documents": [{"text": NOTE}], "plan": NOTE})
        api.ask("POST", "/determinations", "requester", body={"documents": [{"text": "weak and tired zebra"}]})
    metrics = api.send("GET", "http://testserver/metrics").text
    for word in ("dermatomyositis", "methotrexate", "weakness", "tired"):
        assert word not in caplog.text + metrics
    assert "zebra-stripes" not in caplog.text + metrics


def test_metrics_count_by_route_and_never_by_what_was_asked_for(api):
    case, _ = opened(api)
    api.ask("GET", f"/cases/{case}", "auditor")
    told = api.send("GET", "http://testserver/metrics").text
    assert 'indicated_requests_total{method="GET",route="/cases/{case}",status="200"} 1.0' in told
    assert case not in told


@pytest.mark.usefixtures("hasher")
def test_metrics_are_for_this_machine_or_for_whoever_has_the_token():
    api = Api(metrics_token="scrape")
    assert api.send("GET", "http://testserver/metrics").status_code == 403
    given = {"Authorization": "Bearer scrape"}
    assert api.send("GET", "http://testserver/metrics", headers=given).status_code == 200
    api.close()


def test_metrics_are_not_for_who_comes_through_a_proxy_of_this_machine(api):
    passed_on = {"X-Forwarded-For": "127.0.0.1"}
    assert api.send("GET", "http://testserver/metrics", headers=passed_on).status_code == 403


def test_letters_of_a_case_come_as_data_with_proofs_and_as_files(api):
    case, _ = opened(api)
    body = {"kind": "necessity", "sender": ["Example Clinic"]}
    drafted = api.ask("POST", f"/cases/{case}/letters", "requester", body=body)
    assert drafted.status_code == 200, drafted.text
    assert drafted.json()["letter"]["statements"]
    assert "Example Clinic" in drafted.json()["text"]
    pdf = api.ask("POST", f"/cases/{case}/letters/pdf", "requester", body=body)
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    word = api.ask("POST", f"/cases/{case}/letters/word", "requester", body=body)
    assert word.content[:2] == b"PK"
    assert word.headers["content-disposition"] == f'attachment; filename="{case}-necessity.docx"'


def test_no_letter_of_denial_without_a_signed_decision_on_record(api):
    case, _ = opened(api)
    for who in ("requester", "nurse_reviewer", "physician_reviewer"):
        reply = api.ask("POST", f"/cases/{case}/letters", who, body={"kind": "denial"})
        assert (reply.status_code, reply.json()["code"]) == (422, "no-signed-decision")
    sent = {"kind": "denial", "decision": {"outcome": "deny"}}
    assert api.ask("POST", f"/cases/{case}/letters", "physician_reviewer", body=sent).json()["code"] == "bad-request"


def test_a_denial_that_was_sent_along_is_answered(api):
    text = "We deny this request. The records do not document muscle weakness."
    plain = api.ask("POST", "/determinations", "requester", body={"documents": [{"text": NOTE}], "on": "2026-11-20"})
    body = {"documents": [{"text": NOTE}], "on": "2026-11-20", "denial": text}
    told = api.ask("POST", "/determinations", "requester", body=body)
    assert told.status_code == 200, told.text
    assert told.json() != plain.json()


def test_the_probes_say_that_it_lives_and_whether_it_can_answer(api):
    assert api.send("GET", "http://testserver/healthz").json() == {"status": "ok"}
    assert api.send("GET", "http://testserver/readyz").status_code == 200
    with api.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_head RENAME TO gone")
    assert api.send("GET", "http://testserver/healthz").status_code == 200
    assert api.send("GET", "http://testserver/readyz").status_code == 503


def test_every_status_of_a_refusal_stands_on_the_page():
    from indicated.api.problems import STATUS

    page = (ROOT / "docs/reference/api.md").read_text("utf-8")
    told = {int(status): codes for status, codes in re.findall(r"^\| (\d{3}) \| (.*) \|$", page, re.MULTILINE)}
    assert not [(kind.code, status) for kind, status in STATUS if f"`{kind.code}`" not in told[status]]
