"""`python -m indicated.reading.stored_patterns`: keep what the patterns of reading compile to, for a quicker start.

Run when the package is set up. A pattern that is not in the file, or a Python that the file was not made for, is
compiled as ever.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from pathlib import Path

from indicated import reading, release
from indicated.reading import patterns
from indicated.reading.reader import Reader


def made() -> bytes:
    """The file's bytes: every pattern of the reading modules, and those that the words of the release make."""
    for module in pkgutil.iter_modules(reading.__path__, f"{reading.__name__}."):
        importlib.import_module(module.name)
    Reader(release.builtin().lexicon)
    return patterns.encoded(patterns.made)


def write() -> None:
    """Put the file beside the compiled content, whole or not at all."""
    part = Path(f"{patterns.FILE}.{os.getpid()}")
    try:
        part.write_bytes(made())
        part.replace(patterns.FILE)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    write()
