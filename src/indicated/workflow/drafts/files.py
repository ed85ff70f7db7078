"""Drafts as files: a hidden folder within the site's own content, which no release is made from.

What is saved is bound to what was opened: `mark` is the hash of the draft as it was read, and saving over another one
is DraftChanged.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace

from indicated.content.load import is_site
from indicated.content.shapes import SITE
from indicated.workflow.authoring.skeleton import check_name
from indicated.workflow.drafts.errors import DraftChanged, DraftTaken, NoDraft, NoSiteFolder
from indicated.workflow.output import write

DRAFTS, REPLACED = ".drafts", ".replaced"
POLICY, CASES, SOURCE, NOTES = "policy.yaml", "cases.yaml", "source.txt", "notes.txt"


class Draft(Struct, frozen=True):
    """A policy as YAML, its golden cases as YAML, the payer's text where it was begun from one, release notes."""

    id: str
    policy: str
    cases: str = ""
    source: str = ""
    notes: str = ""

    @property
    def mark(self) -> str:
        """The hash of all of it."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:32]


def site_folder() -> Path:
    """The site's own content folder. NoSiteFolder, with how to set it, where there is none."""
    named = os.environ.get("INDICATED_CONTENT", "")
    if not named or not is_site(Path(named)):
        raise NoSiteFolder(
            f"policies are written to the site's own content folder, and none is set; make a folder with a file {SITE} "
            "that says 'name: ' and whose it is, set INDICATED_CONTENT to the folder, and start the program again"
        )
    return Path(named)


def listed(root: Path) -> tuple[str, ...]:
    """The ids of all drafts."""
    return tuple(
        path.parent.relative_to(root / DRAFTS).as_posix() for path in sorted((root / DRAFTS).glob(f"*/*/{POLICY}"))
    )


def opened(root: Path, name: str) -> Draft:
    """A draft by its id. NoDraft where there is none."""
    check_name("policy", name)
    folder = root / DRAFTS / name
    if not (folder / POLICY).is_file():
        raise NoDraft(f"there is no draft {name[:80]!r}; it may have been put in force, or begun under another id")
    told = {part: _text(folder / part) for part in (POLICY, CASES, SOURCE, NOTES)}
    return Draft(name, told[POLICY], told[CASES], told[SOURCE], told[NOTES])


def begin(root: Path, draft: Draft) -> Draft:
    """Keep a new draft. DraftTaken where one of that id is there."""
    check_name("policy", draft.id)
    if (root / DRAFTS / draft.id).exists():
        raise DraftTaken(f"there is a draft {draft.id} already; open it, or give another id")
    _write(root, draft)
    return draft


def save(root: Path, draft: Draft, was: str) -> Draft:
    """Keep a draft that was changed. DraftChanged unless it is still the one with the mark `was`."""
    if opened(root, draft.id).mark != was:
        raise DraftChanged(
            f"somebody else saved {draft.id} since you opened it; nothing of theirs was overwritten; load the page "
            "again and make your change there"
        )
    _write(root, draft)
    return draft


def discard(root: Path, name: str) -> None:
    """Take a draft away."""
    opened(root, name)
    shutil.rmtree(root / DRAFTS / name)


def put(root: Path, draft: Draft) -> None:
    """Make the draft the site's policy of that id; the one it replaces is kept beside. The draft is then gone."""
    folder, old = root / "policies" / draft.id, root / REPLACED / draft.id
    if folder.exists():
        before = hashlib.sha256(_text(folder / POLICY).encode()).hexdigest()[:12]
        shutil.rmtree(old / before, ignore_errors=True)
        shutil.copytree(folder, old / before)
        shutil.rmtree(folder)
    (folder / "cases").mkdir(parents=True)
    write(str(folder / POLICY), draft.policy)
    write(str(folder / "cases" / CASES), draft.cases)
    if draft.notes.strip():
        write(str(folder / "README.md"), draft.notes)
    discard(root, draft.id)


def in_force(root: Path, name: str) -> Draft | None:
    """The site's policy of that id as a draft could go on from it."""
    folder = root / "policies" / name
    if not (folder / POLICY).is_file():
        return None
    cases = "".join(_text(path) for path in sorted((folder / "cases").glob("*.yaml")))
    return replace(Draft(name, _text(folder / POLICY)), cases=cases, notes=_text(folder / "README.md"))


def _write(root: Path, draft: Draft) -> None:
    folder = root / DRAFTS / draft.id
    folder.mkdir(parents=True, exist_ok=True)
    for part, text in ((CASES, draft.cases), (SOURCE, draft.source), (NOTES, draft.notes), (POLICY, draft.policy)):
        write(str(folder / part), text)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
