"""What is asked: the treatment, for what, in which dose and rhythm."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity
from indicated.model.text import Passage


class Phase(StrEnum):
    """Whether treatment starts or goes on."""

    INITIAL = "initial"
    CONTINUATION = "continuation"
    UNKNOWN = "unknown"


class Doubt(Struct, frozen=True):
    """Something in a regimen that cannot be taken at its word (`unit`, `ambiguous`). Nothing is computed from it.

    `found` is the passage, `kind` a code that a phrase explains.
    """

    kind: str
    found: Passage


class Regimen(Struct, frozen=True):
    """A dose and its rhythm; parts that were not said are None.

    A *course* is what is given before the next interval starts (one cycle). Stated parts: `per_day` (each
    infusion day), `per_course` (all days of one course), `days` (infusion days in a course, unit `d`),
    `interval` (from course to course: `wk`, `d` or `mo`), `courses` (how many), `duration` (how long in all).
    Units of the amounts are `g/kg`, `mg/kg`, `g`, `mg`, `g/m2`...; a dose per kilogram keeps its `/kg`.
    """

    per_day: Quantity | None = None
    per_course: Quantity | None = None
    days: Quantity | None = None
    interval: Quantity | None = None
    courses: Quantity | None = None
    duration: Quantity | None = None
    route: str = ""
    loading: "Regimen | None" = None
    maximum: Quantity | None = None
    doubts: tuple[Doubt, ...] = ()
    passages: tuple[Passage, ...] = ()

    def course_total(self) -> Quantity | None:
        """The amount of one course: as stated, or per day times an exact number of days, else None.

        `1 g/kg/day x 2 days` and `2 g/kg over 2 days` give the same total.
        """
        if self.doubts:
            return None
        if self.per_course is not None:
            return self.per_course
        if self.per_day is None:
            return None
        days = self.days.exact if self.days is not None else Decimal(1)
        if days is None:
            return None
        each = self.per_day
        return Quantity(
            None if each.low is None else each.low * days,
            None if each.high is None else each.high * days,
            each.unit,
            each.low_open,
            each.high_open,
        )


class Request(Struct, frozen=True):
    """What is asked of the payer.

    `treatment` and `product` are concept ids (`product` empty when none is named); `indications` the conditions it
    is asked for, most specific first; `codes` the ICD-10-CM and HCPCS codes stated.
    """

    treatment: str
    passages: tuple[Passage, ...]
    product: str = ""
    indications: tuple[str, ...] = ()
    phase: Phase = Phase.UNKNOWN
    regimen: Regimen | None = None
    codes: tuple[str, ...] = ()
    prescriber: str = ""
