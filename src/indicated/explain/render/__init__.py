"""Renderings of an article. Each is a pure function of the article and the words: the same input, the same bytes."""

from __future__ import annotations

from indicated.explain.phrasebook import Phrasebook
from indicated.model.case import Case
from indicated.model.errors import Nonsense
from indicated.model.statement import Rationale

FORMATS = ("text", "md", "html", "json")
FILES = ("pdf", "docx")
"""The formats that are no text."""
_NAMES = {"markdown": "md", "txt": "text"}


def render(  # noqa: PLR0913  (width and colour are a terminal's)
    rationale: Rationale, form: str, book: Phrasebook, case: Case, *, width: int = 100, colour: bool = False
) -> str:
    """The article as `text`, `md` or `html`. `width` and `colour` concern text only."""
    form = _NAMES.get(form, form)
    if form == "text":
        from indicated.explain.render import text

        return text.render(rationale, book, width=width, colour=colour)
    if form == "md":
        from indicated.explain.render import markdown

        return markdown.render(rationale, book)
    if form == "html":
        from indicated.explain.render import html

        return html.render(rationale, book, case)
    raise Nonsense(f"there is no format {form!r}; use one of {', '.join(FORMATS)}")


def render_file(rationale: Rationale, form: str, book: Phrasebook) -> bytes:
    """The article as the bytes of a `pdf` or `docx` file."""
    from indicated.explain.render.sheet import sheet

    if form == "pdf":
        from indicated.explain.render import pdf

        return pdf.render(sheet(rationale, book))
    if form == "docx":
        from indicated.explain.render import word

        return word.render(sheet(rationale, book))
    raise Nonsense(f"there is no file format {form!r}; use one of {', '.join(FILES)}")
