"""Signing in and accounts in a browser: usable by everybody in both themes; a second factor from picture to code."""

from __future__ import annotations

import pyotp
import pytest

from tests.browser.running import running
from tests.browser.test_access import violations
from tests.workflow.accounts.conftest import PASSWORD


@pytest.fixture
def team(chromium, tmp_path):
    """A browser at the pages of a team, and its administrator."""
    pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
    from indicated.store.base import open_store
    from indicated.web import signed_in
    from indicated.web.app import create
    from indicated.web.site import Site
    from indicated.workflow.accounts import manage, own
    from indicated.workflow.assess import now
    from indicated.workflow.review.people import Role

    store = open_store(f"sqlite:///{tmp_path}/team.db")
    site = Site(store=store, secret=b"only for tests", who=signed_in.person, single=False, accounts=True)
    boss, code = manage.add(store, manage.CONSOLE, login="boss", name="Bea Oss", roles=[Role.ADMINISTRATOR], now=now())
    own.set_password(store, code, PASSWORD, now=now())
    other, _ = manage.add(store, manage.CONSOLE, login="doc", name="Dora Oc", roles=[Role.AUDITOR], now=now())
    assert boss.id != other.id
    with running(create(site)) as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.other = other.id
        yield page
        context.close()
    store.close()


def sign_in(page):
    page.goto("/sign-in")
    page.get_by_label("Name to sign in with").fill("boss")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def usable(page):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_pages_of_accounts_can_be_used_by_everybody(team):
    team.goto("/sign-in")
    usable(team)
    team.goto("/password")
    usable(team)
    sign_in(team)
    for path in ("/me", "/me/tokens", "/accounts", f"/accounts/{team.other}"):
        team.goto(path)
        usable(team)


def test_a_second_factor_from_the_picture_to_signing_in_with_a_code(team):
    from indicated.workflow.assess import now

    sign_in(team)
    team.goto("/me")
    team.locator("form[action='/me/factor'] input[type=password]").fill(PASSWORD)
    team.get_by_role("button", name="Set it up").click()
    secret = "".join(team.locator(".mono").inner_text().split())
    assert team.locator("img").evaluate("image => image.naturalWidth") > 100
    usable(team)
    team.get_by_label("Code").fill(pyotp.TOTP(secret).at(now()))
    team.get_by_role("button", name="Put it in force").click()
    recovery = team.locator("ul.mono li").first.inner_text()
    usable(team)
    sign_in(team)
    usable(team)
    team.get_by_label("Code").fill(recovery)
    team.get_by_role("button", name="Sign in").click()
    team.get_by_role("link", name="Bea Oss").wait_for()
