"""What stands before every page: marks on forms, limits, headers, and names that are not this machine's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from indicated.web.guard import HEADERS, Rate
from indicated.web.theme import is_ours
from tests.web.site import Visitor


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


def posts(visitor):
    """Every address that takes a form."""
    at = visitor.case()
    named = {
        "case_id": at.split("/")[2],
        "key": "new",
        "name": "2-overlap-denied",
        "form": "pdf",
        "kind": "summary",
        "deed": "note",
    }
    for route in visitor.client.app.routes:
        for inner in getattr(getattr(route, "original_router", None), "routes", ()) or (route,):
            if "POST" in (getattr(inner, "methods", None) or ()):
                yield inner.path.format(**named)


def test_no_form_is_taken_without_its_mark(visitor):
    found = list(posts(visitor))
    assert len(found) >= 7
    for path in found:
        answer = visitor.client.post(path, data={"text": "x"}, follow_redirects=False)
        assert (path, answer.status_code) == (path, 403)
        assert "old-form" in answer.text


def test_a_mark_of_another_visitor_is_refused(visitor):
    other = Visitor()
    visitor.see("/")
    mark = other.see("/").text.split('name="form_mark" value="')[1].split('"')[0]
    answer = visitor.client.post("/theme", data={"form_mark": mark, "theme": "dark"}, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/tokens.css", "/case/C-0000-0000-0000"])
def test_every_answer_has_the_headers(visitor, path):
    answer = visitor.see(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_pages_are_kept_by_nobody_and_static_files_for_long(visitor):
    assert visitor.see("/").headers["cache-control"] == "no-store"
    assert "immutable" in visitor.see("/static/tokens.css").headers["cache-control"]


def test_the_cookie_is_for_this_site_and_no_script():
    cookie = Visitor().see("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_more_than_the_limit_is_refused_in_one_line():
    visitor = Visitor(most=20_000)
    answer = visitor.ask(text="x" * 30_000)
    assert answer.status_code == 413
    assert "too-large" in answer.text


def test_more_than_the_limit_is_refused_without_a_told_length():
    visitor = Visitor(most=20_000)
    visitor.see("/")

    def endless():
        for _ in range(100):
            yield b"text=" + b"x" * 1_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = visitor.client.post("/ask", content=endless(), headers=headers)
    assert answer.status_code == 413


def test_too_many_requests_are_told_when_to_come_back():
    visitor = Visitor(per_minute=3)
    answers = [visitor.see("/nowhere") for _ in range(4)]
    assert [one.status_code for one in answers] == [404, 404, 404, 429]
    assert answers[-1].headers["retry-after"] == "60"


def test_the_rate_is_counted_anew_every_minute_and_by_address():
    at = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
    rate = Rate(1, clock=lambda: at)
    assert rate.allows("a")
    assert not rate.allows("a")
    assert rate.allows("b")
    at += timedelta(minutes=1)
    assert rate.allows("a")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(visitor, host):
    answer = visitor.see("/", headers={"host": host})
    assert answer.status_code == 421
    assert "other-host" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_its_own_names_are_answered(visitor, host):
    assert visitor.see("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nb: c", ""])
def test_no_way_back_leads_elsewhere(path):
    assert not is_ours(path)


def test_the_theme_is_remembered(visitor):
    answer = visitor.send("/theme", {"theme": "dark", "back": "/"})
    assert 'data-theme="dark"' in answer.text
    answer = visitor.send("/theme", {"theme": "system", "back": "/"})
    assert "data-theme" not in answer.text


def test_a_page_that_is_not_there_says_so(visitor):
    answer = visitor.see("/nowhere")
    assert answer.status_code == 404
    assert "no-page" in answer.text


def test_an_address_of_another_kind_of_request_is_no_page(visitor):
    assert visitor.see("/ask").status_code in (404, 405)
