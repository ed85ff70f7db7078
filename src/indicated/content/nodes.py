"""YAML read as nodes: every scalar stays text, every key and value keeps its line, no key comes twice.

Anchors, aliases, tags and merges are refused: content says what it says at the place where it says it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from msgspec import Struct

from indicated.content.problem import Problem, shown

LARGEST_FILE = 2_000_000
DEEPEST_NESTING = 60
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(Struct, frozen=True, gc=False):
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
    """Makes nodes from the parser's events, one document per file. `trail` is the way of keys to where it stands."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.text, self.file = text, file
        self.first_line = first_line
        self.trail: list[str] = []
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        self.next: Callable[[], Any] = _LOADER(self.text).get_event
        self.next()  # the stream starts
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            self.stop("empty", 1, "nothing", "a YAML document", "write it, or delete the file")
        node = self.node(self.next())
        self.next()  # the document ends
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self.stop(
                "yaml",
                self.first_line + event.start_mark.line,
                "a second document",
                "one document in a file",
                "remove the '---'",
            )
        return node

    def node(self, event: Any) -> Node:
        line = self.first_line + event.start_mark.line
        if type(event) is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            self.refuse(event, line)
        if len(self.trail) > DEEPEST_NESTING:
            found, most = f"nesting of {len(self.trail)}", f"at most {DEEPEST_NESTING}"
            self.stop("too-deep", line, found, most, "name parts with ref")
        if type(event) is yaml.ScalarEvent:
            return Text(event.value, line, not event.style)
        if type(event) is yaml.SequenceStartEvent:
            return Listing(self.items(), line)
        return Mapping(self.pairs(), line)

    def items(self) -> tuple[Node, ...]:
        found: list[Node] = []
        trail, take = self.trail, self.next
        while type(event := take()) is not yaml.SequenceEndEvent:
            trail.append(str(len(found)))
            found.append(self.node(event))
            trail.pop()
        return tuple(found)

    def pairs(self) -> tuple[tuple[Text, Node], ...]:
        seen: dict[str, tuple[Text, Node]] = {}
        trail, take = self.trail, self.next
        while type(event := take()) is not yaml.MappingEndEvent:
            line = self.first_line + event.start_mark.line
            if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
                self.refuse(event, line)
                self.stop("yaml", line, "a list or mapping as a key", "a word as a key", "quote it if it is text")
            word = event.value
            trail.append(word)
            pair = Text(word, line), self.node(take())
            if word in seen:
                self.repeated(word, line, seen[word][0].line)
            else:
                seen[word] = pair
            trail.pop()
        return tuple(seen.values())

    def repeated(self, word: str, line: int, first: int) -> None:
        found, expected = f"{shown(word)} a second time", f"each key once (it is already on line {first})"
        fix = "join the two or remove one"
        self.problems.append(Problem("repeated-key", self.file, line, self.key(), found, expected, fix))

    def refuse(self, event: Any, line: int) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            sign = "*" if type(event) is yaml.AliasEvent else "&"
            self.stop("alias", line, f"{sign}{anchor}", "text without anchors and aliases", "write it out", self.key())
        if tag is not None:
            self.stop("tag", line, tag, "text without YAML tags", "remove the tag, or quote the text", self.key())

    def key(self) -> str:
        return ".".join(self.trail)

    def stop(self, code: str, line: int, found: str, expected: str, fix: str, key: str = "") -> NoReturn:  # noqa: PLR0913, PLR0917
        raise _Stop(Problem(code, self.file, line, key, found, expected, fix))
