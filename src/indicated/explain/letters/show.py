"""A letter in a format: as text to read, as a file to send, or as data with its proofs."""

from __future__ import annotations

from typing import Any

from indicated.explain.letters.compose import compose
from indicated.explain.letters.order import Order
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render import FILES, render, render_file
from indicated.explain.show import refuse_other_release
from indicated.model.decision import digest
from indicated.model.determination import Determination
from indicated.model.statement import Letter
from indicated.model.text import visible
from indicated.release import Release


def draft(determination: Determination, release: Release, order: Order) -> Letter:
    """The letter under the release that the determination was made on; OtherRelease on another."""
    refuse_other_release(determination, release)
    return compose(determination, release.knowledge, release.phrases, order)


def show_letter(  # noqa: PLR0913  (width and colour are a terminal's)
    letter: Letter, determination: Determination, release: Release, form: str, *, width: int = 100, colour: bool = False
) -> str | bytes:
    """The letter as text, Markdown, HTML or JSON, or as the bytes of a PDF or Word file. What to know before it is
    sent stands in the JSON only, for it is no part of the letter.
    """
    book = Phrasebook(release.phrases, letter.page.audience)
    if form == "json":
        from indicated.explain.data import encode

        return encode(as_dict(letter, determination, release))
    if form in FILES:
        return render_file(letter.page, form, book)
    return render(letter.page, form, book, determination.case, width=width, colour=colour)


def show_before(letter: Letter, width: int = 100) -> str:
    """What to know before it is sent, as lines of text; nothing where there is nothing."""
    from indicated.explain.render.text import wrapped

    if not letter.before.statements:
        return ""
    lines = [letter.before.heading]
    for statement in letter.before.statements:
        label = f"{statement.label}: " if statement.label else ""
        lines += wrapped(visible(f"{label}{statement.text}"), width, "  - ", "    ")
    return "\n".join(lines) + "\n"


def as_dict(letter: Letter, determination: Determination, release: Release) -> dict[str, Any]:
    """The letter as dictionaries, lists and strings."""
    from indicated.explain.data_statements import citations, statement_data, statements

    page = letter.page
    return {
        "kind": letter.kind,
        "determination": digest(determination),
        "title": page.title,
        "statements": statements(page),
        "before": [statement_data(statement, letter.before.id) for statement in letter.before.statements],
        "citations": citations(page, release.knowledge),
        "withheld": page.withheld,
        "release": release.id,
    }
