"""How the disease has done on a treatment that is to go on, and what is to change in it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from indicated.model.fact import Fact
from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen
from indicated.model.standard import Gauge
from indicated.model.verdict import Verdict


class Trend(StrEnum):
    """Which way a measure went: for the better, for the worse, not at all, or where nothing says which is better."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


class Followed(Struct, frozen=True):
    """One measure over time: its dated values, exact, the first day's first.

    `change` is the last less the first, in the unit of the last. `gauge`: the standard follows the disease by it.
    `enough`: whether the change reaches what the gauge counts as one; None where it names no amount. `late`: the first
    value is from after the treatment began, so it is no baseline.
    """

    concept: str
    values: tuple[Fact, ...]
    change: Quantity
    trend: Trend
    gauge: Gauge | None = None
    enough: Verdict | None = None
    late: bool = False

    @property
    def first(self) -> Fact:
        """The first value."""
        return self.values[0]

    @property
    def last(self) -> Fact:
        """The last value."""
        return self.values[-1]


class RegimenPart(StrEnum):
    """What of a regimen is to change."""

    TREATMENT = "treatment"
    PRODUCT = "product"
    DOSE = "dose"
    INTERVAL = "interval"


class Before(Struct, frozen=True):
    """The regimen given so far, and what of it the request changes. `concept` is the treatment or product it was of,
    empty where only the request tells of it (`from 30 g to 40 g`).
    """

    regimen: Regimen
    concept: str = ""
    fact: Fact | None = None
    changes: tuple[RegimenPart, ...] = ()


class WeeklyDose(Struct, frozen=True):
    """The first weekly dose under the skin by the product's label: `last` grams by vein times `factor`, divided by the
    `weeks` between two of them, to a tenth of a gram.
    """

    product: str
    last: Quantity
    weeks: Decimal
    factor: Decimal
    dose: Quantity


class Untold(StrEnum):
    """What a request to go on should tell and the record does not."""

    SINCE = "since"
    MEASURES = "measures"
    RESPONSE = "response"


class Continuation(Struct, frozen=True):
    """All of it. `since` is the day treatment began (the first of a month or year may stand for the whole of it) and
    `began` the fact that tells it or how long it has run. `responses` tell how the disease answered, `pauses` that
    less of it or none was tried. `undated` are values of a measure that cannot be put in order.
    """

    since: date | None = None
    began: Fact | None = None
    followed: tuple[Followed, ...] = ()
    undated: tuple[Fact, ...] = ()
    responses: tuple[Fact, ...] = ()
    pauses: tuple[Fact, ...] = ()
    before: Before | None = None
    weekly: WeeklyDose | None = None
    untold: tuple[Untold, ...] = ()
    gauges: tuple[Gauge, ...] = ()
