"""Values of one kind as they are stored: each decoded when first asked for, by its key or in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

import msgspec
from msgspec import Struct

from indicated.model.buckets import Buckets, Encoded, Stored, encoded, stored

_T = TypeVar("_T")


class Shelf(Struct, frozen=True, array_like=True):
    """Values in a release: encoded, by their keys in buckets, and the encoded keys in the order of the values."""

    values: Stored
    order: Encoded


def shelf_of(items: Iterable[tuple[str, bytes | Encoded]]) -> Shelf:
    """The shelf of keys with their encoded values, in their order, each key once."""
    listed = list(items)
    return Shelf(stored(listed), encoded([key for key, _ in listed]))


def longer(shelf: Shelf, items: Iterable[tuple[str, bytes | Encoded]]) -> Shelf:
    """The shelf with more values after its own, which stay encoded as they are."""
    held = Buckets(shelf.values)
    keys = msgspec.msgpack.decode(shelf.order, type=tuple[str, ...])
    return shelf_of((*((key, held[key]) for key in keys), *items))


class StoredValues(Sequence[_T]):
    """The values of a shelf in order. One decodes what is asked for; two or more, or their number, only the keys."""

    __slots__ = ("_keys", "_order", "by_key")

    def __init__(self, shelf: Shelf, kind: type[_T]) -> None:
        self._order = shelf.order
        self._keys: tuple[str, ...] | None = None
        self.by_key: Mapping[str, _T] = _ByKey(Buckets(shelf.values), kind)

    def all_keys(self) -> tuple[str, ...]:
        """The keys in the order of the values."""
        if self._keys is None:
            self._keys = msgspec.msgpack.decode(self._order, type=tuple[str, ...])
        return self._keys

    def __len__(self) -> int:
        return len(self.all_keys())

    def __iter__(self) -> Iterator[_T]:
        return (self.by_key[key] for key in self.all_keys())

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, at: int | slice) -> _T | tuple[_T, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class _ByKey(Mapping[str, _T], Generic[_T]):
    __slots__ = ("_kind", "_known", "_stored")

    def __init__(self, values: Buckets, kind: type[_T]) -> None:
        self._stored, self._kind = values, kind
        self._known: dict[str, _T] = {}

    def get(self, key: str, default: _T | None = None) -> _T | None:  # type: ignore[override]
        """As of any mapping, without the cost of an exception for what is not there."""
        known = self._known.get(key)
        if known is None:
            raw = self._stored.get(key)
            if raw is None:
                return default
            known = self._known[key] = msgspec.msgpack.decode(raw, type=self._kind)
        return known

    def __getitem__(self, key: str) -> _T:
        known = self._known.get(key) or self.get(key)
        if known is None:
            raise KeyError(key)
        return known

    def __contains__(self, key: object) -> bool:
        return key in self._known or key in self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)
