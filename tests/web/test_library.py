"""The library: everything in a release can be found, read with its sources, and held beside another version."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from indicated.workflow.assess import current
from indicated.workflow.library.catalogue import Shelf, catalogue
from tests.web.site import Visitor


@pytest.fixture(scope="module")
def visitor():
    return Visitor(per_minute=1_000_000)


def address(card):
    return f"/library/{card.shelf.value}/{quote(card.key)}"


def of(shelf):
    return [card for card in catalogue(current()).cards if card.shelf is shelf]


@pytest.mark.parametrize("shelf", [*Shelf])
def test_everything_of_a_kind_has_a_page(visitor, shelf):
    for card in of(shelf)[::5]:
        assert visitor.see(address(card)).status_code == 200, card.key


def test_words_and_kind_narrow_what_is_found(visitor):
    card = of(Shelf.STANDARD)[0]
    words = quote(card.title)
    page = visitor.see(f"/library?q={words}&kind=standard").text
    assert address(card) in page
    assert address(card) not in visitor.see(f"/library?q={words}&kind=law").text
    assert "Nothing holds all of these words" in visitor.see("/library?q=qqqqq").text


def test_only_the_list_is_sent_where_only_it_is_asked_for(visitor):
    part = visitor.see("/library?kind=law", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "/library/law/" in part


def test_a_source_names_what_rests_on_it_and_leads_out(visitor):
    listed = catalogue(current())
    card = next(one for one in listed.cards if one.shelf is Shelf.EVIDENCE and listed.citing(one.key))
    page = visitor.see(address(card)).text
    assert address(listed.citing(card.key)[0]) in page


def test_every_source_of_a_standard_leads_out_or_says_that_it_was_not_verified(visitor):
    for card in of(Shelf.STANDARD)[::10]:
        page = visitor.see(address(card)).text
        sources = page.split('<ol class="sources">')[1].split("</ol>")[0].split("<li ")[1:]
        assert sources
        for one in sources:
            assert 'href="http' in one or "not verified" in one or "/library/evidence/" in one


def test_what_was_written_from_memory_is_marked(visitor):
    card = next(one for one in of(Shelf.EVIDENCE) if one.recalled)
    assert "from memory, not verified" in visitor.see(address(card)).text


def test_policies_with_a_condition_in_common_name_each_other(visitor):
    listed = catalogue(current())
    card = next(one for one in of(Shelf.POLICY) if listed.sharing(one, Shelf.POLICY))
    other = listed.sharing(card, Shelf.POLICY)[0]
    assert address(other) in visitor.see(address(card)).text


def test_two_policies_stand_side_by_side(visitor):
    one, other = of(Shelf.POLICY)[:2]
    page = visitor.see(f"/library/compare?a={quote(one.key)}&b={quote(other.key)}").text
    assert "clauses differ" in page
    assert page.count('<tr class="clause') >= 2
    alike = visitor.see(f"/library/compare?a={quote(one.key)}&b={quote(one.key)}").text
    assert ">0 of " in alike


@pytest.mark.parametrize(
    "path", ["/library/standard/none", "/library/policy/none", "/library/nothing/x", "/library/compare?a=x&b=y"]
)
def test_what_is_not_there_is_said_in_a_line(visitor, path):
    assert visitor.see(path).status_code == 404
