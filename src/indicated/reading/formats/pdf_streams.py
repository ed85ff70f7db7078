"""A look at the streams of a PDF before its library opens them: none may unfold to what no page holds."""

from __future__ import annotations

import re
import zlib

from indicated.reading.formats.errors import TooBig
from indicated.reading.formats.limits import PDF_RATIO_FROM, PDF_STREAM, RATIO

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2_000
_CHUNK = 65_536
_LAYERS = 3


def check(raw: bytes, name: str) -> None:
    """TooBig for a stream that unfolds like a bomb. Pictures are left out: a white page packs a thousand times, and
    pictures are unfolded only when drawn, with their own limit.
    """
    done = 0
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
            picture = b"/Image" in told
            if not picture and _unfolds(raw[start:end]):
                raise TooBig(f"{name} holds a part that unfolds to more than any page; print it to PDF again")


def _unfolds(data: bytes) -> bool:
    """Whether packed data unfolds beyond the limits, also where what unfolds is packed again."""
    for _ in range(_LAYERS):
        most = min(PDF_STREAM, max(PDF_RATIO_FROM, RATIO * len(data)))
        told = _inflated(data, most)
        if len(told) > most:
            return True
        if told[:1] != b"x":
            return False
        data = told
    return False


def _inflated(data: bytes, most: int) -> bytes:
    """At most a little more than so many bytes of what the data unfolds to; as much as is sound of damaged data."""
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        while data and size <= most:
            told = inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
            parts.append(told)
            size += len(told)
            if not told:
                break
    except zlib.error:
        pass
    return b"".join(parts)
