"""Cues beside the names of concepts: words that are part of a name, and words that speak of what is named before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.assertion import Voice
from indicated.model.concept import Kind
from indicated.model.lexicon_cues import Direction
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_cues import CueRule

_TESTS = frozenset((Kind.LAB, Kind.ANTIBODY, Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY, Kind.SCALE))
_LEADS = lazily(r"[ :=-]*(?:[a-z'-]+[ :=-]+){0,3}")
_LISTED = lazily(r"[ ,;/&()]*(?:(?:and|or|nor|both|the)[ ,]+)*")
_SPACE = lazily(r" (?:the |his |her |any |monthly |weekly )?")
_ONE_DOSE = lazily(r" (?:infusion|dose)s?\b")
_AFTER = 10
_DENIALS = ("no ", "without ", "not ", "denies ")
_MOST = 20


class Name(NamedTuple):
    """The name of a concept at `start` to `end` of the flat text; of no concept what only looks like one's name."""

    start: int
    end: int
    concept: str


class Names:
    """The names of concepts in one text, in order."""

    __slots__ = ("_flat", "_names", "_starts", "_vocabulary")

    def __init__(self, flat: str, names: Sequence[Name], vocabulary: Vocabulary) -> None:
        self._flat = flat
        self._vocabulary = vocabulary
        self._names = names
        self._starts = [name.start for name in names]

    def silences(self, rule: CueRule, start: int, end: int) -> bool:
        """Whether the words at `start` to `end` are part of a name and therefore no cue (`absent` in `absent
        reflexes`, `study showed` in `nerve conduction study showed`), nor a mask (`no worsening` before a name that
        begins with `worsening`), or lack the name that they lead to.
        """
        if rule.then:
            return not self._leads_to(end, frozenset(rule.then))
        if rule.direction is Direction.MASK:
            return self._begins_in(start, end) and self._flat.startswith(_DENIALS, start)
        evidence = rule.sets.get("voice") == Voice.EVIDENCE
        if not (rule.spent or evidence):
            return False
        at = bisect_right(self._starts, start)
        for name in self._names[max(at - 2, 0) : at]:
            if rule.spent and end <= name.end and end - start < name.end - name.start:
                return True
            if evidence and name.start < start < name.end and self._is_of(name, _TESTS, ()):
                return True
        return False

    def reached_back(self, rule: CueRule, start: int, first: int) -> int | None:
        """Where the names begin that words at `start`, after a name or in it (`HIV negative`), speak of alone, in a
        sentence from `first` on; None where they may speak of anything before.
        """
        at = bisect_left(self._starts, start) - 1
        if at < 0 or self._starts[at] < first:
            return None
        name = self._names[at]
        kinds, concepts = frozenset(rule.alone), rule.alone_of
        if name.end <= start:
            if not (_LEADS.fullmatch(self._flat, name.end, start) and self._is_of(name, kinds, concepts)):
                return None
            # Of a test its like are tests, and of a disease the others of `alone_of`.
            kinds, concepts = (kinds, ()) if self._is_of(name, kinds, ()) else (frozenset(), concepts)
        begin = name.start
        for before in reversed(self._names[max(at - _MOST, 0) : at]):
            listed = before.end > begin or _LISTED.fullmatch(self._flat, before.end, begin)
            if before.start < first or not (listed and self._is_of(before, kinds, concepts)):
                break
            begin = before.start
        return begin

    def _leads_to(self, end: int, kinds: frozenset[Kind]) -> bool:
        """Whether the name of a concept of these kinds stands right after words, and not one dose of it."""
        at = bisect_left(self._starts, end)
        name = self._names[at] if at < len(self._names) else None
        if name is None or not _SPACE.fullmatch(self._flat, end, name.start) or not self._is_of(name, kinds, ()):
            return False
        return _ONE_DOSE.search(self._flat, name.start, name.end + _AFTER) is None

    def _begins_in(self, start: int, end: int) -> bool:
        """Whether a name begins within words and goes on after them."""
        first = bisect_right(self._starts, start)
        return any(name.end > end for name in self._names[first : bisect_left(self._starts, end, lo=first)])

    def _is_of(self, name: Name, kinds: frozenset[Kind], concepts: Iterable[str]) -> bool:
        """Whether a name is of a concept of these kinds, or of one of these concepts."""
        known, mine = self._vocabulary, name.concept
        return bool(mine) and (known[mine].kind in kinds or any(known.is_a(mine, one) for one in concepts))
