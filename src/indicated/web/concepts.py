"""The vocabulary for people who type: a concept by its name, the names that begin with what was typed so far."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.concept import Kind
from indicated.model.knowledge import Knowledge
from indicated.web.pages import page
from indicated.web.person import current_person
from indicated.workflow.assess import current
from indicated.workflow.review.errors import Incomplete

router = APIRouter()
_LEAST, _MOST, _NEAR = 2, 30, 3
_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT)
_VALUED = (Kind.LAB, Kind.SCALE, Kind.DEMOGRAPHIC, Kind.IMAGING, Kind.STUDY)
_RESULTS = (Kind.LAB, Kind.ANTIBODY, Kind.IMAGING, Kind.PATHOLOGY, Kind.STUDY)


@router.get("/concepts")
async def concepts(request: Request) -> Response:
    """Options for what was typed so far: the names that begin with it first, then those that hold it."""
    current_person(request)
    typed = request.query_params.get("concept", "")
    found = await run_in_threadpool(matching, typed) if len(typed.strip()) >= _LEAST else []
    return page(request, "case/concepts.html", found=found)


def matching(typed: str) -> list[tuple[str, str]]:
    """The names (and what each stands for) that fit what was typed."""
    wanted = " ".join(typed.casefold().split())
    names = _names(current().id)
    begins = [one for one in names if one.startswith(wanted)]
    holds = [one for one in names if wanted in one and not one.startswith(wanted)]
    seen: dict[str, str] = {}
    for name in (*sorted(begins, key=len), *sorted(holds, key=len)):
        seen.setdefault(names[name], name)
        if len(seen) >= _MOST:
            break
    label = current().knowledge.vocabulary.label
    return [(label(concept), name) for concept, name in seen.items()]


def concept_named(typed: str, knowledge: Knowledge) -> str:
    """The concept of that id, label or synonym; Incomplete with what comes near where there is none."""
    given = typed.strip()
    if given in knowledge.vocabulary.concepts:
        return given
    names = _names(current().id)
    found = names.get(" ".join(given.casefold().split()))
    if found is not None:
        return found
    near = get_close_matches(given.casefold(), names, n=_NEAR, cutoff=0.6)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; choose one of the list"
    raise Incomplete(f"the vocabulary has nothing by that name{hint}" if given else "say what it is about")


def looks_of(concept: str, knowledge: Knowledge) -> frozenset[str]:
    """Which parts a form about the concept has: `present`, `value`, `result`, `course`, `therapy`; all where it is not
    known yet.
    """
    known = knowledge.vocabulary.concepts.get(concept)
    if known is None:
        return frozenset({"present", "value", "result", "therapy"})
    if known.kind in _DRUGS:
        return frozenset({"therapy"})
    looks = {"present"}
    if known.kind in _VALUED:
        looks.add("value")
    if known.kind in _RESULTS:
        looks.add("result")
    if known.kind is Kind.CONDITION:
        looks.add("course")
    return frozenset(looks)


@lru_cache(maxsize=2)
def _names(release: str) -> dict[str, str]:
    """Every label and synonym of a release, in small letters, to its concept; labels go before synonyms."""
    del release  # only so that another release is looked at anew
    names: dict[str, str] = {}
    listed = tuple(current().knowledge.concepts)
    for one in listed:
        names.setdefault(one.label.casefold(), one.id)
    for one in listed:
        for synonym in one.synonyms:
            names.setdefault(synonym.casefold(), one.id)
    return names
