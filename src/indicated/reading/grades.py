"""Findings graded out of a full mark: `strength 5/5` is no weakness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.assertion import Polarity
from indicated.reading.numbers import NumberKind
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.lexicon import Grade
    from indicated.reading.scene import Scene


class Graded(Struct, frozen=True):
    """A finding graded: absent at the full mark, else present."""

    concept: str
    polarity: Polarity
    start: int
    end: int


class Grades:
    """The graded findings compiled."""

    __slots__ = ("_full", "_words")

    def __init__(self, grades: Iterable[Grade]) -> None:
        listed = tuple(grades)
        meanings: dict[str, list[Grade]] = {}
        for grade in listed:
            for word in grade.words:
                meanings.setdefault(word, []).append(grade)
        self._words: Phrases[list[Grade]] = Phrases(meanings.items())
        self._full: Phrases[Grade] = Phrases((word, grade) for grade in listed for word in grade.full)

    def find(self, scene: Scene) -> list[Graded]:
        """Every graded finding; within one sentence the lowest mark speaks, unless it says the full mark only."""
        marks: dict[tuple[int, str], list[Graded]] = {}
        flat = scene.view.flat
        for word in self._words.find(flat, scene.view.words):
            number = scene.judge.sentence_at(word.start)
            sentence = scene.sentences[number]
            near = scene.numbers_in(max(sentence.start, word.start - 12), min(sentence.end, word.end + 60))
            for score in near:
                for grade in word.meaning if score.kind is NumberKind.SCORE else ():
                    if score.high == grade.out_of:
                        polarity = Polarity.ABSENT if score.low == score.high else Polarity.PRESENT
                        first, last = min(word.start, score.first), max(word.end, score.end)
                        marks.setdefault((number, grade.concept), []).append(
                            Graded(grade.concept, polarity, first, last)
                        )
        for full in self._full.find(flat, scene.view.words):
            number = scene.judge.sentence_at(full.start)
            denied = scene.judge.judge(full.start, full.end).polarity is Polarity.ABSENT
            marks.setdefault((number, full.meaning.concept), []).append(
                Graded(full.meaning.concept, Polarity.PRESENT if denied else Polarity.ABSENT, full.start, full.end)
            )
        return [_spokesman(group) for group in marks.values()]


def _spokesman(group: list[Graded]) -> Graded:
    lower = [one for one in group if one.polarity is Polarity.PRESENT]
    return (lower or group)[0]
