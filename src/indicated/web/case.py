"""The case page: the documents with what was read in them on one side, the answer on the other."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.explain.phrasebook import AUDIENCES
from indicated.explain.show import OtherRelease, show, show_file
from indicated.explain.translations import LANGUAGES
from indicated.explain.words import Words as Labels
from indicated.web import forms
from indicated.web.answer_view import Answer, answer_view
from indicated.web.changes_view import Difference, differences_in_words
from indicated.web.clock_view import Clock, clock_of
from indicated.web.errors import NoPage
from indicated.web.history_view import history_of
from indicated.web.pages import SEE_OTHER, on_to, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.switches import switches_of
from indicated.web.words import Words, book
from indicated.workflow.assess import Assessment, current, now
from indicated.workflow.review import cases, record
from indicated.workflow.review.corrections import fact_key
from indicated.workflow.review.determining import differences, entry
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import possible
from indicated.workflow.review.values import CaseFile, CaseHead, Undetermined

router = APIRouter()

FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}
"""What the answer can be had as, and what a browser is told it is."""
_KEPT = 48


class Kept:
    """The answers that were made last, for a case is looked at more often than it changes. A case is always read from
    the store first, with its rights; only the making again is saved.
    """

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._made: OrderedDict[tuple[str, ...], tuple[Assessment, Answer]] = OrderedDict()

    def of(self, file: CaseFile, audience: str, language: str = "en") -> tuple[Assessment, Answer]:
        """The determination that now stands, and its view. OtherRelease as for `cases.assessment`."""
        assert file.determination is not None
        stands = file.determination
        name = (file.head.id, stands.hash, stands.release, audience, language)
        found = self._made.pop(name, None) or self._make(file, audience, language)
        self._made[name] = found
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return found

    @staticmethod
    def _make(file: CaseFile, audience: str, language: str) -> tuple[Assessment, Answer]:
        made = cases.assessment(file)
        return made, answer_view(made, current(), audience, language, linked=audience != "patient")


class Shown(Struct, frozen=True):
    """What a page of a case needs: the file and, where something was determined under this release, its view. `older`:
    it was determined under content that has been replaced.
    """

    file: CaseFile
    assessment: Assessment | None
    answer: Answer | None
    trouble: str = ""
    older: bool = False


def look(  # noqa: PLR0913  (in whose words, and in which language)
    site: Site, kept: Kept, person: Person, case_id: str, audience: str, *, language: str = "en"
) -> Shown:
    """The case as it now stands, for a page."""
    file = cases.case(site.store, person, case_id, now=now())
    if file.determination is None:
        last = [one.said for one in file.history if isinstance(one.said, Undetermined)]
        return Shown(file, None, None, last[-1].says if last else "")
    try:
        return Shown(file, *kept.of(file, audience, language))
    except OtherRelease as other:
        return Shown(file, None, None, str(other), older=True)


@router.get("/case/{case_id}")
async def case(request: Request, case_id: str) -> Response:
    """The page; `?since=N` also tells what changed since determination N."""
    return await case_page(request, case_id)


async def case_page(request: Request, case_id: str, *, status: int = 200, **more: Any) -> Response:
    """The page of a case for the person who asks, with what was tried on it without JavaScript: `supposed` and `on` of
    the switches, `adding` and `wrong` of documents that could not be added, `asked` of a question.
    """
    person = current_person(request)
    audience = asked_audience(request, "clinician")
    site: Site = request.app.state.site
    shown = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, audience)
    since = forms.whole(request.query_params.get("since", ""))
    changed = await run_in_threadpool(changes_since, shown, since) if since is not None else None
    t = Words(book(audience))
    file, knowledge = shown.file, current().knowledge
    return page(
        request,
        "case/case.html",
        status=status,
        audience=audience,
        headed=head_of(shown, person),
        file=file,
        answer=shown.answer,
        changed=changed,
        history=history_of(file, knowledge, t),
        keys={fact: fact_key(fact) for fact in shown.assessment.case.facts} if shown.assessment is not None else {},
        switches=switches_of(shown.assessment, knowledge, t) if shown.assessment is not None else (),
        views=AUDIENCES[:2],
        view=audience,
        files=tuple(FILES),
        **{"supposed": None, "on": [], "adding": "", "wrong": "", "asked": None, **more},
    )


class Headed(Struct, frozen=True):
    """What stands at the head of every page of a case (`case/head.html`). `works`: the person has a list of cases."""

    file: CaseFile
    answer: Answer | None
    title: str
    clock: Clock | None
    can: frozenset[str]
    works: bool
    trouble: str = ""
    older: bool = False


def head_of(shown: Shown, person: Person) -> Headed:
    """The head of a case's pages for this person."""
    file, t = shown.file, Words(book())
    return Headed(
        file,
        shown.answer,
        shown.answer.rationale.title if shown.answer is not None else asked_for(file.head, t),
        clock_of(file.head, now(), t),
        rights(person, file),
        person.may(Action.QUEUE),
        shown.trouble,
        shown.older,
    )


