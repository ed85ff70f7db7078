"""Markdown: headings, tables for worksheets, lists, numbered references with links."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render.marks import COLUMNS, cited, mark, numbers, runs
from indicated.model.statement import Rationale, Section, Statement
from indicated.model.text import visible

_SPECIAL = str.maketrans({character: "\\" + character for character in "\\`*_[]<>|#"})
_INDENT = "&emsp;"


def render(rationale: Rationale, book: Phrasebook) -> str:
    """The article as Markdown (CommonMark with tables)."""
    numbered = numbers(rationale)
    lines = [f"# {escape(rationale.title)}"]
    for section in rationale.sections:
        heading = [f"## {escape(section.heading)}", ""] if section.heading else []
        lines += ["", *heading, *_section(section, book, numbered)]
    if rationale.references:
        lines += ["", f"## {escape(book.words('heading.references'))}", ""]
        for reference in rationale.references:
            unsure = "" if reference.verified else f" ({escape(book.words('show.unverified'))})"
            links = "".join(f" <{link}>" for link in reference.links)
            lines.append(f"{reference.number}. {escape(reference.text)}{unsure}{links}")
    if rationale.withheld:
        lines += ["", escape(book.words("withheld", n=rationale.withheld))]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text with every character that Markdown would read as markup taken literally, on one line."""
    return " ".join(visible(text).split()).translate(_SPECIAL)


def _section(section: Section, book: Phrasebook, numbered: dict[str, int]) -> Iterator[str]:
    if section.style == "letter":
        yield " ".join(_text(statement, numbered) for statement in section.statements)
        return
    blank = COLUMNS if section.style == "form" else ()
    if section.style in ("table", "form"):
        heads = [book.words(name) for name in ("show.criterion", "show.verdict", "show.record", *blank)]
        yield f"| {' | '.join(escape(head) for head in heads)} |"
        yield "|" + "---|" * len(heads)
    for place, statement in enumerate(section.statements):
        text = _text(statement, numbered)
        label = escape(statement.label)
        if section.style in ("table", "form"):
            cells = (f"{_INDENT * statement.level}{label}", escape(mark(statement, book)), text, *("" for _ in blank))
            yield f"| {' | '.join(cells)} |"
        elif section.style in ("list", "rows", "head", "sign"):
            yield f"- **{label}:** {text}" if label else f"- {text}"
        else:
            if place:
                yield ""
            yield text


def _text(statement: Statement, numbered: dict[str, int]) -> str:
    refs = cited(statement, numbered)
    shown = f" \\[{runs(refs)}\\]" if refs else ""
    return f"{escape(statement.text)}{shown}".strip()
