"""What can be asked, and that what was asked is not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.statement import FromPassage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.explain.writer import Said, Writer
    from indicated.model.question import Intent
    from indicated.model.text import Passage


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
