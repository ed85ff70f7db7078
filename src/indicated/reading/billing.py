"""How much the units billed under a HCPCS code hold, and which treatment a code names; looked up when a text asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.quantity import Quantity
from indicated.model.regimen import Supply
from indicated.reading.found import DRUG_KINDS
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.regimen import Regimen

HCPCS = lazily(r"(?<![\w.])[A-CEGHJ-MP-V]\d{4}(?![\w.]\w|\d)")
_UNIT = "U"


class Billing:
    """The codes of the vocabulary. `billed` gives how much one unit of each code is, when a text asks; a code whose
    amount no source told computes nothing.
    """

    __slots__ = ("_billed", "_named", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary, billed: Callable[[], Mapping[str, Quantity]]) -> None:
        self._vocabulary = vocabulary
        self._billed = billed
        self._named: dict[str, list[str]] | None = None

    def named(self, code: str) -> str:
        """The concept billed under a code: the product, in whatever strength, or the treatment that several products of
        one code are.
        """
        known = self._vocabulary
        shared = [set(known.lineage(one)) for one in self._by_code().get(code, ())]
        above = sorted(set.intersection(*shared)) if shared else []
        fit = [one for one in above if one in known and known[one].kind in DRUG_KINDS]
        return max(fit, key=lambda one: len(known.lineage(one)), default="")

    def counted(self, regimen: Regimen, concept: str, codes: Sequence[str]) -> Regimen:
        """The regimen with what its billing units hold. Units without a code are those of the code stated elsewhere
        (`codes`), else of the concept's one code.
        """
        dose = regimen.per_course or regimen.per_day
        if dose is not None and any(self._amount(concept, code) == dose for code in codes):
            # `J1569, 500 mg`: what one unit of the code holds, as its title says, and no dose.
            return replace(regimen, per_course=None, per_day=None)
        if dose is not None and dose.unit == _UNIT and (code := self._code(concept, codes)):
            supply = Supply(replace(dose, unit="1"), code=code, per="course" if regimen.per_course else "day")
            regimen = replace(regimen, per_course=None, per_day=None, supplies=(*regimen.supplies, supply))
        if not regimen.supplies:
            return regimen
        return replace(regimen, supplies=tuple(self._known(one, concept, codes) for one in regimen.supplies))

    def _known(self, supply: Supply, concept: str, codes: Sequence[str]) -> Supply:
        if supply.each is not None or supply.count.unit != "1":
            return supply
        code = supply.code or self._code(concept, codes)
        return replace(supply, code=code, each=self._amount(concept, code)) if code else supply

    def _code(self, concept: str, codes: Sequence[str]) -> str:
        """The one code that units of a concept are billed under; empty where there are several or none."""
        known = [code for code in codes if self._amount(concept, code) is not None]
        own = known or (list(self._vocabulary[concept].billed) if concept in self._vocabulary else [])
        return own[0] if len(set(own)) == 1 else ""

    def _amount(self, concept: str, code: str) -> Quantity | None:
        own = self._vocabulary[concept].billed.get(code) if concept in self._vocabulary else None
        return own or self._billed().get(code)

    def _by_code(self) -> dict[str, list[str]]:
        """Which concepts stand under each code: read from the whole vocabulary, once, for texts that state codes."""
        if self._named is None:
            self._named = {}
            for concept in self._vocabulary.concepts.values():
                for code in concept.codes.get("hcpcs", ()):
                    self._named.setdefault(code, []).append(concept.id)
        return self._named
