"""The concepts that a text names, as reading finds them; the importer of pasted policies asks for nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from indicated.model.lexicon import Lexicon
from indicated.model.text import Document
from indicated.reading.reader import reader_for


def recogniser(lexicon: Lexicon) -> Callable[[str], Iterable[Sequence[object]]]:
    """A function that gives `(start, end, concept id)` for each concept named in a text, in order of position."""
    reader = reader_for(lexicon)

    def recognise(text: str) -> Iterable[Sequence[object]]:
        scene = reader.scene(Document("policy", text))
        return [(*scene.view.span(one.start, one.end), one.concept) for one in scene.seen]

    return recognise
