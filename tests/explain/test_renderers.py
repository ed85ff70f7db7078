"""Text, Markdown and HTML: the same article, safely, for a terminal, a file and a browser."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest

from indicated.explain.render import FORMATS, render
from indicated.explain.render.markdown import escape
from indicated.model.errors import Nonsense
from tests.explain import world

_VOID = {"meta", "br", "hr", "link", "img"}


def shown(form, **more):
    return render(world.answer(), form, world.book(), world.case(), **more)


class Page(HTMLParser):
    """Tags in order, checked to be closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text = [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("form", ["text", "md", "html", "markdown"])
def test_the_same_article_gives_the_same_characters(form):
    assert shown(form) == shown(form)


def test_an_unknown_format_is_refused():
    with pytest.raises(Nonsense, match=", ".join(FORMATS)):
        shown("docx")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal_but_for_a_word_that_is(width):
    for line in shown("text", width=width).splitlines():
        assert len(line) <= width or " " not in line.strip(), line


def test_text_has_no_escape_codes_unless_colour_is_asked_for():
    assert "\x1b" not in shown("text")
    coloured = shown("text", colour=True)
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == shown("text")


def test_text_shows_the_verdict_beside_each_criterion():
    assert re.search(r"^  not met +1a weakness: ", shown("text"), re.MULTILINE)


def test_markdown_takes_every_special_character_literally():
    assert escape("a|b *c* [d](e) <f> `g` #h \\i _j_") == r"a\|b \*c\* \[d\](e) \<f\> \`g\` \#h \\i \_j\_"


def test_markdown_has_one_table_row_for_each_criterion():
    rows = [line for line in shown("md").splitlines() if line.startswith("| ") and "not met" in line]
    assert len(rows) == 1
    assert rows[0].count("|") == 4


def test_html_is_well_formed_and_has_no_script():
    page = Page(shown("html"))
    assert page.all("html") == [{"lang": "en"}]
    assert not page.all("script")
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]


def test_html_headings_go_down_in_order():
    levels = [int(tag[1]) for tag, _ in Page(shown("html")).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_html_tables_name_their_rows_and_columns():
    page = Page(shown("html"))
    assert page.all("table")
    assert {attrs["scope"] for attrs in page.all("th")} == {"row", "col"}


def test_html_links_lead_to_something_on_the_page_or_to_an_address():
    page = Page(shown("html"))
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    for attrs in page.all("a"):
        assert attrs["href"].startswith("https://") or attrs["href"].removeprefix("#") in ids
    assert page.all("a")[0]["class"] == "skip"


def test_html_needs_nothing_from_elsewhere():
    page = Page(shown("html"))
    assert not page.all("link")
    assert not page.all("img")
    assert "url(" not in shown("html")
    assert "@import" not in shown("html")


def test_html_escapes_the_record():
    """The record holds markup; the page shows it and does not run it."""
    html = shown("html")
    assert "<dermatomyositis>" not in html
    assert "&lt;dermatomyositis&gt; &amp; more" in html
    assert "<dermatomyositis>" in Page(html).text


def test_html_unfolds_each_quote_in_its_place():
    page = Page(shown("html"))
    assert page.all("details")
    assert "note.txt, characters" in page.text
    assert "mark>70 g" not in shown("html")


def test_the_withheld_are_counted_on_every_rendering():
    from msgspec.structs import replace

    for form in ("text", "md", "html"):
        page = render(replace(world.answer(), withheld=2), form, world.book(), world.case())
        assert "none of their proofs: 2." in page
