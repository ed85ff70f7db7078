"""Several requests decided on one day, each from a file or a folder, and held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import TextIO

from msgspec.structs import replace

from indicated.engine.contrast import side_by_side
from indicated.model.contrast import SideBySide
from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.workflow.assess import assess, current, read
from indicated.workflow.errors import BadUse
from indicated.workflow.intake import open_case

MOST = 6
"""Requests that are held against each other at once."""


def contrast(given: Sequence[str], policies: Sequence[Policy | None], on: date, stdin: TextIO | None) -> SideBySide:
    """Every request decided and held against the others: under no policy, one for all, or one for each in order."""
    if not 2 <= len(given) <= MOST:  # noqa: PLR2004
        raise BadUse(f"compare takes from two to {MOST} requests, each a file or a folder; {len(given)} given")
    if len(policies) not in (0, 1, len(given)):
        raise BadUse(f"give no policy, one for all, or one for each; {len(policies)} for {len(given)} requests")
    names = _names(given)
    applied = [policies[at % len(policies)] if policies else None for at in range(len(given))]
    papers = _apart(names, [open_case(path, stdin) for path in given])
    determinations = [assess(read(one), policy, on) for one, policy in zip(papers, applied, strict=True)]
    return side_by_side(names, determinations, current().knowledge)


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


def _apart(names: Sequence[str], papers: Sequence[tuple[Document, ...]]) -> list[tuple[Document, ...]]:
    """The documents of each request; those that two requests have of one name, under the name of theirs."""
    often = Counter(document.id for documents in papers for document in documents)
    return [
        tuple(replace(one, id=f"{name}/{one.id}") if often[one.id] > 1 else one for one in documents)
        for name, documents in zip(names, papers, strict=True)
    ]
