"""The policy editor: from pasted criteria to a policy in force, which a second person signed."""

from __future__ import annotations

import re
import threading

import pytest
from msgspec.structs import replace

from indicated.content.shapes import SITE
from indicated.store.accounts import AccountRow
from indicated.workflow.accounts import passwords
from indicated.workflow.assess import built_in, current, now, one_release, outdated, renew
from indicated.workflow.authoring import sign
from indicated.workflow.drafts import edit, files
from indicated.workflow.review.people import Person, Role
from indicated.workflow.site import site_release
from tests.web.site import OVERLAP, Visitor
from tests.workflow.accounts.conftest import PASSWORD, quick_hashes

assert quick_hashes

CRITERIA = """\
Acme Health medical policy 7: IVIG for dermatomyositis

Criteria
1. Dermatomyositis is documented
2. The patient is 18 years of age or older
"""
ANN = Person("ann", "Ann Author", frozenset({Role.POLICY_AUTHOR}))
BEA = Person("bea", "Bea Second", frozenset({Role.PHYSICIAN_REVIEWER}))
BEGUN = {
    "id": "acme/dm", "payer": "Acme Health", "text": CRITERIA, "conditions": "dermatomyositis", "edition": "2026-11",
}  # fmt: skip
REQUEST = "Request: IVIG 2 g/kg every 4 weeks."
MET = {
    "case": "an adult with the disease", "expect": "met",
    "text": f"45-year-old woman with dermatomyositis, confirmed. {REQUEST}",
}  # fmt: skip
CHILD = {
    "case": "a child", "expect": "not_met",
    "text": f"9-year-old girl with dermatomyositis, confirmed. {REQUEST}",
}  # fmt: skip
OTHER = {"case": "another disease", "expect": "not_met", "facts": "dermatomyositis: no\nage: 40 a"}


def give_passwords(store, *people):
    """Accounts for these people: who signs gives the password of their own."""
    with store.writing() as session:
        kept = {"roles": "", "password": passwords.hashed(PASSWORD), "made_at": now()}
        session.add_all(AccountRow(id=one.id, login=one.id, name=one.name, **kept) for one in people)


class Office:
    """Two people at one store, each with a browser of their own."""

    def __init__(self):
        self.person = ANN
        self.visitor = Visitor(who=lambda _: self.person, single=False, per_minute=1_000_000)
        give_passwords(self.visitor.site.store, BEA)

    def as_(self, person):
        self.person = person
        return self.visitor

    def mark(self, at="/editor/acme/dm"):
        return re.search(r'name="mark" value="(\w+)"', self.visitor.see(at).text).group(1)

    def send(self, path, fields, **more):
        return self.visitor.send(f"/editor/acme/dm{path}", {"mark": self.mark(), **fields}, **more)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / SITE).write_text("name: Acme Health\n", encoding="utf-8")
    monkeypatch.setenv("INDICATED_CONTENT", str(tmp_path))
    renew()
    yield tmp_path
    monkeypatch.undo()
    renew()


@pytest.fixture
def office(folder):
    del folder  # it is set
    return Office()


@pytest.fixture
def begun(office):
    answer = office.visitor.send("/editor/new", BEGUN)
    assert answer.status_code == 200, answer.text
    return office


@pytest.fixture
def ready(begun):
    for case in (MET, CHILD, OTHER):
        assert begun.send("/case", case).status_code == 200
    begun.send("/limits", {})
    return begun


def check(office):
    return office.visitor.see("/editor/acme/dm/check").text


def test_without_a_folder_it_says_how_to_set_one(monkeypatch):
    monkeypatch.delenv("INDICATED_CONTENT", raising=False)
    page = Visitor().see("/editor").text
    assert "INDICATED_CONTENT" in page
    assert Visitor().see("/editor/new").status_code == 409


def test_a_draft_shows_each_criterion_with_the_payers_words(begun):
    page = begun.visitor.see("/editor/acme/dm").text
    assert page.count("The payer&#39;s words (") >= 2
    assert "2. The patient is 18 years of age or older" in page


@pytest.mark.usefixtures("begun")
def test_nothing_is_decided_under_a_draft():
    assert "acme/dm" not in current().knowledge.policy_ids


