"""A follow-up question in another language than that of the record: told by its own cues and names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.question import QuestionWords
from indicated.reading.question_cues import Named, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.question import OtherTongue
    from indicated.reading.question_cues import Word


def plain(text: str) -> str:
    """A text in lower case without its accents (`¿cuánto?`: `¿cuanto?`)."""
    apart = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(one for one in apart if not unicodedata.combining(one)))


def words_without_accents(text: str) -> list[Word]:
    """The words of a text, in order, in lower case without accents."""
    return [word._replace(text=plain(word.text)) for word in words_of(text)]


def as_question_words(known: QuestionWords, tongue: OtherTongue) -> QuestionWords:
    """The words by which questions in the language are understood: the same intents by cues of its own."""
    intents = (replace(one, cues=_plain(tongue.cues.get(one.id, ()))) for one in known.intents)
    return QuestionWords(
        persons=_plain(tongue.persons),
        plain=_plain(tongue.plain),
        questions=_plain(tongue.questions),
        supposes=_plain(tongue.supposes),
        bare=known.bare,
        intents=tuple(intents),
    )


def names_in(words: Sequence[Word], names: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[Named]:
    """What the words name by the names of the language, the longest at each place."""
    spoken = {tuple(word.text for word in words_without_accents(name)): concept for name, concept in names.items()}
    longest = max(map(len, spoken), default=0)
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            concept = spoken.get(tuple(word.text for word in words[at : at + size]))
            if concept is not None and concept in vocabulary:
                yield Named(at, at + size, concept, vocabulary[concept].kind)
                at += size - 1
                break
        at += 1


def _plain(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(one) for one in said)
