"""The sheet on which resources are shown: a line an entry, each part with the path it came from."""

from __future__ import annotations

from typing import Any

from indicated.model.record import DataDocument, Record, RecordKind, Span
from indicated.model.text import Place


class Sheet:
    """Text, places and records put together in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._records: list[Record] = []
        self._length = 0
        self._line = 0

    def __bool__(self) -> bool:
        return bool(self._parts)

    def begin(self, label: str, path: str) -> None:
        """A new line with its label."""
        if self._parts:
            self._add("\n")
        self._line = self._length
        self._places.append(Place(self._length, path))
        self._add(f"{label}: ")

    def write(self, text: str, path: str = "") -> Span:
        """More of the line, from another path when one is given."""
        start = self._length
        if path and text:
            self._places.append(Place(start, path))
        self._add(text)
        return Span(start, self._length)

    def record(self, kind: RecordKind, name: Span, **more: Any) -> None:
        """The line so far as a record."""
        if name.end > name.start:
            self._records.append(Record(kind, Span(self._line, self._length), name, **more))

    def document(self) -> DataDocument:
        """The sheet as a document."""
        return DataDocument(self._name, "".join(self._parts), tuple(self._places), tuple(self._records))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
