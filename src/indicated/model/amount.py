"""Every amount that a text tells, of whatever it is: for a reader who wants to see all figures, known or not."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity
from indicated.model.text import Passage


class AmountKind(StrEnum):
    """What an amount is of. MOMENT is a time told from another (`two days later`, `POD 3`)."""

    LAB = "lab"
    DOSE = "dose"
    DURATION = "duration"
    FREQUENCY = "frequency"
    MOMENT = "moment"
    AGE = "age"
    SIZE = "size"
    OTHER = "other"


class Amount(Struct, frozen=True):
    """An amount as it stands in `passage`, whoever it is said of and however it is said: no claim about the patient.

    `value` is None where words alone tell it (`high-dose`, `several weeks`). `beside` are the further values of one
    figure: the lower blood pressure, the other sides of `3 x 4 cm`, the full mark of `5/5`. A frequency's value is the
    time between. `about` is the concept that it most likely belongs to, empty where no known one stands near.
    """

    what: AmountKind
    passage: Passage
    value: Quantity | None = None
    beside: tuple[Quantity, ...] = ()
    about: str = ""
