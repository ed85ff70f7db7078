"""From paths, standard input or a text to documents; everything that cannot be read is refused in one clear line."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING, TextIO

from indicated.model.text import Document
from indicated.workflow.errors import Binary, Empty, IsFolder, NoFile, NotUtf8, TooLong, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

LIMIT = 5_000_000
"""Bytes of text that one case may have: about a million words."""

_RAW_LIMIT = 50_000_000
_STDIN = "-"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 65_536
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MOST_CONTROLS = 0.02
_FORMATTED = b"%P{[<\xd0\x89\xffIM"
_ENDINGS = (".json", ".ndjson", ".pdf", ".docx", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".html", ".htm")


def open_case(given: str | Sequence[str], stdin: TextIO | None) -> tuple[Document, ...]:
    """The documents of a path or of several, each a file or a folder of files; `-` is standard input. BadInput when
    there is no usable text, or when one of the files cannot be read.
    """
    if not isinstance(given, str) and len(given) == 1:
        [given] = given
    if isinstance(given, str) and not os.path.isdir(given):  # noqa: PTH112  (as below)
        stands = given == _STDIN
        raw = read_stdin(stdin) if stands else content_of(given, _RAW_LIMIT)
        name, called = ("stdin", "standard input") if stands else (_base(given), given)
        if not _may_be_formatted(raw, name):
            return (document(decode(raw, called), name),)
        return opened([(name, raw)])
    from indicated.workflow.files import named_files

    return opened(named_files((given,) if isinstance(given, str) else given, stdin))


def _base(path: str) -> str:
    """The name of a file, as far as it can be shown."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", "replace")  # noqa: PTH119  (pathlib costs 3 ms)


def _may_be_formatted(raw: bytes, name: str) -> bool:
    """Whether the file may be more than a plain text, told from its start; only then are the readers loaded."""
    start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start in _FORMATTED or b"%PDF-" in raw[:1024] or name.lower().endswith(_ENDINGS)


def opened(files: Iterable[tuple[str, bytes]]) -> tuple[Document, ...]:
    """The documents of files of any kind, each given by its name and its bytes. BadInput as for `open_case`."""
    from indicated.reading.formats import documents_of
    from indicated.workflow.ocr import recogniser

    found = tuple(documents_of(files, lambda raw, name: document(decode(raw, name), name), recogniser()))
    if sum(len(one.text) for one in found) > LIMIT:
        raise _too_long("the case" if len(found) > 1 else found[0].id)
    return found


def document(text: str, name: str = "text") -> Document:
    """A text as a document; Empty without a word in it, TooLong above the limit, NotUtf8 when it is no text."""
    if not text.strip():
        raise Empty(f"{name} has no text; give the case in words, with the request and what the record says")
    if len(text) > LIMIT:
        raise _too_long(name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotUtf8(f"{name}: character {error.start + 1} is half of one; decode the text as UTF-8") from None
    return Document(name, text)


def read_stdin(stdin: TextIO | None) -> bytes:
    """The bytes of standard input, at most one more than the limit of a file."""
    if stdin is None:
        raise Unreadable("standard input is closed; give the text there, or name a file")
    try:
        return stdin.buffer.read(_RAW_LIMIT + 1)
    except OSError as error:
        raise Unreadable(
            f"standard input cannot be read: {error.strerror}; give the text there, or name a file"
        ) from None


def content_of(path: str | Path, limit: int = LIMIT) -> bytes:
    """The bytes of a file, at most one more than the limit."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (as above)
            return file.read(limit + 1)
    except FileNotFoundError:
        named = str(path) or "of an empty name"
        raise NoFile(f"there is no file {named}; check the name, or give - to read standard input") from None
    except IsADirectoryError:
        raise IsFolder(f"{path} is a folder; give a file in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not a file name"
        raise Unreadable(f"{str(path)[:200]!r} cannot be read: {reason}; check the name and its permissions") from None


def decode(raw: bytes, name: str) -> str:
    """The text of these bytes, in UTF-8 with or without a byte order mark; lines may end as on any system."""
    if raw.startswith(_UTF16) or _looks_utf16(raw):
        raise NotUtf8(f"{name} is UTF-16 text; save it as UTF-8 and try again")
    if len(raw) > LIMIT:
        raise _too_long(name)
    sample = raw[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in raw or controls > len(sample) * _MOST_CONTROLS:
        raise Binary(f"{name} is not text (it holds control bytes); give text in UTF-8, Word, PDF, RTF, HTML or FHIR")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotUtf8(
            f"{name}:{line}: byte {error.start + 1} is not UTF-8; save the file as UTF-8 and try again"
        ) from None


def _looks_utf16(raw: bytes) -> bool:
    """Plain UTF-16 without a mark: every other byte of the start is zero."""
    start = raw[:200]
    half = len(start) // 2
    return half > 1 and any(
        start[place::2].count(0) >= half * 0.9 and start[1 - place :: 2].count(0) == 0 for place in (0, 1)
    )


def _too_long(name: str) -> TooLong:
    return TooLong(
        f"{name} has more than {LIMIT // 1_000_000} MB of text; give only the notes that concern the request"
    )
