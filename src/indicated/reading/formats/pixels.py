"""How large a picture says it is, from its head: PNG, JPEG, TIFF. A small file may unfold to a huge picture, so that
this is asked before any program draws it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_MARK = 0xFF
_BARE = frozenset((0x01, *range(0xD0, 0xDA)))
"""Markers of JPEG without a length."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS = 10_000
_TIFF = {b"II*\x00": "<", b"MM\x00*": ">"}
_WIDTH, _HEIGHT = 256, 257
_SHORT, _ENTRY = 3, 12
_MOST_PAGES = 1_000


def pixels(raw: bytes) -> int:
    """The pixels of a picture, of the largest where the file holds several pages; 0 where its head does not say."""
    try:
        if raw.startswith(_PNG):
            width, height = struct.unpack_from(">II", raw, 16)
            return int(width * height)
        if raw.startswith(_JPEG):
            return max(_frames(raw), default=0)
        return max(_pages(raw), default=0)
    except (struct.error, IndexError):
        return 0


def _frames(raw: bytes) -> Iterator[int]:
    """The size that the frame of a JPEG declares, found by stepping over the segments before it."""
    at = len(_JPEG)
    for _ in range(_MOST_SEGMENTS):
        if raw[at] != _MARK:
            return
        marker = raw[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            yield height * width
            return
        if marker == _MARK:
            at += 1
        else:
            at += 2 + (0 if marker in _BARE else struct.unpack_from(">H", raw, at + 2)[0])


def _pages(raw: bytes) -> Iterator[int]:
    """The sizes of the pages of a TIFF, as far as they are readable."""
    order = _TIFF.get(raw[:4])
    at = struct.unpack_from(f"{order}I", raw, 4)[0] if order else 0
    seen: set[int] = set()
    while at and at not in seen and at + 2 <= len(raw) and len(seen) < _MOST_PAGES:
        seen.add(at)
        entries = struct.unpack_from(f"{order}H", raw, at)[0]
        last = at + 2 + entries * _ENTRY
        if last > len(raw):
            return
        size = {}
        for place in range(at + 2, last, _ENTRY):
            tag, kind = struct.unpack_from(f"{order}HH", raw, place)
            if tag in (_WIDTH, _HEIGHT):
                size[tag] = struct.unpack_from(f"{order}{'H' if kind == _SHORT else 'I'}", raw, place + 8)[0]
        yield size.get(_WIDTH, 0) * size.get(_HEIGHT, 0)
        at = struct.unpack_from(f"{order}I", raw, last)[0] if last + 4 <= len(raw) else 0
