"""Regular expressions that are compiled when they are first used.

A short note asks for half of them, and compiling all at every start would take as long as reading the note four times.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub")


class _Waiting:
    """Stands for a pattern; from the first use on its methods are the pattern's own."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a text, compiled when it is first used; a mistake in it shows only then."""
    return cast("re.Pattern[str]", _Waiting(text, flags))
