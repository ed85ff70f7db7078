"""Several requests decided on one day and held against each other: from files and folders, or as they were taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, TextIO

import msgspec
from msgspec import Struct

from indicated.engine.contrast import side_by_side
from indicated.model.case import Case
from indicated.model.contrast import SideBySide
from indicated.model.policy import Policy
from indicated.model.text import Document, Passage
from indicated.workflow.assess import assess, current, read
from indicated.workflow.errors import BadUse
from indicated.workflow.intake import open_case

FEWEST, MOST = 2, 6
"""Requests that are held against each other at once. Command line, pages and API all ask here."""


class Side(Struct, frozen=True):
    """A request to be held against others: its name, the case as it was read, and the policy for it."""

    name: str
    case: Case
    policy: Policy | None = None


def contrast(given: Sequence[str], policies: Sequence[Policy | None], on: date, stdin: TextIO | None) -> SideBySide:
    """The requests of files or folders: under no policy, one for all, or one for each in order."""
    refuse_number(len(given))
    if len(policies) not in (0, 1, len(given)):
        raise BadUse(f"give no policy, one for all, or one for each; {len(policies)} for {len(given)} requests")
    names = _names(given)
    applied = [policies[at % len(policies)] if policies else None for at in range(len(given))]
    cases = [read(open_case(path, stdin)) for path in given]
    return held([Side(*one) for one in zip(names, cases, applied, strict=True)], on)


def held(sides: Sequence[Side], on: date) -> SideBySide:
    """Every request decided on this day and held against the others. BadUse where there are too few or too many, or two
    of one name; the errors of `assess` where one cannot be decided.
    """
    refuse_number(len(sides))
    names = tuple(side.name for side in sides)
    twice = next((name for name, often in Counter(names).items() if often > 1), None)
    if twice is not None:
        raise BadUse(f"two requests are called {twice!r}; give each a name of its own")
    determinations = [assess(case, side.policy, on) for case, side in zip(_apart(sides), sides, strict=True)]
    return side_by_side(names, determinations, current().knowledge)


def refuse_number(given: int) -> None:
    """BadUse for a number of requests that are not held against each other at once."""
    if not FEWEST <= given <= MOST:
        raise BadUse(f"give from two to {MOST} requests to compare, of one patient; {given} given")


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """A name for each request: the file's without its ending, or as much of the path as tells it from the others."""
    stems = tuple(PurePath(one).stem or one for one in given)
    if len(set(stems)) == len(stems):
        return stems
    parts = [PurePath(one).parts or (one,) for one in given]
    for most in range(1, max(map(len, parts)) + 1):
        names = tuple("/".join(one[-most:]) for one in parts)
        if len(set(names)) == len(names):
            return names
    raise BadUse("the same request is given twice; name two different files or folders")


def _apart(sides: Sequence[Side]) -> list[Case]:
    """The cases; documents that two of them have of one name, under the name of the request."""
    often = Counter(document.id for side in sides for document in side.case.documents)
    return [
        _renamed(side.case, {one.id: f"{side.name}/{one.id}" for one in side.case.documents if often[one.id] > 1})
        for side in sides
    ]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same value with documents of other names, wherever one is named."""
    if isinstance(value, tuple):
        return tuple(_renamed(one, names) for one in value)
    if not names or not isinstance(value, Struct):
        return value
    kept = {name: getattr(value, name) for name in value.__struct_fields__}
    made = {name: _renamed(one, names) for name, one in kept.items()}
    if isinstance(value, Document):
        made["id"] = names.get(value.id, value.id)
    elif isinstance(value, Passage):
        made["document"] = names.get(value.document, value.document)
    changed = {name: one for name, one in made.items() if one is not kept[name] and one != kept[name]}
    return msgspec.structs.replace(value, **changed) if changed else value
