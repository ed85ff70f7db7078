"""Mentions of one claim become one fact with all its passages.

Two claims are one when they say the same of the same thing on the same day: a value in another unit is the same value
(`35 kg`, `77 lb`), and a sentence that tells more of a drug's course belongs to that course (`on methotrexate`,
`methotrexate 15 mg weekly`). What differs stays apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Certainty, Time
from indicated.model.fact import Fact, Outcome, Role, Therapy, Tolerance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.quantity import Quantity, Units

_Key = tuple[object, ...]
_UNTOLD = {"outcome": Outcome.UNKNOWN, "tolerance": Tolerance.UNKNOWN, "end_reason": None, "route": "", "regimen": None}
_UNTOLD |= {"started": None, "ended": None, "duration": None}
_LOOK_BACK = 20
_BESIDE = (Role.PRIOR_STEP, Role.CONCOMITANT)


class Merge:
    """How mentions become facts. `percent`: two values in different units that are no further apart are one."""

    __slots__ = ("_percent", "_units", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary, units: Units, percent: int) -> None:
        self._vocabulary = vocabulary
        self._units = units
        self._percent = percent

    def merged(self, facts: Iterable[Fact]) -> list[Fact]:
        """One fact for each claim, in order of first appearance, with all passages and codes; now before once."""
        groups: dict[_Key, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(_key(fact), []).append(fact)
        single = [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]
        return self._joined_where(single)

    def _joined_where(self, facts: Sequence[Fact]) -> list[Fact]:
        """Without a second telling of a value in another unit, and with each drug's course told once."""
        kept: list[Fact] = []
        by_concept: dict[str, list[int]] = {}
        for fact in facts:
            if fact.value is None and fact.therapy is None:
                kept.append(fact)
                continue
            places = by_concept.setdefault(fact.concept, [])
            for at in places[-_LOOK_BACK:]:
                one = self._one(kept[at], fact)
                if one is not None:
                    kept[at] = one
                    break
            else:
                places.append(len(kept))
                kept.append(fact)
        return kept

    def _one(self, first: Fact, second: Fact) -> Fact | None:
        """Two facts as one, or None where they are two."""
        if first.therapy is not None and second.therapy is not None:
            return _one_course(first, second)
        if first.value is None or second.value is None or first.value.unit == second.value.unit:
            return None
        if replace(first, value=None, sources=second.sources, assertion=second.assertion) != replace(
            second, value=None
        ):
            return None
        if not self._same_value(first.value, second.value):
            return None
        usual = self._vocabulary[first.concept].unit if first.concept in self._vocabulary else ""
        joined = _joined((first, second))
        return replace(joined, value=second.value) if second.value.unit == usual else joined

    def _same_value(self, one: Quantity, two: Quantity) -> bool:
        same = self._units.convert(two, one.unit)
        if same is None or same.exact is None or one.exact is None:
            return same == one
        return abs(same.exact - one.exact) * 100 <= self._percent * max(abs(same.exact), abs(one.exact))


def _key(fact: Fact) -> _Key:
    said = fact.assertion
    if fact.therapy is not None:
        return (fact.concept, fact.therapy, said.polarity, fact.on)
    return (fact.concept, said.polarity, said.certainty, fact.value, fact.result, fact.course, fact.on)


def _joined(group: Sequence[Fact]) -> Fact:
    """All sources and codes; of the ways of saying it the first that speaks of now."""
    now = (fact.assertion for fact in group if fact.assertion.time is Time.CURRENT)
    sources = tuple(dict.fromkeys(source for fact in group for source in fact.sources))
    codes = tuple(dict.fromkeys(code for fact in group for code in fact.codes))
    said = next(now, group[0].assertion)
    approximate = all(fact.approximate for fact in group)
    return replace(group[0], sources=sources, assertion=said, codes=codes, approximate=approximate)


def _one_course(first: Fact, second: Fact) -> Fact | None:
    """Two tellings of a drug as one course, where neither says what the other says otherwise."""
    one, two = first.therapy, second.therapy
    if one is None or two is None or one.stage is not two.stage or first.on != second.on:
        return None
    said, other = first.assertion, second.assertion
    if said.polarity is not other.polarity or said.certainty is not other.certainty or said.voice is not other.voice:
        return None
    role = one.role if one.role is two.role else Role.CONCOMITANT
    if one.role is not two.role and not (one.role in _BESIDE and two.role in _BESIDE):
        return None
    told: dict[str, object] = {}
    for field, untold in _UNTOLD.items():
        mine, its = getattr(one, field), getattr(two, field)
        if mine != its and untold not in (mine, its):
            return None
        told[field] = its if mine == untold else mine
    return replace(_joined((first, second)), therapy=Therapy(stage=one.stage, role=role, **told))  # type: ignore[arg-type]


def strongest(facts: Sequence[Fact]) -> list[Fact]:
    """Without weaker claims (`suspected`) of a concept that is confirmed elsewhere."""
    sure = {fact.concept for fact in facts if fact.therapy is None and fact.present}
    weak = (Certainty.POSSIBLE, Certainty.PROBABLE)
    return [fact for fact in facts if fact.concept not in sure or fact.assertion.certainty not in weak or fact.therapy]
