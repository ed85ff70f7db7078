"""Cues are looked for in lean text; every span found there leads back to the very words."""

from __future__ import annotations

import pytest

from indicated.model.text import Document
from indicated.reading.therapy_lean import Leaner
from indicated.reading.view import View
from tests.reading.told_of_treatment import lexicon


def _leaner() -> Leaner:
    words = lexicon().therapy
    assert words is not None
    return Leaner(words)


def _lean(text: str) -> str:
    view = View(Document("text", text))
    return _leaner().lean(view.flat, [(0, len(view.flat))]).text.rstrip("\n")


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("It gave her no real relief.", "it gave {bad}."),
        ("Stopped because of nausea and severe headaches.", "stopped {cause} {adverse}."),
        ("They weren't helpful for 3 months.", "they was not helpful for # months."),
        ("Raised ALT, LFTs up.", "{adverse}."),
    ],
)
def test_fillers_fall_away_and_one_word_stands_for_many(text: str, lean: str) -> None:
    assert _lean(text) == lean


def test_a_span_of_lean_text_leads_back_to_its_words() -> None:
    view = View(Document("text", "She stopped it because of very severe nausea in May."))
    lean = _leaner().lean(view.flat, [(0, len(view.flat))])
    start = lean.text.index("{cause} {adverse}")
    first, last = lean.span(start, start + len("{cause} {adverse}"))
    assert view.flat[first:last] == "because of very severe nausea"


def test_every_cue_is_written_lean() -> None:
    """A cue with a filler word in it could never be found."""
    words = lexicon().therapy
    assert words is not None
    fat = {text: lean for cue in words.cues for text in cue.texts if (lean := _lean(text)) != text.rstrip("\n")}
    assert fat == {}


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("Poor response.", "{bad}."),
        ("The response was poor.", "{bad}."),
        ("ALT raised.", "{adverse}."),
        ("The creatinine climbed.", "{adverse}."),
        ("Response awaited.", "response awaited."),
    ],
)
def test_pairs_are_said_in_either_order(text: str, lean: str) -> None:
    assert _lean(text) == lean
