"""What people do with the pages: ask, look up what an answer rests on, correct it, suppose; by keyboard too."""

from __future__ import annotations

import re
from pathlib import Path

from tests.browser.test_access import case_of

EXAMPLES = Path(__file__).parents[2] / "examples"
OVERLAP = EXAMPLES / "2-overlap-denied.txt"
POLICY = (EXAMPLES / "2-overlap-denied.policy.txt").read_text("utf-8")


def test_a_file_and_a_pasted_policy_are_answered(open_page):
    page = open_page()
    page.get_by_label(re.compile("^Files")).set_input_files(OVERLAP)
    page.locator("summary", has_text="Paste the plan's criteria").click()
    page.locator("#f-policy_text").fill(POLICY)
    page.get_by_role("button", name="Get the answer").click()
    page.wait_for_url("**/case/**")
    assert page.locator(".outcome").first.inner_text().split("\n")[-1] == "information needed"


def test_a_refusal_stands_beside_its_field_and_the_file_stays_chosen(open_page):
    page = open_page()
    page.get_by_label(re.compile("^Files")).set_input_files(OVERLAP)
    page.get_by_label(re.compile("^The plan's policy")).fill("no/such")
    page.get_by_role("button", name="Get the answer").click()
    page.locator("#w-policy").wait_for()
    assert page.evaluate("document.activeElement.id") == "f-policy"
    assert page.locator("#f-files").evaluate("input => input.files[0].name") == OVERLAP.name
    page.get_by_label(re.compile("^The plan's policy")).fill("")
    page.get_by_role("button", name="Get the answer").click()
    page.wait_for_url("**/case/**")


def test_a_criterion_lights_up_its_words_and_words_their_criteria(open_page):
    page = open_page()
    case_of(page, "2-overlap-denied")
    page.locator(".criterion", has_text="1.a").locator(".what").click()
    assert "".join(page.locator("mark.lit").all_inner_texts()) == "strength testing is 5/5"
    page.locator("mark", has_text="CK").first.click()
    lit = " ".join(page.locator(".criterion.lit .what").all_inner_texts())
    assert "1.b" in lit
    assert "1.a" not in lit
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


def test_criteria_are_walked_by_keys(open_page):
    page = open_page()
    case_of(page, "2-overlap-denied")
    for _ in range(2):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.querySelector('.what').textContent").startswith("1.a")
    assert "".join(page.locator("mark.lit").all_inner_texts()) == "strength testing is 5/5"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.querySelector('.what').textContent").startswith("1 ")


def test_without_javascript_a_link_leads_from_a_criterion_to_its_words_and_back(open_page):
    page = open_page(script=False)
    case_of(page, "2-overlap-denied")
    page.locator(".criterion", has_text="1.a").locator(".chip").first.click()
    number = page.url.split("#")[1]
    page.locator(f"#{number}").click()
    row = page.locator(f"#{page.url.split('#')[1]}")
    assert "1.a" in row.inner_text()
    row.get_by_role("link", name="1.a").click()
    assert page.locator(".criterion:target .what").inner_text().startswith("1.a")


def test_a_fact_is_added_and_the_page_says_what_that_changed(open_page):
    page = open_page()
    at = page.url
    page.locator("#f-text").fill(OVERLAP.read_text("utf-8"))
    page.get_by_role("button", name="Get the answer").click()
    page.wait_for_url("**/case/**")
    page.get_by_role("link", name="Add a fact").click()
    page.get_by_label("What it is about").press_sequentially("body wei")
    page.locator('#concepts option[value="body weight"]').wait_for(state="attached")
    page.get_by_label("What it is about").fill("body weight")
    page.get_by_label("Amount with its unit").fill("35 kg")
    page.get_by_label("On what it rests").last.fill("weighed today")
    page.get_by_role("button", name="Add and determine again").click()
    page.locator("#changed").wait_for()
    assert "body weight" in page.locator("#changed").inner_text()
    assert at != page.url


def test_switches_show_the_outcome_at_once_and_the_record_stays(open_page):
    page = open_page()
    case_of(page, "2-overlap-denied")
    before = page.locator(".outcome").first.inner_text()
    for name in ("anti-synthetase antibody positive", "myopathic changes on EMG", "muscle pain"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.locator("#supposed .verdict.met").first.wait_for()
    page.reload()
    assert page.locator(".outcome").first.inner_text() == before


def test_everything_works_without_javascript(open_page):
    page = open_page(script=False)
    page.locator("#f-text").fill(OVERLAP.read_text("utf-8"))
    page.get_by_role("button", name="Get the answer").click()
    assert "/case/" in page.url
    page.get_by_role("link", name="Add a fact").click()
    page.get_by_label("What it is about").fill("body weight")
    page.get_by_label("Amount with its unit").fill("35 kg")
    page.get_by_label("On what it rests").fill("weighed today")
    page.get_by_role("button", name="Add and determine again").click()
    assert "body weight" in page.locator("#changed").inner_text()


def test_the_theme_is_switched_and_kept(open_page):
    page = open_page()
    page.get_by_role("button", name="Switch to dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_nothing_is_loaded_from_elsewhere(open_page, served):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    case_of(page, "2-overlap-denied")
    assert asked
    assert [one for one in asked if not one.startswith(served)] == []
