"""Cues of what a question asks: words in order, with gaps and with things named, found in the words of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from indicated.model.concept import Kind
    from indicated.model.lexicon import Lexicon
    from indicated.model.question import Intent, QuestionWords
    from indicated.model.text import Document

_WORD = lazily(r"[^\W_]+(?:[.'/-][^\W_]+)*%?")
_GAP, _NAMED = "*", "@"
_LONGEST_GAP, _TELLING = 4, 2
NUMBER = "#"
"""What stands in the words for the number of a criterion."""


class Word(NamedTuple):
    """A word in lower case, without the `'s` at its end, and where it stands."""

    text: str
    start: int
    end: int


class Named(NamedTuple):
    """Something named from word `first` up to word `last` (not included)."""

    first: int
    last: int
    concept: str
    kind: Kind


class Heard(NamedTuple):
    """A question, its words and what they name, and the words of the content by which it is understood."""

    document: Document
    words: Sequence[Word]
    named: Sequence[Named]
    known: QuestionWords
    lexicon: Lexicon


class Matched(NamedTuple):
    """An intent, the numbers of the words that its cue is made of, how many of them are more than plain words of any
    question, and how many the cue says outright.
    """

    intent: Intent
    at: tuple[int, ...]
    telling: int
    outright: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = (
        Word(one.group().lower().replace("’", "'"), one.start(), one.end())
        for one in _WORD.finditer(text.replace("’", "'"))
    )
    return [word._replace(text=word.text.removesuffix("'s")) for word in found]


def longest(phrases: Iterable[str], words: Sequence[Word], at: int) -> int:
    """How many words the longest of the phrases takes that begins at a word; 0 where none does."""
    best = 0
    for phrase in phrases:
        parts = phrase.split(" ")
        if len(parts) > best and [word.text for word in words[at : at + len(parts)]] == parts:
            best = len(parts)
    return best


def matched(
    intents: Iterable[Intent], words: Sequence[Word], named: Sequence[Named], plain: frozenset[str] = frozenset()
) -> list[Matched]:
    """The intents whose cues stand in the words, in order. Of two whose words overlap it is the one with more telling
    words, of which two are as good as many; then the one with more words; then the one that says more of them outright.
    """
    starts: dict[int, list[Named]] = {}
    for thing in named:
        starts.setdefault(thing.first, []).append(thing)
    found: list[Matched] = []
    for intent in intents:
        fitting = {first: [one for one in told if _fits(one, intent)] for first, told in starts.items()}
        if intent.named and not any(fitting.values()):
            continue
        for cue in intent.cues:
            parts = [part for part in cue.split(" ") if part not in (_GAP, _NAMED)]
            telling = sum(not plain.issuperset(part.split("/")) for part in parts)
            found += (Matched(intent, at, telling, len(parts)) for at in _places(cue, words, fitting))
    found.sort(key=lambda one: (-min(one.telling, _TELLING), -len(one.at), -one.outright, one.at))
    kept: list[Matched] = []
    taken: set[int] = set()
    for one in found:
        if taken.isdisjoint(one.at):
            taken.update(range(one.at[0], one.at[-1] + 1))
            kept.append(one)
    once: dict[str, Matched] = {}
    for one in sorted(kept, key=lambda one: one.at):
        once.setdefault(one.intent.id, one)
    return list(once.values())


def plain_words(known: QuestionWords) -> frozenset[str]:
    """Words that any question may have and that ask for nothing by themselves."""
    return frozenset((*known.plain, *known.persons, *known.questions))


def strange(heard: Heard, taken: Collection[int]) -> list[int]:
    """The words, by number, that belong to nothing that is named, to no cue and to no plain word of a question. Numbers
    and codes are no words.
    """
    known = heard.known
    inside = {at for one in heard.named for at in range(one.first, one.last)} | set(taken)
    familiar = set(plain_words(known))
    familiar.update(
        word for it in known.intents for cue in it.cues for part in cue.split(" ") for word in part.split("/")
    )
    familiar.update(word for said in known.heard for word in said.split(" "))
    return [
        at
        for at, word in enumerate(heard.words)
        if at not in inside and word.text not in familiar and not any(map(str.isdigit, word.text))
    ]


def says_something(one: Matched, heard: Heard) -> bool:
    """Whether a cue has a word that is more than a plain word of any question (`why is the`)."""
    plain = plain_words(heard.known)
    return any(heard.words[at].text not in plain for at in one.at)


def _fits(one: Named, intent: Intent) -> bool:
    return not intent.kinds or one.kind in intent.kinds


def _places(cue: str, words: Sequence[Word], named: Mapping[int, Sequence[Named]]) -> Iterable[tuple[int, ...]]:
    parts = cue.split(" ")
    first = parts[0].split("/")
    for at, word in enumerate(words):
        if word.text in first or parts[0] == _NAMED:
            found = _from(parts, 0, at, words, named)
            if found:
                yield found


def _from(
    parts: Sequence[str], part: int, at: int, words: Sequence[Word], named: Mapping[int, Sequence[Named]]
) -> tuple[int, ...] | None:
    """The words that the parts take from a word on; None where they do not stand there."""
    if part == len(parts):
        return ()
    if parts[part] == _GAP:
        ways: Collection[tuple[int, tuple[int, ...]]] = [(at + skipped, ()) for skipped in range(_LONGEST_GAP + 1)]
    elif parts[part] == _NAMED:
        ways = [(one.last, (at,)) for one in named.get(at, ())]
    elif at < len(words) and words[at].text in parts[part].split("/"):
        ways = [(at + 1, (at,))]
    else:
        return None
    for after, taken in ways:
        rest = _from(parts, part + 1, after, words, named)
        if rest is not None:
            return (*taken, *rest)
    return None
