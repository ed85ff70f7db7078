"""What the terminal is like: colour, width, and a line of progress on long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 100
LONG = 300_000
"""Characters of text above which reading says that it is at work."""


def colour() -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The line width: the terminal's, at most 100; 100 where there is no terminal, so that files never differ."""
    try:
        return min(WIDTH, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return WIDTH


@contextmanager
def progress(characters: int) -> Iterator[None]:
    """Says on a terminal's standard error that a long text is being read, and clears the line after."""
    shown = characters > LONG and sys.stderr is not None and sys.stderr.isatty()
    if shown:
        sys.stderr.write(f"reading {characters / 1_000_000:.1f} million characters ...")
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