def asked_for(head: CaseHead, t: Words) -> str:
    """What a case is about, as far as that was read; its number where nothing was."""
    label = Labels(t.book, current().knowledge.vocabulary, {}).label
    about = [label(one) for one in (head.treatment, head.condition) if one]
    return ": ".join(about) or t("work.case", id=head.id)


def on_to_case(request: Request, file: CaseFile) -> Response:
    """To the case as a change left it, which is then compared with the determination before."""
    stands = file.determination
    since = f"?since={stands.number - 1}#changed" if stands is not None and stands.number > 1 else ""
    return on_to(request, f"/case/{file.head.id}{since}")


def asked_audience(request: Request, otherwise: str) -> str:
    """For whom the words are to be."""
    wanted = request.query_params.get("for", otherwise)
    return wanted if wanted in AUDIENCES else otherwise


def asked_language(request: Request, audience: str) -> str:
    """In which language the words are to be; patients alone have more than English."""
    wanted = request.query_params.get("in", LANGUAGES[0])
    return wanted if wanted in LANGUAGES and audience == "patient" else LANGUAGES[0]


def rights(person: Person, file: CaseFile) -> frozenset[str]:
    """What the person can do with the case as it now stands, by the names of actions."""
    return frozenset(one.value for one in possible(file.head.state) if person.may(one)) | (
        {Action.WHAT_IF.value} if person.may(Action.WHAT_IF) else set()
    )


def changes_since(shown: Shown, since: int) -> tuple[Difference, ...] | None:
    """What differs between an earlier determination and the one that stands; None where there is no such."""
    file, made = shown.file, shown.assessment
    if made is None or file.determination is None or not 0 < since < file.determination.number:
        return None
    try:
        before = entry(cases.assessment(file, since), current(), since)
    except OtherRelease:
        return None
    changed = differences(before.answer, file.determination.answer)
    return differences_in_words(changed, made, current().knowledge, Words(book()))


@router.post("/case/{case_id}/determine")
async def determine(request: Request, case_id: str) -> Response:
    """Determine the case again, as of today and under the installed release."""
    person = current_person(request)
    form = await forms.posted(request)
    version, site = forms.number(form, "version"), request.app.state.site
    back = forms.own_path(forms.text(form, "back"))
    await run_in_threadpool(record.determine, site.store, person, case_id, version, now=now())
    return RedirectResponse(back or f"/case/{case_id}", SEE_OTHER)


@router.get("/case/{case_id}/answer.{form}")
async def download(request: Request, case_id: str, form: str) -> Response:
    """The answer as a file."""
    person = current_person(request)
    if form not in FILES:
        raise NoPage(f"an answer can be had as {', '.join(FILES)}")
    site: Site = request.app.state.site
    audience = asked_audience(request, "clinician")
    shown = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, audience)
    made = shown.assessment
    if made is None:
        raise NoPage(shown.trouble or "nothing was determined yet")
    told = await run_in_threadpool(_told, made, audience, form, asked_language(request, audience))
    headers = {"content-disposition": f'attachment; filename="{shown.file.head.id}-{audience}.{form}"'}
    return Response(told, media_type=FILES[form], headers=headers)


def _told(made: Assessment, audience: str, form: str, language: str) -> bytes:
    if form in ("pdf", "docx"):
        return show_file(made, current(), audience, form, language)
    return show(made, current(), audience, form, language).encode()


@router.get("/case/{case_id}/patient")
async def patient(request: Request, case_id: str) -> Response:
    """The answer for the patient or family: plain, one column, phone first; in English or (`?in=es`) Spanish."""
    person = current_person(request)
    language = asked_language(request, "patient")
    site: Site = request.app.state.site
    shown = await run_in_threadpool(look, site, request.app.state.kept, person, case_id, "patient", language=language)
    return page(
        request,
        "patient/patient.html",
        audience="patient",
        language=language,
        languages=LANGUAGES,
        headed=head_of(shown, person),
        file=shown.file,
        answer=shown.answer,
    )
