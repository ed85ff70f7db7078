"""An article laid out as plain data, which the PDF and the Word file are both made from."""

from __future__ import annotations

from typing import Any

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render.marks import COLUMNS, cited, mark, numbers, runs
from indicated.model.statement import Rationale, Section, Statement
from indicated.model.text import visible

Sheet = dict[str, Any]


def sheet(rationale: Rationale, book: Phrasebook) -> Sheet:
    """Title, sections with their rows, references: every word as it is to stand on the page."""
    numbered = numbers(rationale)
    dense = any(section.style == "head" for section in rationale.sections)
    return {
        "title": _shown(rationale.title),
        "dense": dense,
        "signed": any(section.style == "sign" for section in rationale.sections),
        "heads": [book.words(name) for name in ("show.criterion", "show.verdict", "show.record")],
        "blank": [book.words(name) for name in COLUMNS],
        "sections": [_section(section, book, numbered) for section in rationale.sections],
        "references_heading": book.words("heading.references"),
        "references": [
            {
                "number": one.number,
                "text": _shown(one.text),
                "unsure": "" if one.verified else book.words("show.unverified"),
                "links": list(one.links[:1] if dense else one.links),
            }
            for one in rationale.references
        ],
        "withheld": book.words("withheld", n=rationale.withheld) if rationale.withheld else "",
        "page": book.words("show.page"),
    }


def _section(section: Section, book: Phrasebook, numbered: dict[str, int]) -> Sheet:
    return {
        "id": section.id,
        "heading": _shown(section.heading),
        "style": section.style,
        "rows": [_row(statement, book, numbered) for statement in section.statements],
    }


def _row(statement: Statement, book: Phrasebook, numbered: dict[str, int]) -> Sheet:
    return {
        "label": _shown(statement.label),
        "text": _shown(statement.text),
        "refs": runs(cited(statement, numbered)),
        "mark": mark(statement, book),
        "tone": statement.mark,
        "level": statement.level,
    }


def _shown(text: str) -> str:
    return " ".join(visible(text).split())
