"""The queue: open cases, the one due first on top, with the clock of each and what narrows the list down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.law import Plan, Urgency
from indicated.web import forms
from indicated.web.case import asked_for
from indicated.web.clock_view import Clock, clock_of, unknown
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.web.work.people_view import names_of
from indicated.workflow.assess import now
from indicated.workflow.review import cases, work
from indicated.workflow.review.people import Action, Person
from indicated.workflow.review.states import DECIDED, OPEN, CaseState, possible
from indicated.workflow.review.values import CaseHead, Filter, QueuePage, Sort

router = APIRouter()

_MINE, _NOBODY = "mine", "nobody"
_MANY = 50
_AHEAD = timedelta(days=30)
"""How far ahead approvals that end are shown, for their continuation to be asked for in time."""
VIEWS = ("open", _MINE, _NOBODY, "overdue", "waiting", "continuation", "decided")
"""Lists that are one click away, each with its count."""


class Asked(Struct, frozen=True):
    """What narrows the list down, as the address says it; empty: nothing asked."""

    view: str = "open"
    state: str = ""
    who: str = ""
    urgency: str = ""
    plan: str = ""
    us_state: str = ""
    sort: str = Sort.DUE

    def query(self, **other: str) -> str:
        """The same as the end of an address, with what is given in place."""
        told = {**{name: getattr(self, name) for name in self.__struct_fields__}, **other}
        usual = {name: getattr(Asked(), name) for name in self.__struct_fields__}
        kept = {name: value for name, value in told.items() if value and value != usual.get(name, "")}
        return "?" + urlencode(kept) if kept else ""


class Row(Struct, frozen=True):
    """One case of the list: what is asked for, its clock and what was not known of it, who has it. One that nobody
    has can be taken.
    """

    head: CaseHead
    what: str
    clock: Clock | None
    assumed: tuple[str, ...]
    assigned: tuple[str, ...]
    can_take: bool


@router.get("/work")
async def queue(request: Request) -> Response:
    """The page."""
    person = current_person(request)
    asked = _asked(request.query_params)
    after = request.query_params.get("after", "")
    site: Site = request.app.state.site
    at = now()

    def read() -> tuple[QueuePage, dict[str, int], dict[str, str]]:
        names = names_of(site, person)
        wanted = _wanted(asked, person, at)
        shown = cases.queue(site.store, person, now=at, wanted=wanted, sort=Sort(asked.sort), after=after, limit=_MANY)
        return shown, _counts(site, person, at), names

    shown, counts, names = await run_in_threadpool(read)
    t = Words(book())
    return page(
        request,
        "work/queue.html",
        rows=[_row(head, person, names, at, t) for head in shown.cases],
        total=shown.total,
        after=shown.after,
        first=not after,
        asked=asked,
        narrowed=asked != Asked(view=asked.view, sort=asked.sort),
        counts=counts,
        names=names,
        states=tuple(one for one in CaseState if one is not CaseState.ERASED),
        plans=tuple(Plan),
        urgencies=tuple(Urgency),
        can_add=person.may(Action.INTAKE),
        can_take=person.may(Action.ASSIGN),
    )


@router.post("/work/{case_id}/take")
async def take(request: Request, case_id: str) -> Response:
    """Assign the case to oneself, and go back to the list as it was."""
    person = current_person(request)
    form = await forms.posted(request)
    site: Site = request.app.state.site
    version, back = forms.number(form, "version"), forms.text(form, "back")
    await run_in_threadpool(work.assign, site.store, person, case_id, version, to=(person.id,), now=now())
    return RedirectResponse(f"/work{_asked(dict(parse_qsl(back.removeprefix('?')))).query()}#{case_id}", SEE_OTHER)


def _asked(given: Mapping[str, str]) -> Asked:
    """What the address asks for; words that are none of a list are passed over."""
    told = {name: (given.get(name) or "").strip() for name in Asked.__struct_fields__}
    return Asked(
        view=told["view"] if told["view"] in VIEWS else "open",
        state=told["state"] if told["state"] in set(CaseState) else "",
        who=told["who"][:64],
        urgency=told["urgency"] if told["urgency"] in set(Urgency) else "",
        plan=told["plan"] if told["plan"] in set(Plan) else "",
        us_state=told["us_state"].upper()[:2],
        sort=told["sort"] if told["sort"] in set(Sort) else Sort.DUE,
    )


def _wanted(asked: Asked, person: Person, at: datetime) -> Filter:
    found = _of_view(asked.view, person, at)
    return replace(
        found,
        states=(CaseState(asked.state),) if asked.state else found.states,
        assigned=asked.who if asked.who and asked.who != _NOBODY else found.assigned,
        unassigned=found.unassigned or asked.who == _NOBODY,
        urgency=Urgency(asked.urgency) if asked.urgency else None,
        plan=Plan(asked.plan) if asked.plan else None,
        us_state=asked.us_state,
    )


def _of_view(view: str, person: Person, at: datetime) -> Filter:
    open_ = tuple(sorted(OPEN))
    return {
        "open": Filter(states=open_),
        _MINE: Filter(states=open_, assigned=person.id),
        _NOBODY: Filter(states=open_, unassigned=True),
        "overdue": Filter(overdue=True),
        "waiting": Filter(states=(CaseState.PENDED,)),
        "continuation": Filter(continues_by=(at + _AHEAD).date()),
        "decided": Filter(states=tuple(sorted(DECIDED))),
    }[view]


def _counts(site: Site, person: Person, at: datetime) -> dict[str, int]:
    return {
        view: cases.queue(site.store, person, now=at, wanted=_of_view(view, person, at), limit=1).total
        for view in VIEWS
    }


def _row(head: CaseHead, person: Person, names: Mapping[str, str], at: datetime, t: Words) -> Row:
    return Row(
        head,
        asked_for(head, t) if head.treatment or head.condition else "",
        clock_of(head, at, t),
        unknown(head, t),
        tuple(names.get(one, one) for one in head.assigned),
        Action.ASSIGN in possible(head.state) and person.may(Action.ASSIGN) and not head.assigned,
    )