@pytest.mark.parametrize(
    "wrong", [{"id": "acme"}, {"id": "../x"}, {"text": ""}, {"conditions": "no such disease at all"}]
)
def test_what_cannot_be_begun_is_said_and_what_was_typed_stays(office, wrong):
    answer = office.visitor.send("/editor/new", {**BEGUN, **wrong})
    assert answer.status_code == 422
    assert "Acme Health" in answer.text


def test_a_criterion_is_changed_with_pickers(begun):
    page = begun.visitor.see("/editor/acme/dm/criterion?id=2").text
    assert 'value="age" checked' in page
    words = {"was": "2", "id": "2", "section": "2", "paraphrase": "The patient is at least 21", "act": "keep"}
    assert begun.send("/criterion", {**words, "kind": "age", "limit": ">= 21 a"}).status_code == 200
    policy = edit.policy_of(files.opened(files.site_folder(), "acme/dm"))
    assert [one.paraphrase for one in policy.criteria if one.id == "2"] == ["The patient is at least 21"]


def test_a_rule_that_cannot_be_read_is_said_and_what_was_typed_stays(begun):
    words = {"was": "2", "id": "2", "section": "2", "paraphrase": "x", "act": "keep"}
    answer = begun.send("/criterion", {**words, "kind": "other", "other": "hass: dx.dm"})
    assert answer.status_code == 422
    assert "hass: dx.dm" in answer.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": "other", "other": "any:\n- age: '>= 18 a'\n- ref: '1'"}, "any of these 2:"),
        ({"kind": "has", "concept": "dermatomyositis"}, "dermatomyositis"),
        ({"kind": "has", "concept": "dermatomyositiss"}, "did you mean"),
        ({"kind": "age", "limit": "old"}, "ound"),
    ],
)
def test_a_rule_is_said_in_words_while_it_is_typed(begun, typed, told):
    assert told in begun.send("/rule", typed, part=True).text


def test_what_two_people_save_is_never_lost(begun):
    old = begun.mark()
    assert begun.send("/notes", {"notes": "first"}).status_code == 200
    answer = begun.visitor.send("/editor/acme/dm/notes", {"mark": old, "notes": "second"})
    assert answer.status_code == 422
    assert "somebody else saved" in answer.text.lower()
    assert files.opened(files.site_folder(), "acme/dm").notes == "first"


def test_a_golden_case_shows_what_was_expected_and_what_was_found(begun):
    begun.send("/case", {**MET, "expect": "not_met"})
    page = check(begun)
    assert "differs" in page
    assert "policy: not met" in page


def test_a_draft_with_problems_is_not_handed_in(begun):
    answer = begun.send("/move", {"to": "submitted"})
    assert answer.status_code == 422
    assert "refuses this draft" in answer.text


def test_the_effect_on_past_cases_names_no_word_of_a_record(ready):
    Visitor.case(ready.as_(Person("r", "R", frozenset({Role.REQUESTER}))))
    page = ready.as_(ANN).see("/editor/acme/dm/effect").text
    assert "outcomes change" in page
    assert '<dl class="bars">' in page
    assert "overlap" not in page.lower()
    assert OVERLAP[:40] not in page


def test_the_author_does_not_sign_their_own(ready):
    ready.send("/move", {"to": "submitted"})
    answer = ready.send("/move", {"to": "under_review"})
    assert answer.status_code == 422
    assert "somebody else" in answer.text


def test_what_is_under_review_does_not_change(ready):
    ready.send("/move", {"to": "submitted"})
    ready.as_(BEA)
    assert ready.send("/move", {"to": "under_review"}).status_code == 200
    ready.as_(ANN)
    assert (
        "under review and stays"
        in ready.visitor.send(
            "/editor/acme/dm/notes", {"mark": files.opened(files.site_folder(), "acme/dm").mark, "notes": "late"}
        ).text
    )


def test_a_policy_given_back_says_why(ready):
    ready.send("/move", {"to": "submitted"})
    ready.as_(BEA)
    ready.send("/move", {"to": "under_review"})
    assert "Say which age" in ready.send("/move", {"to": "returned", "note": "Say which age"}).text


