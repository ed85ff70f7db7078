"""One part of a regimen, as found in a text."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.quantity import Quantity


class PartKind(StrEnum):
    """What a part says."""

    AMOUNT = "amount"
    INTERVAL = "interval"
    SPREAD = "spread"
    EACH = "each"
    LENGTH = "length"
    COURSES = "courses"
    AGAIN = "again"
    ROUTE = "route"
    THEN = "then"
    LOADING = "loading"
    MAXIMUM = "maximum"
    SINGLE = "single"
    ONCE = "once"
    MAINTENANCE = "maintenance"
    STEP = "step"
    ROUNDED = "rounded"
    BASIS = "basis"
    WEIGHT = "weight"
    SUPPLY = "supply"
    CODE = "code"
    NOTE = "note"


class Part(Struct, frozen=True):
    """One part at `start` to `end`.

    `value` is its quantity; `code` a route, a billing code, a basis, or what an amount is stated per (`day`, `dose`,
    `course`; `all`: the whole time asked for); `times` how many administrations fall in a day
    (up to `most` where that is a range); `days` on how many
    days of `value`; `each` how much one of `value` holds; `ambiguous` marks words with two meanings; `moment` marks
    times of the day, which add up.
    """

    kind: PartKind
    start: int
    end: int
    value: Quantity | None = None
    code: str = ""
    times: int = 1
    most: int = 0
    days: Quantity | None = None
    ambiguous: bool = False
    each: Quantity | None = None
    moment: bool = False

    def moved(self, by: int) -> Part:
        """The same part with offsets shifted."""
        return replace(self, start=self.start + by, end=self.end + by)
