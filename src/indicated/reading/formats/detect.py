"""What kind of file bytes are: by what they hold first, by the name only where that leaves it open."""

from __future__ import annotations

from enum import Enum

from indicated.reading.patterns import lazily


class Format(Enum):
    """A kind of file that is read by a reader of its own, or refused by name."""

    PDF = "PDF"
    ZIP = "Word file"
    OLE = "old Office file"
    RTF = "RTF"
    IMAGE = "picture"
    HTML = "HTML page"
    XML = "XML"
    JSON = "JSON"


_STARTS = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OLE),
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
)
_ENDINGS = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".xml": Format.XML,
    ".json": Format.JSON,
    ".ndjson": Format.JSON,
}
_MARKS = b"\xef\xbb\xbf \t\r\n"
_PDF_WITHIN, _HEAD = 1024, 4096
_PAGE = lazily(r"(?is)\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
_TREE = lazily(r"(?is)\s*(?:<!--.{0,2000}?-->\s*)*<(?:\?xml\b|!DOCTYPE\s+\w|(?:\w+:)?ClinicalDocument\b)")


def format_of(raw: bytes, name: str) -> Format | None:
    """The kind of a file; None for a plain text (Markdown is one)."""
    for start, kind in _STARTS:
        if raw.startswith(start):
            return kind
    if b"%PDF-" in raw[:_PDF_WITHIN]:
        return Format.PDF
    head = raw[:_HEAD].lstrip(_MARKS)
    ending = _ENDINGS.get(name[name.rfind(".") :].lower()) if "." in name else None
    if head.startswith(b"<"):
        told = head.decode("latin-1")
        if _PAGE.match(told) or "<html" in told.lower():
            return Format.HTML
        return Format.XML if _TREE.match(told) else ending
    if head.startswith((b"{", b"[")):
        return Format.JSON if ending is Format.JSON or b'"resourceType"' in raw or b'"hook"' in head else None
    return ending if ending is Format.JSON and head else None
