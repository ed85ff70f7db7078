"""The audit log: who saw and did what, whether all of it is as it was written, and a case as one archive."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.web import forms
from indicated.web.pages import page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.workflow.accounts.colleagues import names_of
from indicated.workflow.assess import current, now
from indicated.workflow.review import archive
from indicated.workflow.review import audit as service
from indicated.workflow.review.audit import Verified, Wanted
from indicated.workflow.review.people import Action, require

router = APIRouter()

_SHOWN = 50
_LONGEST = 100
_ACCOUNT = "account:"


@router.get("/audit")
async def audit(request: Request) -> Response:
    """The log, the newest first; `?case=`, `?person=`, `?action=` narrow it down, `?before=` goes on."""
    return await _page(request, None)


@router.post("/audit/verify")
async def verify(request: Request) -> Response:
    """Go through the whole log, and say what was found."""
    person = current_person(request)
    require(person, Action.AUDIT)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    found = await run_in_threadpool(service.verify, site.store, expect=forms.text(form, "expect").strip()[:_LONGEST])
    return await _page(request, found)


@router.post("/audit/export")
async def export(request: Request) -> Response:
    """A case as one archive that is checked and replayed anywhere."""
    person = current_person(request)
    form = await forms.posted(request)
    case_id = forms.text(form, "case").strip()[:_LONGEST]
    site: Site = request.app.state.site
    made = await run_in_threadpool(archive.export, site.store, person, case_id, now=now())
    headers = {"content-disposition": f'attachment; filename="{case_id}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


async def _page(request: Request, verified: Verified | None) -> Response:
    person = current_person(request)
    site: Site = request.app.state.site
    asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in ("case", "person", "action")}
    before = forms.whole(request.query_params.get("before", "")) or 0
    wanted = Wanted(f"case:{asked['case']}" if asked["case"] else "", asked["person"], asked["action"])
    found = await run_in_threadpool(
        service.latest, site.store, person, now=now(), wanted=wanted, before=before, limit=_SHOWN + 1
    )
    shown = found[:_SHOWN]
    ids = {name for one in shown for name in (one.person, one.subject.removeprefix(_ACCOUNT))}
    return page(
        request,
        "audit/audit.html",
        names=await run_in_threadpool(names_of, site.store, person, ids),
        asked=asked,
        events=shown,
        further=found[_SHOWN - 1].seq if len(found) > _SHOWN else 0,
        actions=[(one, did(one)) for one in await run_in_threadpool(service.actions, site.store, person)],
        did=did,
        verified=verified,
        may_export=person.may(Action.EXPORT),
    )


def did(action: str) -> str:
    """What was done, in words; the code itself where another version of the program wrote it."""
    t, known = Words(book()), f"web.did.{action}" in current().phrases
    return t(f"did.{action}") if known else action.replace("_", " ")
