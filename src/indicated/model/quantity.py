"""Numbers with units: exact decimals, ranges that stay ranges, comparison with three verdicts."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from indicated.model.errors import Nonsense
from indicated.model.verdict import Verdict


class Unit(Struct, frozen=True):
    """A unit of our table. `code` is UCUM; `factor` times the value, after `offset` is added to it, gives the
    dimension's base unit (only degrees Fahrenheit have an offset).

    Mass per body weight is a dimension of its own (g/kg is not 0.001). `approximate` marks factors that
    are conventions, not identities (a month of 30.4375 days). A figure with nothing but `letter` behind it (`98 F`) is
    in this unit when it lies between `least` and `most` and is told to the decimal or after a word of `said_of`.
    """

    code: str
    dimension: str
    factor: str = "1"
    offset: str = "0"
    spellings: tuple[str, ...] = ()
    approximate: bool = False
    source: str = ""
    letter: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    said_of: tuple[str, ...] = ()

    def ratio(self) -> Fraction:
        """The factor as an exact fraction."""
        return Fraction(self.factor)


class Quantity(Struct, frozen=True):
    """A value or a range in one unit. A missing end is open; `*_open` says that the end itself is excluded.

    `>= 400 mg/dL` is low=400; `< 400 mg/dL` is high=400, high_open=True; `2-5 d` is low=2, high=5.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise Nonsense("a quantity needs a value")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise Nonsense(f"the range {self.low}-{self.high} {self.unit} is upside down")

    @classmethod
    def of(cls, value: Decimal | int | str, unit: str) -> "Quantity":
        """One exact value."""
        exact = Decimal(value)
        return cls(exact, exact, unit)

    @property
    def exact(self) -> Decimal | None:
        """The value when it is one value, else None."""
        return self.low if self.low == self.high else None

    def text(self) -> str:
        """`2-5 d`, `< 400 mg/dL`, `70 g`: plain figures as given, never rounded."""
        if self.exact is not None:
            number = plain(self.exact)
        elif self.low is None:
            number = f"{'<' if self.high_open else '<='} {plain(self.high)}"
        elif self.high is None:
            number = f"{'>' if self.low_open else '>='} {plain(self.low)}"
        else:
            number = f"{plain(self.low)}-{plain(self.high)}"
        return f"{number} {self.unit}".strip() if self.unit not in ("", "%") else number + self.unit


def plain(number: Decimal | None) -> str:
    """A decimal without exponent and without idle zeros: 70, 2.5, 0.04."""
    if number is None:
        return ""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


class Comparison(Struct, frozen=True):
    """A limit: `sign` is one of < <= > >= = and `value` is one exact quantity."""

    sign: str
    value: Quantity

    def __post_init__(self) -> None:
        if self.sign not in ("<", "<=", ">", ">=", "="):
            raise Nonsense(f"{self.sign!r} is not a comparison; use one of < <= > >= =")
        if self.value.exact is None:
            raise Nonsense("a comparison needs one exact value")

    def judge(self, found: Quantity) -> Verdict:
        """Whether `found`, in the same unit, meets the limit; UNKNOWN when its range straddles it."""
        if found.unit != self.value.unit:
            raise Nonsense(f"cannot compare {found.unit} with {self.value.unit}")
        limit = self.value.low
        assert limit is not None
        if self.sign == "=":
            if found.exact is not None:
                return Verdict.MET if found.exact == limit else Verdict.NOT_MET
            inside = _may_be(found, limit)
            return Verdict.UNKNOWN if inside else Verdict.NOT_MET
        if self.sign in ("<", "<="):
            return _below(found, limit, strict=self.sign == "<")
        return _below(_mirrored(found), -limit, strict=self.sign == ">")


def _mirrored(found: Quantity) -> Quantity:
    """The interval on the other side of zero, so that `above` is `below` of the mirror."""
    low = None if found.high is None else -found.high
    high = None if found.low is None else -found.low
    return Quantity(low, high, found.unit, found.high_open, found.low_open)


def _may_be(found: Quantity, limit: Decimal) -> bool:
    above_low = found.low is None or found.low < limit or (found.low == limit and not found.low_open)
    below_high = found.high is None or found.high > limit or (found.high == limit and not found.high_open)
    return above_low and below_high


def _below(found: Quantity, limit: Decimal, *, strict: bool) -> Verdict:
    """Whether every value of the interval is below the limit, none is, or some are."""
    low, high = found.low, found.high
    if high is not None and (high < limit or (high == limit and (found.high_open or not strict))):
        return Verdict.MET
    if low is not None and (low > limit or (low == limit and (found.low_open or strict))):
        return Verdict.NOT_MET
    return Verdict.UNKNOWN


class Units:
    """The unit table, indexed. Immutable after construction."""

    __slots__ = ("_by_code", "_by_spelling")

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self._by_code = {unit.code: unit for unit in units}
        spellings = {spelling.lower(): unit for unit in units for spelling in unit.spellings}
        self._by_spelling = {**spellings, **{unit.code.lower(): unit for unit in units}}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every unit's code."""
        return tuple(self._by_code)

    def named(self, spelling: str) -> Unit | None:
        """The unit of a code or spelling: the code exactly first, then without regard to case."""
        return self._by_code.get(spelling) or self._by_spelling.get(spelling.lower())

    def convert(self, quantity: Quantity, to: str) -> Quantity | None:
        """The same quantity in another unit, exactly; None where the dimensions differ or a unit is unknown."""
        if quantity.unit == to:
            return quantity
        old, new = self._by_code.get(quantity.unit), self._by_code.get(to)
        if old is None or new is None or old.dimension != new.dimension:
            return None
        low, high = (_converted(end, old, new) for end in (quantity.low, quantity.high))
        return Quantity(low, high, to, quantity.low_open, quantity.high_open)


def _converted(number: Decimal | None, old: Unit, new: Unit) -> Decimal | None:
    if number is None:
        return None
    ratio = old.ratio() / new.ratio()
    return (number + Decimal(old.offset)) * ratio.numerator / ratio.denominator - Decimal(new.offset)
