"""A site's own content laid over the installed release, compiled once and kept beside it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from indicated import release
from indicated.content.compile import compile_site, write
from indicated.content.lint import lint, refusing
from indicated.content.load import SITE, is_site, load_site
from indicated.content.problem import BrokenContent
from indicated.release import NoRelease, Release
from indicated.workflow.errors import BrokenFolder, NoFile

_KEPT = ".indicated-release.bin"


def site_release(folder: str, base: Release) -> Release:
    """The release of both. NoFile when the folder is none of a site, BrokenFolder when it has problems."""
    root = Path(folder)
    if not is_site(root):
        raise NoFile(f"INDICATED_CONTENT names {folder}, which has no {SITE}; name a site's own content folder")
    made_from = f"{base.id} {release.fingerprint(root)}"
    kept = _kept(root)
    if kept is not None and kept.made_from == made_from:
        return kept
    loaded = load_site(root, base.knowledge, base.codes)
    problems = refusing(lint(loaded, date.min))
    if problems:
        raise BrokenFolder(f"{root}: {BrokenContent(problems)}; 'indicated content check {root}' lists all")
    compiled = compile_site(base, loaded, made_from)
    # A folder that may not be written to is compiled each time; the answers are the same.
    with suppress(OSError):
        write(compiled, root / _KEPT)
    return Release(compiled)


def mark_of(folder: str) -> tuple[int, int, int] | None:
    """What changes when a release of the folder is kept beside it, as it is when a policy is put in force; None where
    none is.
    """
    try:
        found = (Path(folder) / _KEPT).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _kept(root: Path) -> Release | None:
    try:
        return Release((root / _KEPT).read_bytes())
    except (OSError, NoRelease):
        return None
