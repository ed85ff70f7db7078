"""A look at the streams of a PDF before its library opens them: none may unfold to what no page holds."""

from __future__ import annotations

import re
import zlib

from indicated.reading.formats.errors import TooBig
from indicated.reading.formats.limits import PDF_PICTURE, PDF_RATIO_FROM, PDF_STREAM, PDF_UNFOLDED, RATIO

_STREAM = re.compile(rb"stream\r?\n")
_SIDE = re.compile(rb"/(Width|Height)\s+(\d{1,6})\b")
_PIXEL = 8
"""Bytes of the largest pixel: four colours of 16 bits."""
_DICTIONARY = 2_000
_CHUNK = 16_384
_UNFOLDING = 1_048_576
_LAYERS = 3


def check(raw: bytes, name: str) -> None:
    """TooBig for a stream that unfolds like a bomb. A picture may pack a thousand times, as a white page does, but must
    not unfold to more than the size that it declares.
    """
    done = total = 0
    for found in _STREAM.finditer(raw):
        start = found.end()
        if start < done:
            continue
        told = raw[max(done, found.start() - _DICTIONARY) : found.start()]
        told = told[told.rfind(b" obj") + 1 :]
        end = raw.find(b"endstream", start)
        end = len(raw) if end < 0 else end
        done = end
        if b"FlateDecode" in told or b"/Fl" in told:
            size = _unfolds(raw[start:end], _declared(told) if b"/Image" in told else 0)
            total += size
            if size < 0 or total > PDF_UNFOLDED:
                raise TooBig(f"{name} holds a part that unfolds to more than any page; print it to PDF again")


def _declared(dictionary: bytes) -> int:
    """The most bytes that a picture takes which declares this size; 0 where it declares none or is packed twice, as
    a bomb would be.
    """
    sides = dict(_SIDE.findall(dictionary))
    if len(sides) < 2 or dictionary.count(b"/Fl") > 1:  # noqa: PLR2004 - width and height
        return 0
    return min(int(sides[b"Width"]) * int(sides[b"Height"]) * _PIXEL + PDF_RATIO_FROM, PDF_PICTURE)


def _unfolds(data: bytes, picture: int) -> int:
    """The bytes that packed data unfolds to, also where what unfolds is packed again; -1 beyond the limits."""
    size = 0
    for _ in range(_LAYERS):
        most = picture or min(PDF_STREAM, max(PDF_RATIO_FROM, RATIO * len(data)))
        size, told = _inflated(data, most, keep=not picture)
        if size > most:
            return -1
        if told[:1] != b"x":
            return size
        data = told
    return size


def _inflated(data: bytes, most: int, *, keep: bool) -> tuple[int, bytes]:
    """How much the data unfolds to, at most a little more than so many bytes, and, to `keep`, what; of damaged data as
    much as is sound.
    """
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    waiting = memoryview(data)
    try:
        while waiting and size <= most:
            taken, waiting = waiting[:_CHUNK], waiting[_CHUNK:]
            while taken and size <= most:
                told = inflater.decompress(taken, _UNFOLDING)
                taken = memoryview(inflater.unconsumed_tail)
                size += len(told)
                if keep:
                    parts.append(told)
                if not told:
                    break
    except zlib.error:
        pass
    return size, b"".join(parts)
