"""A follow-up question, understood: what it supposes, what it asks, what it names. Deterministic, by cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.question import Ask, Question, Supposition
from indicated.reading.other_tongue import as_question_words, names_in, words_without_accents
from indicated.reading.question_cues import (
    NUMBER,
    Heard,
    Named,
    longest,
    matched,
    plain_words,
    says_something,
    strange,
    words_of,
)
from indicated.reading.reader import reader_for
from indicated.reading.supposed_clauses import Clause, clauses
from indicated.reading.suppositions import read_supposed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from indicated.model.case import Case
    from indicated.model.lexicon import Lexicon
    from indicated.model.question import OtherTongue, QuestionWords
    from indicated.model.text import Document, Passage
    from indicated.reading.question_cues import Matched, Word

_MOST, _STRANGE = 4, 2


def understand(
    document: Document, case: Case, known: QuestionWords, lexicon: Lexicon, numbers: Collection[str] = ()
) -> Question:
    """What the question supposes of the case and what it asks, in order; neither where nothing was recognised.

    A statement that asks nothing supposes what it says. A question that only names something asks what is known of it.
    `numbers` are those of the criteria that can be named.
    """
    words = words_of(document.text)
    if not words:
        return Question(document, ())
    heard = Heard(document, words, _named(document, words, lexicon), known, lexicon)
    numbered = {_bare_number(number) for number in numbers}
    told = clauses(document.text, words, known)
    asks = _asks(heard, {at for clause in told for at in range(clause.first, clause.last)}, numbered, case)
    if not told and not asks and "?" not in document.text and words[0].text not in known.questions:
        told = [Clause(words[0].start, words[-1].end, 0, len(words))]
        supposed = read_supposed(heard, told, case)
        supposed = supposed if supposed.told else Supposition()
    else:
        supposed = read_supposed(heard, told, case) if told else Supposition()
        if not (asks or supposed.told or strange(heard, ())):
            # what is only asked in words of a supposition (`what if it is denied?`) is asked all the same
            asks = _asks(heard, set(), numbered, case)
    only_named: tuple[str, ...] = ()
    if not asks and not supposed.told:
        asks = _bare(heard)
        only_named = () if asks else tuple(dict.fromkeys(one.concept for one in heard.named))
    taken = {at for clause in told for at in range(clause.first, clause.last)}
    unused = tuple(_passage(heard, at, at) for at in strange(heard, taken)) if asks else ()
    return Question(document, asks, supposed, _passage(heard, 0, len(words) - 1), only_named, unused)


def understand_in(  # noqa: PLR0913
    document: Document,
    case: Case,
    known: QuestionWords,
    lexicon: Lexicon,
    numbers: Collection[str] = (),
    *,
    tongue: OtherTongue,
    names: Mapping[str, str],
) -> Question:
    """As `understand`, of a question in another language, in which the `names` stand for concepts. One that has no
    word of that language is understood as ever.
    """
    spoken = as_question_words(known, tongue)
    words = words_without_accents(document.text)
    if not {word.text for word in words} & {*spoken.questions, *spoken.plain}:
        return understand(document, case, known, lexicon, numbers)
    named = list(names_in(words, names, lexicon.vocabulary))
    taken = {at for one in named for at in range(one.first, one.last)}
    named += [one for one in _named(document, words, lexicon) if taken.isdisjoint(range(one.first, one.last))]
    heard = Heard(document, words, named, spoken, lexicon)
    whole = _passage(heard, 0, len(words) - 1)
    if any(longest(spoken.supposes, words, at) for at in range(len(words))):
        return Question(document, (), Supposition(unread=(whole,)), whole)
    asks = _asks(heard, set(), {_bare_number(number) for number in numbers}, case) or _bare(heard)
    only_named = () if asks else tuple(dict.fromkeys(one.concept for one in named))
    unused = tuple(_passage(heard, at, at) for at in strange(heard, ())) if asks else ()
    return Question(document, asks, Supposition(), whole, only_named, unused)


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


def _asks(heard: Heard, taken: set[int], numbered: set[str], case: Case) -> tuple[Ask, ...]:
    """What the words ask, without those that are taken."""
    free = [
        word._replace(text="" if at in taken else NUMBER if _is_number(word.text, numbered) else word.text)
        for at, word in enumerate(heard.words)
    ]
    outside = [one for one in heard.named if one.first not in taken]
    found = matched(heard.known.intents, free, outside, plain_words(heard.known))
    found = [one for one in found if one.intent.alone] or found
    unknown = strange(heard, taken)
    found = [one for one in found if not (one.intent.strict and unknown)]
    found = [one for one in found if not ((found[1:] or unknown) and _only_what_is_asked(one, heard, case))]
    if not outside and len(unknown) >= _STRANGE:
        found = [one for one in found if says_something(one, heard)]
    concepts = tuple(dict.fromkeys(one.concept for one in outside))
    return tuple(Ask(one.intent, _passage(heard, one.at[0], one.at[-1]), concepts) for one in found[:_MOST])


def _only_what_is_asked(one: Matched, heard: Heard, case: Case) -> bool:
    """Whether nothing is named but what the request asks for, which is said by the way (`is IVIG safe`)."""
    if not one.intent.named or one.intent.kinds or case.request is None:
        return False
    related = heard.lexicon.vocabulary.related
    ours = tuple(filter(None, (case.request.treatment, case.request.product)))
    inside = [thing.concept for thing in heard.named if one.at[0] <= thing.first <= one.at[-1]]
    return bool(inside) and all(any(related(concept, mine) for mine in ours) for concept in inside)


def _passage(heard: Heard, first: int, last: int) -> Passage:
    return heard.document.passage(heard.words[first].start, heard.words[last].end)


def _is_number(word: str, numbered: set[str]) -> bool:
    """Whether a word is the number of a criterion, told from any other number by a letter in it."""
    return any(map(str.isalpha, word)) and any(map(str.isdigit, word)) and _bare_number(word) in numbered


def _bare_number(number: str) -> str:
    return "".join(filter(str.isalnum, number.lower()))


def _bare(heard: Heard) -> tuple[Ask, ...]:
    """The question that only names something, with no word beside it that asks for more."""
    known, words = heard.known, heard.words
    inside = {at for one in heard.named for at in range(one.first, one.last)}
    other = {word.text for at, word in enumerate(words) if at not in inside}
    intent = next((one for one in known.intents if one.id == known.bare), None)
    if not heard.named or intent is None or not other <= {*known.plain, *known.persons}:
        return ()
    concepts = tuple(dict.fromkeys(one.concept for one in heard.named))
    return (Ask(intent, _passage(heard, 0, len(words) - 1), concepts),)
