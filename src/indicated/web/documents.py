"""More documents for a case: typed or as files; the case is read and determined again with them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.errors import IndicatedError
from indicated.model.text import Document
from indicated.web import forms
from indicated.web.case import case_page, on_to_case
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.assess import now
from indicated.workflow.intake import document, opened
from indicated.workflow.review import work
from indicated.workflow.review.errors import Conflict, Incomplete
from indicated.workflow.review.values import CaseFile

router = APIRouter()
_NAME = "added"


@router.post("/case/{case_id}/documents")
async def add(request: Request, case_id: str) -> Response:
    """Take the documents in; then back to the case, which says what they changed."""
    person = current_person(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    text, version = forms.text(form, "text"), forms.number(form, "version")
    files = await forms.files(form, "files")
    await form.close()

    def received() -> CaseFile:
        documents = documents_of(text, files)
        return work.receive_information(site.store, person, case_id, version, documents=documents, now=now())

    try:
        file = await run_in_threadpool(received)
    except IndicatedError as error:
        status = 409 if isinstance(error, Conflict) else 422
        if is_part(request):
            return page(request, "problem_part.html", status=status, code=error.code, line=str(error))
        return await case_page(request, case_id, status=status, adding=text, wrong=str(error))
    return on_to_case(request, file)


def documents_of(text: str, files: list[tuple[str, bytes]]) -> tuple[Document, ...]:
    """What came in, typed or as files; Incomplete where nothing did."""
    typed = (document(text, _NAME),) if text.strip() else ()
    found = (*typed, *(opened(files) if files else ()))
    if not found:
        raise Incomplete("write what was sent, or choose a file")
    return found
