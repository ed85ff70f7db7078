"""What somebody of ill will tries: fixed sessions, replays, denials without a physician, names that are paths."""

from __future__ import annotations

import base64
import io
import json
import zipfile

import pytest

from indicated.workflow.accounts.values import Scope
from indicated.workflow.review.people import Role
from tests.api.world import Api
from tests.workflow.accounts.conftest import PASSWORD


def under_review(api, by="nurse_reviewer"):
    case = api.case()["head"]
    body = {"plan": "employer_insured", "us_state": "NY", "urgency": "standard"}
    return api.ask("PUT", f"/cases/{case['id']}/triage", by, body=body, version=case["version"]).json()


def denial(file, **more):
    """A denial that lacks nothing but who signs it."""
    found = file["determination"]
    decision = {
        "determination": found["digest"], "on": found["on"], "outcome": "deny",
        "reason": "The record does not show it.", "provision": "section 4.2", "rationale": "Of this patient: none yet.",
    }  # fmt: skip
    return decision | more


def criteria(api, file):
    """Every criterion that the determination leaves open, with a reason."""
    answer = api.ask("GET", f"/cases/{file['head']['id']}/determinations/1", "auditor").json()
    listed = answer["standard"]["weighed"][0]["criteria"]
    return [{"criterion": one["id"], "verdict": "not_met", "reason": "not shown"} for one in listed]


def decide(api, file, decision, *, by="", token="", **proof):
    head = file["head"]
    return api.ask(
        "POST", f"/cases/{head['id']}/decisions", by, token=token, version=head["version"],
        body={"decision": decision, **proof},
    )  # fmt: skip


def state(api, file):
    return api.ask("GET", f"/cases/{file['head']['id']}", "auditor").json()["head"]["state"]


def test_no_token_signs_a_denial_without_the_physician_proving_anew_who_they_are(api):
    file = under_review(api)
    decision = denial(file, criteria=criteria(api, file))
    token = api.program("physician_reviewer")
    for proof in ({}, {"password": ""}, {"password": "wrong"}, {"code": "123456"}, {"password": "", "code": "000000"}):
        reply = decide(api, file, decision, token=token, **proof)
        assert (reply.status_code, reply.json()["code"]) == (403, "sign-in-again")
    assert state(api, file) == "in_review"
    reply = decide(api, file, decision, token=token, password=PASSWORD)
    assert reply.status_code == 200, reply.text
    assert state(api, file) == "denied"


def test_a_token_without_the_scope_to_decide_does_not_decide_even_with_the_password(api):
    file = under_review(api)
    token = api.program("physician_reviewer", Scope.READ, Scope.WORK)
    reply = decide(api, file, denial(file, criteria=criteria(api, file)), token=token, password=PASSWORD)
    assert (reply.status_code, reply.json()["code"]) == (403, "scope-missing")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PHYSICIAN_REVIEWER])
def test_nobody_but_a_physician_denies(api, role):
    file = under_review(api)
    decision = denial(file, criteria=criteria(api, file))
    reply = decide(api, file, decision, by=role.value, password=PASSWORD)
    assert reply.status_code == 403
    assert state(api, file) == "in_review"


@pytest.mark.parametrize("missing", ["reason", "provision", "rationale", "criteria"])
def test_a_denial_that_lacks_something_is_none(api, missing):
    file = under_review(api)
    decision = denial(file, criteria=criteria(api, file))
    decision[missing] = [] if missing == "criteria" else " "
    reply = decide(api, file, decision, by="physician_reviewer", password=PASSWORD)
    assert (reply.status_code, reply.json()["code"]) == (422, "incomplete")
    assert state(api, file) == "in_review"


def test_a_signature_cannot_be_sent_and_a_state_cannot_be_set(api):
    file = under_review(api)
    forged = denial(file) | {"sign_off": {"reviewer": {"name": "X"}, "signed_on": "2026-03-02", "hash": "0" * 64}}
    assert decide(api, file, forged, by="physician_reviewer", password=PASSWORD).status_code == 422
    body = {"plan": None, "us_state": "NY", "urgency": None, "state": "denied"}
    path = f"/cases/{file['head']['id']}/triage"
    assert api.ask("PUT", path, "nurse_reviewer", body=body, version=file["head"]["version"]).status_code == 422


def test_a_denial_sent_again_under_its_key_is_the_same_denial_and_a_wrong_password_is_not_remembered(api):
    file = under_review(api)
    head, decision = file["head"], denial(file, criteria=criteria(api, file))
    path, key = f"/cases/{head['id']}/decisions", {"Idempotency-Key": "deny-1"}

    def send(password):
        body = {"decision": decision, "password": password}
        return api.ask("POST", path, "physician_reviewer", version=head["version"], body=body, headers=key)

    assert send("wrong").status_code == 403
    first = send(PASSWORD)
    assert first.status_code == 200, first.text
    assert send(PASSWORD).content == first.content


def test_no_password_can_be_guessed_from_what_is_kept_of_a_request():
    """A plain hash of a body with a password would be a way around the slow hash that it is kept as."""
    from indicated.api.answer import told_of
    from indicated.api.routes import every

    [route] = [route for route in every() if route.name == "decide"]
    one, other = (
        {"decision": denial({"determination": {"digest": "0" * 64, "on": "2026-03-02"}}), "password": said}
        for said in ("a", "b")
    )
    assert told_of(route, json.dumps(one).encode()) == told_of(route, json.dumps(other).encode())
    assert b'"a"' not in told_of(route, json.dumps(one).encode())


