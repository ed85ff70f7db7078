"""Pages for authors: headings, paragraphs, nested lists and tables, as Markdown and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from indicated.explain.render.html import escape
from indicated.explain.render.style import CSS


class Heading(Struct, frozen=True):
    """A heading below the title."""

    text: str


class Paragraph(Struct, frozen=True):
    """A sentence or a few."""

    text: str


class Items(Struct, frozen=True):
    """A list whose items stand at levels, 0 outermost."""

    items: tuple[tuple[int, str], ...]


class Table(Struct, frozen=True):
    """Rows under heads; each row has as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


class Page(Struct, frozen=True):
    """A title and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


def flat(texts: Iterable[str]) -> Items:
    """A list of one level."""
    return Items(tuple((0, text) for text in texts))


def markdown(page: Page) -> str:
    """The page as Markdown, which is also how it reads on a terminal."""
    return f"# {page.title}\n\n" + "\n\n".join(filter(None, map(_markdown, page.blocks))) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(text=text):
            return f"## {text}"
        case Paragraph(text=text):
            return text
        case Items(items=items):
            return "\n".join(f"{'  ' * level}- {text}" for level, text in items)
        case Table(heads=heads, rows=rows):
            return "\n".join(_piped(row) for row in (heads, ("---",) * len(heads), *rows)) if rows else ""


def _piped(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def html(page: Page) -> str:
    """The page as one HTML file that needs nothing else."""
    body = "\n".join(filter(None, map(_html, page.blocks)))
    title = escape(page.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _html(block: Block) -> str:
    match block:
        case Heading(text=text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text=text):
            return f"<p>{escape(text)}</p>"
        case Items(items=items):
            return "".join(_nested(items)) if items else ""
        case Table(heads=heads, rows=rows):
            if not rows:
                return ""
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
            lines = "\n".join(_row(row) for row in rows)
            name = escape(", ".join(heads))
            return (
                f'<div class="wide" role="region" tabindex="0" aria-label="{name}"><table>\n'
                f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table></div>"
            )


def _row(cells: tuple[str, ...]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'


def _nested(items: tuple[tuple[int, str], ...]) -> Iterator[str]:
    """A list in lists. An item that lies more than one level deeper than the one before lies one deeper."""
    open_ = 0
    for level, text in items:
        wanted = min(level, open_) + 1
        if wanted > open_:
            yield "<ul>"
        else:
            yield "</li>" + "</ul></li>" * (open_ - wanted)
        open_ = wanted
        yield f"<li>{escape(text)}"
    yield "</li></ul>" * open_
