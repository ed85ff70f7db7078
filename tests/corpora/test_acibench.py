"""Sentences of whole visit notes stand under the right sections."""

from __future__ import annotations

import pytest

from indicated.model.text import Document
from tests.reading.content import reader

from .acibench import NOTES, notes, share_right

pytestmark = pytest.mark.skipif(not NOTES.exists(), reason="the ACI-BENCH notes are not in this checkout")


def sectioned(text: str) -> list[tuple[int, int, str | None]]:
    scene = reader().scene(Document("text", text))
    return [
        (*scene.view.span(one.start, one.end), one.section.id if one.section is not None else None)
        for one in scene.sentences
    ]


def test_nearly_every_sentence_stands_under_a_section_of_its_part():
    shares = share_right(notes(), sectioned)
    assert shares["all"] >= 0.97
    assert min(shares.values()) >= 0.9
