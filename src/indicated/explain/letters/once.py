"""No passage quoted twice in a letter: where it comes again, the reader is sent to where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from indicated.model.statement import Section, Statement

_QUOTE = re.compile(r" ?\(?“([^”]{30,})”(?:; )?\)?")
"""A quote long enough to be tiresome the second time, with the signs that join it to others."""


def once(sections: Iterable[Section], above: str) -> tuple[Section, ...]:
    """The sections with each long quote only where it first stands; `above` where nothing else would be left."""
    seen: set[str] = set()
    return tuple(
        replace(section, statements=tuple(_once(one, seen, above) for one in section.statements))
        for section in sections
    )


def _once(statement: Statement, seen: set[str], above: str) -> Statement:
    def kept(found: re.Match[str]) -> str:
        quote = found[1]
        if quote in seen:
            return ""
        seen.add(quote)
        return found[0]

    text = _QUOTE.sub(kept, statement.text)
    if text == statement.text:
        return statement
    return replace(statement, text=text.strip().removesuffix(";") or above)
