"""YAML nodes into model values, led by the types, noting every problem instead of stopping at the first.

The model is the only schema: a struct's fields are its keys (`is_` is written `is`), unknown and missing keys are
problems, and what a type refuses when it is built is a problem at that line. Rules have their own reader (`rules`).
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from indicated.content import amounts
from indicated.content.nodes import Listing, Mapping, Node, Text
from indicated.content.problem import Problem, choices, did_you_mean, shown
from indicated.model.errors import Nonsense
from indicated.model.quantity import Comparison, Quantity, Units

NOT_AUTHORED: dict[str, frozenset[str]] = {
    "Policy": frozenset({"document", "clauses"}),
    "Ref": frozenset({"rule"}),
    "Regimen": frozenset({"doubts", "passages", "supplies"}),
}

IN_ONE_WORD = {"GivenFact": "concept"}
"""Structs that may be written as one word, and the key it stands for."""


class Place(Struct, frozen=True):
    """Where a value was written: file, line, key path, and the line of each of its keys (`cite.1`: an item)."""

    file: str
    line: int
    key: str
    lines: dict[str, int] = {}

    def at(self, field: str) -> tuple[int, str]:
        """Line and key path of a field; the value's own line when the field was not written."""
        line = self.lines.get(field) or self.lines.get(field.split(".", maxsplit=1)[0]) or self.line
        return line, f"{self.key}.{field}".lstrip(".")


class _Broken:
    """Stands for a value that could not be read; its problem is noted."""


BROKEN = _Broken()


def authored(kind: type[Struct]) -> list[FieldInfo]:
    """The fields of a struct that a file may give."""
    hidden = NOT_AUTHORED.get(kind.__name__, frozenset())
    return [field for field in _fields(kind) if field.name not in hidden]


def written(field: str) -> str:
    """A field's key in YAML: `is_` is written `is`."""
    return field.rstrip("_")


