"""Where a value of the content was written."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from indicated.content.nodes import Listing, Mapping, Node
from indicated.content.problem import Problem


class Place(Struct, frozen=True):
    """Where a value was written: file, line, key path, and the node, which knows the line of each of its keys."""

    file: str
    line: int
    key: str
    node: Node | None = None

    @property
    def lines(self) -> dict[str, int]:
        """The line of each key written (`cite.1`: an item)."""
        return dict(_lines(self.node)) if isinstance(self.node, Mapping) else {}

    def at(self, field: str) -> tuple[int, str]:
        """Line and key path of a field; the value's own line when the field was not written."""
        lines = self.lines
        line = lines.get(field) or lines.get(field.split(".", maxsplit=1)[0]) or self.line
        return line, f"{self.key}.{field}".lstrip(".")

    def problem(  # noqa: PLR0913  (a problem is all of these)
        self, code: str, field: str, found: str, expected: str, fix: str = "", *, warning: bool = False
    ) -> Problem:
        """A problem at a field; with none, of the value itself."""
        line, key = self.at(field) if field else (self.line, self.key)
        return Problem(code, self.file, line, key, found, expected, fix, warning)


def _lines(node: Mapping) -> Iterator[tuple[str, int]]:
    for name, value in node.pairs:
        yield name.text, value.line
        if isinstance(value, Listing):
            yield from ((f"{name.text}.{number}", item.line) for number, item in enumerate(value.items))
        if isinstance(value, Mapping):
            yield from ((f"{name.text}.{below.text}", item.line) for below, item in value.pairs)
