"""The work on a request in browsers of two people: from upload to signed approval and notice, a denial and its appeal,
two at once; by keyboard; and for everybody, in both themes and at three widths.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.running import running
from tests.browser.test_access import WIDTHS, overflow, violations
from tests.web.team import Team, people
from tests.workflow.accounts.conftest import PASSWORD

OVERLAP = Path(__file__).parents[2] / "examples/2-overlap-denied.txt"


@pytest.fixture(scope="module")
def office(chromium):
    """The address of a server for a team, over a store in memory."""
    del chromium
    pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
    team = Team(per_minute=100_000)
    people(team)
    with running(team.client.app) as address:
        yield address
    team.client.close()
    team.site.store.close()


@pytest.fixture
def desk(chromium, office):
    """Opens a browser in which somebody is signed in."""
    contexts = []

    def opened(login, *, width=1440, theme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, base_url=office, reduced_motion="reduce"
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.locator("main button.main").click()
        page.wait_for_url(f"{office}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def taken_in(page):
    """Take a request in as a file, and say what sets its clock; its address."""
    page.goto("/work/new")
    page.locator("#f-files").set_input_files(OVERLAP)
    page.get_by_role("button", name="Take it in").click()
    page.wait_for_url("**/work/C-*")
    at = page.url.split("?")[0]
    page.locator("#triage-urgency").select_option("standard")
    page.locator("#triage-plan").select_option("employer_self_funded")
    page.locator("#triage-us_state").fill("OH")
    page.get_by_role("button", name="Set the clock by this").click()
    page.get_by_text("the clock was set by it").wait_for()
    return at


def test_a_request_from_upload_to_signed_approval_and_notice(desk):
    nora, dora = desk("nora"), desk("dora")
    at = taken_in(nora)
    dora.goto(f"{at}/decision")
    assert dora.locator("[name=outcome]:checked").count() == 0
    dora.get_by_label("approve", exact=True).check()
    dora.get_by_label("Clinical rationale").fill("The overlap and its course are shown.")
    dora.get_by_label("Your password, again").fill(PASSWORD)
    dora.get_by_role("button", name="Decide and sign").click()
    dora.get_by_text("Decided and signed. The notice is next.").wait_for()
    nora.goto(f"{at}/notice")
    assert "The overlap and its course are shown." in nora.locator(".paper").inner_html()
    for box in nora.locator(".sentence.place textarea").all():
        box.fill("")
    nora.get_by_label("How it was sent").fill("by portal")
    nora.get_by_role("button", name="It was sent like this").click()
    nora.get_by_text("The notice is on record").wait_for()


def test_from_a_denial_to_its_appeal(desk):
    nora, dora, omar = desk("nora"), desk("dora"), desk("omar")
    at = taken_in(nora)
    dora.goto(f"{at}/decision")
    dora.get_by_label("deny", exact=True).check()
    dora.get_by_label("Your password, again").fill(PASSWORD)
    dora.get_by_role("button", name="Decide and sign").click()
    dora.locator("#w-reason").wait_for()
    for name, words in (("reason", "Not shown."), ("provision", "Section 4"), ("rationale", "Of this patient.")):
        dora.locator(f"#f-{name}").fill(words)
    dora.locator("#f-appeal").fill("Write to the plan within 180 days.")
    dora.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
    for one in dora.locator(".judged").all():
        one.locator("select").select_option("not_met")
        one.locator("input").fill("The record does not show it.")
    dora.get_by_label("Your password, again").fill(PASSWORD)
    dora.get_by_role("button", name="Decide and sign").click()
    dora.get_by_text("Decided and signed. The notice is next.").wait_for()
    nora.goto(at)
    nora.locator("#deed-appeal > summary").click()
    nora.get_by_label("Who appeals").fill("the family")
    nora.get_by_label("On what grounds").fill("The biopsy shows it.")
    nora.get_by_role("button", name="Open the appeal").click()
    nora.get_by_text("The appeal is open").wait_for()
    dora.goto(f"{at}/decision")
    assert dora.get_by_role("button", name="Decide and sign").count() == 0
    omar.goto(f"{at}/decision")
    omar.get_by_label("approve", exact=True).check()
    omar.get_by_label("Your password, again").fill(PASSWORD)
    omar.get_by_role("button", name="Decide and sign").click()
    omar.get_by_text("Decided and signed. The notice is next.").wait_for()


def test_two_reviewers_at_once_lose_nothing(desk):
    nora, dora = desk("nora"), desk("dora")
    at = taken_in(nora)
    dora.goto(at)
    nora.locator("#deed-pend > summary").click()
    nora.locator("#pend-reason").fill("waits for the EMG")
    nora.get_by_role("button", name="Let it wait").click()
    nora.get_by_text("It waits.").wait_for()
    dora.locator("#deed-assign > summary").click()
    dora.get_by_role("checkbox", name="Omar").check()
    dora.get_by_role("button", name="Assign", exact=True).click()
    dora.locator(".conflict").wait_for()
    assert "Nora" in dora.locator(".conflict").inner_text()
    assert dora.get_by_role("checkbox", name="Omar").is_checked()
    assert violations(dora) == []
    dora.get_by_role("button", name="Assign", exact=True).click()
    dora.get_by_text("Assigned.").wait_for()


def test_the_queue_is_walked_by_keys(desk):
    nora = desk("nora")
    taken_in(nora)
    nora.goto("/work")
    nora.keyboard.press("/")
    assert nora.evaluate("document.activeElement.id") == "f-state"
    nora.locator("h1").click()
    nora.keyboard.press("j")
    first = nora.evaluate("document.activeElement.closest('tr').id")
    nora.keyboard.press("a")
    nora.wait_for_url("**/work#C-*")
    assert "Nora" in nora.locator(f"#{first}").inner_text()
    nora.locator("tr a:focus").wait_for()
    nora.keyboard.press("Enter")
    nora.wait_for_url(f"**/work/{first}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_work_can_be_used_by_everybody(desk, theme):
    dora = desk("dora", theme=theme)
    at = taken_in(dora)
    dora.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert violations(dora) == []
    for path in ("/work", "/work?view=decided", "/work/new", f"{at}/decision"):
        dora.goto(path)
        dora.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        assert violations(dora) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_work_is_wider_than_the_screen(desk, width):
    dora = desk("dora", width=width)
    at = taken_in(dora)
    for path in (at, "/work", "/work/new", f"{at}/decision"):
        dora.goto(path)
        assert overflow(dora) <= 0, path
