"""A code system, looked up code by code: what a code is called and whether a claim may carry it."""

import zlib
from collections.abc import Iterable

from msgspec import Struct

from indicated.model.buckets import Encoded

CATEGORY = 3
"""Characters of an ICD-10-CM category; the codes of one category are kept together."""
_EFFORT = 3
"""How hard to compress: the hardest takes three times as long for a tenth less."""


class Code(Struct, frozen=True):
    """One code as written (`M33.13`), its title, and whether it is complete enough for a claim."""

    code: str
    title: str
    billable: bool

    def row(self) -> str:
        """The code as a row of the table's file, and as it is kept."""
        return f"{self.code}\t{int(self.billable)}\t{self.title}"


class CodeTable(Struct, frozen=True, array_like=True):
    """One release of a code system; `blocks` holds the rows of each category, compressed."""

    system: str
    release: str
    source: str
    blocks: dict[str, Encoded]

    def get(self, code: str) -> Code | None:
        """The code; None when this release has no such code."""
        return self.block(code[:CATEGORY]).get(code)

    def block(self, category: str) -> dict[str, Code]:
        """The codes of a category; none when this release has no such category."""
        packed = self.blocks.get(category)
        if packed is None:
            return {}
        rows = (row.split("\t") for row in zlib.decompress(packed).decode().split("\n"))
        return {code: Code(code, title, billable == "1") for code, billable, title in rows}


def table_of(system: str, release: str, source: str, rows: Iterable[str]) -> CodeTable:
    """The table of these rows."""
    blocks: dict[str, list[str]] = {}
    for row in rows:
        blocks.setdefault(row[:CATEGORY], []).append(row)
    packed = {
        category: Encoded(zlib.compress("\n".join(block).encode(), _EFFORT)) for category, block in blocks.items()
    }
    return CodeTable(system, release, source, packed)
