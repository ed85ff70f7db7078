"""The figures of a text, each with the units it stands in, so that 40 mg does not prove 40 g."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicated.model.figures import numbers, proved_by
from indicated.model.quantity import Unit, Units

_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(r"(?<![\w.*^])(\d[\d,]*(?:\.\d+)?)[ \u00a0-]?([A-Za-zµμ%/]+)")


class Amounts:
    """Amounts in a text, by the content's table of units."""

    __slots__ = ("_units",)

    def __init__(self, units: Units) -> None:
        self._units = units

    def elsewise(self, text: str, proofs: Sequence[str]) -> Iterator[str]:
        """The amounts of a text whose figure the proofs have, but only ever in other units."""
        for match in _AMOUNT.finditer(text):
            if any(match[0] in proof for proof in proofs):
                continue
            unit, number = self._units.named(match[2]), numbers(match[1])[0]
            holding = [proof for proof in proofs if number in proved_by(proof)] if unit is not None else []
            if unit is not None and holding and all(self._other(number, unit, proof) for proof in holding):
                yield f"{number} {unit.code}"

    def _other(self, number: str, unit: Unit, text: str) -> bool:
        """Whether the text, which has the figure, never has it alone, in words or in this unit."""
        pairs = ((numbers(figure)[0], self._units.named(word)) for figure, word in _AMOUNT.findall(text))
        codes = {found.code for figure, found in pairs if found is not None and figure == number}
        if not codes or unit.code in codes or number in proved_by(_DIGIT.sub("", text)):
            return False
        return numbers(text).count(number) <= len(codes)
