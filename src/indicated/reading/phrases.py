"""Finding words: any number of phrases, looked up by their first word, each with what it means to its owner.

An automaton over the same phrases takes longer to build than a note takes to read. The words of a text are found once
for all sets of phrases, and each set looks only at the words that it begins with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from indicated.model.letters import head_of
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")

_WORD = lazily(r"[^\W_]+")
_PARTED = lazily(r"([^\W_]+)")


def words_of(flat: str) -> Mapping[str, Sequence[int]]:
    """The words (letters and digits) of a text, each with the places where it starts."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    pieces = _PARTED.split(flat)  # what stands between words, and words, in turn
    starts = islice(accumulate(map(len, pieces)), 0, None, 2)
    for word, start in zip(pieces[1::2], starts, strict=False):
        found[word].append(start)
    return found


class Heads:
    """Phrases by their first word, or by their sign where they begin with a sign, and how long they are."""

    __slots__ = ("_headed", "_known", "_phrases_of", "_signs")

    def __init__(self, headed: Mapping[str, object], phrases_of: Callable[[str], Iterable[str]]) -> None:
        """`headed` has the first words as its keys; `phrases_of` gives the phrases of one of them, once."""
        self._headed = headed
        self._phrases_of = phrases_of
        self._signs = sorted(head for head in headed if not head.isalnum())
        self._known: dict[str, tuple[tuple[str, ...], Sequence[int]]] = {}

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Heads:
        """The phrases given."""
        headed: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            headed[head_of(phrase)].append(phrase)
        return cls(headed, headed.__getitem__)

    def _of(self, head: str) -> tuple[tuple[str, ...], Sequence[int]]:
        """The phrases of a head, and how long they are: put together when a text first holds the head."""
        known = self._known.get(head)
        if known is None:
            phrases = tuple(self._phrases_of(head))
            known = self._known[head] = phrases, sorted(set(map(len, phrases)), reverse=True)
        return known

    def places(self, flat: str, words: Mapping[str, Sequence[int]] | None = None) -> list[tuple[int, Sequence[int]]]:
        """Where phrases start, whole words or not, in order, and how long they may be there, longest first."""
        if words is None and not self._begins_in(flat):
            return []
        known = words_of(flat) if words is None else words
        found: list[tuple[int, Sequence[int]]] = []
        for head in self._headed.keys() & known.keys():
            phrases, lengths = self._of(head)
            found += [(start, lengths) for start in known[head] if flat.startswith(phrases, start)]
        for sign in self._signs:
            phrases, lengths = self._of(sign)
            at = flat.find(sign)
            while at >= 0:
                if flat.startswith(phrases, at):
                    found.append((at, lengths))
                at = flat.find(sign, at + 1)
        found.sort()
        return found

    def _begins_in(self, flat: str) -> bool:
        """Whether any phrase may start in a text: the quick answer for the many short texts that hold none."""
        disjoint = self._headed.keys().isdisjoint(_WORD.findall(flat))
        return not disjoint or any(sign in flat for sign in self._signs)

    def plurals(self, words: Mapping[str, Sequence[int]]) -> list[tuple[int, Sequence[int]]]:
        """Where a phrase may start with a plural `s` after its first word, and how long any may be there."""
        headed = self._headed
        found: list[tuple[int, Sequence[int]]] = []
        for word in words:
            if word[-1] == "s" and word[:-1] in headed:
                own = self._of(word)[1] if word in headed else ()
                lengths = sorted({*self._of(word[:-1])[1], *own}, reverse=True)
                found += [(start, lengths) for start in words[word]]
        return found


class Spoken(NamedTuple, Generic[T]):
    """A phrase found at `start` to `end`, and what it means."""

    start: int
    end: int
    meaning: T


class Everywhere(Generic[T]):
    """All that was found in a text, in order, to be looked up by place."""

    __slots__ = ("_found", "_starts")

    def __init__(self, found: Iterable[Spoken[T]]) -> None:
        self._found = tuple(found)
        self._starts = [one.start for one in self._found]

    def within(self, start: int, end: int) -> Iterator[Spoken[T]]:
        """What stands between two places."""
        for one in self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if one.end <= end:
                yield one

    def at(self, start: int) -> Spoken[T] | None:
        """What starts at a place."""
        at = bisect_left(self._starts, start)
        return self._found[at] if at < len(self._found) and self._starts[at] == start else None


class Phrases(Generic[T]):
    """Phrases compiled; the longest at a place is found, only as whole words, in `View.flat`'s letters."""

    __slots__ = ("_heads", "_meanings")

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[str, T] = {}
        for text, meaning in phrases:
            self._meanings.setdefault(text.lower(), meaning)
        self._heads = Heads.of(self._meanings)

    def everywhere(self, flat: str, words: Mapping[str, Sequence[int]] | None = None) -> Everywhere[T]:
        """Every phrase, to be looked up by place."""
        return Everywhere(self.find(flat, words))

    def find(self, flat: str, words: Mapping[str, Sequence[int]] | None = None) -> Iterator[Spoken[T]]:
        """Every phrase, in order, none overlapping. `words` are those of the text where they are known."""
        size = len(flat)
        done = 0
        for start, lengths in self._heads.places(flat, words):
            if start < done:
                continue
            for length in lengths:
                phrase = flat[start : start + length]
                end = start + len(phrase)
                if phrase in self._meanings and (end == size or not (flat[end].isalnum() and phrase[-1].isalnum())):
                    done = end
                    yield Spoken(start, end, self._meanings[phrase])
                    break
