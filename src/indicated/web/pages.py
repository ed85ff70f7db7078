"""Templates to pages: what every template may use, and how a page or a part of one is answered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from indicated.explain.render.highlight import LETTERS
from indicated.explain.render.highlight_rows import WAYS
from indicated.model.text import visible
from indicated.web import forms, nav
from indicated.web.answer_view import Line
from indicated.web.person import Who
from indicated.web.words import Words, book
from indicated.workflow.review.people import Person

HERE = Path(__file__).parent
STATIC = HERE / "static"
SEE_OTHER = 303
"""To another page, after something was sent: going back and forth sends it once."""
THEMES = ("light", "dark")
THEME = "indicated_theme"


@cache
def environment() -> Environment:
    """The templates. A name that was not given is an error, and everything that is shown is escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals["static"] = static
    env.filters["visible"] = visible
    env.filters["one_line"] = one_line
    env.filters["runs"] = runs
    env.filters["under_labels"] = under_labels
    env.filters["sentence"] = lambda line: line[:1].upper() + line[1:]
    env.globals["letters"] = LETTERS
    env.globals["ways"] = WAYS
    return env


@cache
def static(name: str) -> str:
    """The address of a file that browsers may keep: it changes when the file does."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def one_line(text: str) -> str:
    """A text of a record on one line, with nothing in it that would turn what stands beside it."""
    return " ".join(visible(text).split())


def runs(lines: Iterable[Line]) -> list[tuple[bool, list[Line]]]:
    """Lines in runs of those with a label and those without, in order."""
    return [(labelled, list(run)) for labelled, run in groupby(lines, key=lambda one: bool(one.label))]


def under_labels(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under the label before them, where those without one go on with it."""
    found: list[tuple[str, list[Line]]] = []
    for line in lines:
        if line.label or not found:
            found.append((line.label, []))
        found[-1][1].append(line)
    return found


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    audience: str = "clinician",
    language: str = "en",
    **values: Any,
) -> Response:
    """A page, or a part of one where the template is a part."""
    who: Who = request.app.state.site.who
    person = who(request)
    theme = request.cookies.get(THEME, "")
    html = (
        environment()
        .get_template(template)
        .render(
            t=Words(book(audience, language)),
            language=language,
            theme=theme if theme in THEMES else "",
            person=person,
            single=request.app.state.site.single,
            places=places(person, team=not request.app.state.site.single),
            here=request.url.path,
            form_mark=forms.mark(request),
            **values,
        )
    )
    response = HTMLResponse(html, status)
    forms.keep_seed(request, response)
    return response


def is_part(request: Request) -> bool:
    """Whether only a part of the page is asked for, to be put in place of an old one."""
    return "hx-request" in request.headers and "hx-boosted" not in request.headers


def on_to(request: Request, path: str) -> Response:
    """To another page, after something was sent: told to htmx by a header, to a browser by its own way."""
    if is_part(request):
        return Response(status_code=204, headers={"hx-redirect": path})
    return RedirectResponse(path, SEE_OTHER)


def places(person: Person | None, *, team: bool) -> list[nav.Place]:
    """The entries of the bar for a person; none for nobody, who can only sign in."""
    if person is None:
        return []
    return [one for one in nav.PLACES if (team or not one.team) and (one.needs is None or person.may(one.needs))]
