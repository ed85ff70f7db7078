"""A large mapping as it is stored: in buckets by the hash of the key, each decoded when a key of it is first asked for.

A text asks for a few hundred words of ten thousand: finding them costs less than listing all.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

import msgspec

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_IN_A_BUCKET = 8
Encoded = memoryview
"""One encoded value, kept as bytes inside what holds it: passing over it costs nothing, however long it is."""
Stored = tuple[Encoded, ...]
"""The encoded buckets: each a mapping of keys to encoded values."""


def encoded(value: Any) -> Encoded:
    """A value in the one form that it is stored in."""
    return Encoded(_encode(value))


def stored(items: Iterable[tuple[str, bytes | Encoded]]) -> Stored:
    """The buckets of keys with their encoded values, each key once; the keys of a bucket keep their order."""
    listed = list(items)
    count = max(1, len(listed) // _IN_A_BUCKET)
    buckets: list[list[tuple[str, bytes | Encoded]]] = [[] for _ in range(count)]
    for key, value in listed:
        buckets[_place(key, count)].append((key, value))
    return tuple(encoded(dict(bucket)) for bucket in buckets)


def _place(key: str, count: int) -> int:
    return crc32(key.encode(errors="replace")) % count


class Buckets(Mapping[str, Encoded]):
    """Stored buckets as a mapping. Iteration decodes all, in the order of the buckets."""

    __slots__ = ("_known", "_stored")

    def __init__(self, buckets: Stored) -> None:
        self._stored = buckets
        self._known: list[dict[str, Encoded] | None] = [None] * len(buckets)

    def _bucket(self, at: int) -> dict[str, Encoded]:
        known = self._known[at]
        if known is None:
            known = self._known[at] = msgspec.msgpack.decode(self._stored[at], type=dict[str, Encoded])
        return known

    def get(self, key: str, default: Encoded | None = None) -> Encoded | None:  # type: ignore[override]
        """The encoded value of a key."""
        at = _place(key, len(self._stored))
        known = self._known[at]
        return (self._bucket(at) if known is None else known).get(key, default)

    def __getitem__(self, key: str) -> Encoded:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        for at in range(len(self._stored)):
            yield from self._bucket(at)

    def __len__(self) -> int:
        return sum(len(self._bucket(at)) for at in range(len(self._stored)))
