"""How long contents are kept: what is due under the site's rule, its erasing after one more question, and holds."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.web import forms
from indicated.web.errors import NoPage, status_of
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.assess import now
from indicated.workflow.review import retention as service
from indicated.workflow.review.people import Person
from indicated.workflow.review.retention import BEFORE_TIME

router = APIRouter()
_LONGEST = 100


class Doing(Struct, frozen=True):
    """Who does something to which case, and why."""

    site: Site
    person: Person
    case: str
    reason: str


@router.get("/retention")
async def retention(request: Request) -> Response:
    """The rule, what is due under it, what is on hold; `?done=` and `?n=` say what was just done."""
    return await _page(request)


@router.post("/retention/ask")
async def ask(request: Request) -> Response:
    """Ask once more before cases that were chosen are erased: which, what goes, what stays."""
    person, form = current_person(request), await forms.posted(request)
    site: Site = request.app.state.site
    found = await run_in_threadpool(service.standing, site.store, person, site.keeping, now=now())
    chosen = set(forms.texts(form, "case"))
    cases = [one for one in found.due if one.case in chosen]
    if not cases:
        return await _page(request, deed="due", wrong="none")
    return page(request, "retention/ask.html", cases=cases)


@router.post("/retention/erase")
async def erase(request: Request) -> Response:
    """Erase those that were asked about, as far as they are still due."""
    person, form = current_person(request), await forms.posted(request)
    site: Site = request.app.state.site
    cases = forms.texts(form, "case")
    gone = await run_in_threadpool(service.erase_due, site.store, person, site.keeping, cases=cases, now=now())
    return RedirectResponse(f"/retention?done=erased&n={len(gone)}", SEE_OTHER)


@router.post("/retention/{deed}")
async def change(request: Request, deed: str) -> Response:
    """A hold, its end, or the erasing of one case before its time."""
    person, form = current_person(request), await forms.posted(request)
    if deed not in _DEEDS:
        raise NoPage("there is nothing at this address; begin again from the start page")
    case, reason = forms.text(form, "case").strip()[:_LONGEST], forms.text(form, "reason")
    doing = Doing(request.app.state.site, person, case, reason)
    if deed == "one" and not forms.text(form, "sure"):
        return await _page(request, form, deed, "sure", 422)
    try:
        await run_in_threadpool(_DEEDS[deed], doing)
    except IndicatedError as error:
        return await _page(request, form, deed, str(error), status_of(error))
    return RedirectResponse(f"/retention?done={deed}&n=1", SEE_OTHER)


def _hold(doing: Doing) -> None:
    service.hold(doing.site.store, doing.person, doing.case, reason=doing.reason, now=now())


def _let_go(doing: Doing) -> None:
    service.let_go(doing.site.store, doing.person, doing.case, reason=doing.reason, now=now())


def _one(doing: Doing) -> None:
    service.erase(doing.site.store, doing.person, doing.case, reason=doing.reason, now=now())


_DEEDS: dict[str, Callable[[Doing], None]] = {"hold": _hold, "let-go": _let_go, "one": _one}


async def _page(
    request: Request, form: FormData | None = None, deed: str = "", wrong: str = "", status: int = 200
) -> Response:
    """The page; with the form that was refused, what it held and why."""
    person = current_person(request)
    site: Site = request.app.state.site
    found = await run_in_threadpool(service.standing, site.store, person, site.keeping, now=now())
    done = request.query_params.get("done", "")
    return page(
        request,
        "retention/retention.html",
        status=status,
        found=found,
        reasons=BEFORE_TIME,
        done=done if done in ("erased", *_DEEDS) else "",
        n=forms.whole(request.query_params.get("n", "")) or 0,
        deed=deed,
        wrong=wrong,
        typed={name: forms.text(form, name) if form is not None else "" for name in ("case", "reason")},
    )
