"""A folder of cases, and the policy that is applied to each, for a comparison of two contents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.release import Release
from indicated.workflow.authoring.effect import Applied
from indicated.workflow.errors import Empty, NoFile
from indicated.workflow.intake import open_case


def cases(folder: str) -> tuple[tuple[str, tuple[Document, ...]], ...]:
    """Each file of the folder as a case, and each folder in it as one, by name; hidden ones are left out."""
    root = Path(folder)
    if not root.is_dir():
        raise NoFile(f"there is no folder {folder}; give one with a case in each file")
    paths = sorted(path for path in root.iterdir() if not path.name.startswith("."))
    if not paths:
        raise Empty(f"{folder} holds no case; put one in each file")
    return tuple((path.name, open_case(str(path), None)) for path in paths)


def applied(given: str | None, on: date) -> Applied:
    """How the policy of `--policy` is found in a release; none when none was given."""

    def find(release: Release) -> Policy | None:
        from indicated.workflow.policies import from_option

        return from_option(given, release, on) if given is not None else None

    return find
