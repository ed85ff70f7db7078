"""What a question supposes: the clauses that suppose, read as if they stood in the record.

The clauses keep their places: everything else of the question is blanked, so that what is read quotes the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import fields, replace

from indicated.model.concept import Kind
from indicated.model.question import Supposition
from indicated.model.text import Document, Passage
from indicated.reading.question_cues import longest
from indicated.reading.reader import reader_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.case import Case
    from indicated.model.fact import Fact
    from indicated.model.lexicon import Lexicon
    from indicated.model.question import QuestionWords
    from indicated.model.regimen import Request
    from indicated.reading.question_cues import Named, Word

_STOPS = "?!\n"
_PARTS = (" and ", ", ", "; ", " plus ", " as well as ")
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


def read_supposed(
    document: Document,
    told: Sequence[Clause],
    words: Sequence[Word],
    named: Sequence[Named],
    case: Case,
    known: QuestionWords,
    lexicon: Lexicon,
) -> Supposition:
    """What the clauses suppose, read by the ordinary reader."""
    said = [clause for clause in told if not clause.forgets]
    heard = _heard(document.text, said, words, known)
    whole = reader_for(lexicon).read((Document(document.id, heard),))
    facts = tuple(_kept(document, whole.facts, words, known, lexicon))
    request = next((one for clause in said if (one := _asked(document, heard, clause, words, case, known, lexicon))), None)
    if request is not None:
        facts = tuple(fact for fact in facts if not _of_request(fact))
    forgotten = tuple(
        (one.concept, document.passage(words[one.first].start, words[one.last - 1].end))
        for clause in told
        if clause.forgets
        for one in named
        if clause.first <= one.first < clause.last
    )
    places = [passage for fact in facts for passage in fact.passages]
    places += [passage for _, passage in forgotten]
    if request is not None:
        places += [*request.passages, *(request.regimen.passages if request.regimen is not None else ())]
    unread = tuple(part for clause in told for part in _unread(document, clause, places, words, known))
    return Supposition(facts, request, forgotten, unread)


def _heard(text: str, told: Iterable[Clause], words: Sequence[Word], known: QuestionWords) -> str:
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
    """How many words stand before a bare number that says how old a person is (`she were only 9`); 0 where none does."""
    number = at
    while number < clause.last and words[number].text in (*known.persons, *known.ages):
        number += 1
    said = {word.text for word in words[at:number]}
    if number == at or words[at].text not in known.persons or said <= set(known.persons):
        return 0
    bare = number < clause.last and words[number].text.isdecimal() and len(words[number].text) <= _LONGEST_AGE
    after = words[number + 1].text if number + 1 < clause.last else ""
    return number - at if bare and after in ("", *_JOINED) else 0


def _kept(
    document: Document, facts: Iterable[Fact], words: Sequence[Word], known: QuestionWords, lexicon: Lexicon
) -> Iterator[Fact]:
    """The facts, quoting the question itself, without the sex that a pronoun gives away and without the studies that
    are only named where something else was read.
    """
    listed = [fact for fact in facts if not all(one.quote.lower() in known.persons for one in fact.passages)]
    for fact in listed:
        study = lexicon.vocabulary[fact.concept].kind is Kind.STUDY and fact.result is None and fact.value is None
        if not (study and any(other is not fact for other in listed)):
            yield _quoting(fact, document, 0)


def _asked(  # noqa: PLR0913, PLR0917 - a clause with all that tells whether it is of the request
    document: Document,
    heard: str,
    clause: Clause,
    words: Sequence[Word],
    case: Case,
    known: QuestionWords,
    lexicon: Lexicon,
) -> Request | None:
    """The request that a clause supposes, where it speaks of one."""
    inside = range(clause.first, clause.last)
    dose = any(longest(known.asked_for, words, at) for at in inside)
    other = any(longest(known.changed_to, words, at) for at in inside)
    if case.request is None or not (dose or other):
        return None
    text = heard[clause.start : clause.end]
    treatment = lexicon.vocabulary[case.request.treatment].label
    for start in (known.request.format(treatment=treatment), known.request.format(treatment="")):
        found = reader_for(lexicon).read((Document(document.id, start + text),)).request
        if found is None:
            continue
        moved = _quoting(found, document, clause.start - len(start))
        regimen = moved.regimen if dose and moved.regimen is not None and moved.regimen.passages else None
        product = moved.product if other else ""
        indications = moved.indications if other else ()
        if regimen is not None or product or indications:
            return replace(moved, regimen=regimen, product=product, indications=indications)
    return None


def _of_request(fact: Fact) -> bool:
    return fact.therapy is not None and fact.therapy.stage.value == "requested"


def _quoting(value: Any, document: Document, by: int) -> Any:
    """A value whose passages quote the document, `by` characters on; those before its start are left out."""
    if isinstance(value, Passage):
        start, end = value.start + by, value.end + by
        return document.passage(start, end) if start >= 0 and end <= len(document.text) else None
    if isinstance(value, tuple):
        return tuple(new for one in value if (new := _quoting(one, document, by)) is not None)
    if isinstance(value, Struct):
        changed = {
            field.name: new
            for field in fields(value)
            if isinstance(old := getattr(value, field.name), Struct | tuple)
            and (new := _quoting(old, document, by)) is not old
        }
        if None in changed.values():
            return None
        return replace(value, **changed) if changed else value
    return value


def _unread(
    document: Document, clause: Clause, places: Sequence[Passage], words: Sequence[Word], known: QuestionWords
) -> Iterator[Passage]:
    """The parts of a clause in which nothing was read."""
    cuts = [clause.start, clause.end]
    for sign in _PARTS:
        at = document.text.find(sign, clause.start, clause.end)
        while at >= 0:
            cuts.append(at + len(sign))
            at = document.text.find(sign, at + 1, clause.end)
    cuts = sorted(set(cuts))
    for start, stop in zip(cuts, cuts[1:], strict=False):
        inside = [word for word in words if start <= word.start and word.end <= stop]
        speaks = any(word.text not in known.plain and word.text not in known.persons for word in inside)
        if speaks and not any(one.start < stop and start < one.end for one in places):
            yield document.passage(inside[0].start, inside[-1].end)
