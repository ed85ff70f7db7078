"""Whom a denial speaks of, by age: `adults only`, `our rule is 18 and older`, `not for patients younger than 4`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.quantity import Comparison, Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.plain_words import Plain, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.model.lexicon_denial import DenialWords
    from indicated.reading.scene import Scene

_NEAR, _OLDEST = 40, 99
_TURNED = {"<": ">=", ">=": "<"}


class Ages:
    """The words for ages compiled. Immutable after construction."""

    __slots__ = ("_limits", "_negates", "_whole")

    def __init__(self, words: DenialWords) -> None:
        self._whole = [(one.is_, tuple(map(plain, one.texts))) for one in words.ages]
        self._limits = [
            (one.sign, tuple(map(plain, one.before)), tuple(map(plain, one.after))) for one in words.age_limits
        ]
        self._negates = tuple(map(plain, words.absent))

    def of(self, scene: Scene, said: Plain, start: int, end: int) -> tuple[Comparison, ...]:
        """The limits of age that a span tells of, each once; one that it leaves out (`not for those under 4`) as what
        it keeps.
        """
        found = [limit for limit, texts in self._whole if said.has(texts)]
        return tuple(dict.fromkeys([*found, *self._told(scene, start, end)]))

    def _told(self, scene: Scene, start: int, end: int) -> Iterator[Comparison]:
        flat = scene.view.flat
        for number in scene.numbers_in(start, end):
            if number.kind is not NumberKind.PLAIN or number.low != number.high or not 1 <= number.low <= _OLDEST:
                continue
            before = Plain(flat, max(start, number.start - _NEAR), number.first).text
            after = Plain(flat, number.end, min(end, number.end + _NEAR)).text
            for sign, leads, follows in self._limits:
                told = any(before.endswith(f" {text} ") for text in leads) if leads else True
                if told and (any(after.startswith(f" {text} ") for text in follows) if follows else True):
                    left_out = sign == "<" and Plain(flat, start, number.first).has(self._negates)
                    yield Comparison(_TURNED[sign] if left_out else sign, Quantity(number.low, number.low, "a"))
                    break
