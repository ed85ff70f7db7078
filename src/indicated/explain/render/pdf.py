"""PDF by typst, with its own fonts: the same article gives the same bytes on every machine."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from indicated.explain.render.sheet import Sheet

_PAGE = Path(__file__).with_name("page.typ")


def render(sheet: Sheet) -> bytes:
    """The page as PDF, with headings, tables and lists tagged for readers that speak."""
    return bytes(
        typst.compile(
            _PAGE.read_bytes(),
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            ignore_system_fonts=True,
            timestamp=0,
        )
    )
