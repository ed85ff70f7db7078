"""What a document says as data: spans of its text whose meaning is given, not read out of words."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from indicated.model.assertion import Assertion
from indicated.model.fact import Result, Stage, Tolerance
from indicated.model.text import Document


class RecordKind(StrEnum):
    """What sort of entry a record is; it decides what facts it makes."""

    PATIENT = "patient"
    BIRTH = "birth"
    CLAIM = "claim"
    TEST = "test"
    THERAPY = "therapy"
    REQUEST = "request"


class Span(Struct, frozen=True):
    """Characters `start` to `end` (half open) of the document's text."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether the characters `start` to `end` are all inside."""
        return self.start <= start and end <= self.end


class Record(Struct, frozen=True):
    """One entry. `whole` is its line, `name` the words that name what it is about, `value` and `reason` those of its
    value and of why it ended.

    `assertion`, `stage`, `tolerance` and `on` are what the entry's own fields say; they hold whatever the words are.
    `amount` is the value exactly as written, `unit` its unit as written or in UCUM, `codes` its ICD-10-CM
    or HCPCS codes. `asks` marks an order under way, which is what is asked for when nothing else is.
    """

    kind: RecordKind
    whole: Span
    name: Span
    assertion: Assertion = Assertion()
    codes: tuple[str, ...] = ()
    on: date | None = None
    value: Span | None = None
    amount: str = ""
    sign: str = ""
    unit: str = ""
    result: Result | None = None
    stage: Stage | None = None
    tolerance: Tolerance | None = None
    reason: Span | None = None
    asks: bool = False
    started: date | None = None
    ended: date | None = None


class DataDocument(Document, frozen=True, omit_defaults=True):
    """A document made of entries: its text shows them a line each, and every fact of it stands in one of `records`."""

    records: tuple[Record, ...] = ()
