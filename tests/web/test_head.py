"""The head of every page of a case: its tabs and the way back; and what is said where nothing can be shown."""

from __future__ import annotations

import pytest

from indicated.explain.show import OtherRelease
from indicated.web import case as case_pages
from tests.web.site import Visitor
from tests.web.team import Team, people


@pytest.fixture(scope="module")
def visitor():
    return Visitor(per_minute=1_000_000)


@pytest.fixture
def case(visitor):
    return visitor.case().split("/")[2]


def test_every_page_of_a_case_has_the_same_tabs_and_the_way_back(visitor, case):
    for path in (f"/case/{case}", f"/work/{case}", f"/case/{case}/letters", f"/case/{case}/letter/summary"):
        page = visitor.see(path).text
        for tab in (f"/work/{case}", f"/case/{case}", f"/case/{case}/letters"):
            assert f'<li><a href="{tab}"' in page, path
        assert f'href="/work#{case}" data-key="u"' in page
        assert page.count('aria-current="page"') == 3, path  # the place in the bar and in the menu, and the tab


def test_a_case_of_replaced_content_is_determined_again_where_one_works(visitor, case, monkeypatch):
    def older(file):
        raise OtherRelease(file.head.id)

    visitor.client.app.state.kept = case_pages.Kept()
    with monkeypatch.context() as patched:
        patched.setattr(case_pages.cases, "assessment", older)
        page = visitor.see(f"/work/{case}").text
        assert "content that has been replaced" in page
        assert f'action="/case/{case}/determine"' in page
        assert visitor.see(f"/case/{case}/letters").status_code == 200
    version = visitor.file(f"/case/{case}").head.version
    sent = {"version": version, "back": f"/work/{case}"}
    answer = visitor.send(f"/case/{case}/determine", sent, follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/work/{case}")
    sent = {"version": version + 1, "back": "//elsewhere.example"}
    assert visitor.send(f"/case/{case}/determine", sent, follow=False).headers["location"] == f"/case/{case}"


def test_signing_in_leads_on_to_the_page_that_was_wanted():
    team = Team(per_minute=1_000_000)
    people(team)
    page = team.see("/work?view=mine")
    assert "My account" not in page.text  # nobody has places
    assert str(page.url).endswith("/sign-in")
    assert str(team.sign_in("nora").url).endswith("/work?view=mine")
    team.send("/sign-out", at="/me")
    assert str(team.sign_in("nora").url).endswith("/")
