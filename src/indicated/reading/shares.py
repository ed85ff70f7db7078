"""How many of a number of things are so: `protective in 5 of 23 serotypes`, `22% of serotypes were protective`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Polarity
from indicated.model.fact import Fact, Quoted
from indicated.model.quantity import Quantity
from indicated.reading.facts import holds
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.lexicon_measures import Share
    from indicated.reading.numbers import Number
    from indicated.reading.phrases import Spoken
    from indicated.reading.scene import Scene, Sentence

T = TypeVar("T")
_OF = lazily(r" (?:out )?of (?:the |all )?")
_SHARE = lazily(r" ?(?:%|percent)")
_REACH = 48
"""Characters between the figures and what is counted: a few words (`of 23 tested pneumococcal serotypes`)."""
_CLAUSE = lazily(r"[;:.,(]|\bbut\b|\band\b")
_PERCENT = Decimal(100)
_EXACT = Decimal("0.1")


class _Part(Struct, frozen=True):
    """A share in percent, told at `start` to `end`."""

    percent: Decimal
    start: int
    end: int


class Shares:
    """The words compiled. Immutable after construction."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Iterable[Share]) -> None:
        self._rules = [
            (
                rule,
                Phrases((word, word) for word in rule.of),
                Phrases([*((word, True) for word in rule.words), *((word, False) for word in rule.contrary)]),
                Phrases((word, word) for word in rule.before),
                Phrases((word, word) for word in rule.after),
            )
            for rule in rules
        ]

    def find(self, scene: Scene) -> Iterator[Fact]:
        """A fact for each share told, in percent to one decimal, and one for what it says outright."""
        flat, words = scene.view.flat, scene.view.words
        for rule, things, saying, before, after in self._rules:
            counted = things.everywhere(flat, words)
            numbers = dict.fromkeys(scene.judge.sentence_at(one.start) for one in counted.within(0, len(flat)))
            if not numbers:
                continue
            said, earlier = saying.everywhere(flat, words), before.everywhere(flat, words)
            later = {scene.judge.sentence_at(one.start) for one in after.find(flat, words)}
            for number in numbers:
                sentence = scene.sentences[number]
                span = sentence.start, sentence.end
                for part in _parts(scene, sentence):
                    thing, word = _nearest(counted.within(*span), part), _nearest(said.within(*span), part)
                    if thing is None or word is None or _gap(thing, part) > _REACH:
                        continue
                    leading = earlier.within(sentence.start, part.start)
                    if any(_CLAUSE.search(flat, one.end, part.start) is None for one in leading):
                        continue
                    share = part.percent if word.meaning else _PERCENT - part.percent
                    told = _told(scene, rule.concept, share, (part, thing, word))
                    if told is not None:
                        yield told
                        if number in later or number - 1 in later:
                            means = (one.means for one in rule.says if one.low <= share < one.high)
                            yield from (Fact(one, told.sources, told.assertion) for one in means)


def _told(scene: Scene, concept: str, share: Decimal, ends: tuple[_Part, Spoken[str], Spoken[bool]]) -> Fact | None:
    """The share as a fact. A share of nothing is a share too: `not` is one of the words that tell it."""
    start, end = min(one.start for one in ends), max(one.end for one in ends)
    judged = replace(scene.judge.judge(start, end), polarity=Polarity.PRESENT)
    if not holds(judged):
        return None
    return Fact(concept, (Quoted(scene.passage(start, end)),), judged, value=_percent(share))


def _percent(share: Decimal) -> Quantity:
    return Quantity.of(Decimal(f"{share.quantize(_EXACT, ROUND_HALF_UP).normalize():f}"), "%")


def _parts(scene: Scene, sentence: Sentence) -> Iterator[_Part]:
    """The shares that a sentence tells: `5 of 23`, `5/23`, `22%`."""
    flat = scene.view.flat
    numbers: Sequence[Number] = scene.numbers_in(sentence.start, sentence.end)
    for at, one in enumerate(numbers):
        if one.kind is NumberKind.SCORE and one.low <= one.high and one.high:
            yield _Part(_PERCENT * one.low / one.high, one.first, one.end)
        elif one.kind is NumberKind.PLAIN and one.low == one.high and not one.sign:
            percent = _SHARE.match(flat, one.end)
            whole = numbers[at + 1] if at + 1 < len(numbers) else None
            if percent is not None and one.low <= _PERCENT:
                yield _Part(one.low, one.first, percent.end())
            elif whole is not None and _OF.fullmatch(flat, one.end, whole.first) and one.low <= whole.low == whole.high:
                yield _Part(_PERCENT * one.low / whole.low, one.first, whole.end)


def _gap(one: Spoken[T], part: _Part) -> int:
    return max(one.start - part.end, part.start - one.end, 0)


def _nearest(found: Iterable[Spoken[T]], part: _Part) -> Spoken[T] | None:
    return min(found, key=lambda one: _gap(one, part), default=None)
