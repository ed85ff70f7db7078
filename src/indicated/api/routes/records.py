"""What is looked at later: the audit log, archives of cases, figures over all cases."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.shapes import CaseOut, Line, Page
from indicated.api.table import Call, Route, Told
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review import archive, audit, dashboard
from indicated.workflow.review.archive import Checked
from indicated.workflow.review.audit import Event, Verified
from indicated.workflow.review.dashboard import Dashboard
from indicated.workflow.review.people import Action

ZIP, CSV = "application/zip", "text/csv; charset=utf-8"
_OCTETS = "application/octet-stream"


class EventQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which events: about what, by whom, from which on."""

    subject: Line = ""
    by: Line = ""
    after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    limit: Page = 100


class EventPage(Struct, frozen=True):
    """A page of events; `next` is what to give as `after`, None on the last."""

    items: tuple[Event, ...]
    next: int | None


class VerifyQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What an earlier check found, as SEQ:HASH."""

    expect: Annotated[str, Meta(pattern="^([0-9]{1,15}:[0-9a-f]{64})?$")] = ""


class Period(Struct, frozen=True, forbid_unknown_fields=True):
    """From the first to the last day."""

    first: date
    last: date


class Year(Struct, frozen=True, forbid_unknown_fields=True):
    """A year."""

    year: Annotated[int, Meta(ge=2000, le=2200)]


class Metric(Struct, frozen=True):
    """One metric by name and value."""

    name: str
    value: str


class MetricsOut(Struct, frozen=True):
    """The yearly metrics that a payer publishes."""

    items: tuple[Metric, ...]


def _events(call: Call) -> EventPage:
    query: EventQuery = call.query
    found = audit.events(
        call.store, call.person, now=call.now, subject=query.subject, by=query.by, after=query.after, limit=query.limit
    )
    return EventPage(found, found[-1].seq if len(found) == query.limit else None)


def _verify(call: Call) -> Verified:
    return audit.verify(call.store, expect=call.query.expect)


def _export(call: Call) -> Told:
    case = call.path["case"]
    return Told(archive.export(call.store, call.person, case, now=call.now), media=ZIP, file=f"{case}.zip")


def _check(call: Call) -> Checked:
    return archive.check(call.body)


def _import(call: Call) -> CaseOut:
    return CaseOut(archive.bring_in(call.store, call.person, call.body, now=call.now))


def _dashboard(call: Call) -> Dashboard:
    query: Period = call.query
    return dashboard.dashboard(call.store, call.person, first=query.first, last=query.last, now=call.now)


def _yearly(call: Call) -> MetricsOut:
    rows = dashboard.yearly_metrics(call.store, call.person, year=call.query.year, now=call.now)
    return MetricsOut(tuple(Metric(name, value) for name, value in rows))


def _yearly_csv(call: Call) -> Told:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("metric", "value"))
    writer.writerows(dashboard.yearly_metrics(call.store, call.person, year=call.query.year, now=call.now))
    return Told(out.getvalue().encode(), media=CSV, file=f"metrics-{call.query.year}.csv")


ROUTES = (
    Route(
        method="GET", path="/audit/events", name="audit_events", tag="records", handle=_events, right=Action.AUDIT,
        scope=Scope.AUDIT, query=EventQuery, reply=EventPage, says="Who saw and did what, in order.",
    ),
    Route(
        method="GET", path="/audit/verification", name="audit_verify", tag="records", handle=_verify,
        right=Action.AUDIT, scope=Scope.AUDIT, query=VerifyQuery, reply=Verified,
        says="Go through the whole log and hold every case against it.",
    ),
    Route(
        method="GET", path="/cases/{case}/archive", name="export", tag="records", handle=_export,
        right=Action.EXPORT, scope=Scope.READ, media=ZIP,
        says="The case as one ZIP that replays anywhere. The same case gives the same bytes.",
    ),
    Route(
        method="POST", path="/archives/checks", name="check_archive", tag="records", handle=_check,
        right=Action.EXPORT, scope=Scope.READ, body=bytes, takes=(ZIP, _OCTETS), reply=Checked,
        says="Whether an archive is whole, its chain and signatures hold, and its determinations replay.",
    ),
    Route(
        method="POST", path="/archives", name="import", tag="records", handle=_import, right=Action.IMPORT,
        scope=Scope.WORK, body=bytes, takes=(ZIP, _OCTETS), reply=CaseOut, status=201,
        says="Put the case of an archive into this store, for reading.",
    ),
    Route(
        method="GET", path="/dashboard", name="dashboard", tag="records", handle=_dashboard, right=Action.DASHBOARD,
        scope=Scope.READ, query=Period, reply=Dashboard, says="The figures of the cases received in a period.",
    ),
    Route(
        method="GET", path="/dashboard/yearly", name="yearly_metrics", tag="records", handle=_yearly,
        right=Action.DASHBOARD, scope=Scope.READ, query=Year, reply=MetricsOut,
        says="The yearly metrics that CMS-0057-F asks a payer to publish.",
    ),
    Route(
        method="GET", path="/dashboard/yearly.csv", name="yearly_metrics_csv", tag="records", handle=_yearly_csv,
        right=Action.DASHBOARD, scope=Scope.READ, query=Year, media=CSV, says="The same as CSV.",
    ),
)  # fmt: skip
