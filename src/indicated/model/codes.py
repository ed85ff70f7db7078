"""A code system, looked up code by code: what a code is called and whether a claim may carry it."""

import zlib
from collections.abc import Iterable

import msgspec
from msgspec import Struct

CATEGORY = 3
"""Characters of an ICD-10-CM category; the codes of one category are kept and decoded together."""


class Code(Struct, frozen=True, array_like=True):
    """One code as written (`M33.13`), its title, and whether it is complete enough for a claim."""

    code: str
    title: str
    billable: bool


class CodeTable(Struct, frozen=True, array_like=True):
    """One release of a code system; `blocks` holds the codes of each category, compressed."""

    system: str
    release: str
    source: str
    blocks: dict[str, bytes]

    def get(self, code: str) -> Code | None:
        """The code; None when this release has no such code."""
        block = self.blocks.get(code[:CATEGORY])
        if block is None:
            return None
        listed = msgspec.msgpack.decode(zlib.decompress(block), type=tuple[Code, ...])
        return next((one for one in listed if one.code == code), None)


def table_of(system: str, release: str, source: str, codes: Iterable[Code]) -> CodeTable:
    """The table of these codes."""
    blocks: dict[str, list[Code]] = {}
    for one in codes:
        blocks.setdefault(one.code[:CATEGORY], []).append(one)
    packed = {category: zlib.compress(msgspec.msgpack.encode(listed), 9) for category, listed in blocks.items()}
    return CodeTable(system, release, source, packed)
