"""What axe cannot see: targets large enough, the focus seen and never lost, motion and colours as the system has them,
large letters and wide spacing; and the ways of a reviewer between the list and its cases.
"""

from __future__ import annotations

import pytest

from tests.browser.test_access import case_of, overflow

PAGES = ("/", "/work", "/library", "/dashboard", "/audit")
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
DRESS = """text => {
  const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets = [sheet]; }"""
SMALL = """() => [...document.querySelectorAll("button, select, summary, input:not([type=hidden]), nav a, .button")]
  .filter((one) => one.getClientRects().length && !one.closest(".unseen"))
  .filter((one) => getComputedStyle(one).position !== "absolute")
  .map((one) => [one, (one.closest("label") || one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width.toFixed()}x${box.height.toFixed()}`)"""
CUT = """() => [...document.querySelectorAll("button, .button, .tag, h1, h2, dt, dd, label")]
  .filter((one) => !one.closest(".unseen"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "hidden")
  .map((one) => one.outerHTML.slice(0, 90))"""
MOVES = """() => document.getAnimations().length + [...document.querySelectorAll("*")]
  .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
RING = """() => { const of = getComputedStyle(document.activeElement);
  return of.outlineStyle !== "none" && parseFloat(of.outlineWidth) >= 2; }"""


@pytest.fixture
def shown(open_page):
    """Opens the pages of a case and the others, one after another."""

    def each(**more):
        page = open_page("/", **more)
        at = case_of(page, "2-overlap-denied")
        work = at.replace("/case/", "/work/")
        for path in (*PAGES, at, f"{at}/patient", f"{at}/letters", f"{at}/letter/summary", work):
            page.goto(path)
            yield page

    return each


def test_what_is_pressed_is_large_enough(shown):
    for page in shown(width=390):
        assert page.evaluate(SMALL) == [], page.url


def test_wide_spacing_of_text_cuts_and_hides_nothing(shown):
    for page in shown(width=900):
        page.evaluate(DRESS, SPACED)
        assert overflow(page) <= 0, page.url
        assert page.evaluate(CUT) == [], page.url


@pytest.mark.parametrize("width", [320, 640])
def test_enlarged_the_pages_need_no_scrolling_sideways(shown, width):
    """A screen of 1280 enlarged to 200 and 400 per cent."""
    for page in shown(width=width):
        assert overflow(page) <= 0, page.url


def test_the_focus_is_seen_and_goes_down_the_page(shown):
    for page in shown():
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", page.url
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break  # at the end of a short page
            assert page.evaluate(RING), (page.url, page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))


def test_colours_that_the_system_forces_leave_marks_and_focus(open_page):
    page = open_page("/")
    page.emulate_media(forced_colors="active")
    case_of(page, "2-overlap-denied")
    mark = page.locator("mark.lit")
    page.locator(".criterion[data-facts]").first.click(position={"x": 5, "y": 5})
    mark.first.wait_for()
    lit = mark.first.evaluate("one => getComputedStyle(one).outlineStyle")
    assert lit == "solid"
    current = page.locator(".tabs [aria-current=page]").evaluate("one => getComputedStyle(one).borderBottomColor")
    other = page.locator(".case-head .tabs a:not([aria-current])").first.evaluate(
        "one => getComputedStyle(one).borderBottomColor"
    )
    assert current != other


def test_nothing_moves_for_those_who_want_no_motion(shown):
    for page in shown():
        assert page.evaluate(MOVES) == 0, page.url


def test_a_form_that_opens_takes_the_focus_and_gives_it_back(open_page):
    page = open_page("/")
    case_of(page, "2-overlap-denied")
    page.keyboard.press("f")
    page.locator("#edit form").wait_for()
    assert page.evaluate("document.activeElement.id") == "f-concept"
    page.locator("#edit [data-closes]").click()
    assert page.evaluate("document.activeElement.dataset.key") == "f"


def test_from_the_list_to_a_case_to_the_next_and_back(open_page):
    page = open_page("/")
    for example in ("1-overlap-question", "2-overlap-denied"):
        case_of(page, example)
        page.goto("/")
    page.goto("/work?sort=received")
    first, second = page.locator("[data-row]").evaluate_all("rows => rows.slice(0, 2).map((row) => row.id)")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/work/{first}")
    page.keyboard.press("J")
    page.wait_for_url(f"**/work/{second}")
    page.keyboard.press("c")
    page.wait_for_url(f"**/case/{second}")
    page.keyboard.press("K")
    page.wait_for_url(f"**/case/{first}")
    page.keyboard.press("u")
    page.wait_for_url(f"**/work?sort=received#{first}")
    page.locator(f"#{first} a:focus").wait_for()


@pytest.mark.parametrize("width", [390, 900, 1440])
def test_the_answer_stands_in_the_first_screen(open_page, width):
    page = open_page("/", width=width)
    at = case_of(page, "2-overlap-denied")
    for path, answer in (
        (at, ".block.lead .tone"),
        (f"{at}/patient", ".block.lead .tone"),
        (at.replace("/case/", "/work/"), ".outcome .verdict"),
    ):
        page.goto(path)
        top = page.locator(answer).first.bounding_box()["y"]
        assert top < 600, (path, top)
