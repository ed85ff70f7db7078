"""Taking a request in: its documents, the policy, and what is known of plan, state and urgency."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.errors import IndicatedError
from indicated.model.law import Plan
from indicated.web import forms
from indicated.web.ask import Asked, Refusal, Wrong, choosable, documents_of, intake_of, policy_of
from indicated.web.pages import is_part, on_to, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import book
from indicated.workflow.assess import now
from indicated.workflow.review import cases
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.values import Asker, CaseFile

router = APIRouter()

_FIELDS = ("text", "policy", "policy_text", "asker", "plan", "us_state", "urgency", "channel", "received", "reference")
_ASKED = _FIELDS[:7]
"""Those that the start page has as well, in the order of `Asked`."""
_MARKED = ("text", "files", "policy", "policy_text", "us_state", "received")
"""The fields that something can be wrong with."""
_CHANNELS = {"electronic": True, "other": False}


class Typed(Struct, frozen=True):
    """What the form holds, so that it can be shown again as it was."""

    values: dict[str, str]

    @property
    def asked(self) -> Asked:
        """The part of it that the start page asks for as well."""
        return Asked(*(self.values[name] for name in _ASKED))


@router.get("/work/new")
async def form_of(request: Request) -> Response:
    """The page."""
    require(current_person(request), Action.INTAKE)
    return _page(request, Typed(dict.fromkeys(_FIELDS, "") | {"asker": Asker.CLINICIAN}), None)


@router.post("/work/new")
async def take_in(request: Request) -> Response:
    """Take the request in and go to its work; what is wrong stands beside its field, and nothing typed is lost."""
    person = current_person(request)
    form = await forms.posted(request)
    typed = Typed({name: forms.text(form, name) for name in _FIELDS})
    files = await forms.files(form, "files")
    await form.close()
    site: Site = request.app.state.site
    try:
        file = await run_in_threadpool(_taken_in, site, person, typed, files)
    except Refusal as refusal:
        if is_part(request):
            return page(request, "ask/wrong.html", status=422, wrong=refusal.wrong, fields=_MARKED)
        return _page(request, typed, refusal.wrong)
    return on_to(request, f"/work/{file.head.id}?done=intake")


def _taken_in(site: Site, person: Person, typed: Typed, files: list[tuple[str, bytes]]) -> CaseFile:
    asked, told, at = typed.asked, typed.values, now()
    documents = documents_of(asked, files)
    policy_of(asked)
    given = replace(
        intake_of(asked, documents),
        us_state=state_in(asked.us_state),
        electronic=_CHANNELS.get(told["channel"]),
        reference=" ".join(told["reference"].split()),
        received=_received(told["received"], at),
    )
    try:
        return cases.intake(site.store, person, given, now=at)
    except IndicatedError as error:
        raise Refusal(Wrong("text", str(error))) from None


def state_in(typed: str) -> str:
    """Two capital letters, or nothing; Refusal beside the field."""
    state = typed.strip().upper()
    try:
        cases.refuse_unless_state(state)
    except IndicatedError as error:
        raise Refusal(Wrong("us_state", str(error))) from None
    return state


def moment_of(typed: str) -> datetime | None:
    """A day and time as browsers send them, in UTC; None where it is none."""
    try:
        told = datetime.fromisoformat(typed.strip())
    except ValueError:
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told


def _received(typed: str, at: datetime) -> datetime | None:
    if not typed.strip():
        return None
    told = moment_of(typed)
    if told is None:
        raise Refusal(Wrong("received", book().words("web.work.no_moment")))
    if told > at:
        raise Refusal(Wrong("received", book().words("web.work.to_come")))
    return told


def _page(request: Request, typed: Typed, wrong: Wrong | None) -> Response:
    return page(
        request,
        "work/new.html",
        status=422 if wrong is not None else 200,
        v=typed.values,
        wrong=wrong or Wrong("", ""),
        policies=choosable(),
        plans=tuple(Plan),
    )
