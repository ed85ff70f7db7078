"""What the record says of something that a question names, and what the thing itself is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.explain import proofs
from indicated.model.statement import FromEntry, FromPassage

if TYPE_CHECKING:
    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said

_MOST, _MOST_ASIDE = 6, 3


def record(desk: Desk) -> Said:
    """Each fact on what is named, the latest day first, with its passage; or that the record does not speak of it.

    What is named and was not said of this patient as a fact is shown too, and why it does not count.
    """
    return tuple(one for concept in desk.specific() for one in _of(desk, concept))


def _of(desk: Desk, concept: str) -> Said:
    w = desk.w
    told = [fact for fact in w.d.case.facts if w.knowledge.vocabulary.is_a(fact.concept, concept)]
    told.sort(key=lambda fact: (fact.on is None, -fact.on.toordinal() if fact.on is not None else 0))
    rows: list[Said] = []
    for fact in told[:_MOST]:
        quotes, proved = w.quoted((fact,), 2)
        entered = (FromEntry("record", fact.on.isoformat()),) if fact.on is not None else ()
        said = w.words.fact(fact)
        if fact.on is not None:
            said = w.book.words("ask.record.on", fact=said, day=fact.on.isoformat())
        read = (*proved, *proofs.of_facts((fact,)), *proofs.computed(fact, quotes), *entered)
        rows.append(w.say("ask.record", read, fact=said, quotes=quotes))
    if not told:
        label = w.words.label(concept)
        rows.append(w.say("ask.record.none", (w.trace(concept, "not documented"),), what=label))
    aside = [one for one in w.d.case.set_aside if w.knowledge.vocabulary.is_a(one.concept, concept)]
    for mention in aside[:_MOST_ASIDE]:
        quote = w.book.words("quote", text=" ".join(mention.passage.quote.split()))
        rows.append(w.say("ask.record.aside", (FromPassage(mention.passage),), quote=quote))
    return tuple(one for row in rows for one in row)


def meaning(desk: Desk) -> Said:
    """What is named, in plain words, and what it belongs to."""
    w = desk.w
    rows: list[Said] = []
    for concept in desk.specific():
        known = w.knowledge.vocabulary.concepts.get(concept)
        if known is None:
            continue
        broader = w.book.series(w.words.label(one) for one in known.broader)
        codes = w.book.series(dict.fromkeys(code for several in known.codes.values() for code in several[:3]))
        proof = FromEntry(
            f"vocabulary: {known.id}", f"{known.label} {known.plain} {codes} {known.source} {known.settled_by}"
        )
        w.words.name(codes)
        rows.append(
            w.say(
                "ask.meaning",
                (proof,),
                what=w.words.name(known.label),
                plain=w.book.words("ask.meaning.plain", plain=known.plain) if known.plain else "",
                broader=w.book.words("ask.meaning.broader", broader=broader) if broader else "",
                codes=w.book.words("ask.meaning.codes", codes=codes) if codes else "",
                settled=w.book.words("ask.meaning.settled", by=known.settled_by) if known.settled_by else "",
            )
        )
    return tuple(one for row in rows for one in row)
