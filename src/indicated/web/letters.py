"""Letters of a case: which can be drafted, each to read with its proofs, to edit with them kept, and to save.

Nothing of an edit is stored: the form holds it, and the file that is saved. A sentence that was changed keeps its
proofs, and a number that stands in none of them is refused, unless the sentence had a place for the writer to fill in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from indicated.explain.letters.order import LEVELS, PLANS, SIDES
from indicated.explain.statements import check
from indicated.model.errors import IndicatedError
from indicated.model.statement import Letter, Section, Statement
from indicated.web import forms
from indicated.web.answer_view import letter_blocks
from indicated.web.case import FILES, Headed, Shown, asked_audience, head_of, look
from indicated.web.errors import NoPage
from indicated.web.pages import page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import book
from indicated.workflow.assess import Assessment, current
from indicated.workflow.letters import letter, shown

router = APIRouter()

KINDS = ("necessity", "appeal", "peer-to-peer", "request-for-information", "approval", "summary", "worksheet")
"""The letters that can be drafted from a determination alone. A notice of an adverse decision takes a signed one."""
FORMS = ("pdf", "docx", "md")
"""What a letter can be had as."""
Of = tuple[Shown, Assessment]
"""A case as it is shown, and what its letters are drafted from."""


class Asked(Struct, frozen=True):
    """Which letter: its kind and, where they bear on it, the level of an appeal, the side, the plan and state."""

    kind: str
    level: str = LEVELS[0]
    side: str = SIDES[0]
    plan: str = ""
    state: str = ""


class Offer(Struct, frozen=True):
    """A letter that can be had, or why not."""

    kind: str
    why_not: str = ""
    code: str = ""


@router.get("/case/{case_id}/letters")
async def letters(request: Request, case_id: str) -> Response:
    """Every kind of letter: to be drafted, or why it cannot be."""
    seen, made = await _seen(request, case_id)
    offers = await run_in_threadpool(lambda: [_offer(made, kind) for kind in KINDS]) if made is not None else []
    return page(request, "letter/letters.html", file=seen.file, headed=_headed(request, seen), offers=offers)


@router.get("/case/{case_id}/letter/{kind}")
async def read(request: Request, case_id: str, kind: str) -> Response:
    """A letter to read and to edit."""
    seen, made = await _made(request, case_id)
    file = seen.file
    usual = {"plan": file.head.plan or "", "state": file.head.us_state}
    asked = _asked(kind, {**usual, **request.query_params})
    try:
        drafted = await run_in_threadpool(_draft, made, asked)
    except IndicatedError as error:
        headed = _headed(request, seen)
        return page(request, "letter/refused.html", status=409, file=file, headed=headed, asked=asked, line=str(error))
    return letter_page(request, (seen, made), asked, drafted, {})


@router.post("/case/{case_id}/letter/{kind}")
async def save(request: Request, case_id: str, kind: str) -> Response:
    """The letter as it was edited, as a file; back to the form where an edit cannot stand."""
    seen, made = await _made(request, case_id)
    form = await forms.posted(request)
    asked = _asked(kind, {name: forms.text(form, name) for name in ("level", "side", "plan", "state")})
    told = forms.text(form, "form")
    if told not in FORMS:
        raise NoPage(f"a letter can be had as {', '.join(FORMS)}")
    drafted = await run_in_threadpool(_draft, made, asked)
    edited, wrong = edit(drafted, form)
    if wrong:
        return letter_page(request, (seen, made), asked, retyped(drafted, form), wrong)
    written = await run_in_threadpool(shown, edited, made, told)
    headers = {"content-disposition": f'attachment; filename="{seen.file.head.id}-{kind}.{told}"'}
    return Response(
        written if isinstance(written, bytes) else written.encode(), media_type=FILES[told], headers=headers
    )


def edit(drafted: Letter, form: FormData) -> tuple[Letter, dict[str, str]]:
    """The letter with the sentences of the form in place of its own; an emptied sentence is left out. What cannot stand
    is told by the name of its field.
    """
    wrong: dict[str, str] = {}
    sections = tuple(
        replace(section, statements=tuple(_edited(section, at, form, wrong)))
        for at, section in enumerate(drafted.page.sections)
    )
    kept = tuple(one for one in sections if one.statements)
    return replace(drafted, page=replace(drafted.page, sections=kept)), wrong


def retyped(drafted: Letter, form: FormData) -> Letter:
    """The letter with every sentence as the form has it, also the emptied ones, to be shown again."""
    sections = tuple(
        replace(
            section,
            statements=tuple(
                replace(one, text=typed_of(form, f"s{at}-{number}", one.text))
                for number, one in enumerate(section.statements)
            ),
        )
        for at, section in enumerate(drafted.page.sections)
    )
    return replace(drafted, page=replace(drafted.page, sections=sections))


def typed_of(form: FormData, name: str, otherwise: str) -> str:
    """A sentence of the form on one line; as it was drafted where the form does not hold it."""
    return " ".join(forms.text(form, name).split()) if name in form else otherwise


def _edited(section: Section, at: int, form: FormData, wrong: dict[str, str]) -> Iterator[Statement]:
    for number, statement in enumerate(section.statements):
        name = f"s{at}-{number}"
        text = typed_of(form, name, statement.text)
        if not text and statement.text:
            continue
        yield replace(statement, text=text)
        foreign = () if "[" in f"{statement.label}{statement.text}" else check(text, statement.proofs)
        if text != statement.text and foreign:
            wrong[name] = book().words("web.letter.unproved", numbers=", ".join(foreign))


def _draft(made: Assessment, asked: Asked) -> Letter:
    return letter(
        made, asked.kind, level=asked.level, side=asked.side, plan=asked.plan or None, state=asked.state or None
    )


def _offer(made: Assessment, kind: str) -> Offer:
    try:
        letter(made, kind)
    except IndicatedError as error:
        return Offer(kind, str(error), error.code)
    return Offer(kind)


def _asked(kind: str, given: Mapping[str, str]) -> Asked:
    if kind not in KINDS:
        raise NoPage(f"there is no letter {kind[:40]!r}; there are {', '.join(KINDS)}")
    level, side, plan, state = (given.get(name) or "" for name in ("level", "side", "plan", "state"))
    return Asked(
        kind,
        level if level in LEVELS else LEVELS[0],
        side if side in SIDES else SIDES[0],
        plan if plan in PLANS else "",
        state.strip().upper()[:2],
    )


def letter_page(
    request: Request, of: Of, asked: Asked, drafted: Letter, wrong: dict[str, str], **more: Any
) -> Response:
    """The page of a letter; `wrong` are the sentences that cannot stand. A notice also has `notice`: what it takes to
    put it on record.
    """
    seen, made = of
    *blocks, before = letter_blocks(drafted, made, current())
    return page(
        request,
        "letter/letter.html",
        status=422 if wrong else 200,
        file=seen.file,
        headed=_headed(request, seen),
        asked=asked,
        letter=drafted,
        blocks=blocks,
        before=before,
        wrong=wrong,
        levels=LEVELS,
        sides=SIDES,
        plans=PLANS,
        files=FORMS,
        **{"action": f"/case/{seen.file.head.id}/letter/{asked.kind}", "notice": None, **more},
    )


def _headed(request: Request, seen: Shown) -> Headed:
    return head_of(seen, current_person(request))


async def _seen(request: Request, case_id: str) -> tuple[Shown, Assessment | None]:
    person = current_person(request)
    site: Site = request.app.state.site
    audience = asked_audience(request, "clinician")
    seen = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, audience)
    return seen, seen.assessment


async def _made(request: Request, case_id: str) -> Of:
    seen, made = await _seen(request, case_id)
    if made is None:
        raise NoPage(seen.trouble or "nothing was determined yet")
    return seen, made
