"""Which sentence leads the list that a sentence stands in: what it says (`She denies:`) it says of every item."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.reading.scene import Sentence

_LONGEST_LIST = 60


def leads(flat: str, sentences: Sequence[Sentence]) -> dict[int, int]:
    """The number of the leading sentence for each sentence of a list. A list follows a sentence that ends in a colon;
    it goes on with items, and with other lines up to a blank one.
    """
    found: dict[int, int] = {}
    lead: int | None = None
    for number, sentence in enumerate(sentences):
        if lead is not None and (number - lead > _LONGEST_LIST or _ends_list(flat, sentence)):
            lead = None
        if lead is not None:
            found[number] = lead
        if _leads(flat, sentence):
            lead = number
    return found


def _leads(flat: str, sentence: Sentence) -> bool:
    """Whether a sentence ends in a colon, and is more than a heading that is known."""
    colon = flat[max(sentence.start, sentence.end - 4) : sentence.end].rstrip().endswith(":")
    return colon and (bool(sentence.label) or bool(flat[sentence.body : sentence.end].strip()))


def _ends_list(flat: str, sentence: Sentence) -> bool:
    """Whether a line is no part of the list before it: it has a heading of its own, or stands apart and is no item."""
    begins = sentence.start == 0 or flat[sentence.start - 1] == "\n"
    if not begins or sentence.item:
        return False
    apart = flat.startswith("\n\n", max(0, sentence.start - 2))
    return apart or sentence.body > sentence.start
