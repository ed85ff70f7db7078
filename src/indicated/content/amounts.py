"""Quantities and comparisons as content writes them: `2 g/kg`, `2-5 d`, `<= 400 mg/dL`."""

from __future__ import annotations

import re
from decimal import Decimal

from indicated.content.problem import did_you_mean, shown
from indicated.model.errors import Nonsense
from indicated.model.quantity import Comparison, Quantity, Units

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_AMOUNT = re.compile(
    rf"(?P<sign><=|>=|<|>|=)?\s*(?P<low>-?(?:{_NUMBER}))(?:\s*(?:-|–|\bto\b)\s*(?P<high>{_NUMBER}))?(?P<rest>.*)",
    re.DOTALL,
)
SPELLED = "a number with its unit, such as '2 g/kg', '2-5 d' or '<= 400 mg/dL'"


class NotAnAmount(Exception):
    """What was found, what was expected and how to mend it, for a Problem."""

    def __init__(self, code: str, found: str, expected: str, fix: str = "") -> None:
        super().__init__(found)
        self.code, self.found, self.expected, self.fix = code, found, expected, fix


def quantity(text: str, units: Units | None) -> Quantity:
    """The quantity written; NotAnAmount when it is none. Without a unit table any unit passes."""
    sign, low, high, unit = _split(text, units)
    if sign == "=" or (sign and high is not None):
        raise NotAnAmount("bad-quantity", shown(text), SPELLED, "write one value, a range, or a limit, not two of them")
    try:
        if high is not None:
            return Quantity(low, high, unit)
        if not sign:
            return Quantity(low, low, unit)
        if sign[0] == "<":
            return Quantity(None, low, unit, high_open=sign == "<")
        return Quantity(low, None, unit, low_open=sign == ">")
    except Nonsense as error:
        raise NotAnAmount("upside-down", shown(text), "the lower end first", str(error)) from error


def comparison(text: str, units: Units | None) -> Comparison:
    """The limit written; NotAnAmount when it is none."""
    sign, low, high, unit = _split(text, units)
    if not sign or high is not None:
        raise NotAnAmount(
            "bad-comparison",
            shown(text),
            "a limit such as '<= 400 mg/dL'",
            "begin with one of < <= > >= = and give one value",
        )
    return Comparison(sign, Quantity(low, low, unit))


def _split(text: str, units: Units | None) -> tuple[str, Decimal, Decimal | None, str]:
    matched = _AMOUNT.fullmatch(text.strip())
    if matched is None:
        raise NotAnAmount("bad-quantity", shown(text), SPELLED)
    low = Decimal(matched["low"].replace(",", ""))
    high = Decimal(matched["high"].replace(",", "")) if matched["high"] else None
    rest = matched["rest"]
    if rest and not rest[0].isspace() and rest[0] in "0123456789.,-:":
        raise NotAnAmount("bad-quantity", shown(text), SPELLED, "write the number plainly and a space before the unit")
    return matched["sign"] or "", low, high, _unit(rest.strip() or "1", units)


def _unit(code: str, units: Units | None) -> str:
    if units is None:
        return code
    known = units.named(code)
    if known is not None and known.code == code:
        return code
    if known is not None:
        raise NotAnAmount("unknown-unit", f"the unit {shown(code)}", "a unit's own code", f"write {known.code!r}")
    fix = did_you_mean(code, units.codes) or "add it to units.yaml if it is right"
    raise NotAnAmount("unknown-unit", f"the unit {shown(code)}", "a unit of units.yaml", fix)
