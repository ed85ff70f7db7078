"""The facts of a case as a plain table: what, how it was said, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.words import Words
from indicated.model.assertion import Assertion
from indicated.model.case import Case, CodeSeen
from indicated.model.text import Passage, visible

_AXES = ("polarity", "certainty", "time", "subject", "voice")
_LEAST = 24


def render(case: Case, words: Words, book: Phrasebook, width: int) -> str:
    """Facts, then contradictions, then mentions that are not facts; a line each, wrapped to the width."""
    scan = book.words("read.scanned")
    rows = [
        (
            words.fact(fact),
            ", ".join(filter(None, (_axes(fact.assertion), scan if fact.scanned else ""))),
            fact.passages[:1],
        )
        for fact in case.facts
    ]
    aside = [(words.label(one.concept), _axes(one.assertion), (one.passage,)) for one in case.set_aside]
    lines = [book.words("read.facts", n=len(rows)), *_table(rows, width)]
    if case.request is not None:
        asked = words.label(case.request.product or case.request.treatment)
        regimen = words.regimen(case.request.regimen) if case.request.regimen is not None else ""
        lines = [book.words("read.request", what=f"{asked} {regimen}".strip()), "", *lines]
    else:
        lines = [book.words("read.no_request"), "", *lines]
    if case.contradictions:
        told = [(words.label(one.about), one.kind, one.passages) for one in case.contradictions]
        lines += ["", book.words("read.contradictions", n=len(told)), *_table(told, width)]
    if case.codes:
        coded = [(_code(one, book), "", (one.passage,)) for one in case.codes]
        lines += ["", book.words("read.codes", n=len(coded)), *_table(coded, width)]
    if aside:
        lines += ["", book.words("read.set_aside", n=len(aside)), *_table(aside, width)]
    return visible("\n".join(lines)) + "\n"


def _code(one: CodeSeen, book: Phrasebook) -> str:
    if one.valid is False:
        return book.words("read.code_unknown", code=one.code)
    complete = one.billable or one.valid is None
    return book.words("read.code" if complete else "read.code_category", code=one.code, title=one.title).strip()


def _table(rows: Sequence[tuple[str, str, tuple[Passage, ...]]], width: int) -> Iterator[str]:
    room = max(width // 3, _LEAST)
    column = min(max((len(what) for what, _, _ in rows), default=0), room)
    axes = max((len(how) for _, how, _ in rows), default=0)
    for what, how, passages in rows:
        where = "; ".join(f"“{' '.join(one.quote.split())}” {_where(one)}" for one in passages)
        yield f"  {what.ljust(column)}  {how.ljust(axes)}  {where}".rstrip()


def _where(passage: Passage) -> str:
    """Where a passage stands: the document, its characters and, where there are any, the page or path."""
    place = f" {passage.place}" if passage.place else ""
    return f"{passage.document}:{passage.start}-{passage.end}{place}"


def _axes(assertion: Assertion) -> str:
    """The axes that are not as by default, in their own words."""
    plain = Assertion()
    return ", ".join(
        str(getattr(assertion, axis)) for axis in _AXES if getattr(assertion, axis) != getattr(plain, axis)
    )
