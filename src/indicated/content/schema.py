"""JSON Schema of every kind of content file, for editors; made from the model types, so that there is one schema.

`python -m indicated.content.schema` writes `content/schema/`; a test says when that is due.
"""

from __future__ import annotations

import json
import typing
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from msgspec import Struct

from indicated.content.cases import GivenFact
from indicated.content.convert import authored, optional, written
from indicated.content.rules import GROUPS, KINDS, SHORT, inline, is_rule
from indicated.content.shapes import SHAPES, Shape
from indicated.model.quantity import Comparison, Quantity

Json = dict[str, typing.Any]
_NUMBER = r"\.?\d[\d,]*(\.\d+)?"
_SCALARS: dict[typing.Any, Json] = {
    str: {"type": ["string", "number"]},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    Quantity: {
        "type": ["string", "number"],
        "pattern": rf"^(<=|>=|<|>)?\s*-?{_NUMBER}(\s*(-|–|to)\s*{_NUMBER})?(\s*\S.*)?$",
    },
    Comparison: {"type": "string", "pattern": rf"^(<=|>=|<|>|=)\s*-?{_NUMBER}(\s*\S.*)?$"},
}


def schemas() -> dict[str, str]:
    """File name to JSON text, for every kind of content file."""
    found: dict[str, str] = {}
    for shape in SHAPES:
        name = _name(shape)
        if name not in found:
            found[name] = json.dumps(_document(shape), indent=1, ensure_ascii=False) + "\n"
    return found


def write(folder: Path) -> None:
    """Write the schemas into a folder; nothing else in it is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _name(shape: Shape) -> str:
    if shape.field:
        return f"reading-{shape.field}.json"
    parts = [part for part in shape.pattern.replace(".yaml", "").replace(".md", "").split("/") if "*" not in part]
    if "cases" in shape.pattern:
        return "cases.json"
    return f"{'-'.join(parts) if parts[0] == 'reading' else parts[0]}.json"


def _document(shape: Shape) -> Json:
    maker = _Maker()
    schema = maker.of(shape.kind)
    if shape.many:
        schema = {"type": "array", "items": schema}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [schema],
        "definitions": maker.sorted(),
    }


class _Maker:
    """Makes the schema of a type and collects those of the structs in it."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def sorted(self) -> dict[str, Json]:
        return dict(sorted(self.definitions.items()))

    def of(self, kind: typing.Any) -> Json:
        kind = optional(kind)
        if is_rule(kind):
            return self._define("Rule", self._rule)
        if kind in _SCALARS:
            return _SCALARS[kind]
        origin = typing.get_origin(kind)
        if origin is tuple:
            return self._one_or_many(typing.get_args(kind)[0])
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(typing.get_args(kind)[1])}
        if issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        return self._define(kind.__name__, lambda: self._struct(kind))

    def _define(self, name: str, make: typing.Callable[[], Json]) -> Json:
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _one_or_many(self, item: typing.Any) -> Json:
        many: Json = {"type": "array", "items": self.of(item)}
        single = item in _SCALARS or (isinstance(item, type) and issubclass(item, Enum))
        return {"anyOf": [many, self.of(item)]} if single else many

    def _struct(self, kind: type[Struct]) -> Json:
        fields = [field for field in authored(kind) if not (inline(kind) and field.name == "rule")]
        schema: Json = {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": {written(field.name): self.of(field.type) for field in fields},
            "required": [written(field.name) for field in fields if field.required],
            "additionalProperties": False,
        }
        if inline(kind):
            self.of(_rule_type())
            schema["properties"] |= {tag: self._key(tag) for tag in KINDS}
            schema["oneOf"] = [{"required": [tag]} for tag in KINDS]
        return {"anyOf": [_SCALARS[str], schema]} if kind is GivenFact else schema

    def _rule(self) -> Json:
        keys = {tag: self._key(tag) for tag in KINDS}
        return {
            "type": "object",
            "properties": keys,
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }

    def _key(self, tag: str) -> Json:
        if tag in GROUPS:
            return {"type": "array", "items": {"$ref": "#/definitions/Rule"}, "minItems": 1}
        kind = KINDS[tag]
        schema = self._define(kind.__name__, lambda: self._struct(kind))
        if tag not in SHORT:
            return schema
        short = next(field.type for field in authored(kind) if written(field.name) == SHORT[tag])
        return {"anyOf": [self.of(short), schema]}


def _rule_type() -> typing.Any:
    from indicated.model.rule import Rule

    return Rule


if __name__ == "__main__":
    write(Path(__file__).parents[3] / "content" / "schema")
