"""A content folder as authors' tools see it: what was read, and the release that it makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from indicated import release
from indicated.content.folder import read_folder, release_of
from indicated.content.lint import lint, refusing
from indicated.content.load import Loaded
from indicated.content.problem import BrokenContent
from indicated.release import Release
from indicated.workflow.assess import built_in
from indicated.workflow.errors import BrokenFolder, NoFile


class Folder(Struct, frozen=True):
    """A content folder without problems."""

    root: Path
    loaded: Loaded
    release: Release


def root_of(given: str | None) -> Path:
    """The folder given, or that of the checkout. NoFile when there is none."""
    root = Path(given) if given is not None else release.checkout()
    if root is None or not root.is_dir():
        named = f"there is no folder {root}" if root is not None else "this installation has no content folder"
        raise NoFile(f"{named}; give the content folder, for example 'indicated content check content'")
    return root


def opened(root: Path) -> Folder:
    """The folder read and compiled in memory. BrokenFolder names the first problem and how many there are."""
    loaded = read_folder(root, built_in)
    problems = refusing(lint(loaded, date.min))
    if problems:
        raise BrokenFolder(f"{root}: {BrokenContent(problems)}; 'indicated content check {root}' lists all")
    return Folder(root, loaded, release_of(loaded, built_in))
