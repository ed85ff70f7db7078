"""The start page: a case in words or files, a policy, who is asking; the answer is one step away."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.explain.words import Words as Labels
from indicated.model.errors import IndicatedError
from indicated.model.law import Plan, Urgency
from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.web import forms
from indicated.web.examples import Example, examples
from indicated.web.pages import SEE_OTHER, is_part, on_to, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import book
from indicated.workflow import policies
from indicated.workflow.assess import current, now
from indicated.workflow.denials import as_one
from indicated.workflow.errors import Empty
from indicated.workflow.intake import document, opened
from indicated.workflow.review import cases
from indicated.workflow.review.errors import Incomplete
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import OPEN
from indicated.workflow.review.values import Asker, CaseFile, CaseHead, Filter, Intake, PolicyChoice

router = APIRouter()
_TEXT, _FILES, _POLICY, _PASTED, _ASKER = "text", "files", "policy", "policy_text", "asker"
_PLAN, _STATE, _URGENCY = "plan", "us_state", "urgency"
_DENIAL, _DENIAL_FILES = "denial", "denial_files"
_TYPED = (_TEXT, _POLICY, _PASTED, _ASKER, _PLAN, _STATE, _URGENCY, _DENIAL)
_REFUSED = (_TEXT, _FILES, _POLICY, _PASTED, _DENIAL, _DENIAL_FILES, _STATE)
_RECENT = 6
_Files = Sequence[tuple[str, bytes]]


class Asked(Struct, frozen=True):
    """What the form holds, so that it can be shown again as it was. Files stay in the browser, or have to be chosen
    again.
    """

    text: str = ""
    policy: str = ""
    pasted: str = ""
    asker: str = Asker.CLINICIAN
    plan: str = ""
    us_state: str = ""
    urgency: str = ""
    denial: str = ""


class Wrong(Struct, frozen=True):
    """A refusal, and the field that it is about."""

    field: str
    line: str


class Refusal(Exception):
    """A field that cannot be used, on its way to the page."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.line)
        self.wrong = wrong


@router.get("/")
async def ask(request: Request) -> Response:
    """The page; `?example=NAME` fills it with one of the examples."""
    person = current_person(request)
    wanted = request.query_params.get("example", "")
    example = next((one for one in examples() if one.name == wanted), None)
    asked = Asked(example.text, "", example.policy) if example is not None else Asked()
    return await _page(request, person, asked, None)


@router.post("/ask")
async def answer(request: Request) -> Response:
    """Take the case in and go to its page; refusals stand beside their field, and nothing typed is lost."""
    person = current_person(request)
    form = await forms.posted(request)
    asked = Asked(*(forms.text(form, name) for name in _TYPED))
    files, notice = await forms.files(form, _FILES), await forms.files(form, _DENIAL_FILES)
    site: Site = request.app.state.site
    try:
        file = await run_in_threadpool(_taken_in, site, person, asked, files, notice)
    except Refusal as refusal:
        return await _refused(request, person, asked, refusal.wrong)
    finally:
        await form.close()
    return on_to(request, f"/case/{file.head.id}" + ("/patient" if asked.asker == Asker.PATIENT else ""))


@router.post("/example/{name}")
async def example(request: Request, name: str) -> Response:
    """One click from an example to its answer."""
    person = current_person(request)
    await forms.posted(request)
    found = next((one for one in examples() if one.name == name), None)
    if found is None:
        return RedirectResponse("/", SEE_OTHER)
    site: Site = request.app.state.site
    file = await run_in_threadpool(take_example, site, person, found)
    return RedirectResponse(f"/case/{file.head.id}", SEE_OTHER)


def take_example(site: Site, person: Person, given: Example) -> CaseFile:
    """An example as a case; the same one again on the same day."""
    at = now()
    taken = Intake(documents=given.documents, policy=PolicyChoice(text=given.policy), reference=given.name)
    return cases.intake(site.store, person, taken, now=at, key=f"example {given.name} {at.date()} {current().id}")


