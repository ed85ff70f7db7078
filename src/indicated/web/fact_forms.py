"""Correcting the record from the case page: a fact that was read wrongly, one that nobody read, a question answered.

Each form is a part of the case page with JavaScript and a page of its own without. Refusals stand in the form, with
everything that was typed still in it; after a change by somebody else it carries the new version, to be sent again.
"""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.errors import IndicatedError
from indicated.model.fact import Course, Fact, Outcome, Result, Stage, Tolerance
from indicated.web import forms
from indicated.web.case import look, on_to_case
from indicated.web.concepts import concept_named, looks_of
from indicated.web.errors import NoPage
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.switches import claim_of
from indicated.web.units import with_codes, with_words
from indicated.workflow.assess import a_day, current, now
from indicated.workflow.review import record
from indicated.workflow.review.corrections import fact_key
from indicated.workflow.review.errors import Conflict, Incomplete
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import Add, Attest, CaseFile, Claim, Correction, Replace, Retract

router = APIRouter()

WORDS = {
    "result": tuple(Result),
    "course": tuple(Course),
    "stage": tuple(one for one in Stage if one is not Stage.REQUESTED),
    "outcome": tuple(one for one in Outcome if one is not Outcome.UNKNOWN),
    "tolerance": tuple(one for one in Tolerance if one is not Tolerance.UNKNOWN),
}
"""The closed lists that a form offers."""
_FIELDS = ("concept", "present", "value", *WORDS, "duration", "on", "reason")


class Typed(Struct, frozen=True):
    """What a form holds. `fact` is the key of the fact that is corrected, empty for a new one; `act` is `replace`,
    `retract` or `add`.
    """

    act: str
    fact: str
    version: int
    values: dict[str, str]
    wrong: str = ""


@router.get("/case/{case_id}/fact/{key}")
async def form_of(request: Request, case_id: str, key: str) -> Response:
    """The form for a fact, by its key; `new` for one that nobody read."""
    person = current_person(request)
    file, fact = await run_in_threadpool(_found, request, person, case_id, key)
    if fact is None and key != "new":
        raise NoPage("the record has no such fact any more; look at the case again")
    values = _values(fact) if fact is not None else dict.fromkeys(_FIELDS, "") | {"present": "yes"}
    act = "replace" if fact is not None else "add"
    return _form(request, file, fact, Typed(act, key if fact is not None else "", file.head.version, values))


@router.post("/case/{case_id}/fact/{key}")
async def correct(request: Request, case_id: str, key: str) -> Response:
    """Correct the fact, take it away, or add one; then back to the case, which says what that changed."""
    person = current_person(request)
    form = await forms.posted(request)
    typed = _typed(form, key)
    site: Site = request.app.state.site
    try:
        corrections = (_correction(typed),)
        amended = await run_in_threadpool(_amend, site, person, case_id, typed.version, corrections)
    except IndicatedError as error:
        file, fact = await run_in_threadpool(_found, request, person, case_id, key)
        version = file.head.version if isinstance(error, Conflict) else typed.version
        again = Typed(typed.act, typed.fact, version, typed.values, str(error))
        return _form(request, file, fact, again, status=409 if isinstance(error, Conflict) else 422)
    return on_to_case(request, amended)


@router.post("/case/{case_id}/attest")
async def attest(request: Request, case_id: str) -> Response:
    """Answer a question that only a person can; then back to the case."""
    person = current_person(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    version, question = forms.number(form, "version"), forms.text(form, "question")
    answer, reason = forms.text(form, "met"), forms.text(form, "reason")
    try:
        if answer not in ("yes", "no"):
            raise Incomplete("say whether it is so or not")
        given = (Attest(question, answer == "yes", reason),)
        amended = await run_in_threadpool(_amend, site, person, case_id, version, given)
    except IndicatedError as error:
        file, _ = await run_in_threadpool(_found, request, person, case_id, "new")
        conflict = isinstance(error, Conflict)
        values = {"question": question, "met": answer, "reason": reason}
        again = Typed("attest", "", file.head.version if conflict else version, values, str(error))
        status = 409 if conflict else 422
        template = "part" if is_part(request) else "page"
        return page(request, f"case/attest_{template}.html", status=status, file=file, typed=again)
    return on_to_case(request, amended)


def _amend(site: Site, person: Person, case_id: str, version: int, corrections: tuple[Correction, ...]) -> CaseFile:
    return record.amend(site.store, person, case_id, version, corrections=corrections, now=now()).case


def _found(request: Request, person: Person, case_id: str, key: str) -> tuple[CaseFile, Fact | None]:
    shown = look(request.app.state.site, request.app.state.kept, person, case_id, "clinician")
    if key == "new" or shown.assessment is None:
        return shown.file, None
    return shown.file, next((one for one in shown.assessment.case.facts if fact_key(one) == key), None)


def _form(request: Request, file: CaseFile, fact: Fact | None, typed: Typed, status: int = 200) -> Response:
    knowledge = current().knowledge
    extent = "part" if is_part(request) else "page"
    concept = fact.concept if fact is not None else typed.values.get("concept", "")
    return page(
        request,
        f"case/fact_{extent}.html",
        status=status,
        file=file,
        fact=fact,
        typed=typed,
        label=knowledge.vocabulary.label(fact.concept) if fact is not None else "",
        looks=looks_of(concept, knowledge),
        words=WORDS,
    )


def _values(fact: Fact) -> dict[str, str]:
    claim = claim_of(fact)
    told = {name: str(getattr(claim, name, "") or "") for name in _FIELDS if name not in ("present", "reason")}
    unknown = {name: "" for name in ("outcome", "tolerance") if told[name] == Outcome.UNKNOWN}
    amounts = {name: with_words(told[name]) for name in ("value", "duration")}
    return {**told, **unknown, **amounts, "present": "no" if fact.absent else "yes", "reason": ""}


def _typed(form: FormData, key: str) -> Typed:
    act = forms.text(form, "act")
    fact = "" if key == "new" else key
    values = {name: forms.text(form, name).strip() for name in _FIELDS}
    allowed = ("replace", "retract") if fact else ("add",)
    return Typed(act if act in allowed else allowed[0], fact, forms.number(form, "version"), values)


def _correction(typed: Typed) -> Correction:
    reason = typed.values["reason"]
    if typed.act == "retract":
        return Retract(typed.fact, reason)
    claim = _claim(typed.values)
    return Replace(typed.fact, claim, reason) if typed.act == "replace" else Add(claim, reason)


def _claim(values: dict[str, str]) -> Claim:
    on: date | None = a_day(values["on"]) if values["on"] else None
    return Claim(
        concept=concept_named(values["concept"], current().knowledge),
        present=values["present"] != "no",
        value=with_codes(values["value"]),
        result=values["result"],
        course=values["course"],
        stage=values["stage"],
        outcome=values["outcome"],
        tolerance=values["tolerance"],
        duration=with_codes(values["duration"]),
        on=on,
    )
