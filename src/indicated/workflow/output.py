"""Files that a command is asked to write: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from indicated.workflow.errors import Unwritable


def write(path: str, text: str) -> None:
    """Put the text at the path in one step. Unwritable, and nothing changed, where that cannot be done."""
    target = Path(path)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not a file name"
        raise Unwritable(
            f"{path[:200]!r} cannot be written: {reason}; name a file in a folder that you may write to"
        ) from None
