"""The example cases, one click away: those of the checkout, or those that a wheel carries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from indicated.model.text import Document

_PLACES = (Path(__file__).parents[1] / "examples", Path(__file__).parents[3] / "examples")
_POLICY = ".policy.txt"


class Example(Struct, frozen=True):
    """A case in words and, where one lies beside it, the payer's criteria. `name` is its file's."""

    name: str
    text: str
    policy: str = ""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The case as it would be given."""
        return (Document(self.name, self.text),)


@cache
def examples() -> tuple[Example, ...]:
    """The examples in the order of their names; none where they were not installed."""
    folder = next((one for one in _PLACES if one.is_dir()), None)
    if folder is None:
        return ()
    files = sorted(one for one in folder.glob("*.txt") if not one.name.endswith(_POLICY))
    return tuple(_example(one) for one in files)


def _example(file: Path) -> Example:
    policy = file.with_name(file.stem + _POLICY)
    return Example(file.stem, file.read_text("utf-8"), policy.read_text("utf-8") if policy.is_file() else "")
