"""Regular expressions that are compiled when they are first used, or read in the form they were compiled to before.

A short note asks for half of them, and compiling all at every start would take as long as reading the note four times.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from indicated import release
from indicated.model import buckets

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = release.HERE + os.sep + "_patterns.bin"
"""Where the forms are stored: beside the compiled content."""
_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub")
made: set[tuple[str, int]] = set()
"""The text and flags of every pattern that was asked for so far: what `stored_patterns` stores."""


class PatternForm(Struct, frozen=True, array_like=True):
    """What a pattern was compiled to: all that its engine asks for."""

    flags: int
    code: list[int]
    groups: int
    names: dict[str, int]


class _Stored(Struct, frozen=True, array_like=True):
    """The stored forms by the text of their patterns, and the Python that can read them."""

    made_for: str
    forms: dict[str, buckets.Encoded]


class _Waiting:
    """Stands for a pattern; from the first use on its methods are the pattern's own."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = _compiled(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a text, compiled when it is first used; a mistake in it shows only then."""
    made.add((text, int(flags)))
    return cast("re.Pattern[str]", _Waiting(text, flags))


@cache
def stored() -> dict[str, buckets.Encoded]:
    """The stored forms of patterns; none where there is no file for this version of Python."""
    try:
        with open(FILE, "rb") as file:  # noqa: PTH123  (pathlib costs the cold start 3 ms)
            held = msgspec.msgpack.decode(file.read(), type=_Stored)
    except (OSError, msgspec.DecodeError):
        return {}
    return held.forms if held.made_for == sys.version else {}


def _compiled(text: str, flags: int) -> re.Pattern[str]:
    known = stored().get(_key(text, flags))
    if known is None:
        return re.compile(text, flags)
    form = msgspec.msgpack.decode(known, type=PatternForm)
    by_number: list[str | None] = [None] * (form.groups + 1)
    for name, number in form.names.items():
        by_number[number] = name
    import _sre  # type: ignore[import-not-found]

    return cast("re.Pattern[str]", _sre.compile(text, form.flags, form.code, form.groups, form.names, tuple(by_number)))


def encoded(patterns: Iterable[tuple[str, int]]) -> bytes:
    """The compiled forms of patterns, for this very version of Python, whose engine alone can read them."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    forms: dict[str, buckets.Encoded] = {}
    for text, flags in sorted(patterns):
        parsed = _parser.parse(text, flags)
        known = parsed.state
        code = [int(one) for one in _compiler._code(parsed, flags)]  # noqa: SLF001 - see docs/adr/0008
        form = PatternForm(int(flags | known.flags), code, known.groups - 1, dict(known.groupdict))
        forms[_key(text, flags)] = buckets.encoded(form)
    return msgspec.msgpack.encode(_Stored(sys.version, forms))


def _key(text: str, flags: int) -> str:
    return f"{int(flags)} {text}"
