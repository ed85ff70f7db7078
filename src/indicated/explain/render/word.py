"""A Word file (DOCX) of an article, with real headings, lists and tables, so that it can be edited and read aloud."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from indicated.explain.render.sheet import Sheet

_SOFT = RGBColor(0x4A, 0x53, 0x61)
_TONES = {
    "met": RGBColor(0x0F, 0x6B, 0x3A),
    "supported": RGBColor(0x0F, 0x6B, 0x3A),
    "not_met": RGBColor(0xA3, 0x23, 0x1A),
    "not_supported": RGBColor(0xA3, 0x23, 0x1A),
    "applies": RGBColor(0xA3, 0x23, 0x1A),
    "unknown": RGBColor(0x7A, 0x52, 0x00),
    "supported_if": RGBColor(0x7A, 0x52, 0x00),
    "undetermined": RGBColor(0x7A, 0x52, 0x00),
}
_CLOSE = {"head": 1, "sign": 9}
"""Points below a line of who and what, and below a place to sign."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file, so that the same article gives the same bytes."""


def render(sheet: Sheet) -> bytes:
    """The file's bytes."""
    file = docx.Document()
    file.styles["Normal"].font.size = Pt(10.5)
    if sheet["title"]:
        file.add_heading(sheet["title"], level=1)
    for section in sheet["sections"]:
        if section["heading"]:
            file.add_heading(section["heading"], level=2)
        write = {"table": _table, "form": _table, "letter": _letter}.get(section["style"], _lines)
        write(file, section, sheet)
    if sheet["references"]:
        file.add_heading(sheet["references_heading"], level=2)
    for one in sheet["references"]:
        unsure = f" ({one['unsure']})" if one["unsure"] else ""
        file.add_paragraph(" ".join([f"{one['number']}. {one['text']}{unsure}", *one["links"]]))
    if sheet["withheld"]:
        file.add_paragraph(sheet["withheld"])
    return _alike(file, sheet["title"])


def _lines(file: Document, section: dict[str, Any], _: Sheet) -> None:
    listed = section["style"] in ("list", "rows")
    close = section["style"] in ("head", "sign")
    for row in section["rows"]:
        paragraph = file.add_paragraph(style="List Bullet" if listed else None)
        if close:
            paragraph.paragraph_format.space_after = Pt(_CLOSE[section["style"]])
        if row["label"]:
            paragraph.add_run(f"{row['label']}: ").bold = True
        _say(paragraph, row)


def _letter(file: Document, section: dict[str, Any], _: Sheet) -> None:
    paragraph = file.add_paragraph()
    for place, row in enumerate(section["rows"]):
        if place:
            paragraph.add_run(" ")
        _say(paragraph, row)


def _table(file: Document, section: dict[str, Any], sheet: Sheet) -> None:
    heads = [*sheet["heads"], *(sheet["blank"] if section["style"] == "form" else ())]
    table = file.add_table(rows=1, cols=len(heads))
    table.style = "Light Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in section["rows"]:
        label, verdict, said = table.add_row().cells[:3]
        label.text = "    " * row["level"] + row["label"]
        run = verdict.paragraphs[0].add_run(row["mark"])
        run.bold = True
        run.font.color.rgb = _TONES.get(row["tone"], _SOFT)
        _say(said.paragraphs[0], row)


def _say(paragraph: Paragraph, row: dict[str, Any]) -> None:
    paragraph.add_run(row["text"])
    if row["refs"]:
        paragraph.add_run(row["refs"]).font.superscript = True


def _alike(file: Document, title: str) -> bytes:
    """The file without anything of when or by whom it was made."""
    import datetime as dt

    told = file.core_properties
    told.title, told.author, told.last_modified_by, told.comments = title, "", "", ""
    told.created = told.modified = dt.datetime(*_LONG_AGO, tzinfo=dt.UTC)
    raw, alike = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(alike, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _LONG_AGO), made.read(name), zipfile.ZIP_DEFLATED)
    return alike.getvalue()
