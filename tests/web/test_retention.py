"""The page of what is kept for how long: shown, asked once more, erased; holds; one case before its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indicated.model.law import Plan
from indicated.web import retention as page_of
from indicated.workflow.assess import now
from indicated.workflow.review import audit, work
from indicated.workflow.review.keeping import Keeping
from indicated.workflow.review.people import Person, Role
from tests.web.site import Visitor


@pytest.fixture
def visitor(monkeypatch):
    made = Visitor(keeping=Keeping(7, {Plan.MEDICARE_ADVANTAGE: 11}))
    made.id = made.case().split("/")[2]
    work.withdraw(made.site.store, made.site.who(None), made.id, made.file(f"/case/{made.id}").head.version,
                  reason="moved", now=now())  # fmt: skip
    monkeypatch.setattr(page_of, "now", lambda: now() + 12 * timedelta(days=366))
    return made


def test_the_rule_and_what_is_due_are_shown_with_what_goes_and_what_stays(visitor):
    page = visitor.see("/retention").text
    for told in ("Medicare Advantage", "11 years", "7 years", visitor.id, "What goes", "What stays"):
        assert told in page
    assert 'href="/retention"' in page


def test_cases_go_after_one_more_question(visitor):
    asked = visitor.send("/retention/ask", {"case": visitor.id}).text
    assert "Erase the contents of cases: 1?" in asked
    assert visitor.id in asked
    assert visitor.see(f"/case/{visitor.id}").status_code == 200
    done = visitor.send("/retention/erase", {"case": visitor.id}).text
    assert "Erased: 1." in done
    assert visitor.see(f"/case/{visitor.id}").status_code == 410
    assert audit.verify(visitor.site.store).problems == ()


def test_nothing_chosen_is_said(visitor):
    assert "Choose at least one case" in visitor.send("/retention/ask").text


def test_a_case_on_hold_is_not_due_until_it_is_let_go(visitor):
    assert "The case is on hold." in visitor.send("/retention/hold", {"case": visitor.id, "reason": "inquiry"}).text
    assert "No case is due." in visitor.see("/retention").text
    assert "Erased: 0." in visitor.send("/retention/erase", {"case": visitor.id}).text
    again = visitor.send("/retention/hold", {"case": visitor.id, "reason": "inquiry"})
    assert (again.status_code, "is on hold already" in again.text) == (409, True)
    assert "The hold has ended" in visitor.send("/retention/let-go", {"case": visitor.id, "reason": "over"}).text
    assert "No case is due." not in visitor.see("/retention").text


def test_one_case_goes_before_its_time_when_it_is_meant(visitor):
    told = {"case": visitor.id, "reason": "asked_for"}
    refused = visitor.send("/retention/one", told)
    assert (refused.status_code, "Nothing was erased" in refused.text) == (422, True)
    assert visitor.send("/retention/one", {**told, "case": "C-NONE", "sure": "yes"}).status_code == 404
    assert "contents are erased" in visitor.send("/retention/one", {**told, "sure": "yes"}).text


def test_it_is_for_administrators():
    person = Person("p", "P", frozenset({Role.AUDITOR}))
    other = Visitor(who=lambda _: person, single=False)
    assert other.see("/retention").status_code == 403
    assert other.send("/retention/erase", {"case": "x"}).status_code == 403
