"""Questions about a case, answered beside it. Neither the question nor the answer is kept or stands in an address."""

from __future__ import annotations

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.errors import IndicatedError
from indicated.model.statement import Reference
from indicated.web import forms
from indicated.web.answer_view import Block, asked_blocks
from indicated.web.case import asked_audience, case_page, look
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.ask import ask as answer_to
from indicated.workflow.assess import Assessment, current

router = APIRouter()


class Asked(Struct, frozen=True):
    """A question with its answer; `trouble` where it is none that can be taken."""

    question: str
    blocks: tuple[Block, ...] = ()
    references: tuple[Reference, ...] = ()
    trouble: str = ""


@router.post("/case/{case_id}/ask")
async def ask(request: Request, case_id: str) -> Response:
    """The answer, as a part under the question; as the whole page without JavaScript."""
    person = current_person(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    audience = asked_audience(request, "clinician")
    shown = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, audience)
    question = forms.text(form, "question").strip()
    asked = await run_in_threadpool(answered, shown.assessment, question, audience)
    if is_part(request):
        return page(request, "case/answered.html", asked=asked)
    return await case_page(request, case_id, asked=asked)


def answered(made: Assessment | None, question: str, audience: str) -> Asked:
    """What there is to say to a question about a determination."""
    if made is None:
        return Asked(question)
    try:
        found = answer_to(made, question, audience)
    except IndicatedError as error:
        return Asked(question, trouble=str(error))
    same = found.after is found.before
    blocks = asked_blocks(found.rationale, found.after, current(), linked=same)
    return Asked(question, blocks, found.rationale.references)
