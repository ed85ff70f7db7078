"""Cues in a text, and which of them reach a given span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from indicated.model.concept import Kind
from indicated.model.lexicon import CueRule, Direction
from indicated.reading.scene import Sentence
from indicated.reading.view import View, fold, lower

_QUIET = (Direction.MASK, Direction.STOP)


class CueSeen(NamedTuple):
    """A rule whose words stand at `start` to `end` of the flat text."""

    start: int
    end: int
    rule: CueRule


class Reach(NamedTuple):
    """A cue that reaches a span, and from how many characters away."""

    cue: CueSeen
    distance: int


class Ready(NamedTuple):
    """A cue with the ends of its reach: what it reaches ends after `low` and starts before `high`."""

    cue: CueSeen
    low: int
    high: int


class Cues:
    """The cue rules compiled."""

    __slots__ = ("_automaton", "_owners")

    def __init__(self, rules: Iterable[CueRule]) -> None:
        owners: dict[str, list[CueRule]] = {}
        for rule in rules:
            for text in rule.texts:
                owners.setdefault(lower(fold(text)), []).append(rule)
        self._owners = list(owners.values())
        self._automaton = AhoCorasick(list(owners) or ["\0"])

    def find(self, view: View) -> list[CueSeen]:
        """Every cue in order of position, overlapping ones too."""
        text = view.flat
        found = [
            CueSeen(start, end, rule)
            for at, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (start and text[start - 1].isalnum() and text[start].isalnum())
            and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
            for rule in self._owners[at]
        ]
        found.sort(key=lambda cue: (cue.start, -cue.end))
        return found


def effective(cues: Sequence[CueSeen], sentence: Sentence, flat: str) -> list[Ready]:
    """The cues of one sentence that count, with their reach: none inside a mask or inside a longer cue, and of two
    that overlap the one that looks forward. `at_end` cues only before punctuation or the end."""
    longest: list[CueSeen] = []
    for cue in cues:
        if cue.rule.at_end and flat[cue.end : sentence.end].lstrip(" \"')]")[:1].isalnum():
            continue
        if not (longest and _hidden(cue, longest)):
            longest.append(cue)
    stops = [cue for cue in longest if cue.rule.direction is Direction.STOP]
    return [
        Ready(cue, _low(cue, stops, sentence), _high(cue, stops, sentence))
        for at, cue in enumerate(longest)
        if cue.rule.direction not in _QUIET
        and cue.rule.sets
        and not (cue.rule.direction is Direction.BACKWARD and at + 1 < len(longest) and _cuts(cue, longest[at + 1]))
    ]


def _low(cue: CueSeen, stops: Sequence[CueSeen], sentence: Sentence) -> int:
    """Where the last stop that the cue heeds starts, before the cue."""
    for stop in reversed(stops[: bisect_left(stops, cue.start, key=lambda one: one.start)]):
        if stop.end <= cue.start and stop.rule.group in cue.rule.stops_at:
            return stop.start
    return sentence.start - 1


def _high(cue: CueSeen, stops: Sequence[CueSeen], sentence: Sentence) -> int:
    """Where the first stop that the cue heeds ends, after the cue."""
    for stop in stops[bisect_left(stops, cue.end, key=lambda one: one.start) :]:
        if stop.rule.group in cue.rule.stops_at:
            return stop.end
    return sentence.end + 1


def _hidden(cue: CueSeen, earlier: list[CueSeen]) -> bool:
    """Whether an earlier, longer cue contains this one."""
    for other in reversed(earlier[-4:]):
        longer = other.end - other.start > cue.end - cue.start
        if longer and other.start <= cue.start and cue.end <= other.end:
            return other.rule.direction is not Direction.SENTENCE or cue.rule.direction is Direction.SENTENCE
    return False


def _cuts(cue: CueSeen, after: CueSeen) -> bool:
    return after.rule.direction is Direction.FORWARD and cue.start < after.start < cue.end < after.end


def reaching(ready: Sequence[Ready], start: int, end: int, flat: str, kind: Kind | None) -> list[Reach]:
    """The cues whose words reach the span, none of them inside it."""
    found: list[Reach] = []
    for cue, low, high in ready:
        rule = cue.rule
        if rule.kinds and kind is not None and kind not in rule.kinds:
            continue
        direction = rule.direction
        if direction is Direction.SENTENCE:
            found.append(Reach(cue, _apart(cue, start, end)))
        elif cue.end <= start:
            if direction is not Direction.BACKWARD and start < high and _near(flat, cue.end, start, rule.words):
                found.append(Reach(cue, start - cue.end))
        elif end <= cue.start and direction is not Direction.FORWARD and end > low and _near(flat, end, cue.start, rule.words):
            found.append(Reach(cue, cue.start - end))
    return found


def _apart(cue: CueSeen, start: int, end: int) -> int:
    return max(cue.start - end, start - cue.end, 0)


def _near(flat: str, start: int, end: int, words: int) -> bool:
    return not words or flat.count(" ", start, end) <= words
