"""Findings told in parts: each sign goes with the nearest place in its clause, whatever the order of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from indicated.model.letters import spaced
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.scene import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_composed import Composed, ComposedLexicon
    from indicated.reading.judge import Judge
    from indicated.reading.view import View

_LISTED = lazily(r"(?: ?,)?(?: ?(?:and|or|&))?(?: (?:the|her|his|both|right|left|bilateral))* ?")
_BREAK = "|"
_AGAIN = "~"
_LOOK = 12
_COMMA = 2


class _Word(NamedTuple):
    """A word of some groups at `start` to `end`, in sentence number `sentence`."""

    start: int
    end: int
    groups: frozenset[str]
    sentence: int


class _Told(Struct, frozen=True):
    """The words of a text in order, and the text they stand in."""

    text: str
    words: Sequence[_Word]


class _Sought(Struct, frozen=True):
    """What a sign looks for: words of `of`, at most `within` words away, that no word of `unless` takes from it."""

    of: frozenset[str]
    unless: frozenset[str]
    within: int


class _Rule(Struct, frozen=True):
    """A composed finding with what its sign looks for."""

    finding: Composed
    sought: tuple[_Sought, ...]


class ComposedReader:
    """The word groups compiled into one automaton. Immutable after construction."""

    __slots__ = ("_rules", "_towards", "_vocabulary", "_words")

    def __init__(self, lexicon: ComposedLexicon, vocabulary: Vocabulary) -> None:
        meanings: dict[str, set[str]] = {}
        for group in lexicon.groups:
            for word in group.words:
                meanings.setdefault(spaced(word.lower()), set()).add(group.id)
            for word in group.again:
                meanings.setdefault(spaced(word.lower()), set()).add(_AGAIN + group.id)
        for word in lexicon.breaks:
            meanings.setdefault(spaced(word.lower()), set()).add(_BREAK)
        self._words = Phrases((word, frozenset(groups)) for word, groups in meanings.items())
        self._rules: dict[str, list[_Rule]] = {}
        for finding in lexicon.findings:
            unless = frozenset(finding.unless)
            lists = (finding.of, finding.also) if finding.also else (finding.of,)
            rule = _Rule(finding, tuple(_Sought(frozenset(of), unless, finding.within) for of in lists))
            for sign in finding.sign:
                self._rules.setdefault(sign, []).append(rule)
        self._towards = frozenset(lexicon.towards)
        self._vocabulary = vocabulary

    def add(self, view: View, judge: Judge, seen: list[Seen]) -> list[Seen]:
        """The mentions with the composed findings among them, in order; none where a term already says the same."""
        told = self._told(view, judge)
        known = {(one.concept, at) for one in seen for at in (one.start, one.end)} if told.words else set()
        found: dict[tuple[str, int], Seen] = {}
        whole: dict[int, list[Seen]] = {}
        for at, word in enumerate(told.words):
            for rule in self._of(word):
                span = self._span(told, at, rule)
                if span is None:
                    continue
                gives = rule.finding.gives
                kind = self._vocabulary[gives].kind
                one = Seen(gives, kind, *span, word.sentence, judge.judge(word.start, word.end, kind))
                if rule.finding.instead:
                    whole.setdefault(one.sentence, []).append(one)
                if not any((gives, edge) in known for edge in (*span, word.start, word.end)):
                    found[gives, word.start] = one
        if not found:
            return seen
        kept = [one for one in seen if not any(self._is_part(one, of) for of in whole.get(one.sentence, ()))]
        return sorted((*kept, *found.values()), key=lambda one: (one.start, one.end))

    def _is_part(self, one: Seen, whole: Seen) -> bool:
        """Whether a mention is only a part of what is said as a whole, and of its kind."""
        inside = whole.start <= one.start and one.end <= whole.end and one.kind is whole.kind
        return inside and not self._vocabulary.is_a(one.concept, whole.concept)

    def _of(self, word: _Word) -> Iterator[_Rule]:
        """The findings that a word may be the sign of."""
        for group in word.groups:
            yield from self._rules.get(group, ())

    def _told(self, view: View, judge: Judge) -> _Told:
        """The words in order; those that point back mean what was last told in their sentence or the one before."""
        found: list[_Word] = []
        last: dict[str, int] = {}
        for start, end, groups in self._words.find(view.terms, view.words):
            number = judge.sentence_at(start)
            meant = frozenset(_meant(groups, last, number))
            for group in meant:
                last[group] = number
            if meant:
                found.append(_Word(start, end, meant, number))
        return _Told(view.terms, found)

    def _span(self, told: _Told, at: int, rule: _Rule) -> tuple[int, int] | None:
        """From the first to the last of a sign and its places; None where a place is wanting."""
        start, end = told.words[at].start, told.words[at].end
        for sought in rule.sought:
            place = self._place(told, at, sought)
            if place is None:
                return None
            start, end = min(start, place.start), max(end, place.end)
        return start, end

    def _place(self, told: _Told, at: int, sought: _Sought) -> _Word | None:
        """The nearest place before or after the sign, unless something else is as near."""
        sides = (self._ahead(told, at, sought), self._behind(told, at, sought))
        near = [side for side in sides if side is not None]
        if not near:
            return None
        _, place = min(near, key=lambda side: (side[0], not sought.of.isdisjoint(side[1].groups)))
        return place if not sought.of.isdisjoint(place.groups) else None

    def _ahead(self, told: _Told, at: int, sought: _Sought) -> tuple[int, _Word] | None:
        """The first place after the sign, or what takes the sign away, and how far it is; a place that is listed with
        what would take the sign away counts (`of the cheeks and knuckles`).
        """
        sign = last = told.words[at]
        rival: tuple[int, _Word] | None = None
        for other in told.words[at + 1 : at + _LOOK]:
            gap = told.text[sign.end : other.start]
            away = other.sentence != sign.sentence or _BREAK in other.groups or gap.count(" ") > sought.within
            if away or (rival is not None and not _LISTED.fullmatch(told.text, last.end, other.start)):
                break
            if not sought.unless.isdisjoint(other.groups):
                rival, last = rival or (_far(gap), other), other
            elif not sought.of.isdisjoint(other.groups):
                return (_far(gap), other) if rival is not None or self._leads(gap, told, at) else None
        return rival

    def _behind(self, told: _Told, at: int, sought: _Sought) -> tuple[int, _Word] | None:
        """The last place before the sign, or what takes the sign away, and how far it is."""
        sign = told.words[at]
        for back in range(at - 1, max(-1, at - _LOOK), -1):
            other = told.words[back]
            gap = told.text[other.end : sign.start]
            if other.sentence != sign.sentence or _BREAK in other.groups or gap.count(" ") > sought.within:
                break
            if not sought.unless.isdisjoint(other.groups):
                return _far(gap), other
            if not sought.of.isdisjoint(other.groups):
                return (_far(gap), other) if _is_list(gap, other.end, told.words[back:at]) else None
        return None

    def _leads(self, gap: str, told: _Told, at: int) -> bool:
        """Whether the commas of the gap ahead only part a list, or its last words lead to the place (`of the`)."""
        last = gap.rpartition(",")[2]
        if "," not in gap or not self._towards.isdisjoint(last.split()):
            return True
        start = told.words[at].end
        return bool(last.strip()) and _is_list(f"{gap},", start, told.words[at + 1 : at + _LOOK])


def _is_list(gap: str, start: int, words: Sequence[_Word]) -> bool:
    """Whether every piece of a gap before a comma is empty or holds one of the words."""
    edges = {word.start for word in words}
    for piece in gap.split(",")[:-1]:
        if piece.strip() and not any(start <= edge < start + len(piece) for edge in edges):
            return False
        start += len(piece) + 1
    return True


def _far(gap: str) -> int:
    return gap.count(" ") + _COMMA * gap.count(",")


def _meant(groups: Iterable[str], last: dict[str, int], number: int) -> Iterator[str]:
    for group in groups:
        if not group.startswith(_AGAIN):
            yield group
        elif last.get(group[1:], -2) >= number - 1:
            yield group[1:]
