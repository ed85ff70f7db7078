"""Findings told in parts: each sign goes with the nearest place in its clause, whatever the order of the words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.phrases import Phrases
from indicated.reading.scene import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_composed import Composed, ComposedLexicon
    from indicated.reading.judge import Judge
    from indicated.reading.view import View

_LISTED = re.compile(r"(?: ?,)?(?: ?(?:and|or|&))?(?: (?:the|her|his|both|right|left|bilateral))* ?")
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


class ComposedReader:
    """The word groups compiled into one automaton. Immutable after construction."""

    __slots__ = ("_findings", "_towards", "_vocabulary", "_words")

    def __init__(self, lexicon: ComposedLexicon, vocabulary: Vocabulary) -> None:
        meanings: dict[str, set[str]] = {}
        for group in lexicon.groups:
            for word in group.words:
                meanings.setdefault(_plain(word), set()).add(group.id)
            for word in group.again:
                meanings.setdefault(_plain(word), set()).add(_AGAIN + group.id)
        for word in lexicon.breaks:
            meanings.setdefault(_plain(word), set()).add(_BREAK)
        self._words = Phrases((word, frozenset(groups)) for word, groups in meanings.items())
        self._findings: dict[str, list[Composed]] = {}
        for finding in lexicon.findings:
            for sign in finding.sign:
                self._findings.setdefault(sign, []).append(finding)
        self._towards = frozenset(lexicon.towards)
        self._vocabulary = vocabulary

    def add(self, view: View, judge: Judge, seen: list[Seen]) -> list[Seen]:
        """The mentions with the composed findings among them, in order; none where a term already says the same."""
        words = self._told(view, judge)
        found: dict[tuple[str, int], Seen] = {}
        whole: list[tuple[int, int, str]] = []
        known = {(one.concept, at) for one in seen for at in (one.start, one.end)} if words else set()
        for at, word in enumerate(words):
            for finding in self._of(word):
                places = [self._place(view.terms, words, at, finding, finding.of)]
                if finding.also and places[0] is not None:
                    places.append(self._place(view.terms, words, at, finding, finding.also))
                if None in places:
                    continue
                start = min(word.start, *(place.start for place in places if place is not None))
                end = max(word.end, *(place.end for place in places if place is not None))
                if finding.instead:
                    whole.append((start, end, finding.gives))
                same = any((finding.gives, edge) in known for edge in (start, end, word.start, word.end))
                if not same:
                    kind = self._vocabulary[finding.gives].kind
                    said = judge.judge(word.start, word.end, kind)
                    found[finding.gives, word.start] = Seen(finding.gives, kind, start, end, word.sentence, said)
        if not found:
            return seen
        if whole:
            seen = [one for one in seen if not self._part(one, whole)]
        return sorted((*seen, *found.values()), key=lambda one: (one.start, one.end))

    def _part(self, one: Seen, whole: Sequence[tuple[int, int, str]]) -> bool:
        """Whether a mention is only a part of what is said as a whole, and of its kind."""
        return any(
            start <= one.start
            and one.end <= end
            and one.kind is self._vocabulary[gives].kind
            and not self._vocabulary.is_a(one.concept, gives)
            for start, end, gives in whole
        )

    def _of(self, word: _Word) -> Iterator[Composed]:
        """The findings that a word may be the sign of."""
        for group in word.groups:
            yield from self._findings.get(group, ())

    def _told(self, view: View, judge: Judge) -> list[_Word]:
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
        return found

    def _place(
        self, text: str, words: Sequence[_Word], at: int, finding: Composed, of: tuple[str, ...]
    ) -> _Word | None:
        """The nearest place of the finding's before or after the sign, unless something else is nearer."""
        near = [self._nearest(text, words, at, finding, of, step) for step in (1, -1)]
        told = [one for one in near if one is not None]
        if not told:
            return None
        _, place = min(told, key=lambda one: (one[0], not one[1].groups.isdisjoint(of)))
        return place if place.groups.intersection(of) else None

    def _nearest(
        self, text: str, words: Sequence[_Word], at: int, finding: Composed, of: tuple[str, ...], step: int
    ) -> tuple[int, _Word] | None:
        """The first place, or word that takes the sign away, on one side, and how far it is."""
        sign, rival, last = words[at], None, words[at]
        for other in words[at + step : at + step * _LOOK : step] if step > 0 else words[max(0, at - _LOOK) : at][::-1]:
            if other.sentence != sign.sentence or _BREAK in other.groups:
                return rival
            if rival is not None and not _LISTED.fullmatch(text, last.end, other.start):
                return rival
            gap = text[sign.end : other.start] if step > 0 else text[other.end : sign.start]
            far = gap.count(" ") + _COMMA * gap.count(",")
            if gap.count(" ") > finding.within:
                return rival
            if other.groups.intersection(finding.unless):
                if step < 0:
                    return far, other
                rival, last = rival or (far, other), other
            elif other.groups.intersection(of):
                listed = rival is not None or self._joined(gap, words, at, ahead=step > 0)
                return (far, other) if listed else None
        return rival

    def _joined(self, gap: str, words: Sequence[_Word], at: int, *, ahead: bool) -> bool:
        """Whether the commas of a gap only part a list: ahead, a word must lead to the place (`of the`)."""
        if "," not in gap:
            return True
        pieces = gap.split(",")
        if ahead and self._towards.intersection(pieces[-1].split()):
            return True
        base = words[at].end if ahead else words[at].start - len(gap)
        edges = {word.start for word in words[max(0, at - _LOOK) : at + _LOOK]}
        if ahead and not pieces[-1].strip():
            return False
        for piece in pieces if ahead else pieces[:-1]:
            if piece.strip() and not any(base <= edge < base + len(piece) for edge in edges):
                return False
            base += len(piece) + 1
        return True


def _meant(groups: Iterable[str], last: dict[str, int], number: int) -> Iterator[str]:
    for group in groups:
        if not group.startswith(_AGAIN):
            yield group
        elif last.get(group[1:], -2) >= number - 1:
            yield group[1:]


def _plain(word: str) -> str:
    return word.lower().replace("-", " ").replace("/", " ")
