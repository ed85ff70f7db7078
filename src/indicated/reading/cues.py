"""Cues in a text, and which of them reach a given span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from indicated.model.buckets import Buckets, Encoded
from indicated.model.concept import Kind
from indicated.model.cue_index import CueIndex
from indicated.model.lexicon_cues import CueRule, Direction
from indicated.reading.named_cues import Names
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Heads
from indicated.reading.scene import Sentence
from indicated.reading.view import View

_NEAREST = 40
_MARKS = " -*#>\"'(["
_CELL_ENDS = lazily(r"[ .*_):]*(?:\||\n|$)")
_LONGEST_CELL = 120
_TESTS = frozenset((Kind.STUDY, Kind.IMAGING, Kind.ANTIBODY))
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

    __slots__ = ("_heads", "_index", "_owners", "_rules")

    def __init__(self, index: CueIndex) -> None:
        self._index = index
        self._rules: dict[int, CueRule] = {}
        self._owners: dict[str, list[CueRule]] = {}
        self._heads = Heads(Buckets(index.heads), index.signs, self._phrases_of)

    def _phrases_of(self, stored: Encoded) -> Iterable[str]:
        phrases = self._index.phrases_of(stored)
        self._owners.update((phrase, [self._rule(number) for number in numbers]) for phrase, numbers in phrases.items())
        return phrases

    def _rule(self, number: int) -> CueRule:
        known = self._rules.get(number)
        if known is None:
            known = self._rules[number] = self._index.rule(number)
        return known

    def find(self, view: View) -> list[CueSeen]:
        """Every cue in order of position, overlapping ones too."""
        text = view.flat
        size = len(text)
        found: list[CueSeen] = []
        for start, lengths in self._heads.places(text, view.words):
            for length in lengths:
                rules = self._owners.get(text[start : start + length])
                end = start + length
                if rules and end <= size and not (end < size and text[end].isalnum() and text[end - 1].isalnum()):
                    found += [CueSeen(start, end, rule) for rule in rules]
        found.sort(key=lambda cue: (cue.start, -cue.end))
        return found


class Effective(Struct, frozen=True):
    """The cues of one sentence that count: those of the whole sentence, once for each rule, and the others in order.

    `settled`: they say the same of every span of a kind.
    """

    whole: Sequence[Ready]
    placed: Sequence[Ready]
    starts: Sequence[int]
    settled: bool

    def near(self, start: int) -> Iterator[Ready]:
        """The cues that may reach a span at `start`: a bounded number on each side, so that time stays linear."""
        at = bisect_left(self.starts, start)
        yield from self.whole
        yield from self.placed[max(0, at - _NEAREST) : at + _NEAREST]


def effective(cues: Sequence[CueSeen], sentence: Sentence, flat: str, names: Names | None = None) -> Effective:
    """The cues of one sentence that count, with their reach: none inside a mask or inside a longer cue, and of two
    that overlap the one that looks forward. `at_end` cues only before punctuation or the end. `names` are the names of
    concepts that some cues speak of alone.
    """
    longest: list[CueSeen] = []
    for cue in cues:
        if cue.rule.at_end and flat[cue.end : sentence.end].lstrip(" \"')]")[:1].isalnum():
            continue
        if cue.rule.at_start and flat[sentence.body : cue.start].strip(_MARKS):
            continue
        if not (longest and _hidden(cue, longest)):
            longest.append(cue)
    stops = [cue for cue in longest if cue.rule.direction is Direction.STOP]
    at_stops = [stop.start for stop in stops]
    whole: dict[str, Ready] = {}
    placed: list[Ready] = []
    for at, cue in enumerate(longest):
        direction = cue.rule.direction
        if direction in _QUIET or not cue.rule.sets or ("polarity" in cue.rule.sets and _masked(cue, longest, at)):
            continue
        if direction is Direction.SENTENCE:
            whole.setdefault(cue.rule.id, Ready(cue, 0, 0))
        elif not (direction is Direction.BACKWARD and at + 1 < len(longest) and _cuts(cue, longest[at + 1])):
            low = _low(cue, stops, at_stops, sentence)
            if names is not None and cue.rule.alone:
                low = max(low, names.reached_back(cue.rule, cue.start, sentence.start) or 0)
            placed.append(Ready(cue, low, _high(cue, stops, at_stops, sentence)))
    return Effective(
        tuple(whole.values()), placed, [one.cue.start for one in placed], not placed and _settled(whole.values())
    )


def _settled(whole: Iterable[Ready]) -> bool:
    """Whether cues of a whole sentence say the same wherever a span stands: no two of one rank set the same axis."""
    seen: set[tuple[str, int]] = set()
    for ready in whole:
        for axis in ready.cue.rule.sets:
            if (axis, ready.cue.rule.rank) in seen:
                return False
            seen.add((axis, ready.cue.rule.rank))
    return True


def _low(cue: CueSeen, stops: Sequence[CueSeen], starts: Sequence[int], sentence: Sentence) -> int:
    """Where the last stop that the cue heeds starts, before the cue."""
    before = bisect_left(starts, cue.start)
    for stop in reversed(stops[max(0, before - _NEAREST) : before]):
        if stop.end <= cue.start and stop.rule.group in cue.rule.stops_at:
            return stop.start
    return sentence.start - 1


def _high(cue: CueSeen, stops: Sequence[CueSeen], starts: Sequence[int], sentence: Sentence) -> int:
    """The place after that where the first stop that the cue heeds starts, after the cue."""
    after = bisect_left(starts, cue.end)
    for stop in stops[after : after + _NEAREST]:
        if stop.rule.group in cue.rule.stops_at:
            return stop.start + 1
    return sentence.end + 1


def _hidden(cue: CueSeen, earlier: list[CueSeen]) -> bool:
    """Whether an earlier, longer cue contains this one."""
    for other in reversed(earlier[-4:]):
        longer = other.end - other.start > cue.end - cue.start
        spares = other.rule.direction is Direction.STOP and cue.rule.group != other.rule.group
        if longer and not spares and other.start <= cue.start and cue.end <= other.end:
            return other.rule.direction is not Direction.SENTENCE or cue.rule.direction is Direction.SENTENCE
    return False


def _masked(cue: CueSeen, cues: Sequence[CueSeen], at: int) -> bool:
    """Whether the cue's last words begin a mask, or words that look back: in `has not improved` the `has not` denies
    nothing, and in `was not seen` the `was not` denies nothing that follows.
    """
    takes = (Direction.MASK, Direction.BACKWARD) if cue.rule.direction is Direction.FORWARD else (Direction.MASK,)
    for other in cues[at + 1 : at + 6]:
        if other.start >= cue.end:
            return False
        if other.rule.direction in takes and other.start > cue.start and other.end > cue.end:
            return True
    return False


def _cuts(cue: CueSeen, after: CueSeen) -> bool:
    return after.rule.direction is Direction.FORWARD and cue.start < after.start < cue.end < after.end


def reaching(ready: Iterable[Ready], start: int, end: int, flat: str, kind: Kind | None) -> list[Reach]:
    """The cues whose words reach the span, none of them inside it. A span of no known kind is taken for no test."""
    found: list[Reach] = []
    for cue, low, high in ready:
        rule = cue.rule
        if rule.kinds and (_TESTS.issuperset(rule.kinds) if kind is None else kind not in rule.kinds):
            continue
        direction = rule.direction
        if direction is Direction.SENTENCE:
            found.append(Reach(cue, _apart(cue, start, end)))
        elif cue.end <= start:
            near = direction is not Direction.BACKWARD and start < high and _near(flat, cue.end, start, rule.words)
            if near and not _parted(flat, cue, cue.end, start):
                found.append(Reach(cue, start - cue.end))
        elif cue.start < start < cue.end <= end:
            # `no evidence of` before `evidence of demyelination`: the two share words.
            if direction is not Direction.BACKWARD:
                found.append(Reach(cue, 0))
        elif (
            end <= cue.start
            and direction is not Direction.FORWARD
            and end > low
            and _near(flat, end, cue.start, rule.words)
            and not _parted(flat, cue, end, cue.start)
        ):
            found.append(Reach(cue, cue.start - end))
    return found


def _parted(flat: str, cue: CueSeen, after: int, before: int) -> bool:
    """Whether a bar between two cells stands from `after` to `before`, and parts the cue from what it would reach:
    words that begin a cell of their own speak of the cells before it, and of those after it when they fill it
    (`| Fever | No |`, `| Denies | fever |`).
    """
    if flat.find("|", after, before) < 0:
        return False
    if cell_before(flat, cue.start).strip(_MARKS):
        return True
    return cue.end == after and _CELL_ENDS.match(flat, cue.end) is None


def cell_before(flat: str, at: int) -> str:
    """What stands before a place in its cell or line."""
    floor = max(0, at - _LONGEST_CELL)
    return flat[max(flat.rfind("|", floor, at) + 1, flat.rfind("\n", floor, at) + 1, floor) : at]


def _apart(cue: CueSeen, start: int, end: int) -> int:
    return max(cue.start - end, start - cue.end, 0)


def _near(flat: str, start: int, end: int, words: int) -> bool:
    return not words or flat.count(" ", start, end) <= words
