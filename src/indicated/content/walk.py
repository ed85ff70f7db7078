"""Every struct inside a value, so that a check looks at all rules wherever they stand."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from msgspec import Struct

_T = typing.TypeVar("_T", bound=Struct)


def inside(value: typing.Any) -> Iterator[Struct]:
    """The value and every struct in its fields, tuples and mappings, outermost first."""
    if isinstance(value, Struct):
        yield value
        for field in value.__struct_fields__:
            yield from inside(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from inside(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from inside(item)


def kinds_inside(value: typing.Any, kind: type[_T]) -> Iterator[_T]:
    """The structs of one kind inside a value."""
    return (one for one in inside(value) if isinstance(one, kind))
