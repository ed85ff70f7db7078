"""The documents of a case with every fact marked where it stands: by kind, by how it was said, numbered to its row.

One self-contained page without JavaScript. Kinds differ in colour and in the letters of their number, ways of saying in
the line under the words, so that nothing hangs on colour alone. Boxes in the legend take a kind away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render.html import escape
from indicated.explain.render.marking import CSS
from indicated.explain.words import Words
from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.case import Case
from indicated.model.concept import Kind
from indicated.model.text import Document, Passage

_GROUPS = {
    Kind.CONDITION: "diagnosis",
    Kind.FINDING: "finding",
    Kind.LAB: "test",
    Kind.ANTIBODY: "test",
    Kind.SCALE: "test",
    Kind.IMAGING: "study",
    Kind.PATHOLOGY: "study",
    Kind.STUDY: "study",
    Kind.PROCEDURE: "study",
    Kind.DRUG: "treatment",
    Kind.DRUG_CLASS: "treatment",
    Kind.TREATMENT: "treatment",
    Kind.PRODUCT: "treatment",
    Kind.DEMOGRAPHIC: "person",
}
GROUPS = ("person", "diagnosis", "finding", "test", "study", "treatment", "request", "aside")
"""What marks are grouped by, in the order of the legend; `aside` is what was read and does not count."""
WAYS = ("absent", "unsure", "past", "planned")
"""Ways of saying that change the line under the words."""
_AXES = ("polarity", "certainty", "time", "subject", "voice")


class _Row(Struct, frozen=True):
    """One claim: its number, group and words, how it was said, why, and where."""

    number: int
    group: str
    words: str
    ways: tuple[str, ...]
    how: str
    because: tuple[str, ...]
    passages: tuple[Passage, ...]


def render(case: Case, words: Words, book: Phrasebook) -> str:
    """The page. Every fact and every mention set aside has a row, and a mark at each of its passages."""
    rows = list(_rows(case, words))
    documents = "\n".join(_document(document, rows, book) for document in case.documents)
    title = escape(book.words("highlight.title", documents=", ".join(one.id for one in case.documents)))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n<style>{CSS}</style>\n</head>\n'
        f"<body>\n<header><h1>{title}</h1>\n{_legend(rows, book)}</header>\n<main>\n"
        f'<div class="texts">\n{documents}\n</div>\n{_table(rows, case, words, book)}</main>\n</body>\n</html>\n'
    )


def _rows(case: Case, words: Words) -> Iterator[_Row]:
    number = 0
    if case.request is not None:
        number += 1
        asked = words.label(case.request.product or case.request.treatment)
        regimen = words.regimen(case.request.regimen) if case.request.regimen is not None else ""
        yield _Row(number, "request", f"{asked} {regimen}".strip(), (), "", (), case.request.passages)
    for fact in case.facts:
        number += 1
        said = fact.assertion
        yield _Row(
            number, _group(fact.concept, words), words.fact(fact), _ways(said), _how(said), _why(said), fact.passages
        )
    for mention in case.set_aside:
        number += 1
        said = mention.assertion
        yield _Row(
            number, "aside", words.label(mention.concept), _ways(said), _how(said), _why(said), (mention.passage,)
        )


def _group(concept: str, words: Words) -> str:
    known = words.vocabulary.concepts.get(concept)
    return _GROUPS[known.kind] if known is not None else "finding"


def _ways(said: Assertion) -> tuple[str, ...]:
    """How a mark is underlined."""
    found = []
    if said.polarity is not Polarity.PRESENT or said.certainty is Certainty.RULED_OUT:
        found.append("absent")
    elif said.certainty is not Certainty.CONFIRMED:
        found.append("unsure")
    if said.time in (Time.PAST, Time.RESOLVED):
        found.append("past")
    elif said.time in (Time.PLANNED, Time.HYPOTHETICAL):
        found.append("planned")
    return tuple(found)


def _how(said: Assertion) -> str:
    plain = Assertion()
    return ", ".join(str(getattr(said, axis)) for axis in _AXES if getattr(said, axis) != getattr(plain, axis))


def _why(said: Assertion) -> tuple[str, ...]:
    return tuple(f"{cue.axis}: {cue.rule}" for cue in said.because)


def _document(document: Document, rows: Sequence[_Row], book: Phrasebook) -> str:
    """The text of a document, cut where a mark begins or ends; the innermost mark gives a piece its looks."""
    marks = [(p.start, p.end, row) for row in rows for p in row.passages if p.document == document.id]
    cuts = sorted({0, len(document.text), *(at for start, end, _ in marks for at in (start, end))})
    opening: dict[int, list[tuple[int, _Row]]] = {}
    for start, end, row in marks:
        opening.setdefault(start, []).append((end, row))
    pieces: list[str] = []
    live: list[tuple[int, _Row]] = []
    for start, end in pairwise(cuts):
        live = [one for one in live if one[0] > start]
        live += sorted(opening.get(start, ()), key=lambda one: -one[0])
        pieces.append(_piece(document.text[start:end], live, [one for one in live if one in opening.get(start, ())]))
    name = escape(document.id)
    label = escape(book.words("highlight.document", document=document.id))
    return f'<section aria-label="{label}"><h2>{name}</h2>\n<div class="text">{"".join(pieces)}</div></section>'


def _piece(text: str, live: Sequence[tuple[int, _Row]], begins: Sequence[tuple[int, _Row]]) -> str:
    if not live:
        return escape(text)
    inner = min(live, key=lambda one: (one[1].group == "request", one[0]))[1]
    numbers = "".join(
        f'<a class="n {row.group}" href="#r{row.number}">{row.number}</a>'
        for _, row in begins
        if row.group != "request"
    )
    looks = " ".join((inner.group, *inner.ways))
    return f'{numbers}<mark class="{looks}">{escape(text)}</mark>'


def _legend(rows: Sequence[_Row], book: Phrasebook) -> str:
    counted = {group: sum(row.group == group for row in rows) for group in GROUPS}
    boxes = "".join(
        f'<label><input type="checkbox" id="k-{group}" checked> <mark class="{group}">'
        f"{escape(book.word('highlight', group))}</mark> {counted[group]}</label>"
        for group in GROUPS
        if counted[group]
    )
    ways = "".join(f'<li><span class="way {way}">{escape(book.word("highlight", way))}</span></li>' for way in WAYS)
    name = escape(book.words("highlight.legend"))
    return f'<div class="legend" role="group" aria-label="{name}">{boxes}<ul>{ways}</ul></div>\n'


def _table(rows: Iterable[_Row], case: Case, words: Words, book: Phrasebook) -> str:
    heads = "".join(
        f'<th scope="col">{escape(book.words(name))}</th>'
        for name in ("highlight.number", "highlight.what", "highlight.how", "highlight.where")
    )
    body = "\n".join(_line(row) for row in rows)
    told = "".join(
        f"<li>{escape(words.label(one.about))}: "
        f"{escape(' / '.join(' '.join(passage.quote.split()) for passage in one.passages))}</li>"
        for one in case.contradictions
    )
    heading = escape(book.words("heading.contradictions"))
    against = f"<h2>{heading}</h2>\n<ul>{told}</ul>\n" if told else ""
    name = escape(book.words("highlight.rows"))
    return (
        f'<section class="rows" aria-label="{name}"><h2>{name}</h2>\n{against}<table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></section>\n"
    )


def _line(row: _Row) -> str:
    first = row.passages[0] if row.passages else None
    where = f"{first.document}:{first.start}" if first is not None else ""
    quote = " ".join(first.quote.split()) if first is not None else ""
    more = f" +{len(row.passages) - 1}" if row.passages[1:] else ""
    because = "".join(f"<br><small>{escape(one)}</small>" for one in row.because)
    return (
        f'<tr id="r{row.number}" class="{row.group}"><td>{row.number}</td>'
        f'<th scope="row"><mark class="{" ".join((row.group, *row.ways))}">{escape(row.words)}</mark></th>'
        f"<td>{escape(row.how)}{because}</td><td>{escape(quote)} <small>{escape(where + more)}</small></td></tr>"
    )
