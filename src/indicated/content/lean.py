"""Values as plain mappings and lists without what has its default, ready to encode: for the release and for hashes."""

from __future__ import annotations

import typing

from msgspec import Struct


def lean(value: typing.Any) -> typing.Any:
    """The value without the fields that have their default. Structs written as arrays keep every field."""
    if isinstance(value, Struct):
        config = value.__struct_config__
        fields = {field: getattr(value, field) for field in value.__struct_fields__}
        if config.array_like:
            return [lean(item) for item in fields.values()]
        defaults = dict(zip(reversed(value.__struct_fields__), reversed(value.__struct_defaults__), strict=False))
        kept = {field: lean(item) for field, item in fields.items() if not _is_default(item, defaults, field)}
        return kept | ({config.tag_field: config.tag} if config.tag else {})
    if isinstance(value, tuple):
        return [lean(item) for item in value]
    return value


def _is_default(item: typing.Any, defaults: dict[str, typing.Any], field: str) -> bool:
    return field in defaults and (item == defaults[field] or item == {})
