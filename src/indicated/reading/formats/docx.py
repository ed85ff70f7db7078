"""Word files (.docx): body, tables, text boxes, headers, footers, notes and comments, in reading order."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from indicated.reading.formats.blocks import Blocks, one_line
from indicated.reading.formats.errors import Damaged, Encrypted, TooBig, Unsupported
from indicated.reading.formats.limits import INFLATED, MEMBERS, RATIO, RATIO_FROM, UNFOLDED
from indicated.reading.formats.xml import local, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DOCUMENT = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_END = b"PK\x05\x06"
_END_SIZE, _COUNT_AT, _COMMENT = 22, 10, 65_535
_TELL = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tcPr"))
_SEPARATORS = ("separator", "continuationSeparator")
_CHECKED, _UNCHECKED = "\u2612", "\u2610"
_SYMBOLS = {"F0FE": _CHECKED, "F0FD": _CHECKED, "F0A8": _UNCHECKED, "F06F": _UNCHECKED, "F0B7": "\u2022"}
_OTHERS = (("xl/", "an Excel file"), ("ppt/", "a PowerPoint file"), ("content.xml", "an OpenDocument file"))


def text_of(raw: bytes, name: str) -> str:
    """The text of a Word file; one line a row of a table, cells parted by bars."""
    package = _Package(raw, name)
    blocks = Blocks()
    for part in package.parts("word/header"):
        _blocks(package.xml(part), blocks)
    _blocks(package.xml(_DOCUMENT), blocks)
    for part in _NOTES:
        if package.holds(part):
            _notes(package.xml(part), blocks)
    for part in package.parts("word/footer"):
        _blocks(package.xml(part), blocks)
    return blocks.text()


class _Package:
    """The zip file around the parts, opened with every size checked while it unfolds."""

    def __init__(self, raw: bytes, name: str) -> None:
        self._name = name
        _count(raw, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError):
            raise Damaged(f"{name} is a damaged Word or zip file; open it in Word and save it again") from None
        if _DOCUMENT not in names:
            kind = next((kind for start, kind in _OTHERS if any(one.startswith(start) for one in names)), "a zip file")
            raise Unsupported(f"{name} is {kind}; save the notes in it as Word, PDF or text and give those")
        self._names = frozenset(names)
        self._left = UNFOLDED

    def holds(self, part: str) -> bool:
        return part in self._names

    def parts(self, start: str) -> list[str]:
        """The parts whose names start so, in order."""
        return sorted(one for one in self._names if one.startswith(start) and one.endswith(".xml"))

    def xml(self, part: str) -> Element:
        """A part as XML. TooBig when it unfolds beyond the limits, whatever size it declares."""
        where = f"{self._name} ({part})"
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise Encrypted(f"{self._name} is protected by a password; save it without one and try again")
        most = min(INFLATED, max(RATIO_FROM, RATIO * info.compress_size))
        if info.file_size > most:
            raise _bomb(where)
        try:
            with self._zip.open(info) as file:
                raw = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
            raise Damaged(f"{where} is damaged; open the file in Word and save it again") from None
        self._left -= len(raw)
        if len(raw) > most or self._left < 0:
            raise _bomb(where)
        return parse(raw, where)


def _bomb(where: str) -> TooBig:
    return TooBig(f"{where} unfolds to more than any chart holds; save the notes that matter as a new file")


def _count(raw: bytes, name: str) -> None:
    """TooBig for more members than a Word file has, before any of their names is read."""
    at = raw.rfind(_END, max(0, len(raw) - _END_SIZE - _COMMENT))
    count = int.from_bytes(raw[at + _COUNT_AT : at + _COUNT_AT + 2], "little") if at >= 0 else 0
    if count > MEMBERS:
        raise TooBig(f"{name} holds more than {MEMBERS:,} files; give the notes that matter")


def _blocks(within: Element, blocks: Blocks) -> None:
    """Every paragraph and table in an element, in order."""
    for child in within:
        name = local(child.tag)
        if name == "p":
            _paragraph(child, blocks)
        elif name == "tbl":
            _table(child, blocks)
        elif name not in _GONE:
            _blocks(child, blocks)


def _paragraph(paragraph: Element, blocks: Blocks) -> None:
    boxes: list[Element] = []
    text = "".join(_runs(paragraph, boxes))
    if any(local(child.tag) == "numPr" for child in paragraph.iterfind("./{*}pPr/*")):
        blocks.line(f"- {text.strip()}" if text.strip() else "")
    else:
        blocks.paragraph(text)
    for box in boxes:
        _blocks(box, blocks)


def _runs(within: Element, boxes: list[Element]) -> Iterator[str]:
    """The text of the runs in an element; text boxes are kept for after it."""
    for child in within:
        name = local(child.tag)
        if name == "t":
            yield child.text or ""
        elif name in _TELL:
            yield _TELL[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "sym":
            yield _SYMBOLS.get(_attribute(child, "char").upper(), "")
        elif name == "checkBox":
            yield _checked(child)
        elif name not in _GONE:
            yield from _runs(child, boxes)


def _checked(box: Element) -> str:
    """A form's checkbox, ticked or not: as it is, else as it was by default."""
    states = {local(child.tag): _attribute(child, "val") not in ("0", "false") for child in box}
    return (_CHECKED if states.get("checked", states.get("default", False)) else _UNCHECKED) + " "


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if local(key) == name), "")


def _table(table: Element, blocks: Blocks) -> None:
    """A line a row; a row of one cell is laid out for looks, and its paragraphs stand as they are."""
    for row in _children(table, "tr"):
        cells = list(_children(row, "tc"))
        if len(cells) == 1:
            _blocks(cells[0], blocks)
        else:
            blocks.row(_cell(cell) for cell in cells)


def _children(within: Element, wanted: str) -> Iterator[Element]:
    """Rows or cells, also where a content control wraps them."""
    for child in within:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, wanted)


def _cell(cell: Element) -> str:
    inner = Blocks()
    _blocks(cell, inner)
    return one_line(inner.text().split("\n"))


def _notes(notes: Element, blocks: Blocks) -> None:
    for note in notes:
        if _attribute(note, "type") not in _SEPARATORS:
            _blocks(note, blocks)
