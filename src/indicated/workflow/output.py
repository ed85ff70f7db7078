"""Files that a command is asked to write: whole or not at all, and never over the case that they tell of."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indicated.workflow.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRIVATE = 0o600
_ELSEWHERE = "name a file in a folder that you may write to"


def check(path: str, sources: Sequence[str]) -> None:
    """Unwritable where the path is one of the files that the case is read from, or stands in a folder of them: it would
    be lost, or read as part of the case the next time.
    """
    target = os.path.realpath(path)
    for source in map(os.path.realpath, sources):
        if target == source or os.path.dirname(target) == source or _is_same(target, source):  # noqa: PTH120
            raise Unwritable(f"{path[:200]!r} is where the case is read from; name a file elsewhere")


def write(path: str, told: str | bytes) -> None:
    """Put the text, or the bytes, at the path in one step. Unwritable, and nothing changed, where that cannot be done.

    A link stays a link; a file that is there keeps its permissions.
    """
    try:
        target = Path(os.path.realpath(path))
        if not path or (target.exists() and not target.is_file()):
            raise Unwritable(f"{path[:200]!r} is no file; {_ELSEWHERE}")
        mode = target.stat().st_mode if target.exists() else None
        part = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            # the page quotes a record: nobody else may read it before it has the permissions of the file it becomes
            with open(  # noqa: PTH123 - of a descriptor
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb"
            ) as file:
                file.write(told if isinstance(told, bytes) else told.encode())
            if mode is not None:
                part.chmod(mode & 0o7777)
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not a file name"
        raise Unwritable(f"{path[:200]!r} cannot be written: {reason}; {_ELSEWHERE}") from None


def _is_same(target: str, source: str) -> bool:
    with suppress(OSError):
        return os.path.samefile(target, source)  # noqa: PTH121
    return False
