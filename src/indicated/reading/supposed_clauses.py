"""The clauses of a question that suppose something, and their words as the reader knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.question_cues import longest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from indicated.model.question import QuestionWords
    from indicated.reading.question_cues import Heard, Word

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
        asked = longest(known.asks_whether, words, at)
        if asked:
            at += asked
            continue
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
    if supposes and not forgets:
        # `what if we ignore`: whoever forgets stands between
        after = at + supposes
        after += after < len(words) and words[after].text in known.persons
        later = longest(known.forgets, words, after)
        forgets = after + later - at if later else 0
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
    return at > first and bool(longest((*turns, *known.asks_whether, *known.supposes, *known.forgets), words, at))


def contrasted(asked: Heard, clause: Clause, ours: Collection[str] = ()) -> Iterator[range]:
    """The words of a clause, by number, that tell what something takes the place of: a figure, or something named that
    is not one of `ours`.
    """
    words, known, text = asked.words, asked.known, asked.document.text
    at = clause.first
    while at < clause.last:
        opened = max(longest(known.contrasts, words, at), longest(known.denies, words, at))
        end = first = at + opened
        while opened and end < clause.last and not (end > first and _joint(words, end, text)):
            end += 1
        figure = first < end and words[first].text[0].isdigit()
        named = [one for one in asked.named if first <= one.first < end and longest(known.contrasts, words, at)]
        if opened and (figure or (named and not any(one.concept in ours for one in named))):
            yield range(at, end)
        at = max(end, at + 1)


def _joint(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether another part begins with a word."""
    return words[at].text in _JOINED or "," in text[words[at - 1].end : words[at].start]


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
    taken, what = _of_a_person(words, at, clause, known)
    if taken:
        return taken, what
    taken = longest(known.heard, words, at)
    return taken, known.heard[" ".join(word.text for word in words[at : at + taken])] if taken else ""


def _of_a_person(words: Sequence[Word], at: int, clause: Clause, known: QuestionWords) -> tuple[int, str]:
    """How many words stand before a figure that is a person's age (`she were only 9`) or weight (`he is 50 kg`), and
    the word that says so; 0 where none does.
    """
    number = at
    while number < clause.last and words[number].text in (*known.persons, *known.ages):
        number += 1
    said = {word.text for word in words[at:number]}
    if number in (at, clause.last) or words[at].text not in known.persons or said <= set(known.persons):
        return 0, ""
    figure = words[number].text
    after = words[number + 1].text if number + 1 < clause.last else ""
    digits = figure.rstrip("abcdefghijklmnopqrstuvwxyz")
    if (figure[len(digits) :] or after) in known.weights and digits.replace(".", "", 1).isdecimal():
        return number - at, known.weight
    bare = figure.isdecimal() and len(figure) <= _LONGEST_AGE
    ends = {"", *_JOINED, *(one.split(" ")[0] for one in (*known.contrasts, *known.denies))}
    return (number - at, known.age) if bare and after in ends else (0, "")
