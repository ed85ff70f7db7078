"""Library, policy editor, dashboard and audit log in a browser, for everybody; a policy comes into force."""

from __future__ import annotations

import re

import pytest

from indicated.content.load import SITE
from indicated.workflow.assess import current, renew
from tests.browser.running import running
from tests.browser.test_access import WIDTHS, overflow, violations
from tests.web.test_editor import ANN, BEA, CHILD, CRITERIA, MET, OTHER, give_passwords
from tests.workflow.accounts.conftest import PASSWORD

PAGES = (
    "/library", "/library?kind=standard&q=myositis",
    "/library/standard/ig/dermatomyositis-adult",
    "/library/policy/cms/ncd-250-3", "/library/product/product.privigen", "/library/law/texas",
    "/library/compare?a=cms/ncd-250-3%201&b=cms/home-ivig-pid%20Rev.%20259",
    "/dashboard", "/dashboard/yearly", "/audit", "/retention",
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_used_by_everybody(open_page, path, theme):
    page = open_page(path, theme=theme)
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(open_page, width):
    page = open_page("/library", width=width)
    for path in PAGES:
        page.goto(path)
        assert overflow(page) <= 0, path


def test_what_is_typed_finds_at_once_and_stands_in_the_address(open_page):
    page = open_page("/library")
    page.keyboard.press("/")
    page.keyboard.type("kawasaki")
    page.locator(".hits a").first.wait_for()
    page.wait_for_url("**q=kawasaki**")
    page.locator(".hits a").first.click()
    page.locator("h1").wait_for()
    assert "awasaki" in page.content()


def test_the_log_is_verified_with_a_button(open_page):
    page = open_page("/audit")
    page.get_by_role("button", name="Verify the log").click()
    page.get_by_text("are as they were written").wait_for()


@pytest.fixture
def team(chromium, tmp_path, monkeypatch):
    """Two people at a site with content of its own: the address of its pages, and who is at the keyboard."""

    from indicated.store.base import open_store
    from indicated.web.app import create
    from indicated.web.demo import load
    from indicated.web.site import Site

    del chromium
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / SITE).write_text("name: Acme Health\n", encoding="utf-8")
    monkeypatch.setenv("INDICATED_CONTENT", str(folder))
    renew()
    here = {"person": ANN}
    site = Site(
        store=open_store(f"sqlite:///{tmp_path}/cases.db"), secret=b"only for tests", per_minute=1_000_000,
        who=lambda _: here["person"], single=False, accounts=True,
    )  # fmt: skip
    give_passwords(site.store, ANN, BEA)
    load(site)
    with running(create(site)) as address:
        yield address, here
    monkeypatch.undo()
    renew()


def add_case(page, told):
    page.get_by_text("Add a case", exact=True).click()
    form = page.locator('form[action$="/case"]:has([name="case"])')
    form.locator('[name="case"]').fill(told["case"])
    form.locator('[name="expect"]').select_option(told["expect"])
    for name in ("text", "facts"):
        form.locator(f'[name="{name}"]').fill(told.get(name, ""))
    form.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_load_state()


def press(page, name):
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_policy_is_edited_checked_signed_by_a_second_person_and_in_force(chromium, team, theme):
    base, here = team
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme, base_url=base)
    context.set_default_timeout(60_000)
    page = context.new_page()

    page.goto("/editor")
    assert violations(page) == []
    page.get_by_role("link", name="Begin a draft").click()
    for name, value in (
        ("id", "acme/dm"),
        ("payer", "Acme Health"),
        ("text", CRITERIA),
        ("conditions", "dermatomyositis"),
    ):
        page.locator(f'[name="{name}"]').fill(value)
    assert violations(page) == []
    press(page, "Begin")

    page.wait_for_url("**/editor/acme/dm")
    page.get_by_text("To be mended before it is handed in").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="Edit criterion 2").click()
    page.locator("#says").get_by_text("18 years").wait_for()
    page.locator('[name="limit"]').fill(">= 21 a")
    page.locator("#says").get_by_text("21 years").wait_for()
    assert violations(page) == []
    page.locator('[name="limit"]').fill(">= 18 a")
    press(page, "Keep")
    for told in (MET, CHILD, OTHER):
        add_case(page, told)
    press(page, "Make the cases at the limits")
    page.get_by_text("The check finds nothing to refuse.").wait_for()
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
    assert violations(page) == []
    page.get_by_role("link", name="Effect on past cases").click()
    page.get_by_text("outcomes change").wait_for()
    assert violations(page) == []
    page.go_back()
    press(page, "Hand in for review")
    press(page, "Take up")
    page.get_by_text("somebody else").first.wait_for()

    here["person"] = BEA
    page.goto("/editor/acme/dm")
    press(page, "Take up")
    assert violations(page) == []
    page.get_by_label("Your password, again").fill(PASSWORD)
    press(page, "Sign and approve")
    here["person"] = ANN
    page.goto("/editor/acme/dm")
    press(page, "Put in force")
    page.wait_for_url("**/library/policy/acme/dm")
    page.get_by_text("A second person has signed what it says").wait_for()
    assert re.search(r"\bactive\b", page.locator("article").inner_text())
    assert violations(page) == []
    [policy] = current().knowledge.versions("acme/dm")
    assert [one.name for one in policy.signatures] == ["Bea Second"]
    context.close()
