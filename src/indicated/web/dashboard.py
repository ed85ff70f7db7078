"""Figures over all cases, each chart with its table; the yearly metrics as a page and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.web import charts, forms
from indicated.web.errors import NoPage
from indicated.web.pages import page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.workflow.assess import a_day, current, now, today
from indicated.workflow.review import dashboard as service
from indicated.workflow.review.dashboard import Dashboard
from indicated.workflow.review.figures import Slice
from indicated.workflow.review.small_numbers import FEWEST

router = APIRouter()

SLICES = ("age_band", "sex", "plan", "payer", "condition")
_YEAR = timedelta(days=365)
_DRAWN = 10
_YEARS = range(2000, 2100)


@router.get("/dashboard")
async def dashboard(request: Request) -> Response:
    """The figures of a period: `?from=` and `?to=`, by default the year up to today."""
    person = current_person(request)
    site: Site = request.app.state.site
    first = _day(request, "from", today() - _YEAR)
    last = _day(request, "to", today())
    found = await run_in_threadpool(service.dashboard, site.store, person, first=first, last=last, now=now())
    t = Words(book())
    return page(
        request,
        "dashboard/dashboard.html",
        found=found,
        months=charts.bars(_volumes(found)),
        gaps=[(_gap(code, t), count) for code, count in found.gaps],
        gap_chart=charts.bars((_gap(code, t), (("two", count, str(count)),)) for code, count in found.gaps[:_DRAWN]),
        steps=sorted({step for step, _, _ in found.agreement if step}),
        agreement={(step, outcome): count for step, outcome, count in found.agreement},
        outcomes=("approve", "partial", "deny"),
        slices=[
            (by, [(_named(one, t), one) for one in found.slices if one.by == by], by in found.hidden) for by in SLICES
        ],
        fewest=FEWEST,
        year=today().year,
    )


@router.get("/dashboard/yearly")
async def yearly(request: Request) -> Response:
    """The yearly metrics of one year."""
    year = _asked_year(request)
    rows = await run_in_threadpool(_metrics, request, year)
    few = 0 < int(dict(rows)["requests"]) < FEWEST
    return page(request, "dashboard/yearly.html", rows=rows, year=year, few=few, fewest=FEWEST)


@router.get("/dashboard/yearly.csv")
async def yearly_csv(request: Request) -> Response:
    """The same as rows of a file: the code of each metric and its value."""
    year = _asked_year(request)
    rows = await run_in_threadpool(_metrics, request, year)
    out = io.StringIO()
    csv.writer(out).writerows((("metric", "value"), *rows))
    headers = {"content-disposition": f'attachment; filename="metrics-{year}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _metrics(request: Request, year: int) -> tuple[tuple[str, str], ...]:
    person = current_person(request)
    site: Site = request.app.state.site
    return service.yearly_metrics(site.store, person, year=year, now=now())


def _asked_year(request: Request) -> int:
    told = request.query_params.get("year", str(today().year))
    year = forms.whole(told)
    if year is None or year not in _YEARS:
        raise NoPage(f"{told[:20]!r} is no year; give four digits, for example {today().year}")
    return year


def _day(request: Request, name: str, otherwise: date) -> date:
    told = request.query_params.get(name, "")
    return a_day(told) if told else otherwise


def _volumes(found: Dashboard) -> list[tuple[str, tuple[tuple[str, float, str], ...]]]:
    return [
        (one.value, (("one", one.cases, str(one.cases)), ("two", one.decided, str(one.decided))))
        for one in found.by_month
    ]


def _gap(code: str, t: Words) -> str:
    """`not_documented lab.igg` in words."""
    kind, _, about = code.partition(" ")
    known = current().knowledge.vocabulary
    label = known.label(about) if about in known.concepts else about.replace("_", " ").replace(".", ", ")
    why = t(f"gap.{kind}")
    return f"{label} ({why})" if label else why


def _named(one: Slice, t: Words) -> str:
    if not one.value:
        return t("dashboard.unrecorded")
    known = current().knowledge.vocabulary
    if one.value in known.concepts:
        return known.label(one.value)
    return t(f"plan.{one.value}") if one.by == "plan" else one.value
