"""The routes, a module for each family; `every` is the one list of them."""

from __future__ import annotations

from indicated.api.routes import (
    accounts,
    ask,
    cases,
    content,
    decisions,
    determine,
    letters,
    library,
    me,
    records,
    retention,
    work,
)
from indicated.api.table import Route


def every() -> tuple[Route, ...]:
    """All routes, in the order of the manual."""
    families = (me, determine, cases, ask, work, decisions, letters, records, retention, library, content, accounts)
    return tuple(route for family in families for route in family.ROUTES)
