"""Values as plain mappings and lists without what has its default, ready to encode: for the release and for hashes."""

from __future__ import annotations

import typing
from functools import cache

from msgspec import Struct


def lean(value: typing.Any) -> typing.Any:
    """The value without the fields that have their default. Structs written as arrays keep every field."""
    if isinstance(value, Struct):
        form = _form(type(value))
        if form.array:
            return [lean(getattr(value, field)) for field in form.fields]
        kept = dict(form.tag)
        for field, default in form.fields.items():
            item = getattr(value, field)
            if default is _NEEDED or not (item is default or item in (default, {})):
                kept[field] = lean(item)
        return kept
    if isinstance(value, tuple):
        return [lean(item) for item in value]
    return value


_NEEDED = object()


class _Form(typing.NamedTuple):
    """How structs of a type are written: as an array or by field, each field with its default, and the tag."""

    array: bool
    fields: dict[str, typing.Any]
    tag: dict[str, typing.Any]


@cache
def _form(kind: type[Struct]) -> _Form:
    config, names, defaults = kind.__struct_config__, kind.__struct_fields__, kind.__struct_defaults__
    padded = (*[_NEEDED] * (len(names) - len(defaults)), *defaults)
    tag = {str(config.tag_field): config.tag} if config.tag else {}
    return _Form(config.array_like, dict(zip(names, padded, strict=True)), tag)