def test_a_session_that_was_there_before_signing_in_is_not_the_one_after(api):
    fixed = "a" * 43
    reply = api.ask("POST", "/sessions", token=fixed, body={"login": "auditor", "password": PASSWORD})
    assert reply.json()["token"] != fixed
    assert api.ask("GET", "/me", token=fixed).status_code == 401


def test_a_token_that_was_signed_out_cannot_be_replayed(api):
    token = api.tokens["auditor"]
    assert api.ask("DELETE", "/sessions/current", token=token).status_code == 204
    assert api.ask("GET", "/me", token=token).status_code == 401


def test_a_token_counts_in_its_header_only(api):
    token = api.tokens["auditor"]
    assert api.send("GET", f"me?access_token={token}").status_code == 401
    assert api.send("GET", "me", headers={"Cookie": f"session={token}"}).status_code == 401
    assert api.send("GET", "me", headers={"Authorization": f"Basic {token}"}).status_code == 401
    assert api.send("GET", "me", headers={"Authorization": token}).status_code == 401


def test_signing_in_tells_nobody_who_has_an_account(api):
    replies = [
        api.ask("POST", "/sessions", body={"login": login, "password": "wrong"})
        for login in ("auditor", "nobody", "\0'--")
    ]
    told = [{key: value for key, value in reply.json().items() if key != "request"} for reply in replies]
    assert {reply.status_code for reply in replies} == {401}
    assert told[0] == told[1] == told[2]


def test_no_token_makes_another_token_or_changes_its_owners_password(api):
    token = api.program("administrator")
    made = api.ask("POST", "/tokens", token=token, body={"name": "x", "scopes": ["read"]})
    changed = api.ask("PUT", "/me/password", token=token, body={"old": PASSWORD, "new": "seven quiet lanterns"})
    reset = api.ask(
        "POST", f"/accounts/{api.people['auditor'].id}/password-codes", token=token, body={"second_factor_too": True}
    )
    assert [reply.json()["code"] for reply in (made, changed, reset)] == ["scope-missing"] * 3


def test_an_administrator_does_not_become_a_physician_by_their_own_hand(api):
    mine = api.people["administrator"]
    roles = api.ask("PUT", f"/accounts/{mine.id}/roles", "administrator", body={"roles": [*Role]}, version=mine.version)
    licence = {"number": "1", "state": "NY", "specialty": "x", "credentials": "MD"}
    own = api.ask("PUT", f"/accounts/{mine.id}/licence", "administrator", body=licence, version=mine.version)
    assert [reply.json()["code"] for reply in (roles, own)] == ["same-person"] * 2


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a\x00b", "\u202etxt.exe", "." * 150, "<script>", ""],
)
def test_a_name_of_a_document_is_never_a_path(api, name):
    reply = api.ask("POST", "/cases", "requester", body={"documents": [{"name": name, "text": "Request: IVIG 2 g/kg"}]})
    assert reply.status_code == 201, reply.text
    [document] = reply.json()["documents"]
    assert not {"/", "\\", "\0", "\u202e"} & set(document["id"])
    assert document["id"].strip(". ")


@pytest.mark.parametrize(
    "path", ["/standards/../../etc/passwd", "/cases/..%2f..%2faccounts", "/policies/%00", "/evidence/%2e%2e"]
)
def test_an_address_that_climbs_gets_nowhere(api, path):
    assert api.ask("GET", path, "auditor").status_code in (404, 422)


def test_deep_wide_and_broken_bodies_are_refused_and_not_fallen_over(api):
    bodies = [b"[" * 100_000, b'{"documents":' * 5_000, b"\xff\xfe", b"", b"null", b"7", b'{"documents": []}', b"{}"]
    bodies.append(json.dumps({"documents": [{"text": "x"}] * 101}).encode())
    for body in bodies:
        reply = api.ask(
            "POST", "/determinations", "requester", content=body, headers={"Content-Type": "application/json"}
        )
        assert (reply.status_code, reply.json()["code"]) == (422, "bad-request"), body[:20]


def test_another_kind_of_body_is_refused_so_that_no_form_of_another_site_counts(api):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        reply = api.ask(
            "POST",
            "/determinations",
            "requester",
            content=b'{"documents": [{"text": "x"}]}',
            headers={"Content-Type": kind},
        )
        assert (reply.status_code, reply.json()["code"]) == (415, "not-json")


def test_a_file_that_unfolds_without_end_is_refused(api):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    content = base64.b64encode(packed.getvalue()).decode()
    reply = api.ask(
        "POST", "/determinations", "requester", body={"documents": [{"name": "a.docx", "content": content}]}
    )
    assert reply.status_code in (413, 422)


@pytest.mark.usefixtures("hasher")
def test_where_a_request_comes_from_is_believed_of_known_proxies_only():
    api = Api(rate=2)
    tried = [api.send("GET", "me", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(4)]
    assert tried == [401, 401, 429, 429]
    api.close()
    api = Api(rate=2, proxies=frozenset({"127.0.0.1"}))
    tried = [api.send("GET", "me", headers={"X-Forwarded-For": f"1.2.3.4, 10.0.0.{n}"}).status_code for n in range(4)]
    assert tried == [401] * 4
    api.close()
