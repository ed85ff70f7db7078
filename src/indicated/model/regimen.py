"""What is asked: the treatment, for what, in which dose and rhythm."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.quantity import Quantity
from indicated.model.text import Passage


class Phase(StrEnum):
    """Whether treatment starts or goes on."""

    INITIAL = "initial"
    CONTINUATION = "continuation"
    UNKNOWN = "unknown"


class Doubt(Struct, frozen=True):
    """Something in a regimen that cannot be taken at its word (`unit`, `ambiguous`, `phases`). Nothing is computed
    from it.

    `found` is the passage, `kind` a code that a phrase explains. Where amounts cannot all be true `worked` is the
    arithmetic: what was taken times what (`mismatch`: a dose and a body weight; `supply`: a count and what each holds;
    nothing for `sum`), what that makes, and the amount stated instead.
    """

    kind: str
    found: Passage
    worked: tuple[Quantity, ...] = ()


class Supply(Struct, frozen=True):
    """What a dose is said to be made up of: `count` units billed under a `code`, vials, or millilitres.

    `each` is how much one of them holds, None where nobody said or no source told. `per` is `course`, `day`, or empty
    where it is not said whether the count is for one course or for the whole time asked for.
    """

    count: Quantity
    each: Quantity | None = None
    code: str = ""
    per: str = "course"

    def amount(self) -> Quantity | None:
        """What it holds in all: 120 units of 500 mg are 60000 mg."""
        count = self.count.exact
        if self.each is None or count is None:
            return None
        amount = _times(self.each, count)
        return replace(amount, unit=amount.unit.removesuffix("/mL")) if self.count.unit == "mL" else amount


class Regimen(Struct, frozen=True):
    """A dose and its rhythm; parts that were not said are None.

    A *course* is what is given before the next interval starts (one cycle). Stated parts: `per_day` (each
    infusion day), `per_course` (all days of one course), `days` (infusion days in a course, unit `d`),
    `interval` (from course to course: `wk`, `d` or `mo`), `courses` (how many), `duration` (how long in all),
    `rounded` (to the nearest of what), `restated` (the same dose said again in another unit: `2 g/kg (70 g)`),
    `basis` (`ideal`, `adjusted`, `actual` body weight), `weight` (said beside the dose), `supplies`.
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
    rounded: Quantity | None = None
    restated: Quantity | None = None
    basis: str = ""
    weight: Quantity | None = None
    supplies: tuple[Supply, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    passages: tuple[Passage, ...] = ()

    def supplied(self) -> Quantity | None:
        """What the supplies make in one course, derived: None unless each is known, in one unit, for a course."""
        known = [(one.amount(), one.per) for one in self.supplies]
        amounts = [amount for amount, per in known if amount is not None and per]
        if not known or len(amounts) != len(known) or len({amount.unit for amount in amounts}) != 1:
            return None
        if len({per for _, per in known}) != 1:
            return None
        days = self.days.exact if known[0][1] == "day" and self.days is not None else Decimal(1)
        total = _sum(amounts)
        return None if days is None else _times(total, days)

    def course_total(self) -> Quantity | None:
        """The amount of one course: as stated, or per day times an exact number of days, or what its supplies make
        where only they, or only millilitres, are stated; else None.

        `1 g/kg/day x 2 days` and `2 g/kg over 2 days` give the same total.
        """
        if self.doubts:
            return None
        stated = self.per_course or self.per_day
        if stated is None or stated.unit == "mL":
            return self.supplied() or self._stated_total()
        return self._stated_total()

    def _stated_total(self) -> Quantity | None:
        if self.per_course is not None:
            return self.per_course
        days = self.days.exact if self.days is not None else Decimal(1)
        return None if self.per_day is None or days is None else _times(self.per_day, days)


def _times(amount: Quantity, by: Decimal) -> Quantity:
    low, high = amount.low, amount.high
    return replace(amount, low=None if low is None else low * by, high=None if high is None else high * by)


def _sum(amounts: list[Quantity]) -> Quantity:
    """The sum of amounts of one unit; an end that one of them leaves open stays open."""
    lows, highs = [one.low for one in amounts], [one.high for one in amounts]
    low = None if None in lows else sum((one for one in lows if one is not None), Decimal(0))
    high = None if None in highs else sum((one for one in highs if one is not None), Decimal(0))
    return Quantity(low, high, amounts[0].unit)


class Request(Struct, frozen=True):
    """What is asked of the payer.

    `treatment` and `product` are concept ids (`product` empty when none is named); `indications` the conditions it
    is asked for, most specific first; `codes` the ICD-10-CM and HCPCS codes stated. `replaces` is the regimen that
    `regimen` is to take the place of (`from 30 g to 40 g`), `also` the other treatments the document asks for,
    `setting` where it is to be given (`home`, `office`), `urgent` whether a quick answer is asked for, `begins` and
    `ends` the days of the authorization asked for.
    """

    treatment: str
    passages: tuple[Passage, ...]
    product: str = ""
    indications: tuple[str, ...] = ()
    phase: Phase = Phase.UNKNOWN
    regimen: Regimen | None = None
    codes: tuple[str, ...] = ()
    prescriber: str = ""
    replaces: Regimen | None = None
    also: tuple[str, ...] = ()
    setting: str = ""
    urgent: bool = False
    begins: date | None = None
    ends: date | None = None