def _taken_in(site: Site, person: Person, asked: Asked, files: _Files, notice: _Files) -> CaseFile:
    at = now()
    documents, denial = documents_of(asked, files), _denial(asked, notice)
    policy_of(asked)
    given = replace(intake_of(asked, documents), denial=denial)
    try:
        return cases.intake(site.store, person, given, now=at, strict=True)
    except Incomplete as error:
        raise Refusal(Wrong(_STATE, str(error))) from None
    except IndicatedError as error:
        raise Refusal(Wrong(_TEXT, str(error))) from None


def intake_of(asked: Asked, documents: tuple[Document, ...]) -> Intake:
    """What the form asks for, as it is taken in."""
    pasted = asked.pasted.strip()
    return Intake(
        documents=documents,
        policy=PolicyChoice(text=asked.pasted) if pasted else PolicyChoice(id=asked.policy.strip()),
        asker=Asker(asked.asker) if asked.asker in set(Asker) else Asker.CLINICIAN,
        plan=Plan(asked.plan) if asked.plan in set(Plan) else None,
        us_state=asked.us_state.strip().upper(),
        urgency=Urgency(asked.urgency) if asked.urgency in set(Urgency) else None,
    )


def documents_of(asked: Asked, files: Sequence[tuple[str, bytes]]) -> tuple[Document, ...]:
    """What was typed and what was chosen as files; Refusal beside the field."""
    said: list[Document] = []
    try:
        if asked.text.strip() or not files:
            said.append(document(asked.text, "text"))
    except Empty:
        raise Refusal(Wrong(_TEXT, book().words("web.ask.empty"))) from None
    except IndicatedError as error:
        raise Refusal(Wrong(_TEXT, str(error))) from None
    try:
        return cases.numbered((*said, *(opened(files) if files else ())), ())
    except IndicatedError as error:
        raise Refusal(Wrong(_FILES, str(error))) from None


def _denial(asked: Asked, files: _Files) -> Document | None:
    """The plan's letter, from its words, its files or both; None where there is none."""
    try:
        said = (document(asked.denial, _DENIAL),) if asked.denial.strip() else ()
    except IndicatedError as error:
        raise Refusal(Wrong(_DENIAL, str(error))) from None
    try:
        parts = (*said, *(opened(files) if files else ()))
        return as_one(parts, _DENIAL) if parts else None
    except IndicatedError as error:
        raise Refusal(Wrong(_DENIAL_FILES, str(error))) from None


def policy_of(asked: Asked) -> Policy | None:
    """The policy that was pasted or chosen; Refusal beside the field."""
    pasted, chosen = asked.pasted.strip(), asked.policy.strip()
    try:
        if pasted:
            return policies.from_text(asked.pasted, current())
        return policies.named(chosen, current(), cases.today(now())) if chosen else None
    except IndicatedError as error:
        raise Refusal(Wrong(_PASTED if pasted else _POLICY, str(error))) from None


async def _refused(request: Request, person: Person, asked: Asked, wrong: Wrong) -> Response:
    if is_part(request):
        return page(request, "ask/wrong.html", status=422, wrong=wrong, fields=_REFUSED)
    return await _page(request, person, asked, wrong)


async def _page(request: Request, person: Person, asked: Asked, wrong: Wrong | None) -> Response:
    site: Site = request.app.state.site
    recent = await run_in_threadpool(recent_of, site, person)
    return page(
        request,
        "ask/ask.html",
        status=422 if wrong is not None else 200,
        asked=asked,
        wrong=wrong or Wrong("", ""),
        examples=examples(),
        policies=choosable(),
        plans=tuple(Plan),
        urgencies=tuple(Urgency),
        recent=recent,
        label=Labels(book(), current().knowledge.vocabulary, {}).label,
    )


def recent_of(site: Site, person: Person) -> tuple[CaseHead, ...]:
    """The open cases that this person sent in, the one due first before the others."""
    if not person.may(Action.QUEUE):
        return ()
    wanted = Filter(requester=person.id, states=tuple(OPEN))
    return cases.queue(site.store, person, now=now(), wanted=wanted, limit=_RECENT).cases


def choosable() -> list[tuple[str, str]]:
    """Every policy of the release by its id, with its name."""
    return list({one.id: (one.id, f"{one.payer}: {one.title}") for one in current().knowledge.policies}.values())