def approved(office):
    office.as_(ANN)
    assert office.send("/move", {"to": "submitted"}).status_code == 200
    office.as_(BEA)
    assert office.send("/move", {"to": "under_review"}).status_code == 200
    assert office.send("/move", {"to": "approved", "password": PASSWORD}).status_code == 200
    office.as_(ANN)
    return office


def test_a_policy_is_edited_checked_signed_by_a_second_person_and_in_force(ready):
    assert "The check finds nothing to refuse." in check(ready)
    approved(ready).send("/notes", {"notes": "Adults only."})
    page = ready.send("/move", {"to": "in_force"}).text
    assert "Approved. A second person has signed what it says." in page
    assert "Bea Second" in page or "bea" in page
    [policy] = current().knowledge.versions("acme/dm")
    assert policy.status.value == "active"
    assert [one.name for one in policy.signatures] == ["Bea Second"]
    assert files.listed(files.site_folder()) == ()
    assert "acme/dm" in ready.visitor.see("/library?kind=policy&q=acme").text


@pytest.mark.parametrize("password", ["", "not the password"])
def test_nothing_is_signed_without_the_password_of_who_signs(ready, password):
    ready.send("/move", {"to": "submitted"})
    ready.as_(BEA)
    ready.send("/move", {"to": "under_review"})
    answer = ready.send("/move", {"to": "approved", "password": password})
    assert answer.status_code == 422
    assert "password" in answer.text
    assert "not the password" not in answer.text
    assert "under review" in ready.visitor.see("/editor/acme/dm").text.lower()
    ready.as_(ANN)
    assert ready.send("/move", {"to": "in_force"}).status_code == 422


def test_a_change_after_the_signature_makes_it_a_draft_again(ready):
    approved(ready)
    words = {"was": "2", "id": "2", "section": "2", "paraphrase": "Adults", "kind": "age", "limit": ">= 18 a"}
    assert ready.send("/criterion", {**words, "act": "keep"}).status_code == 200
    answer = ready.send("/move", {"to": "in_force"})
    assert answer.status_code == 422
    assert "acme/dm" not in current().knowledge.policy_ids


def test_the_next_version_stands_beside_the_one_in_force(ready):
    approved(ready).send("/move", {"to": "in_force"})
    ready.visitor.send("/editor/new", {"id": "acme/dm", "payer": "Acme Health", "source": "acme/dm 2026-11"})
    words = {"was": "2", "id": "2", "section": "2", "paraphrase": "Adults of 21", "kind": "age", "limit": ">= 21 a"}
    ready.send("/criterion", {**words, "act": "keep"})
    page = ready.visitor.see("/editor/acme/dm/changes").text
    assert "Adults of 21" in page
    assert "clauses differ" in page
    [policy] = current().knowledge.versions("acme/dm")
    assert policy.version == "2026-11"


def test_what_another_process_puts_in_force_is_seen_by_the_next_request(ready, folder):
    approved(ready)
    assert ready.visitor.see("/library/policy/acme/dm").status_code == 404
    draft = files.opened(folder, "acme/dm")
    files.put(folder, replace(draft, policy=sign.in_force(draft.policy, edit.policy_of(draft))))
    before = current().id
    site_release(str(folder), built_in())  # as the other process does; this one keeps what it has
    assert current().id == before
    assert ready.visitor.see("/library/policy/acme/dm").status_code == 200
    assert "acme/dm" in current().knowledge.policy_ids


def test_a_request_is_answered_under_one_release_whatever_is_put_in_force_meanwhile(ready):
    approved(ready)
    with one_release():
        held = current().id
        thread = threading.Thread(target=renew)
        thread.start()
        thread.join()
        assert current().id == held
        renew()
    assert not outdated()


def test_who_may_not_write_policies_is_refused(begun):
    begun.as_(Person("n", "N", frozenset({Role.NURSE_REVIEWER})))
    assert begun.visitor.see("/editor").status_code == 403
    assert begun.visitor.see("/editor/acme/dm").status_code == 403
    begun.as_(BEA)
    assert begun.visitor.see("/editor/acme/dm").status_code == 200
    assert begun.visitor.send("/editor/new", {**BEGUN, "id": "acme/other"}).status_code in (403, 422)