def optional(kind: typing.Any) -> typing.Any:
    """The type without `None`."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        left = [part for part in typing.get_args(kind) if part is not type(None)]
        return left[0] if len(left) == 1 else typing.Union[tuple(left)]  # noqa: UP007  (built at run time)
    return kind


@cache
def _fields(kind: type[Struct]) -> tuple[FieldInfo, ...]:
    return msgspec.structs.fields(kind)


class Reader:
    """Reads the nodes of one file. `problems` grows; `places` knows where each struct made was written."""

    def __init__(self, file: str, units: Units | None, places: dict[int, Place]) -> None:
        self.file = file
        self.units = units
        self.places = places
        self.problems: list[Problem] = []

    def note(self, code: str, line: int, key: str, found: str, expected: str, fix: str = "") -> _Broken:  # noqa: PLR0913, PLR0917
        """Note a problem and give BROKEN."""
        self.problems.append(Problem(code, self.file, line, key, found, expected, fix))
        return BROKEN

    def read(self, node: Node, kind: typing.Any, key: str = "") -> typing.Any:
        """The value of a type, or BROKEN with the problems noted."""
        from indicated.content import rules

        kind = optional(kind)
        if rules.is_rule(kind):
            return rules.read_rule(self, node, key)
        origin = typing.get_origin(kind)
        if origin is tuple:
            return self._tuple(node, typing.get_args(kind)[0], key)
        if origin is dict:
            return self._dict(node, typing.get_args(kind)[1], key)
        if kind in (Quantity, Comparison):
            return self._amount(node, kind, key)
        if isinstance(kind, type) and issubclass(kind, Struct):
            return self._struct(node, kind, key)
        text = self.scalar(node, key, _WANTED.get(kind, "a word"))
        return BROKEN if text is BROKEN else self._leaf(text, kind, key)

    def scalar(self, node: Node, key: str, wanted: str) -> typing.Any:
        """The node if it is a scalar with something in it."""
        if not isinstance(node, Text):
            return self.note("wrong-type", node.line, key, a_node(node), wanted)
        if node.plain and node.text in ("", "~", "null"):
            found = "nothing" if not node.text else node.text
            return self.note("nothing", node.line, key, found, wanted, "write the value, or leave the key out")
        return node

    def _leaf(self, node: Text, kind: typing.Any, key: str) -> typing.Any:
        if kind is str:
            return node.text.strip()
        if isinstance(kind, type) and issubclass(kind, Enum):
            words = [str(member.value) for member in kind]
            if node.text not in words:
                fix = did_you_mean(node.text, words)
                return self.note("bad-choice", node.line, key, shown(node.text), f"one of {choices(words)}", fix)
            return kind(node.text)
        parse, wanted, fix = _LEAVES[kind]
        value = parse(node.text)
        return self.note("bad-value", node.line, key, shown(node.text), wanted, fix) if value is None else value

    def _amount(self, node: Node, kind: type, key: str) -> typing.Any:
        text = self.scalar(node, key, amounts.SPELLED)
        if text is BROKEN:
            return BROKEN
        try:
            return (amounts.quantity if kind is Quantity else amounts.comparison)(text.text, self.units)
        except amounts.NotAnAmount as error:
            return self.note(error.code, node.line, key, error.found, error.expected, error.fix)

    def _tuple(self, node: Node, kind: typing.Any, key: str) -> typing.Any:
        if isinstance(node, Text) and not _holds_mappings(kind):
            one = self.read(node, kind, key)
            return BROKEN if one is BROKEN else (one,)
        if not isinstance(node, Listing):
            return self.note("wrong-type", node.line, key, a_node(node), "a list", "begin each item with '- '")
        values = [self.read(item, kind, f"{key}.{number}".lstrip(".")) for number, item in enumerate(node.items)]
        return BROKEN if any(value is BROKEN for value in values) else tuple(values)

    def _dict(self, node: Node, kind: typing.Any, key: str) -> typing.Any:
        if not isinstance(node, Mapping):
            return self.note("wrong-type", node.line, key, a_node(node), "a mapping", "write 'key: value' lines")
        values = {name.text: self.read(value, kind, f"{key}.{name.text}".lstrip(".")) for name, value in node.pairs}
        return BROKEN if any(value is BROKEN for value in values.values()) else values

    def _struct(self, node: Node, kind: type[Struct], key: str) -> typing.Any:
        from indicated.content import rules

        short = IN_ONE_WORD.get(kind.__name__)
        if short is not None and isinstance(node, Text):
            node = Mapping(((Text(short, node.line), node),), node.line)
        if not isinstance(node, Mapping):
            first = ", ".join(written(field.name) for field in authored(kind)[:3])
            return self.note("wrong-type", node.line, key, a_node(node), f"a mapping with the keys {first}, ...")
        values: dict[str, typing.Any] = {}
        if rules.inline(kind):
            values["rule"], node = rules.read_inline(self, node, kind, key)
        values |= self.fields(node, kind, key, given=frozenset(values))
        return self.build(kind, values, node, key)

    def fields(
        self, node: Mapping, kind: type[Struct], key: str, given: frozenset[str] = frozenset()
    ) -> dict[str, typing.Any]:
        """The values of the mapping's keys, by field; what is unknown or missing is noted."""
        fields = {written(field.name): field for field in authored(kind) if field.name not in given}
        values: dict[str, typing.Any] = {}
        for name, value in node.pairs:
            path = f"{key}.{name.text}".lstrip(".")
            if name.text not in fields:
                fix = did_you_mean(name.text, fields) or "remove it"
                self.note(
                    "unknown-key", name.line, path, f"the key {shown(name.text)}", f"one of {choices(fields, 40)}", fix
                )
                continue
            field = fields.pop(name.text)
            values[field.name] = self.read(value, field.type, path)
        for name_left, field in fields.items():
            if field.required:
                found = f"no key {name_left!r}"
                self.note("missing-key", node.line, f"{key}.{name_left}".lstrip("."), found, "it here", "add it")
                values[field.name] = BROKEN
        return values

    def build(self, kind: type[Struct], values: dict[str, typing.Any], node: Node, key: str) -> typing.Any:
        """The struct, with its place kept; what the type refuses is noted."""
        if any(value is BROKEN for value in values.values()):
            return BROKEN
        try:
            made = kind(**values)
        except (Nonsense, ValueError) as error:
            return self.note(
                "nonsense", node.line, key, "values that contradict each other", "values that fit", str(error)
            )
        lines = dict(_lines(node)) if isinstance(node, Mapping) else {}
        self.places[id(made)] = Place(self.file, node.line, key, lines)
        return made


def a_node(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Text):
        return f"the text {shown(node.text)}"
    return "a list" if isinstance(node, Listing) else "a mapping"


def _holds_mappings(kind: typing.Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Quantity, Comparison)


def _lines(node: Mapping) -> typing.Iterator[tuple[str, int]]:
    for name, value in node.pairs:
        yield name.text, value.line
        if isinstance(value, Listing):
            yield from ((f"{name.text}.{number}", item.line) for number, item in enumerate(value.items))
        if isinstance(value, Mapping):
            yield from ((f"{name.text}.{below.text}", item.line) for below, item in value.pairs)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text) else None


_LEAVES: dict[typing.Any, tuple[Callable[[str], object | None], str, str]] = {
    bool: ({"true": True, "false": False}.get, "true or false", ""),
    int: (_whole, "a whole number", ""),
    Decimal: (_decimal, "a number", ""),
    float: (lambda text: None if (number := _decimal(text)) is None else float(number), "a number", ""),
    date: (_date, "a date", "write it as 2026-11-20"),
}
_WANTED: dict[typing.Any, str] = {str: "text"} | {kind: wanted for kind, (_, wanted, _) in _LEAVES.items()}
