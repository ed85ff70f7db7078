"""What-if: the switches that are on, decided again. Nothing of it is kept but that the case was looked at."""

from __future__ import annotations

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.errors import IndicatedError
from indicated.web import forms
from indicated.web.case import asked_audience, case_page, look
from indicated.web.changes_view import Difference, differences_in_words
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.switches import switches_of
from indicated.web.words import Words, book
from indicated.workflow.assess import Assessment, current, now
from indicated.workflow.review import record
from indicated.workflow.review.people import Person

router = APIRouter()


class Supposed(Struct, frozen=True):
    """What was supposed, in words, and what it comes to; `trouble` where nothing could then be determined."""

    words: tuple[str, ...]
    after: Assessment | None
    changed: tuple[Difference, ...] = ()
    trouble: str = ""


@router.post("/case/{case_id}/what-if")
async def what_if(request: Request, case_id: str) -> Response:
    """What it would come to, as a part beside the switches; as the whole page without JavaScript."""
    person = current_person(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    on = [told for one in forms.texts(form, "suppose") if (told := forms.whole(one)) is not None]
    audience = asked_audience(request, "clinician")
    shown = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, audience)
    found = await run_in_threadpool(suppose, site, person, case_id, shown.assessment, on)
    if is_part(request):
        return page(request, "case/supposed.html", supposed=found, file=shown.file, before=shown.assessment)
    return await case_page(request, case_id, supposed=found, on=on)


def suppose(site: Site, person: Person, case_id: str, made: Assessment | None, on: list[int]) -> Supposed:
    """The outcome with these switches on."""
    if made is None:
        return Supposed((), None)
    knowledge, t = current().knowledge, Words(book())
    switches = switches_of(made, knowledge, t)
    chosen = [switches[number] for number in on if number < len(switches)]
    words = tuple(one.words for one in chosen)
    if not chosen:
        return Supposed((), made)
    listed = tuple(correction for one in chosen for correction in one.corrections)
    try:
        after, changed = record.what_if(site.store, person, case_id, corrections=listed, now=now())
    except IndicatedError as error:
        return Supposed(words, None, trouble=str(error))
    return Supposed(words, after, differences_in_words(changed, after, knowledge, t))
