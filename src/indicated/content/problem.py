"""What is wrong in a file: a value with its place, so that every interface shows all problems alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from indicated.model.errors import IndicatedError


class Problem(Struct, frozen=True):
    """One mistake: where it stands, what was found there, what was expected, and how to mend it.

    `code` is stable and documented in docs/reference/content.md. `file` is relative to the content root, `line` counts
    from 1, `key` is the path of keys to the value (`criteria.1.has`; empty for the file as a whole). A `warning` is
    worth a look and refuses nothing.
    """

    code: str
    file: str
    line: int
    key: str
    found: str
    expected: str
    fix: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " + (f"{self.key}: " if self.key else "")
        parts = (f"found {self.found}", f"expected {self.expected}", self.fix)
        return place + "; ".join(part for part in parts if part)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repetition, by file, line and key."""
    return tuple(sorted(set(problems), key=lambda one: (one.file, one.line, one.key, one.code, str(one))))


class BrokenContent(IndicatedError):
    """Content that cannot be used. `problems` has all of them; the message names the first and the number."""

    code = "broken-content"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


def shown(text: str, limit: int = 60) -> str:
    """A value as a message quotes it: on one line, and not too long."""
    line = re.sub(r"\s+", " ", text).strip()
    return repr(line if len(line) <= limit else line[: limit - 3] + "...")


def choices(words: Iterable[str], limit: int = 12) -> str:
    """The allowed words, as a message lists them."""
    listed = list(words)
    return ", ".join(listed) if len(listed) <= limit else ", ".join(listed[:limit]) + ", ..."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, or nothing when no known word is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.72)
    return f"did you mean {near[0]!r}?" if near else ""
