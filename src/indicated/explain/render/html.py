"""One self-contained HTML page: readable without JavaScript, in light and dark, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.proofs import outer
from indicated.explain.render.marks import COLUMNS, cited, mark, numbers
from indicated.explain.render.style import CSS
from indicated.model.case import Case
from indicated.model.statement import FromPassage, Rationale, Reference, Section, Statement
from indicated.model.text import Document, Passage, visible

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_AROUND = 160


def escape(text: str) -> str:
    """The text with every character that HTML would read as markup taken literally."""
    return visible(text).translate(_ESCAPES)


def render(rationale: Rationale, book: Phrasebook, case: Case) -> str:
    """The article as a page. Quotes unfold to the place in the record where they stand."""
    documents = {document.id: document for document in case.documents}
    page = _Page(book, numbers(rationale), documents, rationale.english)
    body = "\n".join(page.section(section) for section in rationale.sections)
    title = escape(rationale.title)
    withheld = f"<p>{escape(book.words('withheld', n=rationale.withheld))}</p>\n" if rationale.withheld else ""
    return (
        f'<!doctype html>\n<html lang="{rationale.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{_first(rationale)}">{escape(book.words("show.skip"))}</a>\n'
        f"<main>\n<h1>{title}</h1>\n{body}\n{page.references(rationale.references)}{withheld}</main>\n</body>\n</html>\n"
    )


class _Page:
    """Words, reference numbers and documents of one rendering."""

    def __init__(
        self, book: Phrasebook, numbered: dict[str, int], documents: dict[str, Document], english: Iterable[str]
    ) -> None:
        self.book = book
        self.english = {escape(book.template("show.english").format(text=one)): escape(one) for one in english}
        self.numbered = numbered
        self.documents = documents

    def section(self, section: Section) -> str:
        """A section with its heading; tables for worksheets, a panel for the answer."""
        write = {
            "table": self._table,
            "form": self._table,
            "list": self._list,
            "rows": self._rows,
            "head": self._rows,
            "sign": self._rows,
            "letter": self._letter,
        }.get(section.style, self._prose)
        name = escape(section.id)
        named = f' aria-labelledby="h-{name}"' if section.heading else ""
        heading = f'<h2 id="h-{name}">{escape(section.heading)}</h2>\n' if section.heading else ""
        return f'<section id="{name}" class="{escape(section.style)}"{named}>\n{heading}{write(section)}\n</section>'

    def _letter(self, section: Section) -> str:
        """The statements as one paragraph, then where each of them stands in the record."""
        said = " ".join(map(self._text, section.statements))
        return f"<p>{said}</p>{''.join(map(self._quotes, section.statements))}"

    def _prose(self, section: Section) -> str:
        return "\n".join(
            f"<p{_tone(statement)}>{self._text(statement)}</p>{self._quotes(statement)}"
            for statement in section.statements
        )

    def _list(self, section: Section) -> str:
        rows = "\n".join(f"<li>{self._named(one)}{self._full(one)}</li>" for one in section.statements)
        return f"<ul>\n{rows}\n</ul>"

    def _named(self, statement: Statement) -> str:
        return f"<strong>{escape(statement.label)}:</strong> " if statement.label else ""

    def _rows(self, section: Section) -> str:
        """Labelled rows as definition lists, sentences without a label between them, in the order of the section."""
        parts: list[str] = []
        for labelled, run in groupby(section.statements, key=lambda one: bool(one.label)):
            if labelled:
                rows = "\n".join(
                    f"<div><dt>{self._marked(one.label)}</dt><dd>{self._full(one)}</dd></div>" for one in run
                )
                parts.append(f"<dl>\n{rows}\n</dl>")
            else:
                parts += [f"<p>{self._text(one)}</p>{self._quotes(one)}" for one in run]
        return "\n".join(parts)

    def _pair(self, statement: Statement) -> str:
        return f"<div><dt>{self._marked(statement.label)}</dt><dd>{self._full(statement)}</dd></div>"

    def _full(self, statement: Statement) -> str:
        return self._text(statement) + self._quotes(statement)

    def _table(self, section: Section) -> str:
        blank = COLUMNS if section.style == "form" else ()
        heads = "".join(
            f'<th scope="col">{escape(self.book.words(name))}</th>'
            for name in ("show.criterion", "show.verdict", "show.record", *blank)
        )
        rows = "\n".join(self._row(statement, len(blank)) for statement in section.statements)
        return (
            f'<div class="wide" role="region" tabindex="0" aria-labelledby="h-{escape(section.id)}"><table>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def _row(self, statement: Statement, blank: int) -> str:
        word = escape(mark(statement, self.book))
        return (
            f'<tr><th scope="row" class="l{statement.level}">{self._marked(statement.label)}</th>'
            f'<td><span class="mark {escape(statement.mark)}">{word}</span></td>'
            f"<td>{self._full(statement)}</td>{'<td></td>' * blank}</tr>"
        )

    def _text(self, statement: Statement) -> str:
        refs = "".join(self._ref(number) for number in cited(statement, self.numbered))
        return self._marked(statement.text) + (f" <sup>{refs}</sup>" if refs else "")

    def _marked(self, text: str) -> str:
        """The text, with what stands in English in it marked as English for a screen reader."""
        said = escape(text)
        for shown, one in self.english.items():
            if shown in said:
                said = said.replace(shown, shown.replace(one, f'<span lang="en">{one}</span>', 1))
        return said

    def _ref(self, number: int) -> str:
        said = escape(self.book.words("show.reference", n=number))
        return f'<a class="ref" href="#ref-{number}" aria-label="{said}">{number}</a>'

    def _quotes(self, statement: Statement) -> str:
        passages = [proof.passage for proof in statement.proofs if isinstance(proof, FromPassage)]
        shown = [one for one in outer(passages) if one.document in self.documents]
        if not shown:
            return ""
        inner = "".join(self._quote(passage) for passage in shown)
        return f"<details><summary>{escape(self.book.words('show.where'))}</summary>{inner}</details>"

    def _quote(self, passage: Passage) -> str:
        text = self.documents[passage.document].text
        before, after = _context(text, passage)
        place = self.book.words("show.place", document=passage.document, start=passage.start, end=passage.end)
        return (
            f"<blockquote>{escape(before)}<mark>{escape(passage.quote)}</mark>{escape(after)}"
            f"<footer>{escape(place)}</footer></blockquote>"
        )

    def references(self, references: tuple[Reference, ...]) -> str:
        """The numbered list of sources."""
        if not references:
            return ""
        rows = "\n".join(self._reference(reference) for reference in references)
        heading = escape(self.book.words("heading.references"))
        return (
            f'<section id="references" aria-labelledby="h-references">\n<h2 id="h-references">{heading}</h2>\n'
            f"<ol>\n{rows}\n</ol>\n</section>\n"
        )

    def _reference(self, reference: Reference) -> str:
        links = "".join(f' <a href="{escape(link)}">{escape(_short(link))}</a>' for link in reference.links)
        unsure = "" if reference.verified else f" <em>({escape(self.book.words('show.unverified'))})</em>"
        return f'<li id="ref-{reference.number}">{escape(reference.text)}{unsure}{links}</li>'


def _first(rationale: Rationale) -> str:
    """The section that a reader wants first: the answer, where there is one."""
    named = [section.id for section in rationale.sections]
    return escape("answer" if "answer" in named or not named else named[0])


def _tone(statement: Statement) -> str:
    return f' class="tone {escape(statement.mark)}"' if statement.mark else ""


def _context(text: str, passage: Passage) -> tuple[str, str]:
    """The rest of the passage's line on both sides, cut at a word when the line is long."""
    before = text[max(0, passage.start - _AROUND - 1) : passage.start].rpartition("\n")[2]
    after = text[passage.end : passage.end + _AROUND + 1].partition("\n")[0]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return before, after


def _short(link: str) -> str:
    return link.removeprefix("https://").removeprefix("http://").removesuffix("/")
