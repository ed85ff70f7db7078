"""Labels: what a product, or the class it belongs to, may be given for, how fast, and what its label warns of."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from indicated.model.errors import Nonsense
from indicated.model.quantity import Quantity
from indicated.model.rule import Rule
from indicated.model.standard import Dosing, Note


class CautionKind(StrEnum):
    """How heavy a caution is. A contraindication that applies stops `approvable`."""

    BOXED_WARNING = "boxed_warning"
    CONTRAINDICATION = "contraindication"
    WARNING = "warning"
    PRECHECK = "precheck"
    MONITORING = "monitoring"
    INTERACTION = "interaction"


class Caution(Struct, frozen=True):
    """A caution of a label. `when` None: it concerns everyone. Met: it applies, shown with the facts. Unknown: it is
    listed with `ask`, if given. Not met: not shown. `beside_volume`: the volume of a day's infusion is shown with it.
    """

    id: str
    kind: CautionKind
    text: str
    cite: tuple[str, ...]
    when: Rule | None = None
    ask: str = ""
    plain: str = ""
    beside_volume: bool = False


class VaccineWait(Struct, frozen=True):
    """How long a live vaccine waits after a course of at most `per_course`. A larger dose has no wait of its own."""

    per_course: Quantity
    wait: Quantity
    cite: tuple[str, ...]


class LabelledUse(Struct, frozen=True):
    """A use on the label: conditions, whom for, in which dose."""

    conditions: tuple[str, ...]
    cite: tuple[str, ...]
    when: Rule | None = None
    dosing: Dosing | None = None


class Availability(StrEnum):
    """Whether the product can be had in the United States, as far as its source tells."""

    LISTED = "listed"
    DISCONTINUED = "discontinued"
    UNKNOWN = "unknown"


class RateStep(Struct, frozen=True):
    """One stage of an infusion: `rate` held for `minutes` (unit `min`), if tolerated, before the next stage begins.

    Without `minutes` it is held to the end or, where the highest rate is above it, for a time the label leaves open. A
    range of minutes is the label's own: the next stage may begin anywhere inside it.
    """

    rate: Quantity
    minutes: Quantity | None = None


class Rate(Struct, frozen=True):
    """How fast a label lets a product run: the stages it names, in their order, and the highest rate.

    Rates are of protein (`mg/kg/min`) or of the solution (`mL/kg/min`, `mL/kg/h`; `mL/h` at one place under the skin):
    the product's `strength` turns one into the other. Where the label leaves the stages between the last one named and
    `maximum` open, `every` is the time between two increases (unit `min`) and `by` how much each adds; either may be
    left open too, and then nothing but the ends is known. `conditions` are the labelled uses it is for, none for all;
    `first` says for how many infusions it holds, None for those after, or for all; `when` for which patients.
    `verified` false: recalled, not read on a label.
    """

    cite: tuple[str, ...]
    steps: tuple[RateStep, ...]
    maximum: Quantity
    every: Quantity | None = None
    by: Quantity | None = None
    conditions: tuple[str, ...] = ()
    route: str = "IV"
    first: int | None = None
    when: Rule | None = None
    verified: bool = True

    def __post_init__(self) -> None:
        if not self.steps:
            raise Nonsense("a rate begins with at least one step")
        if any(step.minutes is None for step in self.steps[:-1]):
            raise Nonsense("only the last step may be without its minutes")


class RateLimit(Struct, frozen=True):
    """A lower highest rate for the patients of whom `when` is so; `conditions` as for `Rate`."""

    cite: tuple[str, ...]
    maximum: Quantity
    when: Rule
    conditions: tuple[str, ...] = ()
    verified: bool = True


class Site(Struct, frozen=True):
    """What one place under the skin may take: at most `volume` (mL) and `rate` (mL/h) in one infusion.

    `first`, `conditions`, `when` and `verified` as for `Rate`. Either amount may be unknown, not both.
    """

    cite: tuple[str, ...]
    volume: Quantity | None = None
    rate: Quantity | None = None
    conditions: tuple[str, ...] = ()
    first: int | None = None
    when: Rule | None = None
    verified: bool = True

    def __post_init__(self) -> None:
        if self.volume is None and self.rate is None:
            raise Nonsense("a site has a volume or a rate")


class Product(Struct, frozen=True):
    """A product or, where `concept` is a treatment, the cautions all its products share.

    What it is: `strength` in percent, grams in 100 mL of the solution as it is given; `vials` in grams, each the whole
    content of one container; `iga` in ug/mL, a limit where the label gives the most a lot may hold, one value where it
    gives the average; `stabilizer` in words; `sugar` its name, `none` where the label says there is none, empty where
    nothing was read; `sugar_content` in mg/mL; `salt`, its sodium, in mmol/L. How it is given: `uses`; `rates`, and
    `limits` on them; `sites` and `sites_at_once` under the skin; `weekly_factor` times the last intravenous dose in
    grams, divided by the weeks between two of them, is the first weekly dose under the skin, in the conditions
    `weekly_factor_in`. `reduction`, of a treatment, is the concept that less of it, or none, was tried; `waits` are
    those of live vaccines after it, the smallest dose first. How it is billed: `hcpcs`, and `hcpcs_unit` in milligrams
    to a billed unit. `approved` is the year of the first US approval, or of the first sale where only that was read.
    `reactions` say how often side effects were seen in its studies, for uses of which a standard says nothing itself.
    `recalled` names the fields that nobody has read on a label or list: a schedule or a bill that rests on one says so.
    """

    concept: str
    treatment: str
    routes: tuple[str, ...]
    cite: tuple[str, ...]
    strength: Decimal | None = None
    vials: tuple[Decimal, ...] = ()
    uses: tuple[LabelledUse, ...] = ()
    cautions: tuple[Caution, ...] = ()
    reactions: tuple[Note, ...] = ()
    hcpcs: str = ""
    hcpcs_unit: int | None = None
    iga: Quantity | None = None
    stabilizer: str = ""
    sugar: str = ""
    sugar_content: Quantity | None = None
    salt: Quantity | None = None
    rates: tuple[Rate, ...] = ()
    limits: tuple[RateLimit, ...] = ()
    sites: tuple[Site, ...] = ()
    sites_at_once: int | None = None
    weekly_factor: Decimal | None = None
    weekly_factor_in: tuple[str, ...] = ()
    reduction: str = ""
    waits: tuple[VaccineWait, ...] = ()
    approved: int | None = None
    availability: Availability = Availability.UNKNOWN
    recalled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.recalled:
            if name not in self.__struct_fields__ or not getattr(self, name):
                raise Nonsense(f"{name!r} is recalled but not given")
        if any(grams <= 0 for grams in self.vials):
            raise Nonsense("a vial holds more than nothing")
