"""Every normalised heading is one of ours."""

from __future__ import annotations

import pytest

from indicated.model.text import Document
from tests.reading.content import reader

from .mtsdialog import OURS, SECTIONS, sections, under_its_heading


def section_ids(text: str) -> list[str | None]:
    scene = reader().scene(Document("text", text))
    return [one.section.id if one.section is not None else None for one in scene.sentences]


@pytest.mark.parametrize("heading", OURS)
def test_a_normalised_heading_opens_our_section(heading: str):
    assert section_ids(f"{heading}\nSome words.")[-1] in OURS[heading]


@pytest.mark.skipif(not SECTIONS.exists(), reason="the MTS-Dialog sections are not in this checkout")
def test_nearly_every_section_text_stays_under_its_heading():
    told = sections()
    assert len(told) > 600
    assert sum(under_its_heading(one, section_ids) for one in told) >= 0.95 * len(told)
