"""`indicated retention ...`: what is kept for how long, what is due, and its erasing, at the machine itself."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable

from indicated.store.base import Store, open_store
from indicated.workflow.accounts.manage import CONSOLE
from indicated.workflow.assess import now
from indicated.workflow.errors import BadUse
from indicated.workflow.review import retention
from indicated.workflow.review.keeping import Keeping, Kept
from indicated.workflow.review.retention import Standing
from indicated.workflow.settings import from_environment

DONE = 0


def run(options: Namespace) -> int:
    """Do what the action says; the exit status."""
    settings = from_environment(os.environ)
    store = open_store(options.url or settings.store, keys=settings.keys, new=False)
    try:
        sys.stdout.write(_ACTIONS[options.action](store, settings.keeping, options))
    finally:
        store.close()
    return DONE


def _show(store: Store, keeping: Keeping, options: Namespace) -> str:
    del options
    found = _standing(store, keeping)
    lines = [
        f"rule: {_rule(keeping)} (INDICATED_KEEP_YEARS)",
        f"open: {found.open}; over and kept: {found.over}; due: {len(found.due)}; within a year: {found.soon}",
        f"on hold: {', '.join(found.held) or 'none'}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _due(store: Store, keeping: Keeping, options: Namespace) -> str:
    del options
    found = _standing(store, keeping)
    return "".join(f"{_line(one)}\n" for one in found.due) + f"{len(found.due)} due under: {_rule(keeping)}\n"


def _erase(store: Store, keeping: Keeping, options: Namespace) -> str:
    due = _standing(store, keeping).due
    if options.yes != len(due):
        raise BadUse(
            f"that would erase the contents of {len(due)} cases for good, and nothing was erased; look at them with "
            f"'indicated retention due', then say how many with --yes {len(due)}"
        )
    gone = retention.erase_due(store, CONSOLE, keeping, cases=[one.case for one in due], now=now())
    return "".join(f"erased {case}\n" for case in gone) + f"{len(gone)} erased; their audit stays\n"


def _erase_case(store: Store, keeping: Keeping, options: Namespace) -> str:
    del keeping
    if not options.yes:
        raise BadUse(
            f"that erases the contents of {options.id} for good, and nothing was erased; if it is meant: --yes"
        )
    retention.erase(store, CONSOLE, options.id, reason=options.reason, now=now())
    return f"erased {options.id}; its audit stays\n"


def _hold(store: Store, keeping: Keeping, options: Namespace) -> str:
    del keeping
    retention.hold(store, CONSOLE, options.id, reason=options.reason, now=now())
    return f"{options.id} is on hold; nobody erases it\n"


def _let_go(store: Store, keeping: Keeping, options: Namespace) -> str:
    del keeping
    retention.let_go(store, CONSOLE, options.id, reason=options.reason, now=now())
    return f"{options.id} is no longer on hold; the rule counts again\n"


def _standing(store: Store, keeping: Keeping) -> Standing:
    return retention.standing(store, CONSOLE, keeping, now=now())


def _rule(keeping: Keeping) -> str:
    """The rule in words."""
    told = [f"{plan.value} {_years(years)}" for plan, years in keeping.plans.items()]
    return "; ".join([_years(keeping.years), *told])


def _years(years: int) -> str:
    return f"{years} year{'s' if years > 1 else ''} after the last entry" if years else "for good"


def _line(one: Kept) -> str:
    plan = one.plan.value if one.plan is not None else "plan unknown"
    return f"{one.case}  {one.state.value}  {plan}  last entry {one.since:%Y-%m-%d}  kept until {one.until}"


_ACTIONS: dict[str, Callable[[Store, Keeping, Namespace], str]] = {
    "show": _show,
    "due": _due,
    "erase": _erase,
    "erase-case": _erase_case,
    "hold": _hold,
    "let-go": _let_go,
}
