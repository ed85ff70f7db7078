"""The documents of a case with every fact marked where it stands: by kind, by how it was said, numbered to its row.

One self-contained page without JavaScript. Kinds differ in colour and in the letter before their number, ways of saying
in the line under the words, so that nothing hangs on colour alone. Boxes in the legend take a kind away. A number leads
to its row, a row back to each of its places. Words that only tell of a therapy are marked without its colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render.highlight_rows import WAYS, Row, rows_of
from indicated.explain.render.html import escape
from indicated.explain.render.marking import CSS
from indicated.explain.render.pieces import Piece, in_columns, pieces
from indicated.explain.words import Words
from indicated.model.case import Case
from indicated.model.text import Document

LETTERS = {
    "person": "p",
    "diagnosis": "d",
    "finding": "f",
    "test": "t",
    "study": "s",
    "treatment": "r",
    "request": "q",
    "aside": "x",
}
"""The letter of each group's numbers."""
GROUPS = tuple(LETTERS)
"""What marks are grouped by, in the order of the legend; `aside` is what was read and does not count."""
_NAMED, _LINKED = 3, 12


def render(case: Case, words: Words, book: Phrasebook) -> str:
    """The page. Every fact and every mention set aside has a row, and a mark at each of its passages."""
    rows = list(rows_of(case, words))
    documents = "\n".join(_document(at, document, rows, book) for at, document in enumerate(case.documents, 1))
    names = [one.id for one in case.documents]
    shown = ", ".join(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} … ({len(names)})"
    title = escape(book.words("highlight.title", documents=shown))
    skip = f'<a class="skip" href="#rows">{escape(book.words("highlight.rows"))}</a>'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n<style>{CSS}</style>\n</head>\n'
        f"<body>\n<header>{skip}<h1>{title}</h1>\n{_legend(rows, book)}{_ways_to(names)}</header>\n<main>\n"
        f'<div class="texts" tabindex="0">\n{documents}\n</div>\n{_table(rows, case, words, book)}</main>\n'
        "</body>\n</html>\n"
    )


def _ways_to(names: Sequence[str]) -> str:
    """Links to the documents, where there are several."""
    if len(names) == 1:
        return ""
    return "<nav>" + " ".join(f'<a href="#d{at}">{escape(name)}</a>' for at, name in enumerate(names, 1)) + "</nav>\n"


def _document(number: int, document: Document, rows: Sequence[Row], book: Phrasebook) -> str:
    """The text of a document, cut where a mark begins or ends; the innermost mark gives a piece its looks."""
    name = escape(document.id)
    label = escape(book.words("highlight.document", document=document.id))
    looks = "text typed" if in_columns(document) else "text"
    return (
        f'<section id="d{number}" aria-label="{label}"><h2>{name}</h2>\n'
        f'<div class="{looks}">{"".join(map(_piece, pieces(document, rows)))}</div></section>'
    )


def _piece(piece: Piece) -> str:
    inner = piece.inner
    if inner is None:
        return escape(piece.text)
    row = inner.row
    numbers = "".join(
        f'<a class="n {one.row.group}" id="{one.name}" href="#r{one.row.number}" title="{escape(one.row.words)}">'
        f"{_number(one.row)}</a>"
        for one in piece.begins
        if one.row.group != "request"
    )
    looks = f"{row.group} beside" if inner.beside else " ".join((row.group, *row.ways))
    return f'{numbers}<mark class="{looks}">{escape(piece.text)}</mark>'


def _number(row: Row) -> str:
    return f"{LETTERS[row.group]}{row.number}"


def _legend(rows: Sequence[Row], book: Phrasebook) -> str:
    counted = {group: sum(row.group == group for row in rows) for group in GROUPS}
    boxes = "".join(
        f'<label><input type="checkbox" id="k-{group}" checked> <mark class="{group}">'
        f'<span class="l">{LETTERS[group]}</span> {escape(book.word("highlight", group))}</mark> '
        f"{counted[group]}</label>"
        for group in GROUPS
        if counted[group]
    )
    ways = "".join(f'<li><span class="way {way}">{escape(book.word("highlight", way))}</span></li>' for way in WAYS)
    ways += f'<li><mark class="beside">{escape(book.word("highlight", "beside"))}</mark></li>'
    name = escape(book.words("highlight.legend"))
    return f'<div class="legend" role="group" aria-label="{name}">{boxes}<ul>{ways}</ul></div>\n'


def _table(rows: Iterable[Row], case: Case, words: Words, book: Phrasebook) -> str:
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
        f'<section class="rows" id="rows" tabindex="0" aria-label="{name}"><h2>{name}</h2>\n{against}<table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></section>\n"
    )


def _line(row: Row) -> str:
    first = row.passages[0] if row.passages else None
    where = f"{first.document}:{first.start}" if first is not None else ""
    quote = escape(" ".join(first.quote.split())) if first is not None else ""
    shown = row.passages[1:_LINKED] if row.group != "request" else ()
    if first is not None and row.group != "request":
        quote = f'<a href="#m{row.number}-0">{quote}</a>'
    more = "".join(f' <a href="#m{row.number}-{at}">+{at}</a>' for at, _ in enumerate(shown, 1))
    if len(row.passages) > 1 + len(shown):
        more += f" +{len(row.passages) - 1}"
    because = f" <small>{escape(', '.join(row.because))}</small>" if row.because else ""
    # The words say how it was said: a line through `no fever` would deny it a second time.
    return (
        f'<tr id="r{row.number}" class="{row.group}"><td>{_number(row)}</td>'
        f'<th scope="row"><mark class="{row.group}">{escape(row.words)}</mark></th>'
        f"<td>{escape(row.how)}{because}</td><td>{quote} <small>{escape(where)}{more}</small></td></tr>"
    )
