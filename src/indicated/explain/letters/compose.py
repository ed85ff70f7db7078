"""A letter composed: its kind's sections, its references, and what to know before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from indicated.explain import references
from indicated.explain.letters.appeal import appeal
from indicated.explain.letters.approval import approval
from indicated.explain.letters.ask import ask
from indicated.explain.letters.denial import denial
from indicated.explain.letters.desk import Desk
from indicated.explain.letters.necessity import necessity
from indicated.explain.letters.once import once
from indicated.explain.letters.order import KINDS, LEVELS, SIDES, Order
from indicated.explain.letters.peer import peer
from indicated.explain.letters.short import summary, worksheet
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.writer import Writer
from indicated.model.determination import Determination
from indicated.model.errors import Nonsense
from indicated.model.knowledge import Knowledge
from indicated.model.statement import Letter, Phrase, Rationale, Section

_WRITERS: dict[str, Callable[[Desk], tuple[tuple[Section, ...], Section]]] = {
    "necessity": necessity,
    "appeal": appeal,
    "peer-to-peer": peer,
    "request-for-information": ask,
    "approval": approval,
    "denial": denial,
    "summary": summary,
    "worksheet": worksheet,
}
_AUDIENCES = {"worksheet": "reviewer"}
_WHOLE = frozenset({"worksheet"})
"""Forms whose every row is read by itself, so that a passage is quoted wherever it counts."""


def compose(
    determination: Determination, knowledge: Knowledge, phrases: Iterable[Phrase] | Mapping[str, Phrase], order: Order
) -> Letter:
    """The letter. Same input, same value. Refuses, in one line, what the record or a decision does not carry."""
    for given, known in ((order.kind, KINDS), (order.level, LEVELS), (order.side, SIDES)):
        if given not in known:
            raise Nonsense(f"there is no {given!r}; use one of {', '.join(known)}")
    audience = _AUDIENCES.get(order.kind, "clinician")
    book = Phrasebook(phrases, audience)
    desk = Desk(Writer(determination, knowledge, book), order)
    written, before = _WRITERS[order.kind](desk)
    sections = written if order.kind in _WHOLE else once(written, book.words("letter.above"))
    page = Rationale(
        title=book.words(f"letter.title.{_title(order)}"),
        audience=audience,
        sections=sections,
        references=references.numbered(sections, knowledge, book, letter=True),
        withheld=len(desk.w.withheld),
    )
    return Letter(order.kind, page, before)


def _title(order: Order) -> str:
    named = order.kind.replace("-", "_")
    which = {"appeal": order.level, "peer-to-peer": order.side}.get(order.kind, "")
    return f"{named}.{which}" if which else named
