"""Everything a content folder is checked for, in the order in which it can be: the files first, then their answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from indicated.content.boundaries import unbounded
from indicated.content.documents import documents
from indicated.content.folder import read_folder, release_of
from indicated.content.golden import Read, run_all
from indicated.content.lint import lint, refusing
from indicated.content.load import Loaded
from indicated.content.problem import Problem, in_order
from indicated.content.reachable import Records, unreachable
from indicated.content.seen import unseen
from indicated.content.shares import cores
from indicated.content.uncollected import uncollected
from indicated.model.knowledge import Knowledge
from indicated.release import Release


def checked(
    root: Path, on: date, reader: Callable[[Release], Read], base: Callable[[], Release]
) -> tuple[Loaded, tuple[Problem, ...]]:
    """What was read of a folder, and every problem of it; golden cases run once nothing else is refused.

    `base` gives the release that a site's own folder is laid over.
    """
    with uncollected():
        loaded = read_folder(root, base)
        problems = lint(loaded, on)
        if not refusing(problems):
            release = release_of(loaded, base)
            problems = (*tried(loaded, release.knowledge, on, reader(release), cores()), *problems)
    return loaded, problems


def tried(
    loaded: Loaded, knowledge: Knowledge, on: date, read: Read | None = None, shares: int = 1
) -> tuple[Problem, ...]:
    """What running the content shows: answers that are not the expected ones, rules that nothing meets, limits and
    verdicts that no case holds. Golden cases are run in as many shares at once.
    """
    ran = run_all(loaded, knowledge, read, shares)
    listed, records = tuple(documents(loaded, knowledge)), Records(knowledge, on)
    return in_order(
        (
            *ran.problems,
            *unreachable(loaded, listed, records, ran.shown),
            *unbounded(loaded, listed, knowledge),
            *unseen(loaded, listed, records, ran.shown),
        )
    )
