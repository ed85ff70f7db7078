"""What the tests of reading share: the project's own content compiled, and short ways to say what was read."""

from __future__ import annotations

from indicated.model.case import Case
from indicated.model.text import Document

from .told_of_treatment import lexicon, reader

__all__ = ["lexicon", "marked", "read", "reader", "told"]


def read(*texts: str, question: bool = True) -> Case:
    documents = tuple(Document(f"d{at}" if at else "text", text) for at, text in enumerate(texts))
    return reader().read(documents, question=question)


def told(text: str) -> dict[str, list[str]]:
    """What was read, shortly: concept -> what is said of it, one entry a fact."""
    found: dict[str, list[str]] = {}
    for fact in read(text).facts:
        said = fact.assertion
        words = [] if said.polarity == "present" else [str(said.polarity)]
        words += [str(axis) for axis in (said.certainty, said.time) if axis not in ("confirmed", "current")]
        words += [str(part) for part in (fact.result, fact.course) if part is not None]
        words += [fact.value.text()] if fact.value else []
        words += [fact.on.isoformat()] if fact.on else []
        found.setdefault(fact.concept, []).append(" ".join(words) or "present")
    return found


def marked(text: str) -> tuple[str, int, int]:
    """The text without its one pair of [brackets], and the span that they marked."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "", 1).replace("]", "", 1), start, end
