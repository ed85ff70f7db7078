"""The dashboard and the audit log as pages: figures with their tables, small groups hidden, the log checked."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from indicated.store.base import open_store
from indicated.web import audit as audit_page
from indicated.web import charts
from indicated.workflow.review import dashboard, small_numbers
from indicated.workflow.review.people import Action, Person, Role
from tests.explain.world import ROOT
from tests.web.site import Visitor
from tests.workflow.review.test_audit import tamper


@pytest.fixture(scope="module")
def visitor():
    return Visitor(per_minute=1_000_000)


@pytest.fixture(scope="module")
def case(visitor):
    return visitor.case().split("/")[2]


def somebody(*roles):
    person = Person("p", "P", frozenset(roles))
    return Visitor(who=lambda _: person, single=False)


@pytest.mark.usefixtures("case")
def test_figures_stand_in_a_table_beside_each_chart(visitor, monkeypatch):
    for module in (small_numbers, dashboard):
        monkeypatch.setattr(module, "FEWEST", 1)
    page = visitor.see("/dashboard").text
    assert page.count('<dl class="bars">') == 2
    assert page.count("<table>") >= 2


@pytest.mark.usefixtures("case")
def test_a_group_of_few_is_not_shown_and_the_page_says_why(visitor):
    page = visitor.see("/dashboard").text
    assert "Groups too small to show are left out." in page
    assert "fewer than 11 cases" in page
    assert '<th scope="row">not on record</th>' not in page


@pytest.mark.usefixtures("case")
def test_what_was_counted_seldom_is_not_shown(visitor):
    page = visitor.see("/dashboard").text
    assert "counted fewer than 11 times is left out" in page
    assert page.count('<dl class="bars">') == 1


def test_no_case_in_a_time_is_said(visitor):
    assert "No case was received" in visitor.see("/dashboard?from=2001-01-01&to=2001-02-01").text


@pytest.mark.parametrize(
    ("path", "status"), [("/dashboard?from=soon", 422), ("/dashboard?from=2026-02-01&to=2026-01-01", 422),
                         ("/dashboard/yearly?year=last", 404)]
)  # fmt: skip
def test_a_time_that_is_none_is_refused_in_a_line(visitor, path, status):
    assert visitor.see(path).status_code == status


@pytest.mark.usefixtures("case")
def test_the_yearly_metrics_are_the_same_as_page_and_as_file(visitor):
    rows = list(csv.reader(io.StringIO(visitor.see("/dashboard/yearly.csv?year=2026").text)))
    assert rows[0] == ["metric", "value"]
    page = visitor.see("/dashboard/yearly?year=2026").text
    assert page.count('<th scope="row">') == len(rows) - 1


def test_bars_are_as_long_as_their_share():
    drawn = charts.bars([("a", (("one", 10, "10"),)), ("b", (("one", 5, "5"),))])
    assert [row.bars[0].share for row in drawn] == [100, 50]


def test_the_log_is_narrowed_down_by_case_person_and_action(visitor, case):
    assert f"/audit?case={case}" in visitor.see(f"/audit?case={case}&person=local&action=intake").text
    assert "Nothing in the log fits" in visitor.see(f"/audit?case={case}&person=nobody").text


def test_the_log_says_in_words_what_was_done(visitor, case):
    page = visitor.see(f"/audit?case={case}").text
    assert "<td>took a request in</td>" in page
    sources = "\n".join(one.read_text("utf-8") for one in (ROOT / "src/indicated/workflow/accounts").glob("*.py"))
    logged = set(re.findall(r'now, "([a-z_]+)"', sources)) | set(
        re.findall(r'"(account_[a-z]+|[a-z_]+_failed)"', sources)
    )
    assert len(logged) > 15
    assert not [one for one in (*Action, *logged - {"account_id"}) if audit_page.did(one) == one.replace("_", " ")]
    assert audit_page.did("of_another_version") == "of another version"


@pytest.mark.usefixtures("case")
def test_the_log_is_found_whole(visitor):
    page = visitor.send("/audit/verify").text
    assert "as they were written" in page
    assert "Keep this elsewhere" in page


@pytest.mark.usefixtures("case")
def test_a_head_that_the_log_does_not_hold_is_told(visitor):
    assert "is not the one that was there" in visitor.send("/audit/verify", {"expect": "1:abc"}).text


def test_a_case_leaves_as_an_archive(visitor, case):
    answer = visitor.send("/audit/export", {"case": case})
    assert answer.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert visitor.send("/audit/export", {"case": "C-none"}).status_code == 404


def test_who_may_not_look_is_refused():
    nurse = somebody(Role.NURSE_REVIEWER)
    assert nurse.see("/audit").status_code == 403
    assert nurse.see("/dashboard").status_code == 200
    assert nurse.send("/audit/verify").status_code == 403
    assert somebody(Role.REQUESTER).see("/dashboard").status_code == 403
    assert "/audit" not in nurse.see("/").text


def test_a_changed_log_is_found_out(tmp_path):
    other = Visitor(store=open_store(f"sqlite:///{tmp_path}/cases.db"))
    other.case()
    tamper(other.site.store, "UPDATE audit_events SET person = 'somebody else' WHERE seq = 1")
    assert "was changed; problems found" in other.send("/audit/verify").text
