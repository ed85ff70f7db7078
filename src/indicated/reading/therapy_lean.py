"""Sentences told leanly: filler words left out, numbers as `#`, and words that say one thing (`due to`, `because of`)
as one word.

Cues are looked for in this text, so that one cue (`no relief`) also finds `gave her no real relief`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from indicated.model.lexicon_therapy import TherapyLexicon, WordGroup
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases, Spoken

_WORD = lazily(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_JOINED = lazily(r"\s*(?:,|/|&|\+|;)?\s*(?:and/or|and|or|with|then)?\s*")
_BE = ("was", "were", "is", "has been", "-", ":")


class Lean(Struct, frozen=True):
    """The lean text, and for each of its letters where the flat words that it stands for start and end."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the lean text stands in the flat text."""
        return self.starts[start], self.ends[end - 1]


class Leaner:
    """The filler words and groups compiled. Immutable after construction."""

    __slots__ = ("_before", "_fillers", "_groups", "_numbers")

    def __init__(self, lexicon: TherapyLexicon) -> None:
        self._fillers = frozenset(lexicon.fillers)
        self._numbers = frozenset(lexicon.numbers)
        self._groups: Phrases[str] = Phrases((text, group.word) for group in lexicon.groups for text in texts_of(group))
        self._before = {group.word: frozenset(group.before) for group in lexicon.groups if group.before}

    def lean(self, flat: str, stretches: Iterable[tuple[int, int]]) -> Lean:
        """The lean text of the stretches of a text, a line for each."""
        text: list[str] = []
        places: list[int] = []
        for start, end in stretches:
            done = start
            for match in _WORD.finditer(flat, start, end):
                if match.group() in self._fillers and flat[match.end() : match.end() + 1] in (" ", "\n"):
                    text.append(flat[done : match.start()])
                    places += range(done, match.start())
                    done = match.end() + 1
            text += [flat[done:end], "\n"]
            places += [*range(done, end), end]
        return self._grouped(Lean("".join(text), places, [place + 1 for place in places]))

    def _grouped(self, bare: Lean) -> Lean:
        """The text with each group's phrases, and then numbers, as one word."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for first, last, word in [*self._words(bare.text), (len(bare.text), len(bare.text), "")]:
            pieces += [bare.text[done:first], word]
            starts += [*bare.starts[done:first], *[bare.starts[first]] * len(word)] if word else bare.starts[done:first]
            ends += [*bare.ends[done:first], *[bare.ends[last - 1]] * len(word)] if word else bare.ends[done:first]
            done = last
        return Lean("".join(pieces), starts, ends)

    def _words(self, text: str) -> Iterator[tuple[int, int, str]]:
        """What is said in one word, in order."""
        done = 0
        opened = (self._opened(text, one) for one in self._groups.find(text))
        for first, last, word in [*_run_together(text, opened), (len(text), len(text), "")]:
            for match in _WORD.finditer(text, done, first):
                if match.group() in self._numbers or match.group()[0].isdigit():
                    yield *match.span(), "#"
            if word:
                yield first, last, word
            done = last

    def _opened(self, text: str, found: Spoken[str]) -> tuple[int, int, str]:
        """A phrase of a group with the words before it that it takes in."""
        before = self._before.get(found.meaning)
        opens = found.start
        while before and opens > 0 and text[opens - 1] == " ":
            space = max(text.rfind(" ", 0, opens - 1), text.rfind("\n", 0, opens - 1))
            if text[space + 1 : opens - 1] not in before:
                break
            opens = space + 1
        return opens, found.end, found.meaning


def texts_of(group: WordGroup) -> Iterator[str]:
    """Every phrase of a group: its texts, and each of its pairs in both orders, in the second also with `was`."""
    yield from group.texts
    for pair in group.pairs:
        for one in pair.first:
            for other in pair.then:
                yield f"{one} {other}"
                yield f"{other} {one}"
                yield from (f"{other} {be} {one}" for be in _BE if pair.be)


def _run_together(text: str, groups: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbours of one group joined by a comma or `and` are one."""
    open_: tuple[int, int, str] | None = None
    for first, last, word in groups:
        if open_ is not None and open_[2] == word and _JOINED.fullmatch(text, open_[1], first):
            open_ = (open_[0], last, word)
            continue
        if open_ is not None:
            yield open_
        open_ = (first, last, word)
    if open_ is not None:
        yield open_
