"""Files and folders as named bytes. A folder gives its files in the order of their names; none is skipped unsaid."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from indicated.reading.formats.errors import TooBig
from indicated.reading.formats.limits import RAW
from indicated.workflow.errors import Empty, IsFolder, Unreadable
from indicated.workflow.intake import content_of, read_stdin

_STDIN = "-"
_MOST = 1_000
"""Files of one case."""


def named_files(paths: Sequence[str], stdin: TextIO | None) -> Iterator[tuple[str, bytes]]:
    """Each file with the name that its document bears: the file's own, with its folder where two are named alike."""
    known: dict[str, str] = {}  # a file is one however often and in whatever spelling it is given
    for file in (file for path in paths for file in _files(path)):
        known.setdefault(file if file == _STDIN else os.path.realpath(file), file)
    found = list(known.values())
    if len(found) > _MOST:
        raise TooBig(f"{len(found):,} files were given, more than {_MOST:,} for one case; give those that matter")
    for path, name in zip(found, _names(found), strict=True):
        raw = read_stdin(stdin) if path == _STDIN else content_of(path, RAW)
        yield name, raw


def _files(path: str) -> list[str]:
    """The path itself, or the files in a folder: sorted by name, hidden ones left out."""
    if path == _STDIN or not os.path.isdir(path):  # noqa: PTH112
        return [path]
    try:
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208
    except OSError as error:
        raise Unreadable(f"{path} cannot be listed: {error.strerror}; check its permissions") from None
    inside = [os.path.join(path, name) for name in names]  # noqa: PTH118
    for one in inside:
        if os.path.isdir(one):  # noqa: PTH112
            raise IsFolder(f"{one} is a folder within a folder; name it too, or move its files up")
        if not os.path.isfile(one):  # noqa: PTH113
            raise Unreadable(f"{one} is no file that can be read; take it out of the folder")
    if not inside:
        raise Empty(f"{path} is a folder without files; give the files of the case")
    return inside


def _names(paths: Sequence[str]) -> list[str]:
    """Names that tell the files apart: with as much of the folder as that takes."""
    split = [[part for part in path.replace(os.sep, "/").split("/") if part] or [path] for path in paths]
    names = [parts[-1] for parts in split]
    for size in range(2, max(map(len, split), default=1) + 1):
        counts = Counter(names)
        names = [
            "/".join(parts[-size:]) if counts[name] > 1 else name for parts, name in zip(split, names, strict=True)
        ]
    shown = [os.fsencode(name).decode("utf-8", "replace") for name in names]
    counts = Counter(shown)
    return [
        "stdin" if path == _STDIN else name if counts[name] == 1 else f"{name} ({at})"
        for at, (path, name) in enumerate(zip(paths, shown, strict=True), 1)
    ]
