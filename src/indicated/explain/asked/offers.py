"""What can be asked, and that what was asked is not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.explain.sections.related import related
from indicated.model.statement import FromEntry, FromPassage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from indicated.explain.writer import Said, Writer
    from indicated.model.question import Intent
    from indicated.model.statement import Statement
    from indicated.model.text import Passage


_MOST, _MOST_RELATED = 5, 3


def instead(w: Writer, intents: Iterable[Intent], answers: Callable[[Intent], bool]) -> Said:
    """Questions that this case has an answer to: those that are related to it, then those that any case may answer, of
    which `answers` tells whether this one does.
    """
    # suppositions, of which related questions are made, are understood in English only
    rows: list[Statement] = [*related(w)[:_MOST_RELATED]] if w.book.language == "en" else []
    for intent in intents:
        phrase = f"ask.offered.{intent.id}"
        if len(rows) == _MOST:
            break
        if phrase in w.book and answers(intent):
            rows += w.say(phrase, (FromEntry("questions", intent.id),))
    return tuple(rows)


def can(w: Writer, intents: Iterable[Intent]) -> Said:
    """These and what can be supposed, in a line."""
    listed = "; ".join(w.book.words(f"ask.can.{one.id}") for one in intents if not one.beyond)
    return w.say("ask.can", (w.trace("question", "what can be asked"),), can=listed)


def unused(w: Writer, words: tuple[Passage, ...]) -> Said:
    """The words of a question that nothing was made of."""
    said = "; ".join(dict.fromkeys(w.book.words("quote", text=one.quote) for one in words))
    return w.say("ask.unused", tuple(FromPassage(one) for one in words), words=said)


def unknown(w: Writer, whole: Passage | None) -> Said:
    """That a question is not answered."""
    proved = (FromPassage(whole),) if whole is not None else ()
    return w.say("ask.unknown", (*proved, w.trace("question", "unknown")))
