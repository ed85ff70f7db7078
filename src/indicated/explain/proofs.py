"""Where a sentence may rest: passages of the record, clauses, sources as far as they were seen, calculations."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.model.evidence import Evidence
from indicated.model.fact import Entry, Fact, Quoted
from indicated.model.figures import numbers, proof_text
from indicated.model.standard import Criterion
from indicated.model.statement import FromCitation, FromClause, FromEntry, FromPassage, Proof
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
                proofs.append(FromEntry(source.where, _entered(fact)))
    return tuple(dict.fromkeys(proofs))


def of_criterion(document: str, criterion: Criterion) -> FromClause:
    """The clause: our paraphrase and, where there is one, the quote."""
    text = "\n".join(part for part in (criterion.paraphrase, criterion.quote, criterion.ask, criterion.plain) if part)
    return FromClause(document, criterion.id, criterion.section, text)


def of_source(evidence: Evidence, claim: str) -> FromCitation:
    """The source, with those of its seen figures and statements that carry a number of the claim."""
    wanted = set(numbers(claim))
    if not wanted:
        return FromCitation(evidence.key)
    relied = tuple(text for text in proof_text(evidence).splitlines() if wanted & set(numbers(text)))
    return FromCitation(evidence.key, relied)


def around(document: Document, passage: Passage) -> Passage:
    """The passage grown to the clause it stands in, when that stays short; the passage itself otherwise."""
    text = document.text
    start = max(
        (text.rfind(stop, 0, passage.start) + len(stop) for stop in _STOPS if stop in text[: passage.start]), default=0
    )
    ends = [found for stop in _STOPS if (found := text.find(stop, passage.end)) >= 0]
    end = min(ends, default=len(text))
    header = text.find(": ", start, min(start + _HEADER, passage.start))
    start = header + 2 if header >= 0 else start
    while start < passage.start and text[start].isspace():
        start += 1
    while end > passage.end and text[end - 1] in " \t\r\n.":
        end -= 1
    return document.passage(start, end) if end - start <= _LONGEST else passage


def _entered(fact: Fact) -> str:
    parts = [fact.concept]
    if fact.value is not None:
        parts.append(fact.value.text())
    if fact.result is not None:
        parts.append(fact.result)
    return " ".join(parts)
