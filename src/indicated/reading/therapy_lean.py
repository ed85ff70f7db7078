"""Sentences told leanly: filler words left out, numbers as `#`, and words that say one thing (`due to`, `because of`)
as one word.

Cues are looked for in this text, so that one cue (`no relief`) also finds `gave her no real relief`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from indicated.model.lexicon_therapy import TherapyLexicon, WordGroup
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases, Spoken

_WORD = lazily(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_JOINED = lazily(r"\s*(?:,|/|&|\+|;)?\s*(?:and/or|and|or|with|then)?\s*")
_BE = frozenset((" was ", " is ", " has been ", " - ", ": "))


class Lean(Struct, frozen=True):
    """The lean text, and for each of its letters where the flat words that it stands for start and end."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the lean text stands in the flat text."""
        return self.starts[start], self.ends[end - 1]


class _Meant(NamedTuple):
    """What a phrase of the groups means: the `word` of its group, if it is one by itself, and its sides of pairs."""

    word: str
    sides: tuple[tuple[str, int, bool, bool], ...] = ()
    """For each pair: the word of its group, the number of the pair in it, whether this is its first side, whether the
    pair also stands with `was`.
    """


class Leaner:
    """The filler words and groups compiled. Immutable after construction."""

    __slots__ = ("_before", "_fillers", "_groups", "_numbers")

    def __init__(self, lexicon: TherapyLexicon) -> None:
        self._fillers = frozenset(lexicon.fillers)
        self._numbers = frozenset(lexicon.numbers)
        self._groups: Phrases[_Meant] = Phrases(_meant(lexicon.groups).items())
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
        opened = (self._opened(text, *one) for one in _paired(text, list(self._groups.find(text))))
        for first, last, word in [*_run_together(text, opened), (len(text), len(text), "")]:
            for match in _WORD.finditer(text, done, first):
                if match.group() in self._numbers or match.group()[0].isdigit():
                    yield *match.span(), "#"
            if word:
                yield first, last, word
            done = last

    def _opened(self, text: str, start: int, end: int, word: str) -> tuple[int, int, str]:
        """A phrase of a group with the words before it that it takes in."""
        before = self._before.get(word)
        opens = start
        while before and opens > 0 and text[opens - 1] == " ":
            space = max(text.rfind(" ", 0, opens - 1), text.rfind("\n", 0, opens - 1))
            if text[space + 1 : opens - 1] not in before:
                break
            opens = space + 1
        return opens, end, word


def _meant(groups: Iterable[WordGroup]) -> dict[str, _Meant]:
    """Every phrase of the groups with what it means. Pairs are put together when a text has both sides."""
    found: dict[str, _Meant] = {}
    for group in groups:
        for text in group.texts:
            found[text] = _Meant(group.word, found.get(text, _Meant("")).sides)
        for number, pair in enumerate(group.pairs):
            for texts, first in ((pair.first, True), (pair.then, False)):
                for text in texts:
                    known = found.get(text, _Meant(""))
                    found[text] = _Meant(known.word, (*known.sides, (group.word, number, first, pair.be)))
    return found


def _paired(text: str, found: Sequence[Spoken[_Meant]]) -> Iterator[tuple[int, int, str]]:
    """The phrases that are one of a group, and neighbours that are the two sides of a pair (`poor response`, `response
    was poor`).
    """
    at = 0
    while at < len(found):
        one = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        word = _together(one, after, text) if after is not None and one.meaning.sides else ""
        if word and after is not None:
            yield one.start, after.end, word
            at += 2
            continue
        if one.meaning.word:
            yield one.start, one.end, one.meaning.word
        at += 1


def _together(one: Spoken[_Meant], after: Spoken[_Meant], text: str) -> str:
    """The word of the group of which two neighbours are a pair; empty when they are none."""
    gap = text[one.end : after.start]
    for word, number, first, be in one.meaning.sides:
        if (word, number, not first, be) in after.meaning.sides and (gap == " " or (be and not first and gap in _BE)):
            return word
    return ""


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
