"""Where a sentence may rest: passages of the record, clauses, sources as far as they were seen, calculations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.model.fact import Entry, Fact, Quoted, Therapy, Tolerance
from indicated.model.figures import numbers
from indicated.model.knowledge import Knowledge
from indicated.model.standard import Criterion
from indicated.model.statement import (
    FromCalculation,
    FromCitation,
    FromClause,
    FromEntry,
    FromPassage,
    FromTrace,
    Proof,
)
from indicated.model.text import Document, Passage

_LONGEST, _HEADER = 160, 40
_STOPS = ("\n", ". ", "; ", "? ", "! ")


def of_facts(facts: Iterable[Fact]) -> tuple[Proof, ...]:
    """Every source of the facts, each once."""
    proofs: list[Proof] = []
    for fact in facts:
        for source in fact.sources:
            if isinstance(source, Quoted):
                proofs.append(FromPassage(source.passage))
            elif isinstance(source, Entry):
                proofs.append(FromEntry(source.where, entered(fact)))
    return tuple(dict.fromkeys(proofs))


def computed(fact: Fact, quotes: str) -> tuple[Proof, ...]:
    """How a fact's value comes from its words, where it is a figure of its own (`18 of 23` as a share)."""
    if fact.value is None or set(numbers(fact.value.text())) <= set(numbers(quotes)):
        return ()
    return (FromCalculation("value", (f"as written = {quotes}",), fact.value.text()),)


def of_criterion(document: str, criterion: Criterion) -> FromClause:
    """The clause: our paraphrase and, where there is one, the quote."""
    text = "\n".join(part for part in (criterion.paraphrase, criterion.quote, criterion.ask, criterion.plain) if part)
    return FromClause(document, criterion.id, criterion.section, text)


def of_sources(knowledge: Knowledge, keys: Iterable[str], claim: str) -> tuple[FromCitation, ...]:
    """The sources of these keys, each with those of its seen figures and lines that carry a number of the claim."""
    wanted = frozenset(numbers(claim))
    known = [key for key in keys if key in knowledge.sources]
    if not wanted:
        return tuple(FromCitation(key) for key in known)
    return tuple(
        FromCitation(key, tuple(text for text, held in knowledge.figured(key) if not wanted.isdisjoint(held)))
        for key in known
    )


def around(document: Document, passage: Passage) -> Passage:
    """The passage grown to the clause it stands in, when that stays short; the passage itself otherwise."""
    text = document.text
    low, high = max(0, passage.start - _LONGEST - _HEADER), passage.end + _LONGEST + 1
    starts = [found + len(stop) for stop in _STOPS if (found := text.rfind(stop, low, passage.start)) >= 0]
    ends = [found for stop in _STOPS if (found := text.find(stop, passage.end, high)) >= 0]
    if (low and not starts) or (high < len(text) and not ends):
        return passage
    start, end = max(starts, default=0), min(ends, default=len(text))
    header = text.find(": ", start, min(start + _HEADER, passage.start))
    start = header + 2 if header >= 0 else start
    while start < passage.start and text[start].isspace():
        start += 1
    while end > passage.end and text[end - 1] in " \t\r\n.":
        end -= 1
    return document.passage(start, end) if end - start <= _LONGEST else passage


def outer(passages: Iterable[Passage]) -> list[Passage]:
    """The passages that stand inside no other, each once."""
    told = list(dict.fromkeys(passages))
    kept: set[Passage] = set()
    reached: dict[str, int] = {}
    for passage in sorted(told, key=lambda one: (one.start, -one.end)):
        if passage.end > reached.get(passage.document, 0):
            reached[passage.document] = passage.end
            kept.add(passage)
    return [passage for passage in told if passage in kept]


def pointing(fact: Fact) -> Iterator[str]:
    """Which way a fact points, in single words."""
    said = fact.assertion
    yield from (said.polarity, said.certainty, said.time)
    if fact.result is not None:
        yield fact.result
    if fact.course is not None:
        yield fact.course
    if fact.therapy is not None:
        yield from ways_of(fact.therapy)


def ways_of(therapy: Therapy) -> tuple[str, ...]:
    """Where a therapy stands and what came of it, in single words; not that it was tolerated, which nothing tells."""
    ended = () if therapy.end_reason is None else (therapy.end_reason,)
    tolerance = Tolerance.UNKNOWN if therapy.tolerance is Tolerance.TOLERATED else therapy.tolerance
    return (therapy.stage, therapy.outcome, tolerance, *ended)


def entered(fact: Fact) -> str:
    """A fact that was entered or supposed as data, as text: concept, value and which way it points."""
    value = (fact.value.text(),) if fact.value is not None else ()
    return " ".join((fact.concept, *value, *pointing(fact)))


def proof_text(proof: Proof) -> str:
    """What a proof says, as text in which a number can be looked up."""
    match proof:
        case FromPassage(passage=passage):
            return passage.quote
        case FromEntry(says=says):
            return says
        case FromClause(section=section, text=text):
            return f"{section}\n{text}"
        case FromCitation(figures=figures):
            return "\n".join(figures)
        case FromCalculation(inputs=inputs, result=result):
            return "\n".join((*inputs, result))
        case FromTrace():
            return ""
