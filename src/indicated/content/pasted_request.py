"""What a policy asks of the request itself: who prescribes, how much, how often."""

from __future__ import annotations

from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_numbers import DAYS, EVERY, LASTING, LIMIT, PERIOD, limit
from indicated.content.pasted_segments import Segment
from indicated.model.policy_words import WordRole
from indicated.model.quantity import Comparison, Quantity, Units
from indicated.model.rule import All, RequestIs, Rule

_PER_WEIGHT = "mass/weight"
_RATE_PARTS = 3


class Requests:
    """Makes the rules on the request."""

    __slots__ = ("_lexicon", "_units")

    def __init__(self, lexicon: Lexicon, units: Units) -> None:
        self._lexicon, self._units = lexicon, units

    def prescriber(self, segment: Segment) -> list[Rule]:
        """Who may prescribe."""
        names = tuple(dict.fromkeys(name for bit in segment.having(WordRole.SPECIALIST) for name in bit.values))
        return [RequestIs(prescribers=names)] if names else []

    def is_period(self, segment: Segment) -> bool:
        """Whether the segment only says how long an approval lasts."""
        length = segment.having(PERIOD, LASTING)
        return bool(length and segment.having(WordRole.PERIOD) and not segment.targets)

    def dose(self, segment: Segment, notes: list[str], placed: set[Bit], *, named: bool, other: bool) -> list[Rule]:
        """The most that may be given in a course, and how often. `other`: the figures are those of another drug."""
        about = bool(segment.having(WordRole.DOSE))
        limits = [] if other else [bit for bit in segment.having(LIMIT) if self._is_dose(bit, about=about)]
        rhythm = segment.having(EVERY, WordRole.RHYTHM)
        if not limits and not (rhythm and not named and not segment.said):
            return []
        interval = self._interval(rhythm)
        rules: list[Rule] = []
        for bit in limits:
            placed.add(bit)
            assert bit.amount is not None
            amount, every = self._per_course(bit.amount, segment)
            if amount is None:
                continue
            if not bit.values[0]:
                notes.append("dose_limit")
            sign = bit.values[0] or "<="
            rules += [RequestIs(per_course=one, interval=every or interval) for one in limit(sign, amount)]
        placed.update(segment.having(DAYS))
        if not limits and interval is not None:
            rules.append(RequestIs(interval=interval))
        return [All(tuple(rules))] if len(rules) > 1 else rules

    def _is_dose(self, bit: Bit, *, about: bool) -> bool:
        unit = self._units.named(bit.amount.unit) if bit.amount is not None and bit.amount.unit else None
        if unit is None:
            return False
        return unit.dimension.startswith(_PER_WEIGHT) or (about and unit.dimension.split("/")[0] == "mass")

    def _interval(self, rhythm: list[Bit]) -> Comparison | None:
        for bit in rhythm:
            if bit.amount is not None:
                return Comparison(">=", bit.amount)
            value, unit = bit.values[0].split()
            return Comparison(">=", Quantity.of(value, unit))
        return None

    def _per_course(self, amount: Quantity, segment: Segment) -> tuple[Quantity | None, Comparison | None]:
        """The amount of one course: as written, per week or month with that interval, per day times exact days."""
        parts = amount.unit.split("/")
        if len(parts) < _RATE_PARTS and not segment.having(WordRole.DAILY):
            return amount, None
        unit, time = ("/".join(parts[:2]), parts[2]) if len(parts) == _RATE_PARTS else (amount.unit, "d")
        if time != "d":
            return Quantity(amount.low, amount.high, unit), Comparison(">=", Quantity.of(1, time))
        days = [
            bit.amount.exact for bit in segment.having(DAYS, LASTING, PERIOD) if bit.amount and bit.amount.unit == "d"
        ]
        if not days or days[0] is None or amount.exact is None:
            return None, None
        return Quantity.of(amount.exact * days[0], unit), None
