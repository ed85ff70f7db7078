"""The side of the body that a mention is said to be on."""

from __future__ import annotations

import pytest

from indicated.model.text import Document
from indicated.reading.sides import Sides

from .content import lexicon, reader

SAID = [
    ("Right hand weakness since May.", "finding.hand_weakness", "right"),
    ("She has left-sided numbness.", "finding.numbness", "left"),
    ("Weakness of the right arm.", "finding.weakness", "right"),
    ("Bilateral numbness was found.", "finding.numbness", "both"),
    ("Numbness in both legs.", "finding.numbness", "both"),
    ("Weakness was left untreated.", "finding.weakness", None),
    ("A right-handed man with weakness.", "finding.weakness", None),
    ("Pain in the left knee, weakness throughout.", "finding.weakness", None),
    ("Weakness, and a scar on the left arm.", "finding.weakness", None),
    ("No rash.", "finding.rash", None),
]


@pytest.mark.parametrize(("text", "concept", "side"), SAID)
def test_a_mention_is_on_the_side_that_its_words_say(text: str, concept: str, side: str | None):
    scene = reader().scene(Document("text", text))
    seen = next(one for one in scene.seen if one.concept == concept)
    assert Sides(lexicon().sides).of(scene, seen) == side
