"""YAML read as nodes: every scalar stays text, every key and value keeps its line, no key comes twice.

Anchors, aliases, tags and merges are refused: content says what it says at the place where it says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import yaml
from msgspec import Struct

from indicated.content.problem import Problem, shown

LARGEST_FILE = 2_000_000
DEEPEST_NESTING = 60
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(Struct, frozen=True):
    """A scalar. `plain` when it was written without quotes, so that an empty or `null` one can be told."""

    text: str
    line: int
    plain: bool = True


class Listing(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Mapping(Struct, frozen=True):
    """A mapping, in the order written. Keys are unique."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Text | Listing | Mapping


class _Stop(Exception):
    """Ends the reading of one file, with the problem that ended it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document in `text`, and what is wrong with it as YAML. None when nothing can be made of it.

    `first_line` is the line at which `text` starts in its file (front matter starts at 2).
    """
    if len(text) > LARGEST_FILE:
        problem = Problem(
            "too-large", file, 1, "", f"{len(text)} characters", f"at most {LARGEST_FILE}", "split the file"
        )
        return None, (problem,)
    builder = _Builder(text, file, first_line)
    try:
        node = builder.document()
    except _Stop as stop:
        return None, (*builder.problems, stop.problem)
    except yaml.YAMLError as error:
        return None, (*builder.problems, _syntax(error, file, first_line))
    return node, tuple(builder.problems)


def _syntax(error: yaml.YAMLError, file: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = first_line + (mark.line if mark is not None else 0)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None)
    said = f"{what} {context}" if context else str(what)
    fix = "look at the indentation and the brackets, and quote text that holds ': ' or ' #'"
    return Problem("yaml", file, line, "", f"a slip in the YAML ({said})", "YAML", fix)


class _Builder:
    """Makes nodes from the parser's events, one document per file."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.stop("empty", 1, "nothing", "a YAML document", "write it, or delete the file")
        node = self.node(next(self.events), "", 0)
        next(self.events)  # the document ends
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.stop("yaml", self.line(event), "a second document", "one document in a file", "remove the '---'")
        return node

    def node(self, event: yaml.Event, key: str, depth: int) -> Node:
        line = self.line(event)
        self.refuse_tricks(event, key, line)
        if depth > DEEPEST_NESTING:
            self.stop("too-deep", line, f"nesting of {depth}", f"at most {DEEPEST_NESTING}", "name parts with ref")
        if isinstance(event, yaml.ScalarEvent):
            return Text(event.value, line, event.style is None or event.style == "")
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(tuple(self.items(key, depth)), line)
        return Mapping(tuple(self.pairs(key, depth)), line)

    def items(self, key: str, depth: int) -> Iterator[Node]:
        for number, event in enumerate(self.events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, f"{key}.{number}".lstrip("."), depth + 1)

    def pairs(self, key: str, depth: int) -> Iterator[tuple[Text, Node]]:
        seen: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            line = self.line(event)
            self.refuse_tricks(event, key, line)
            if not isinstance(event, yaml.ScalarEvent):
                self.stop("yaml", line, "a list or mapping as a key", "a word as a key", "quote it if it is text")
            name = Text(event.value, line)
            path = f"{key}.{name.text}".lstrip(".")
            value = self.node(next(self.events), path, depth + 1)
            if name.text in seen:
                self.problems.append(
                    Problem(
                        "repeated-key",
                        self.file,
                        line,
                        path,
                        f"{shown(name.text)} a second time",
                        f"each key once (it is already on line {seen[name.text]})",
                        "join the two or remove one",
                    )
                )
                continue
            seen[name.text] = line
            yield name, value

    def refuse_tricks(self, event: yaml.Event, key: str, line: int) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.stop("alias", line, f"{sign}{anchor}", "text without anchors and aliases", "write it out", key)
        if tag is not None:
            self.stop("tag", line, tag, "text without YAML tags", "remove the tag, or quote the text", key)

    def line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark is not None else 0)

    def stop(self, code: str, line: int, found: str, expected: str, fix: str, key: str = "") -> NoReturn:  # noqa: PLR0913, PLR0917
        raise _Stop(Problem(code, self.file, line, key, found, expected, fix))
