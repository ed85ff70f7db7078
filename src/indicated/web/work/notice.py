"""The notice of a signed decision: read and edited with its proofs, saved as a file, put on record as it was sent.

It is drafted from the signature alone: an approval from one that approves, an adverse notice from one that denies.
"""

from __future__ import annotations

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.model.statement import Letter
from indicated.web import forms
from indicated.web.case import FILES, head_of, look
from indicated.web.errors import NoPage, status_of
from indicated.web.letters import FORMS, Asked, Of, edit, letter_page, retyped, typed_of
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import book
from indicated.workflow.assess import Assessment, now
from indicated.workflow.letters import letter, shown
from indicated.workflow.review import decide
from indicated.workflow.review.errors import NotNow
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import DECIDED
from indicated.workflow.review.values import CaseFile

router = APIRouter()
RECORD = "record"
"""The button that puts the notice on record."""


class Sending(Struct, frozen=True):
    """What the page needs to put a notice on record: whether the person may, and what was typed."""

    may: bool
    version: int
    sent_by: str = ""
    wrong: str = ""


@router.get("/work/{case_id}/notice")
async def read(request: Request, case_id: str) -> Response:
    """The notice, to read and to edit."""
    person = current_person(request)
    seen, made = await run_in_threadpool(_signed, request, person, case_id)
    file = seen.file
    try:
        asked, drafted = await run_in_threadpool(_draft, file, made)
    except IndicatedError as error:
        return page(request, "work/no_notice.html", status=409, headed=head_of(seen, person), line=str(error))
    sending = Sending(person.may(Action.NOTICE), file.head.version)
    return _again(request, (seen, made), (asked, drafted), {}, sending)


@router.post("/work/{case_id}/notice")
async def save(request: Request, case_id: str) -> Response:
    """The notice as it was edited: as a file, or put on record as sent. Back to the form where it cannot stand."""
    person = current_person(request)
    form = await forms.posted(request)
    told = forms.text(form, "form")
    if told not in (*FORMS, RECORD):
        raise NoPage(f"a notice can be had as {', '.join(FORMS)}")
    seen, made = await run_in_threadpool(_signed, request, person, case_id)
    file = seen.file
    asked, drafted = await run_in_threadpool(_draft, file, made)
    edited, wrong = edit(drafted, form)
    wrong |= _lacking(drafted, form, recording=told == RECORD)
    sending = Sending(person.may(Action.NOTICE), forms.number(form, "version"), forms.text(form, "sent_by").strip())
    if wrong:
        return _again(request, (seen, made), (asked, retyped(drafted, form)), wrong, sending)
    if told != RECORD:
        written = await run_in_threadpool(shown, edited, made, told)
        headers = {"content-disposition": f'attachment; filename="{file.head.id}-{asked.kind}.{told}"'}
        body = written if isinstance(written, bytes) else written.encode()
        return Response(body, media_type=FILES[told], headers=headers)
    site: Site = request.app.state.site
    try:
        await run_in_threadpool(_record, site, person, file, sending, str(shown(edited, made, "md")))
    except IndicatedError as error:
        sending = replace(sending, wrong=str(error), version=file.head.version)
        answer = _again(request, (seen, made), (asked, retyped(drafted, form)), {}, sending)
        answer.status_code = status_of(error)
        return answer
    return RedirectResponse(f"/work/{case_id}?done=notice", SEE_OTHER)


def _record(site: Site, person: Person, file: CaseFile, sending: Sending, text: str) -> None:
    decide.notice(site.store, person, file.head.id, sending.version, text=text, sent_by=sending.sent_by, now=now())


def _signed(request: Request, person: Person, case_id: str) -> Of:
    """The case and what its decision was signed over; NotNow while nothing is decided."""
    seen = look(request.app.state.site, request.app.state.kept, person, case_id, "clinician")
    if seen.file.head.state not in DECIDED:
        raise NotNow("there is a notice once the case is decided; no machine writes one before a person has signed")
    if seen.assessment is None:
        raise NotNow(seen.trouble)
    return seen, seen.assessment


def _draft(file: CaseFile, made: Assessment) -> tuple[Asked, Letter]:
    decision = file.decisions[-1]
    kind = "denial" if decision.adverse else "approval"
    asked = Asked(kind, plan=file.head.plan or "", state=file.head.us_state)
    drafted = letter(made, kind, plan=file.head.plan, state=file.head.us_state or None, decision=decision)
    return asked, drafted


def _lacking(drafted: Letter, form: FormData, *, recording: bool) -> dict[str, str]:
    """The sentences that a notice cannot be without and that were emptied; where it is put on record, also those with
    a place that nobody filled in.
    """
    found = {}
    for at, section in enumerate(drafted.page.sections):
        for number, statement in enumerate(section.statements):
            name = f"s{at}-{number}"
            text, place = typed_of(form, name, statement.text), "[" in f"{statement.label}{statement.text}"
            if not text and statement.text and not place:
                found[name] = book().words("web.notice.needed")
            elif recording and "[" in text and place:
                found[name] = book().words("web.notice.unfilled")
    return found


def _again(
    request: Request,
    of: Of,
    drafted: tuple[Asked, Letter],
    wrong: dict[str, str],
    sending: Sending,
) -> Response:
    seen, _ = of
    return letter_page(request, of, *drafted, wrong, action=f"/work/{seen.file.head.id}/notice", notice=sending)
