"""The reference list: every source an article cites, numbered in order of first use, with its links."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from indicated.explain.phrasebook import Phrasebook
from indicated.model.evidence import Citation, Evidence, Status
from indicated.model.knowledge import Knowledge
from indicated.model.statement import FromCitation, Reference, Section, Statement

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_DOI = "https://doi.org/"
_INITIALS = 3


def cited(sections: Iterable[Section]) -> tuple[str, ...]:
    """The evidence keys of all statements, each once, in order of first use."""
    statements = (statement for section in sections for statement in section.statements)
    return tuple(dict.fromkeys(key for statement in statements for key in keys(statement)))


def keys(statement: Statement) -> tuple[str, ...]:
    """The evidence keys among a statement's proofs."""
    return tuple(dict.fromkeys(proof.key for proof in statement.proofs if isinstance(proof, FromCitation)))


def numbered(
    sections: Iterable[Section], knowledge: Knowledge, book: Phrasebook, *, letter: bool = False
) -> tuple[Reference, ...]:
    """The references of an article. A `letter` leaves out where we read a copy of a label, a code list or a journal's
    article: that is of no use to whoever receives it.
    """
    known = [knowledge.sources[key] for key in cited(sections) if key in knowledge.sources]
    copies = {key for product in knowledge.products for key in product.cite} if letter else set()
    return tuple(
        _reference(number, one, book, copy=letter and (one.key in copies or bool(one.citation.volume)))
        for number, one in enumerate(known, start=1)
    )


def _reference(number: int, evidence: Evidence, book: Phrasebook, *, copy: bool) -> Reference:
    citation = replace(evidence.citation, url="") if copy else evidence.citation
    told = [line(citation)]
    if evidence.retracted:
        told.append(book.words("reference.retracted"))
    if evidence.superseded_by:
        told.append(book.words("reference.superseded"))
    return Reference(number, evidence.key, " ".join(told), links(citation), citation.id_status is Status.SEEN)


def line(citation: Citation) -> str:
    """`Authors. Title. Journal. Year;Volume(Issue):Pages.`, leaving out what is not known."""
    where = f"{citation.volume}{f'({citation.issue})' if citation.issue else ''}"
    where = f"{where}:{citation.pages}" if where and citation.pages else where or citation.pages
    dated = ";".join(part for part in (str(citation.year or ""), where) if part)
    parts = (_authors(citation.authors), citation.title, citation.journal, dated)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _authors(authors: str) -> str:
    """The first author and `et al.` where there are several; a body's name stays whole."""
    first, comma, _ = authors.partition(",")
    return f"{first} et al" if comma and len(first.split()[-1]) <= _INITIALS and first[-1:].isupper() else authors


def links(citation: Citation) -> tuple[str, ...]:
    """Where to read it: PubMed, the DOI, else the page it was read on, when that is an address."""
    found = []
    if citation.pmid:
        found.append(f"{_PUBMED}{citation.pmid}/")
    if citation.doi:
        found.append(f"{_DOI}{citation.doi}")
    if not found and citation.url.startswith(("https://", "http://")):
        found.append(citation.url)
    return tuple(found)
