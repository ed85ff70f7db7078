"""Every struct inside a value, so that a check looks at all rules wherever they stand."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec
from msgspec import Struct

_T = typing.TypeVar("_T", bound=Struct)


def inside(value: typing.Any) -> list[Struct]:
    """The value and every struct in its fields, tuples and mappings, outermost first."""
    found: list[Struct] = []
    _gather(value, found.append)
    return found


def _gather(value: typing.Any, add: Callable[[Struct], None]) -> None:
    if isinstance(value, Struct):
        add(value)
        for field in holding(type(value)):
            _gather(getattr(value, field), add)
    elif isinstance(value, tuple):
        for item in value:
            _gather(item, add)
    elif isinstance(value, dict):
        for item in value.values():
            _gather(item, add)


@cache
def holding(kind: type[Struct]) -> tuple[str, ...]:
    """The fields that may hold structs: most hold words and numbers, and need not be looked into."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _may_hold(field.type))


def _may_hold(kind: typing.Any) -> bool:
    inner = [one for one in typing.get_args(kind) if one is not ...]
    if inner:
        return any(map(_may_hold, inner))
    return not isinstance(kind, type) or issubclass(kind, Struct | tuple | dict) or kind is object


def kinds_inside(value: typing.Any, kind: type[_T]) -> Iterator[_T]:
    """The structs of one kind inside a value."""
    return (one for one in inside(value) if isinstance(one, kind))


ByKind = dict[type[Struct], list[Struct]]


def by_kind(values: Iterable[typing.Any]) -> ByKind:
    """Every struct inside some values, by its kind."""
    found: ByKind = {}
    for one in inside(tuple(values)):
        found.setdefault(type(one), []).append(one)
    return found


def joined(several: Iterable[ByKind]) -> ByKind:
    """The structs of all."""
    found: ByKind = {}
    for one in several:
        for kind, listed in one.items():
            found.setdefault(kind, []).extend(listed)
    return found
