"""YAML nodes into model values, led by the types, noting every problem instead of stopping at the first.

The model is the only schema: a struct's fields are its keys (`is_` is written `is`), unknown and missing keys are
problems, and what a type refuses when it is built is a problem at that line. Rules have their own reader (`rules`).
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from indicated.content import amounts
from indicated.content.nodes import Listing, Mapping, Node, Text
from indicated.content.place import Place
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


class _Field:
    """A field that a file may give, and how it is read: found when first needed, for types may hold themselves."""

    def __init__(self, field: FieldInfo) -> None:
        self.name, self.required, self._type = field.name, field.required, field.type

    @cached_property
    def way(self) -> _Way:
        return _way(self._type)


@cache
def _authored(kind: type[Struct]) -> dict[str, _Field]:
    """The fields that a file may give, by their keys."""
    return {written(field.name): _Field(field) for field in authored(kind)}


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
        return _way(kind)(self, node, key)

    def scalar(self, node: Node, key: str, wanted: str) -> typing.Any:
        """The node if it is a scalar with something in it."""
        if not isinstance(node, Text):
            return self.note("wrong-type", node.line, key, a_node(node), wanted)
        if node.plain and node.text in ("", "~", "null"):
            found = "nothing" if not node.text else node.text
            return self.note("nothing", node.line, key, found, wanted, "write the value, or leave the key out")
        return node

    def fields(
        self, node: Mapping, kind: type[Struct], key: str, given: dict[str, typing.Any] | None = None
    ) -> dict[str, typing.Any]:
        """The values of the mapping's keys beside those `given`, by field; what is unknown or missing is noted."""
        fields = _authored(kind)
        values = {} if given is None else given
        for name, value in node.pairs:
            path = f"{key}.{name.text}" if key else name.text
            field = fields.get(name.text)
            if field is None:
                self._unknown(name, path, [word for word, one in fields.items() if one.name not in values])
            else:
                values[field.name] = field.way(self, value, path)
        if len(values) < len(fields):
            for word, field in fields.items():
                if field.required and field.name not in values:
                    path = f"{key}.{word}" if key else word
                    self.note("missing-key", node.line, path, f"no key {word!r}", "it here", "add it")
                    values[field.name] = BROKEN
        return values

    def _unknown(self, name: Text, path: str, left: list[str]) -> None:
        found, expected = f"the key {shown(name.text)}", f"one of {choices(left, 40)}"
        self.note("unknown-key", name.line, path, found, expected, did_you_mean(name.text, left) or "remove it")

    def build(self, kind: type[Struct], values: dict[str, typing.Any], node: Node, key: str) -> typing.Any:
        """The struct, with its place kept; what the type refuses is noted."""
        for value in values.values():
            if value is BROKEN:
                return BROKEN
        try:
            made = kind(**values)
        except (Nonsense, ValueError) as error:
            return self.note(
                "nonsense", node.line, key, "values that contradict each other", "values that fit", str(error)
            )
        self.places[id(made)] = Place(self.file, node.line, key, node)
        return made


_Way = Callable[[Reader, Node, str], typing.Any]


@cache
def _way(kind: typing.Any) -> _Way:
    """How a type is read."""
    from indicated.content import rules

    kind = optional(kind)
    if rules.is_rule(kind):
        return rules.read_rule
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _tuple_of(typing.get_args(kind)[0])
    if origin is dict:
        return _dict_of(typing.get_args(kind)[1])
    if kind in (Quantity, Comparison):
        return _amount_of(kind)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct_of(kind)
    if kind is str:
        return _text
    return _leaf_of(kind)


def _text(reader: Reader, node: Node, key: str) -> typing.Any:
    text = reader.scalar(node, key, "text")
    return BROKEN if text is BROKEN else text.text.strip()


def _leaf_of(kind: typing.Any) -> _Way:
    parse, wanted, fix = _LEAVES[kind] if kind in _LEAVES else _choice_of(kind)

    def read(reader: Reader, node: Node, key: str) -> typing.Any:
        text = reader.scalar(node, key, _WANTED.get(kind, "a word"))
        if text is BROKEN:
            return BROKEN
        value = parse(text.text)
        if value is not None:
            return value
        if kind in _LEAVES:
            return reader.note("bad-value", node.line, key, shown(text.text), wanted, fix)
        near = did_you_mean(text.text, [str(member.value) for member in kind])
        return reader.note("bad-choice", node.line, key, shown(text.text), wanted, near)

    return read


def _choice_of(kind: type[Enum]) -> tuple[Callable[[str], object | None], str, str]:
    members = {str(member.value): member for member in kind}
    return members.get, f"one of {choices(members)}", ""


def _amount_of(kind: typing.Any) -> _Way:
    parse = amounts.quantity if kind is Quantity else amounts.comparison

    def read(reader: Reader, node: Node, key: str) -> typing.Any:
        text = reader.scalar(node, key, amounts.SPELLED)
        if text is BROKEN:
            return BROKEN
        try:
            return parse(text.text, reader.units)
        except amounts.NotAnAmount as error:
            return reader.note(error.code, node.line, key, error.found, error.expected, error.fix)

    return read


def _tuple_of(kind: typing.Any) -> _Way:
    one, alone = _way(kind), not _holds_mappings(kind)

    def read(reader: Reader, node: Node, key: str) -> typing.Any:
        if alone and isinstance(node, Text):
            value = one(reader, node, key)
            return BROKEN if value is BROKEN else (value,)
        if not isinstance(node, Listing):
            return reader.note("wrong-type", node.line, key, a_node(node), "a list", "begin each item with '- '")
        start = f"{key}." if key else ""
        values = tuple([one(reader, item, f"{start}{number}") for number, item in enumerate(node.items)])
        return BROKEN if _broken(values) else values

    return read


def _dict_of(kind: typing.Any) -> _Way:
    one = _way(kind)

    def read(reader: Reader, node: Node, key: str) -> typing.Any:
        if not isinstance(node, Mapping):
            return reader.note("wrong-type", node.line, key, a_node(node), "a mapping", "write 'key: value' lines")
        start = f"{key}." if key else ""
        values = {name.text: one(reader, value, f"{start}{name.text}") for name, value in node.pairs}
        return BROKEN if _broken(values.values()) else values

    return read


def _struct_of(kind: type[Struct]) -> _Way:
    from indicated.content import rules

    short = IN_ONE_WORD.get(kind.__name__)
    inline = rules.inline(kind)

    def read(reader: Reader, node: Node, key: str) -> typing.Any:
        if short is not None and isinstance(node, Text):
            node = Mapping(((Text(short, node.line), node),), node.line)
        if not isinstance(node, Mapping):
            first = ", ".join(written(field.name) for field in authored(kind)[:3])
            found, expected = a_node(node), f"a mapping with the keys {first}, ..."
            return reader.note("wrong-type", node.line, key, found, expected)
        given = None
        if inline:
            rule, node = rules.read_inline(reader, node, kind, key)
            given = {"rule": rule}
        return reader.build(kind, reader.fields(node, kind, key, given), node, key)

    return read


def _broken(values: Iterable[typing.Any]) -> bool:
    return any(value is BROKEN for value in values)


def a_node(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Text):
        return f"the text {shown(node.text)}"
    return "a list" if isinstance(node, Listing) else "a mapping"


def _holds_mappings(kind: typing.Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Quantity, Comparison)


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
