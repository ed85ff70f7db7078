"""Who may ask for what, route by route: every route as every role, as nobody, and with a token of every scope.

The expected outcome is the table of docs/reference/api.md, which people read; a route without a row fails.
"""

from __future__ import annotations

import re

import pytest

from indicated.api.openapi import examples
from indicated.api.routes import every
from indicated.api.table import JSON
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review.people import Role
from tests.api.world import Api
from tests.explain.world import ROOT

PAGE = (ROOT / "docs/reference/api.md").read_text("utf-8")
ROUTES = {f"{route.method} {route.plain_path}": route for route in every()}
WHO = [*(role.value for role in Role), "nobody"]


def rows():
    """The table of the page: route, then its scope and a cell for each role and for nobody."""
    lines = [line for line in PAGE.splitlines() if re.match(r"\| `(GET|POST|PUT|DELETE) /", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


ROWS = rows()


@pytest.fixture(scope="module")
def api(hasher):  # noqa: ARG001
    made = Api()
    made.held = made.case()["head"]["id"]
    made.add("everybody", *Role)
    made.add("somebody", Role.AUDITOR)  # whom the routes of accounts are about: no test is asked by them
    made.programs = {scope: made.program("everybody", scope) for scope in Scope}
    yield made
    made.close()


def asked(api, route, **how):
    """The route as its example has it, on a case that the requester sent in."""
    path = route.plain_path.replace("{case}", api.held).replace("{number}", "1")
    path = (
        path.replace("{account}", api.people["somebody"].id).replace("{token}", "token-0").replace("{id}", "none/none")
    )
    needed = {"/dashboard": "?first=2026-01-01&last=2026-12-31", "/dashboard/yearly": "?year=2026"}
    needed["/dashboard/yearly.csv"] = needed["/dashboard/yearly"]
    sent = {}
    if route.body is not None:
        sent = {"body": examples()[route.name]} if JSON in route.takes else {"content": b"no archive"}
    headers = {"Content-Type": route.takes[0]} if "content" in sent else {}
    version = 1 if route.versioned else None
    return api.ask(route.method, path + needed.get(path, ""), version=version, headers=headers, **sent, **how)


def refused(reply):
    """Whether it was refused for who asks, rather than for what was asked."""
    return reply.status_code == 403 and reply.json()["code"] in ("refused", "scope-missing")


def test_every_route_has_its_row_and_every_row_its_route():
    assert ROWS.keys() == ROUTES.keys()


def test_the_page_has_every_role():
    head = next(line for line in PAGE.splitlines() if line.startswith("| route |"))
    assert [cell.strip() for cell in head.strip("|").split("|")][2:] == WHO


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("who", WHO)
def test_a_route_answers_whom_it_is_for_and_nobody_else(api, name, who):
    route, allowed = ROUTES[name], ROWS[name][1 + WHO.index(who)]
    if route.name in ("sign_out", "sign_out_everywhere", "change_password") and who != "nobody":
        api.add(f"{who}.{route.name}", Role(who))
        reply = asked(api, route, by=f"{who}.{route.name}")
    else:
        reply = asked(api, route, by="" if who == "nobody" else who)
    if who == "nobody" and not allowed:
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"].startswith("Bearer")
    else:
        assert refused(reply) is not bool(allowed), reply.text
        assert reply.status_code < 500, reply.text


@pytest.mark.parametrize("name", ROUTES)
def test_a_token_opens_what_its_scope_says_and_nothing_else(api, name):
    route, scope = ROUTES[name], ROWS[name][0]
    if route.public:
        assert scope == ""
        return
    for one in Scope:
        reply = asked(api, route, token=api.programs[one])
        missing = reply.status_code == 403 and reply.json()["code"] == "scope-missing"
        assert missing is (one.value != scope), f"{one}: {reply.text}"


def test_a_requester_does_not_even_learn_that_somebody_elses_case_is_there(api):
    api.add("other", Role.REQUESTER)
    theirs = api.ask("GET", f"/cases/{api.held}", "other")
    none = api.ask("GET", "/cases/C-NONE", "other")
    assert theirs.status_code == none.status_code == 404
    assert theirs.json()["detail"].replace(api.held, "") == none.json()["detail"].replace("C-NONE", "")
    assert api.ask("GET", "/cases", "other").json()["total"] == 0
