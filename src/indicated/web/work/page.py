"""The work on one case: the answer beside everything that can be done, by whom, and what was done.

A form whose case was changed by somebody else comes back with what was typed, what the other did, and the new version.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.determination import NextStep
from indicated.model.errors import IndicatedError
from indicated.model.law import Plan, Urgency
from indicated.web import forms
from indicated.web.case import Shown, head_of, look
from indicated.web.clock_view import unknown
from indicated.web.errors import NoPage, status_of
from indicated.web.history_view import Entry, history_of
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.web.work.deeds import BETWEEN, DEEDS, Doing
from indicated.web.work.people_view import names_of
from indicated.workflow.assess import current, now
from indicated.workflow.review.errors import Conflict
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import DECIDED, CaseState
from indicated.workflow.review.values import Appealed, CaseFile, CaseHead, Corrected, Decided, Proposed

router = APIRouter()
DONE = (*DEEDS, "intake", "propose", "decide", "notice")
"""What the page can say that it was done."""


class Told(Struct, frozen=True):
    """A form that was refused: which, what it holds, why, and what others did since it was opened."""

    deed: str
    values: dict[str, str]
    wrong: str = ""
    since: tuple[Entry, ...] = ()


@router.get("/work/{case_id}")
async def work(request: Request, case_id: str) -> Response:
    """The page; `?done=` says what was just put on record."""
    return await work_page(request, case_id)


@router.post("/work/{case_id}/{deed}")
async def do(request: Request, case_id: str, deed: str) -> Response:
    """Do it; back to the page, which says so, or the form again with what was typed."""
    person = current_person(request)
    form = await forms.posted(request)
    if deed not in DEEDS:
        raise NoPage(f"there is nothing of that name to do; there are {', '.join(DEEDS)}")
    values = {name: BETWEEN.join(forms.texts(form, name)).replace("\r\n", "\n") for name in DEEDS[deed].fields}
    files = await forms.files(form, "files")
    version, site = forms.number(form, "version"), request.app.state.site
    await form.close()
    doing = Doing(site, person, case_id, version, values, files, now())
    try:
        await run_in_threadpool(DEEDS[deed].do, doing)
    except IndicatedError as error:
        told = Told(deed, values, str(error))
        return await work_page(request, case_id, told=told, version=version, error=error)
    return RedirectResponse(f"/work/{case_id}?done={deed}", SEE_OTHER)


async def work_page(
    request: Request,
    case_id: str,
    *,
    told: Told | None = None,
    version: int = 0,
    error: IndicatedError | None = None,
) -> Response:
    """The page of the work on a case, with a form that was refused in place."""
    person = current_person(request)
    site: Site = request.app.state.site

    def read() -> tuple[Shown, dict[str, str]]:
        return look(site, request.app.state.kept, person, case_id, "reviewer"), names_of(site, person)

    shown, names = await run_in_threadpool(read)
    if told is not None and isinstance(error, Conflict):
        told = replace(told, since=since(shown.file, version))
    done = request.query_params.get("done", "")
    return page(
        request,
        "work/case.html",
        status=200 if error is None else status_of(error),
        audience="reviewer",
        told=told,
        done=done if done in DONE and told is None else "",
        begins={name: deed.begins(shown.file) for name, deed in DEEDS.items()},
        deeds=tuple(DEEDS),
        people={**{one: one for one in shown.file.head.assigned}, **names},
        plans=tuple(Plan),
        urgencies=tuple(Urgency),
        **head_of_page(shown, person),
    )


def head_of_page(shown: Shown, person: Person) -> dict[str, Any]:
    """What every page of the work on a case shows."""
    file, t = shown.file, Words(book())
    headed = head_of(shown, person)
    return {
        "headed": headed,
        "case_at": f"/case/{file.head.id}",
        "file": file,
        "answer": shown.answer,
        "assumed": unknown(file.head, t),
        "history": history_of(file, current().knowledge, t),
        "can": headed.can,
        "next": next_of(file.head),
        "before": before_appeal(file),
    }


def since(file: CaseFile, version: int) -> tuple[Entry, ...]:
    """What was written after that version, the newest first."""
    later = tuple(one for one in file.history if one.number > version)
    return history_of(replace(file, history=later), current().knowledge, Words(book()))


def next_of(head: CaseHead) -> str:
    """What comes next by the state of the case: a deed, `decision` or `notice`; empty when nothing does."""
    if head.imported:
        return ""
    if head.state in DECIDED:
        return "" if head.noticed_at is not None else "notice"
    if head.state is CaseState.IN_REVIEW:
        return Action.REQUEST_INFORMATION if head.next_step is NextStep.INFORMATION_NEEDED else "decision"
    return {
        CaseState.RECEIVED: str(Action.TRIAGE),
        CaseState.PENDED: str(Action.RECEIVE_INFORMATION),
        CaseState.PROPOSED: "decision",
    }.get(head.state, "")


def before_appeal(file: CaseFile) -> tuple[str, ...]:
    """Who prepared or decided the case before its appeal, by name: somebody else decides it now."""
    opened = [one.number for one in file.history if isinstance(one.said, Appealed)]
    if not opened:
        return ()
    found = (
        one.name
        for one in file.history
        if one.number < opened[-1] and isinstance(one.said, Decided | Proposed | Corrected)
    )
    return tuple(dict.fromkeys(found))
