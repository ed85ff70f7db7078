"""Every page, in both themes and at three widths: nothing that axe finds against WCAG 2.2 AA, nothing too wide."""

from __future__ import annotations

import pytest

from tests.explain.world import ROOT

WIDTHS = (390, 900, 1440)
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLES = ("1-overlap-question", "2-overlap-denied", "4-sjia-mas-transplant")


def violations(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": AA}}).response["violations"]
    return [(one["id"], node["html"][:200], node["failureSummary"][:300]) for one in found for node in one["nodes"]]


def case_of(page, example):
    page.locator(f'form[action="/example/{example}"] button').click()
    page.wait_for_url("**/case/**")
    return page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?example=2-overlap-denied", "/compare", "/design", "/nowhere"])
def test_a_page_can_be_used_by_everybody(open_page, path, theme):
    page = open_page(path, theme=theme)
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_case_can_be_used_by_everybody(open_page, example, theme):
    page = open_page("/", theme=theme)
    at = case_of(page, example)
    assert violations(page) == []
    page.goto(f"{at}/patient")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert violations(page) == []
    for more in ("fact/new", "letters", "letter/summary", "letter/worksheet"):
        page.goto(f"{at}/{more}")
        assert violations(page) == [], more


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_on_the_case_page_can_be_used_by_everybody(open_page, theme):
    page = open_page("/", theme=theme)
    case_of(page, "2-overlap-denied")
    page.get_by_role("link", name="Add a fact").click()
    page.locator("#edit form").wait_for()
    page.locator("#f-question").fill("what if the weight is 35 kg, and what is missing?")
    page.locator(".question button").click()
    page.locator("#answered .block").first.wait_for()
    page.get_by_text("Add documents").click()
    page.locator(".switches input").first.check()
    page.locator("#supposed .supposed").wait_for()
    page.locator(".criterion[data-facts]").first.click(position={"x": 5, "y": 5})
    page.locator("mark.lit").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_requests_side_by_side_can_be_used_by_everybody(open_page, theme):
    page = open_page("/compare", theme=theme)
    page.get_by_role("button", name="Compare").click()
    page.locator("#wrong-all .wrong").wait_for()
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    for number, example in enumerate(("1-overlap-question", "3-polyarticular-payer"), 1):
        page.fill(f"#f-text_{number}", (ROOT / "examples" / f"{example}.txt").read_text("utf-8"))
    page.get_by_role("button", name="Compare").click()
    page.locator("#compared .block").first.wait_for()
    assert page.locator("#wrong-all .wrong").count() == 0
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(open_page, width):
    page = open_page("/", width=width)
    assert overflow(page) <= 0, page.url
    page.goto("/compare")
    assert overflow(page) <= 0, page.url
    for example in EXAMPLES:
        page.goto("/")
        at = case_of(page, example)
        assert overflow(page) <= 0, page.url
        for more in ("patient", "letters", "letter/summary", "fact/new"):
            page.goto(f"{at}/{more}")
            assert overflow(page) <= 0, page.url


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
