"""Sentences told leanly: filler words left out, numbers as `#`, and words that say one thing (`due to`, `because of`)
as one word.

Cues are looked for in this text, so that one cue (`no relief`) also finds `gave her no real relief`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from indicated.model.lexicon_therapy import TherapyLexicon, WordGroup
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases, Spoken

_WORD = lazily(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_JOINED = lazily(r"\s*(?:,|/|&|\+|;)?\s*(?:and/or|and|or|with|then)?\s*")


class Lean(Struct, frozen=True):
    """The lean text, and the way back: stretches of it (where each starts) with the flat spans that they stand for.

    `whole` stretches stand for their span as one; the others have its very letters.
    """

    text: str
    starts: Sequence[int]
    spans: Sequence[tuple[int, int]]
    whole: Sequence[bool]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the lean text stands in the flat text."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        a = self.spans[first][0] + (0 if self.whole[first] else start - self.starts[first])
        b = self.spans[last][1] if self.whole[last] else self.spans[last][0] + end - self.starts[last]
        return a, b


class Leaner:
    """The filler words and groups compiled. Immutable after construction."""

    __slots__ = ("_before", "_fillers", "_groups", "_numbers")

    def __init__(self, lexicon: TherapyLexicon) -> None:
        self._fillers = frozenset(lexicon.fillers)
        self._numbers = frozenset(lexicon.numbers)
        self._groups: Phrases[str] = Phrases((text, group.word) for group in lexicon.groups for text in texts_of(group))
        self._before = {group.word: frozenset(group.before) for group in lexicon.groups if group.before}

    def lean(self, flat: str, stretches: Iterable[tuple[int, int]], words: Mapping[str, Sequence[int]]) -> Lean:
        """The lean text of the stretches of a text, a line for each."""
        groups = self._groups.everywhere(flat, words)
        pieces: list[str] = []
        starts: list[int] = []
        spans: list[tuple[int, int]] = []
        whole: list[bool] = []
        length = 0

        def add(text: str, start: int, end: int, *, one: bool) -> None:
            nonlocal length
            if text:
                pieces.append(text)
                starts.append(length)
                spans.append((start, end))
                whole.append(one)
                length += len(text)

        for start, end in stretches:
            done = start
            for first, last, word in self._cuts(flat, start, end, groups.within(start, end)):
                add(flat[done:first], done, first, one=False)
                add(word, first, last, one=True)
                done = last
            add(flat[done:end], done, end, one=False)
            add("\n", end, end + 1, one=True)
        return Lean("".join(pieces), starts, spans, whole)

    def _cuts(
        self, flat: str, start: int, end: int, groups: Iterable[Spoken[str]]
    ) -> Iterator[tuple[int, int, str]]:
        """What is left out (with the space after it) and what is said in one word, in order."""
        done = start
        opened = (self._opened(flat, start, one) for one in groups)
        for first, last, word in [*_run_together(flat, opened), (end, end, "")]:
            for match in _WORD.finditer(flat, done, first):
                token = match.group()
                if token in self._numbers or token[0].isdigit():
                    yield *match.span(), "#"
                elif token in self._fillers and flat[match.end() : match.end() + 1] in (" ", "\n"):
                    yield match.start(), match.end() + 1, ""
            if word:
                yield first, last, word
            done = last

    def _opened(self, flat: str, start: int, found: Spoken[str]) -> tuple[int, int, str]:
        """A phrase of a group with the words before it that it takes in."""
        before = self._before.get(found.meaning)
        opens = found.start
        while before and opens > start and flat[opens - 1] == " ":
            space = max(flat.rfind(" ", start, opens - 1), start - 1)
            if flat[space + 1 : opens - 1] not in before:
                break
            opens = space + 1
        return opens, found.end, found.meaning


def texts_of(group: WordGroup) -> Iterator[str]:
    """Every phrase of a group: its texts, and each of its pairs in both orders."""
    yield from group.texts
    for pair in group.pairs:
        for one in pair.first:
            for other in pair.then:
                yield f"{one} {other}"
                yield f"{other} {one}"


def _run_together(flat: str, groups: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbours of one group joined by a comma or `and` are one."""
    open_: tuple[int, int, str] | None = None
    for first, last, word in groups:
        if open_ is not None and open_[2] == word and _JOINED.fullmatch(flat, open_[1], first):
            open_ = (open_[0], last, word)
            continue
        if open_ is not None:
            yield open_
        open_ = (first, last, word)
    if open_ is not None:
        yield open_
