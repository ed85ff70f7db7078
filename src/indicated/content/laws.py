"""What law as data must have: a section and a page for every row, and one clock for one thing on one day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from indicated.content.load import Loaded
from indicated.content.problem import Problem, shown
from indicated.engine.law import in_force
from indicated.model.evidence import Status
from indicated.model.law import AppealRight, AutomationRule, Clock, Law, LawRow, Pause

_ONE_OF_A_KIND: dict[type[LawRow], tuple[str, ...]] = {
    Clock: ("stage", "urgency", "drug", "electronic"),
    AppealRight: (),
    Pause: ("stage", "urgency"),
    AutomationRule: ("act",),
}
"""Rows of which one holds for one thing on one day, and the fields that tell one thing from another; None is any."""


def law_problems(loaded: Loaded) -> Iterator[Problem]:
    """Laws not named as their files, rows without section or page, periods upside down, and clocks that overlap."""
    laws = loaded.all(Law)
    for law in laws:
        file = loaded.place(law).file
        wanted = file.removeprefix("law/").removesuffix(".yaml")
        if law.id != wanted:
            expected = f"{wanted!r}, as the file is named"
            yield loaded.place(law).problem("not-as-file", "id", shown(law.id), expected, "rename one of them")
        for row in rows(law):
            yield from _row(loaded, law, row)
    yield from _overlaps(loaded, laws)


def rows(law: Law) -> tuple[LawRow, ...]:
    """Every row of a law."""
    return (*law.clocks, *law.appeals, *law.pauses, *law.notice, *law.deciders, *law.automation)


def _row(loaded: Loaded, law: Law, row: LawRow) -> Iterator[Problem]:
    if not row.section.strip():
        found, fix = "no section", "say where in the law it stands"
        yield loaded.place(row).problem("no-section", "section", found, "the section of the source", fix)
    if row.status is not Status.RECALLED and not row.seen_at:
        fix = "say where, or set status to recalled"
        yield loaded.place(row).problem("not-seen", "seen_at", "no page", "where the provision was read", fix)
    first, last = in_force(law, row)
    if first > last:
        yield loaded.place(row).problem("upside-down", "effective_to", f"{last} before {first}", "the later date here")


def _overlaps(loaded: Loaded, laws: tuple[Law, ...]) -> Iterator[Problem]:
    for kind, fields in _ONE_OF_A_KIND.items():
        held = [(law, row) for law in laws for row in rows(law) if isinstance(row, kind)]
        for (law, row), (other_law, other) in combinations(held, 2):
            if _same_thing(law, row, other_law, other, fields) and _meet(law, row, other_law, other):
                place = loaded.place(row)
                found = f"{other.section!r} for the same thing as {row.section!r} ({place.file}:{place.line})"
                fix = "end one before the other begins, or say what tells them apart"
                yield loaded.place(other).problem("overlap", "section", found, "one of a kind on any day", fix)


def _same_thing(law: Law, row: LawRow, other_law: Law, other: LawRow, fields: tuple[str, ...]) -> bool:
    """Whether two rows speak of a same plan in a same state (or both of the whole country) and of a same thing."""
    plans = set(row.plans or law.plans) & set(other.plans or other_law.plans)
    states, other_states = set(row.states or law.states), set(other.states or other_law.states)
    alike = bool(states & other_states) or (not states and not other_states)
    pairs = ((getattr(row, field), getattr(other, field)) for field in fields)
    return bool(plans) and alike and all(one is None or two is None or one == two for one, two in pairs)


def _meet(law: Law, row: LawRow, other_law: Law, other: LawRow) -> bool:
    first, last = in_force(law, row)
    other_first, other_last = in_force(other_law, other)
    return max(first, other_first) <= min(last, other_last)
