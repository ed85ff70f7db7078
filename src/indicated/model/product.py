"""Labels: what a product, or the class it belongs to, may be given for, how, and what its label warns of."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from indicated.model.rule import Rule
from indicated.model.standard import Dosing


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
    listed with `ask`, if given. Not met: not shown.
    """

    id: str
    kind: CautionKind
    text: str
    cite: tuple[str, ...]
    when: Rule | None = None
    ask: str = ""
    plain: str = ""


class LabelledUse(Struct, frozen=True):
    """A use on the label: conditions, whom for, in which dose."""

    conditions: tuple[str, ...]
    cite: tuple[str, ...]
    when: Rule | None = None
    dosing: Dosing | None = None


class Product(Struct, frozen=True):
    """A product or, where `concept` is a treatment, the cautions all its products share.

    `vials` in grams; `hcpcs_unit` in milligrams billed per unit.
    """

    concept: str
    treatment: str
    routes: tuple[str, ...]
    cite: tuple[str, ...]
    strength: Decimal | None = None
    vials: tuple[Decimal, ...] = ()
    uses: tuple[LabelledUse, ...] = ()
    cautions: tuple[Caution, ...] = ()
    hcpcs: str = ""
    hcpcs_unit: int | None = None
