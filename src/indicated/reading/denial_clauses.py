"""The clauses of a sentence that gives more than one reason: `the notes show no weakness, and no steroid was tried`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicated.reading.plain_words import Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from indicated.model.denial import DenialKind


class Clauses:
    """The words that join clauses, compiled. Immutable after construction."""

    __slots__ = ("_joint",)

    def __init__(self, joints: Iterable[str]) -> None:
        words = "|".join(map(re.escape, joints))
        self._joint = re.compile(rf"(?:[,;.]? (?:{words})\b)+,? ?|; ?" if words else r"; ?")

    def of(
        self, flat: str, start: int, end: int, kinds: Callable[[Plain, int, int], Collection[DenialKind]]
    ) -> list[tuple[int, int]]:
        """The spans of a sentence that give reasons of different kinds each by itself; else the sentence whole."""
        found: list[tuple[int, int]] = []
        begin = start
        for joint in self._joint.finditer(flat, start, end):
            left = set(kinds(Plain(flat, begin, joint.start()), begin, joint.start()))
            right = set(kinds(Plain(flat, joint.end(), end), joint.end(), end)) if left else left
            if left and right and not left & right:
                found.append((begin, joint.start()))
                begin = joint.end()
        return [*found, (begin, end)]
