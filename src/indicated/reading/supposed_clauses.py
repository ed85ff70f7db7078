"""The clauses of a question that suppose something, and their words as the reader knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.question_cues import longest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.question import QuestionWords
    from indicated.reading.question_cues import Word

_STOPS = "?!\n"
_JOINED = ("and", "or", "but", "with")
_LONGEST_AGE = 3
_LEADS = ("and", "but", "so", "then", "also", "ok", "okay", "now")


class Clause(NamedTuple):
    """A clause that supposes: its characters from `start` to `end`, its words with those that open it; `forgets` where
    it takes something as never recorded.
    """

    start: int
    end: int
    first: int
    last: int
    forgets: bool = False


def clauses(text: str, words: Sequence[Word], known: QuestionWords) -> list[Clause]:
    """The clauses of a question that suppose something, in order."""
    found: list[Clause] = []
    at = 0
    while at < len(words):
        opened, forgets, kept = _opener(words, at, text, known)
        if not opened:
            at += 1
            continue
        first = at + opened
        last = first
        while last < len(words) and not _ends(words, last, first, text, known):
            last += 1
        if last > first:
            start = words[at if kept else first].start
            found.append(Clause(start, words[last - 1].end, at, last, forgets))
        at = max(last, at + 1)
    return found


def _opener(words: Sequence[Word], at: int, text: str, known: QuestionWords) -> tuple[int, bool, bool]:
    """How many words open a supposition here, whether they forget something, whether the reader needs them."""
    forgets, supposes = longest(known.forgets, words, at), longest(known.supposes, words, at)
    if forgets or supposes:
        return max(forgets, supposes), forgets >= supposes, False
    before = at
    while before and words[before - 1].text in _LEADS:
        before -= 1
    begins = before == 0 or _stops(text[words[before - 1].end : words[before].start])
    return (longest(known.opens_with, words, at) if begins else 0), False, True


def _stops(between: str) -> bool:
    return any(sign in between for sign in _STOPS) or between.startswith(". ")


def _ends(words: Sequence[Word], at: int, first: int, text: str, known: QuestionWords) -> bool:
    if at > first and _stops(text[words[at - 1].end : words[at].start]):
        return True
    turns = known.turns
    if "," in text[words[at - 1].end : words[at].start]:
        turns += known.turns_after_comma
    return at > first and bool(longest((*turns, *known.supposes, *known.forgets), words, at))


def reworded(text: str, told: Iterable[Clause], words: Sequence[Word], known: QuestionWords) -> str:
    """The clauses alone, in the words the reader knows, each character where it stood."""
    heard = [" "] * len(text)
    for clause in told:
        heard[clause.start : clause.end] = text[clause.start : clause.end]
        if clause.end < len(text):
            heard[clause.end] = "."
        at = clause.first
        while at < clause.last:
            taken, instead = _instead(words, at, clause, known)
            start, end = words[at].start, words[at + max(taken, 1) - 1].end
            if taken and start >= clause.start:
                heard[start:end] = instead[: end - start].ljust(end - start)
            at += taken or 1
    return "".join(heard)


def _instead(words: Sequence[Word], at: int, clause: Clause, known: QuestionWords) -> tuple[int, str]:
    """How many words from one on are heard as others, and as which."""
    old = _old(words, at, clause, known)
    if old:
        return old, known.age
    taken = longest(known.heard, words, at)
    return taken, known.heard[" ".join(word.text for word in words[at : at + taken])] if taken else ""


def _old(words: Sequence[Word], at: int, clause: Clause, known: QuestionWords) -> int:
    """How many words stand before a bare number that is a person's age (`she were only 9`); 0 where none does."""
    number = at
    while number < clause.last and words[number].text in (*known.persons, *known.ages):
        number += 1
    said = {word.text for word in words[at:number]}
    if number == at or words[at].text not in known.persons or said <= set(known.persons):
        return 0
    bare = number < clause.last and words[number].text.isdecimal() and len(words[number].text) <= _LONGEST_AGE
    after = words[number + 1].text if number + 1 < clause.last else ""
    return number - at if bare and after in ("", *_JOINED) else 0
