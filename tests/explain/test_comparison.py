"""The comparison with other answers says what is true of ours today."""

from __future__ import annotations

import re

import pytest

from tests.explain.test_examples import NAMES, text
from tests.explain.world import ROOT

PAGE = (ROOT / "docs/explanation/comparison.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d) \| ([^|]+) \| ([a-z_]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)


def test_every_case_has_rows():
    assert {row[0] for row in ROWS} == {"1", "2", "3", "4", "5"}
    assert len(ROWS) > 30


@pytest.mark.parametrize(("case", "point", "section", "words"), ROWS)
def test_what_the_page_says_of_our_answer_stands_in_it(case, point, section, words):
    name = next(one for one in NAMES if one.startswith(f"{case}-"))
    assert words.strip().lower() in text(name, section).lower(), point
