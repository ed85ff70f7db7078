"""A content folder of either kind, whole or a site's own laid over a release: read, and made a release in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indicated.content.compile import compile_loaded, compile_site, content_hash
from indicated.content.load import Loaded, is_site, load, load_site
from indicated.release import Release


def read_folder(root: Path, base: Callable[[], Release]) -> Loaded:
    """What stands in a folder; of a site's own, over what `base` gives."""
    if not is_site(root):
        return load(root)
    under = base()
    return load_site(root, under.knowledge, under.codes)


def release_of(loaded: Loaded, base: Callable[[], Release]) -> Release:
    """The release that content without problems makes."""
    if loaded.given:
        return Release(compile_site(base(), loaded))
    return Release(compile_loaded(loaded, content_hash(loaded.files), ""))
