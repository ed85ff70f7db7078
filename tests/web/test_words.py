"""What pages say are phrases of the content: each one named is there, each one there is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicated.workflow.assess import current

WEB = Path(__file__).parents[2] / "src/indicated/web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SAID = "\n".join(file.read_text("utf-8") for file in (*TEMPLATES, *sorted(WEB.rglob("*.py"))))
NAMED = set(re.findall(r"\bt\(\s*['\"]([\w.-]+)['\"]", SAID)) | set(re.findall(r"\"web\.([\w.-]+)\"", SAID))
FAMILIES = set(re.findall(r"\bt\(\s*f?['\"]([\w.-]+\.)['\"{]", SAID))
PHRASES = {one.removeprefix("web.") for one in current().phrases if one.startswith("web.")}
NO_WORDS = re.compile(
    r"\{#.*?#\}|\{%-?\s*block (?:width|lang) %\}.*?\{% endblock %\}|\{% set \w+ %\}.*?\{% endset %\}|<kbd>.*?</kbd>"
    r"|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|[\w-]+=\"[^\"]*\"|&\w+;",
    re.DOTALL,
)
"""What in a template is not shown as words: comments, code, tags and their parts, the names of keys."""


def named(file):
    return f"{file.parent.name}-{file.stem}"


def test_every_phrase_that_a_page_names_exists():
    assert sorted({one for one in NAMED if not one.endswith(".")} - PHRASES) == []


def test_every_phrase_of_the_pages_is_named():
    unnamed = {one for one in PHRASES - NAMED if not any(one.startswith(family) for family in FAMILIES)}
    assert sorted(unnamed) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_has_no_words_of_its_own(template):
    assert re.findall(r"[A-Za-z]{2,}", NO_WORDS.sub(" ", template.read_text("utf-8"))) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline(template):
    text = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", text)
