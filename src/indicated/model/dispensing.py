"""What a request comes to on the ward and on the bill: vials, units, hours, grams in a year."""

from decimal import Decimal

from msgspec import Struct

from indicated.model.quantity import Quantity


class Vials(Struct, frozen=True):
    """So many vials of so many grams."""

    grams: Decimal
    count: int


class InfusionStage(Struct, frozen=True):
    """One stage of an infusion: its rate in mL/h at the patient's weight and how long it is held (`min`), None to the
    end.
    """

    rate: Quantity
    minutes: Quantity | None = None


class Weights(Struct, frozen=True):
    """Body weights for the dose, in kg, and the formula they come from: measured, ideal, and the one between."""

    formula: str
    measured: Quantity
    ideal: Quantity
    dosing: Quantity
    height: Quantity


class Dispensing(Struct, frozen=True):
    """A course as asked, worked out for one product.

    `course` is one course and `day` the part of it given on one day, in g; `days` on how many. Rounded up to whole
    vials each day: `vials`, `given` out in g, `over` what is left in the last vial; `below` is the nearest dose in
    whole vials that is not more than asked. `units` are billed for a course under the product's code. `volume` mL a
    day,
    `hours` a day between the fastest and the slowest that the label allows, `stages` as far as it tells them, `slower`
    the rate to which a risk on record lowers the highest. `yearly` g in a year of 365.25 days. `recalled` names what of
    this rests on something nobody has read. `loading` is the first course, where it is another one.
    """

    product: str
    course: Quantity
    days: int = 1
    day: Quantity | None = None
    vials: tuple[Vials, ...] = ()
    given: Quantity | None = None
    over: Quantity | None = None
    below: Quantity | None = None
    units: int | None = None
    volume: Quantity | None = None
    hours: Quantity | None = None
    stages: tuple[InfusionStage, ...] = ()
    slower: Quantity | None = None
    yearly: Quantity | None = None
    recalled: tuple[str, ...] = ()
    loading: "Dispensing | None" = None
