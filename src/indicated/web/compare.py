"""Requests of one patient side by side: texts, files or kept cases, and fact by fact why their answers differ.

Nothing is kept: the form holds what was typed, and files have to be chosen again.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from indicated.explain.phrasebook import AUDIENCES
from indicated.explain.words import Words as Labels
from indicated.model.errors import IndicatedError
from indicated.model.text import Document
from indicated.web import forms
from indicated.web.answer_view import Block, contrast_blocks
from indicated.web.ask import choosable, recent_of
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import book
from indicated.workflow.assess import assess, current, now
from indicated.workflow.contrast import FEWEST, MOST, Side, held
from indicated.workflow.intake import document, opened
from indicated.workflow.review import cases
from indicated.workflow.review.compared import Compared, side
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import PolicyChoice

router = APIRouter()
_ALL = "all"
_Files = Sequence[tuple[str, bytes]]


class One(Struct, frozen=True):
    """A request as the form holds it."""

    number: int
    case: str = ""
    text: str = ""
    policy: str = ""
    pasted: str = ""

    @property
    def named(self) -> bool:
        """Whether anything was given for it but files."""
        return bool(self.case.strip() or self.text.strip())


class Asked(Struct, frozen=True):
    """All that the form holds but files."""

    requests: tuple[One, ...] = tuple(One(number) for number in range(1, MOST + 1))
    policy: str = ""
    pasted: str = ""
    audience: str = AUDIENCES[0]


class Shown(Struct, frozen=True):
    """The answer, or `trouble` by the part of the form that it is about: the number of a request, or `all`."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    on: str = ""
    trouble: dict[str, str] = {}


@router.get("/compare")
async def form(request: Request) -> Response:
    """The page; `?case=ID` names the first request."""
    person = current_person(request)
    first = One(1, request.query_params.get("case", ""))
    asked = Asked((first, *Asked().requests[1:]))
    return await _page(request, person, asked, Shown())


@router.post("/compare")
async def answer(request: Request) -> Response:
    """Why the answers differ, as a part under the form; as the whole page without JavaScript."""
    person = current_person(request)
    given = await forms.posted(request)
    asked = _asked(given)
    files = [await forms.files(given, f"files_{one.number}") for one in asked.requests]
    await given.close()
    site: Site = request.app.state.site
    shown = await run_in_threadpool(_compared, site, person, asked, files)
    if is_part(request):
        status = 422 if shown.trouble else 200
        return page(request, "compare/answer.html", status=status, shown=shown, fields=_fields())
    return await _page(request, person, asked, shown)


def _asked(given: FormData) -> Asked:
    audience = forms.text(given, "audience")
    requests = tuple(
        One(
            number,
            *(forms.text(given, f"{name}_{number}") for name in ("case", "text", "policy", "policy_text")),
        )
        for number in range(1, MOST + 1)
    )
    return Asked(
        requests,
        forms.text(given, "policy"),
        forms.text(given, "policy_text"),
        audience if audience in AUDIENCES else AUDIENCES[0],
    )


def _compared(site: Site, person: Person, asked: Asked, files: Sequence[_Files]) -> Shown:
    """The requests that were given, held against each other; what cannot be used beside the request that it is of."""
    at = now()
    on = cases.today(at)
    for_all = _choice(asked.policy, asked.pasted)
    sides: list[Side] = []
    trouble: dict[str, str] = {}
    for one, chosen in zip(asked.requests, files, strict=True):
        if not (one.named or chosen):
            continue
        try:
            told = Compared(one.case.strip(), _documents(one, chosen), _choice(one.policy, one.pasted))
            sides.append(side(site.store, person, told, for_all, one.number, now=at, on=on))
            assess(sides[-1].case, sides[-1].policy, on)
        except IndicatedError as error:
            trouble[str(one.number)] = str(error)
    if not trouble:
        try:
            title, blocks = contrast_blocks(held(sides, on), current(), asked.audience)
            return Shown(title, blocks, on.isoformat())
        except IndicatedError as error:
            trouble[_ALL] = str(error)
    return Shown(trouble=trouble)


def _documents(one: One, files: _Files) -> tuple[Document, ...]:
    said = (document(one.text, "text"),) if one.text.strip() else ()
    return cases.numbered((*said, *(opened(files) if files else ())), ())


def _choice(chosen: str, pasted: str) -> PolicyChoice:
    return PolicyChoice(text=pasted) if pasted.strip() else PolicyChoice(id=chosen.strip())


def _fields() -> tuple[str, ...]:
    return (_ALL, *map(str, range(1, MOST + 1)))


async def _page(request: Request, person: Person, asked: Asked, shown: Shown) -> Response:
    site: Site = request.app.state.site
    recent = await run_in_threadpool(recent_of, site, person)
    return page(
        request,
        "compare/compare.html",
        status=422 if shown.trouble else 200,
        asked=asked,
        shown=shown,
        fewest=FEWEST,
        most=MOST,
        policies=choosable(),
        recent=recent,
        label=Labels(book(), current().knowledge.vocabulary, {}).label,
    )
