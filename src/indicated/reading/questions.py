"""A follow-up question, understood: what it supposes, what it asks, what it names. Deterministic, by cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.question import Ask, Question, Supposition
from indicated.reading.question_cues import NUMBER, Named, matched, words_of
from indicated.reading.reader import reader_for
from indicated.reading.suppositions import Clause, clauses, read_supposed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from indicated.model.case import Case
    from indicated.model.lexicon import Lexicon
    from indicated.model.question import QuestionWords
    from indicated.model.text import Document
    from indicated.reading.question_cues import Word

_MOST = 4


def understand(
    document: Document, case: Case, known: QuestionWords, lexicon: Lexicon, numbers: Collection[str] = ()
) -> Question:
    """What the question supposes of the case and what it asks, in order; neither where nothing was recognised.

    A statement that asks nothing supposes what it says. A question that only names something asks what is known of it.
    `numbers` are those of the criteria that can be named.
    """
    text = document.text
    words = words_of(text)
    if not words:
        return Question(document, ())
    named = _named(document, words, lexicon)
    told = clauses(text, words, known)
    taken = {at for clause in told for at in range(clause.first, clause.last)}
    numbered = {_bare_number(number) for number in numbers}
    asks = _asks(document, words, named, taken, known, numbered)
    whole = document.passage(words[0].start, words[-1].end)
    supposed = Supposition()
    if not told and not asks and "?" not in text and words[0].text not in known.questions:
        stated = [Clause(words[0].start, words[-1].end, 0, len(words))]
        read = read_supposed(document, stated, words, named, case, known, lexicon)
        supposed = read if read.told else supposed
    elif told:
        supposed = read_supposed(document, told, words, named, case, known, lexicon)
        # what is only asked in words of a supposition (`what if it is denied?`) is asked all the same
        if not asks and not supposed.told:
            asks = _asks(document, words, named, set(), known, numbered)
    only_named: tuple[str, ...] = ()
    if not asks and not supposed.told:
        asks = _bare(document, words, named, known)
        only_named = () if asks else tuple(dict.fromkeys(one.concept for one in named))
    return Question(document, asks, supposed, whole, only_named)


def _named(document: Document, words: Sequence[Word], lexicon: Lexicon) -> list[Named]:
    """What the question names, by its words."""
    scene = reader_for(lexicon).scene(document)
    found = []
    for one in scene.seen:
        start, end = scene.view.span(one.start, one.end)
        inside = [at for at, word in enumerate(words) if word.start < end and start < word.end]
        if inside:
            found.append(Named(inside[0], inside[-1] + 1, one.concept, one.kind))
    return found


def _asks(
    document: Document,
    words: Sequence[Word],
    named: Sequence[Named],
    taken: set[int],
    known: QuestionWords,
    numbered: set[str],
) -> tuple[Ask, ...]:
    free = [
        word._replace(text="" if at in taken else NUMBER if _is_number(word.text, numbered) else word.text)
        for at, word in enumerate(words)
    ]
    outside = [one for one in named if one.first not in taken]
    found = matched(known.intents, free, outside)
    found = [one for one in found if one.intent.alone] or found
    asks = []
    for one in found[:_MOST]:
        concepts = tuple(dict.fromkeys(each.concept for each in outside))
        asks.append(Ask(one.intent, document.passage(words[one.at[0]].start, words[one.at[-1]].end), concepts))
    return tuple(asks)


def _is_number(word: str, numbered: set[str]) -> bool:
    """Whether a word is the number of a criterion, told from any other number by a letter in it."""
    return any(map(str.isalpha, word)) and any(map(str.isdigit, word)) and _bare_number(word) in numbered


def _bare_number(number: str) -> str:
    return "".join(filter(str.isalnum, number.lower()))


def _bare(
    document: Document, words: Sequence[Word], named: Sequence[Named], known: QuestionWords
) -> tuple[Ask, ...]:
    """The question that only names something, with no word beside it that asks for more."""
    inside = {at for one in named for at in range(one.first, one.last)}
    other = [word.text for at, word in enumerate(words) if at not in inside]
    intent = next((one for one in known.intents if one.id == known.bare), None)
    if not named or intent is None or any(word not in known.plain and word not in known.persons for word in other):
        return ()
    concepts = tuple(dict.fromkeys(one.concept for one in named))
    return (Ask(intent, document.passage(words[0].start, words[-1].end), concepts),)
