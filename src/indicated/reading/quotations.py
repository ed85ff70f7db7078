"""Quotations that go over several sentences: which sentences stand inside one, and where it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.reading.scene import Sentence

_MARK, _MOST = '"', 16


class Opened(NamedTuple):
    """The number of the sentence in which a quotation opens, and the place of its mark."""

    sentence: int
    at: int


def quotations(flat: str, sentences: Sequence[Sentence]) -> dict[int, Opened]:
    """The sentences that begin inside a quotation, with its opening. A mark after a figure is one of inches; what does
    not close within its paragraph is no quotation.
    """
    found: dict[int, Opened] = {}
    if _MARK not in flat:
        return found
    opened: Opened | None = None
    inside: list[int] = []
    for number, sentence in enumerate(sentences):
        if opened is not None and (len(inside) > _MOST or "\n\n" in flat[opened.at : sentence.start]):
            opened, inside = None, []
        if opened is not None:
            inside.append(number)
        at = flat.find(_MARK, sentence.start, sentence.end)
        while at >= 0:
            if opened is not None:
                found.update(dict.fromkeys(inside, opened))
                opened, inside = None, []
            elif not flat[at - 1 : at].isdigit():
                opened, inside = Opened(number, at), []
            at = flat.find(_MARK, at + 1, sentence.end)
    return found
