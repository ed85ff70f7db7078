"""The sentences of an article with their proofs, and its sources, as plain data."""

from __future__ import annotations

from indicated.explain.data_parts import Data, plain_data, quoted
from indicated.explain.proofs import proof_text
from indicated.model.knowledge import Knowledge
from indicated.model.statement import FromCitation, FromPassage, Proof, Rationale, Statement


def statements(rationale: Rationale) -> list[Data]:
    """Every sentence of an article with its proofs."""
    return [statement_data(one, section.id) for section in rationale.sections for one in section.statements]


def citations(rationale: Rationale, knowledge: Knowledge) -> list[Data]:
    """The numbered sources of an article."""
    found = []
    for reference in rationale.references:
        citation = knowledge.sources[reference.key].citation
        found.append(
            {
                "number": reference.number,
                "key": reference.key,
                "text": reference.text,
                "pmid": citation.pmid,
                "doi": citation.doi,
                "links": list(reference.links),
                "verified": reference.verified,
            }
        )
    return found


def statement_data(statement: Statement, section: str) -> Data:
    """One sentence with its section and proofs."""
    return {
        "section": section,
        "label": statement.label,
        "text": statement.text,
        "mark": statement.mark,
        "phrase": statement.phrase,
        "verified": statement.verified,
        "proofs": [_proof(proof) for proof in statement.proofs],
    }


def _proof(proof: Proof) -> Data:
    if isinstance(proof, FromPassage):
        return {"type": "passage", **quoted(proof.passage)}
    if isinstance(proof, FromCitation):
        return {"type": "citation", "key": proof.key, "text": proof_text(proof)}
    found: Data = plain_data(proof)
    return found
