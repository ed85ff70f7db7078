"""Numbers with what stands beside them: limits, windows, durations, repeats, intervals, counts."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from indicated.content.pasted_bits import CLOSE, CONCEPT, OPEN
from indicated.content.pasted_lexicon import NUMBER, Bit, Lexicon
from indicated.model.policy_words import WordRole
from indicated.model.quantity import Comparison, Quantity, Units

LIMIT, COUNT, WINDOW, LASTING, TIMES, APART, EVERY, DAYS, AGE_LIMIT, UNREAD, PERIOD = (
    "limit", "count", "window", "lasting_for", "times_of", "apart_by", "every_of", "over_days", "age_limit", "unread",
    "period_of",
)  # fmt: skip
"""Roles of bits made here: they replace a number and the words around it. `unread` is a figure nobody could place."""

_UNIT_WORDS = 5
_UNIT_STOPS = frozenset((
    "for", "in", "over", "with", "and", "or", "to", "if", "every", "per", "at", "of", "within", "x", "times", "daily",
))  # fmt: skip
_NEAR = 12
_AHEAD = 40
_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}


class Numbers:
    """Reads the numbers of one line's bits into limits and the like."""

    __slots__ = ("_bits", "_lexicon", "_text", "_units")

    def __init__(self, bits: list[Bit], text: str, units: Units, lexicon: Lexicon) -> None:
        self._bits, self._text, self._units, self._lexicon = bits, text, units, lexicon

    def read(self, end: int) -> list[Bit]:
        """The bits with every number replaced; the line ends at `end`."""
        made: list[Bit] = []
        at = 0
        while at < len(self._bits):
            bit = self._bits[at]
            if bit.role != NUMBER:
                made.append(_joining(bit, self._text) if bit.role == WordRole.SUFFIX else bit)
                at += 1
                continue
            at = self._number(at, made, end)
        return made

    def _number(self, at: int, made: list[Bit], line_end: int) -> int:
        """Replace one number and its neighbours; the index of the next bit to look at."""
        bit = self._bits[at]
        amount = bit.amount or Quantity.of(Decimal(bit.values[-1]), "")
        at = self._skip_repeat(at, amount)
        unit, stop = self._unit(self._bits[at].end, line_end)
        rest, aged = at + 1, False
        while rest < len(self._bits) and self._bits[rest].start < stop:
            aged = aged or (self._bits[rest].role == WordRole.AGE and self._bits[rest].end > stop)
            stop = max(stop, self._bits[rest].end) if self._bits[rest].role == WordRole.AGE else stop
            rest += 1
        before = made[-1] if made and self._near(made[-1].end, bit.start) else None
        after = self._bits[rest] if rest < len(self._bits) and self._near(stop, self._bits[rest].start) else None
        if "titre" in bit.values:
            unit = "1"
        found = self._placed(Quantity(amount.low, amount.high, unit), before, after, bit.start, stop)
        if found.bit.role == LIMIT and not unit and self._counts(rest, before):
            found = found._replace(bit=found.bit._replace(role=COUNT, values=(str(amount.low), *found.bit.values)))
        if found.bit.role == WINDOW and self._of_event(rest + found.eats_after, found.bit.end):
            found = found._replace(bit=found.bit._replace(role=UNREAD))
        for _ in range(found.eats_before):
            made.pop()
        found = self._inverted(found, made)
        made.append(found.bit._replace(role=AGE_LIMIT) if aged and found.bit.role == PERIOD else found.bit)
        return rest + found.eats_after

    def _of_event(self, at: int, end: int) -> bool:
        """Whether a time is told from an event (`within 2 weeks of delivery`) and not from today."""
        if at >= len(self._bits) or self._bits[at].role != WordRole.PREPOSITION:
            return False
        bit = self._bits[at]
        if self._text[end : bit.start].strip():
            return False
        named = self._text[bit.end : bit.end + _AHEAD].split()[:2]
        return any(word.strip(".,;:()") not in self._lexicon.stop for word in named)

    def _counts(self, at: int, before: Bit | None) -> bool:
        """Whether `two or more` counts what is named next."""
        if at + 1 >= len(self._bits) or (before is not None and before.role in (CONCEPT, WordRole.AGE)):
            return False
        suffix, named = self._bits[at], self._bits[at + 1]
        return suffix.role == WordRole.SUFFIX and named.role == CONCEPT and self._near(suffix.end, named.start)

    def _inverted(self, found: _Placed, made: list[Bit]) -> _Placed:
        """`not greater than` is at most: a denial straight before a signed limit turns its sign."""
        bit = found.bit
        sign = bit.values[0] if bit.values and bit.role in (LIMIT, AGE_LIMIT, PERIOD) else ""
        denied = bool(made) and made[-1].role == WordRole.NOT and not self._text[made[-1].end : bit.start].strip()
        if sign not in _OPPOSITE or not denied:
            return found
        start = made.pop().start
        return found._replace(bit=bit._replace(start=start, values=(_OPPOSITE[sign],)))

    def _skip_repeat(self, at: int, amount: Quantity) -> int:
        """`two (2)` is one number."""
        after = self._bits[at + 1 : at + 4]
        if [bit.role for bit in after] == [OPEN, NUMBER, CLOSE] and (after[1].amount is not None):
            same = after[1].amount.exact == amount.exact and not self._text[after[0].end : after[1].start].strip()
            if same and not self._text[self._bits[at].end : after[0].start].strip():
                return at + 3
        return at

    def _unit(self, start: int, line_end: int) -> tuple[str, int]:
        """The longest unit that the words after `start` spell, and where it ends."""
        tail = self._text[start : min(line_end, start + 60)]
        lead = len(tail) - len(tail.lstrip(" -"))
        words: list[tuple[str, int]] = []
        at = lead
        for word in tail[lead:].split(" ")[:_UNIT_WORDS]:
            at = tail.index(word, at) + len(word)
            words.append((word, at))
        for count in range(len(words), 0, -1):
            spelled = " ".join(word for word, _ in words[:count])
            for trim in (
                spelled,
                spelled.rstrip(".,;:)("),
                spelled.split("-")[0],
                spelled.rstrip(".,;:)(").removesuffix("'s"),
            ):
                if trim and trim.split(" ")[-1] not in _UNIT_STOPS and (unit := self._named(trim)):
                    return unit, start + words[count - 1][1] - (len(spelled) - len(trim))
        return "", start

    def _named(self, spelled: str) -> str:
        short = spelled.replace(" per ", "/").replace(" ", "")
        power = short.removeprefix("x").replace("^", "*")
        for text in (spelled, spelled.replace(" per ", "/"), short, power):
            unit = self._units.named(text)
            if unit is not None:
                return unit.code
        return ""

    def _near(self, end: int, start: int) -> bool:
        """Whether only words that ask for nothing stand between."""
        between = self._text[end:start].split()
        return len(between) <= _NEAR and all(word.strip(".,") in self._lexicon.stop for word in between)

    def _is_time(self, unit: str) -> bool:
        named, day = self._units.named(unit) if unit else None, self._units.named("d")
        return named is not None and day is not None and named.dimension == day.dimension

    def _placed(self, amount: Quantity, before: Bit | None, after: Bit | None, start: int, end: int) -> _Placed:
        """What the number is, by its unit and its neighbours."""
        timed = self._is_time(amount.unit)
        around = _Around("", start, end)
        if before is not None and _signs(before, timed=timed):
            around = _Around(before.values[0], before.start, end, before=1)
            before = None
        if after is not None and after.role == WordRole.SUFFIX and not around.sign:
            around = around._replace(sign=after.values[0], high=after.end, after=1)
            after = None
        if timed:
            return _time(amount, around, before, after)
        role = after.role if after is not None and not amount.unit else ""
        if role == WordRole.TIMES and after is not None:
            return around.take(TIMES, (str(amount.low),), after=after)
        if role == WordRole.MULTIPLE and after is not None:
            return around.take(UNREAD, after=after)
        if role == CONCEPT and amount.exact == int(amount.low or 0):
            return around.take(COUNT, (str(amount.low), around.sign))
        return around.take(LIMIT, (around.sign,), amount)


class _Placed(NamedTuple):
    """A bit made, and how many bits before and after it took."""

    bit: Bit
    eats_before: int
    eats_after: int


class _Around(NamedTuple):
    """The sign of a number, where it and what belongs to it begin and end, and how many bits that took."""

    sign: str
    low: int
    high: int
    before: int = 0
    after: int = 0

    def take(
        self, role: str, values: tuple[str, ...] = (), amount: Quantity | None = None, after: Bit | None = None
    ) -> _Placed:
        """The bit made of the number; `after` is taken in as well."""
        end = after.end if after is not None else self.high
        bit = Bit(self.low, end, role, values, amount=amount)
        return _Placed(bit, self.before, self.after + (after is not None))


def _signs(before: Bit, *, timed: bool) -> bool:
    """Whether the bit before a number gives its sign; `of at least` does so unless a time follows."""
    return before.role == WordRole.SIGN or (before.role == WordRole.LASTING and bool(before.values) and not timed)


def _time(amount: Quantity, around: _Around, before: Bit | None, after: Bit | None) -> _Placed:
    """A number of days, weeks, months or years."""
    least = Quantity(amount.low, amount.low, amount.unit)
    if before is not None and before.role in _TIMED:
        value = Quantity(amount.high, amount.high, amount.unit) if before.role == WordRole.WITHIN else least
        return around._replace(low=before.start, before=1).take(_TIMED[before.role], amount=value)
    if around.sign == ">" and amount.exact is None:
        return around.take(DAYS, amount=amount)
    if after is not None and after.role == WordRole.APART:
        return around.take(APART, amount=least, after=after)
    if after is not None and after.role == WordRole.AGE:
        return around.take(AGE_LIMIT, (around.sign,), amount, after)
    return around.take(PERIOD, (around.sign,), amount)


_TIMED: dict[str, str] = {
    WordRole.WITHIN: WINDOW,
    WordRole.LASTING: LASTING,
    WordRole.EVERY: EVERY,
    WordRole.OVER: DAYS,
}


def _joining(suffix: Bit, text: str) -> Bit:
    """`or lower` without a number before it is an `or`."""
    for role in (WordRole.AND, WordRole.OR):
        if text.startswith(f"{role} ", suffix.start):
            return Bit(suffix.start, suffix.start + len(role), role.value)
    return suffix


def limit(sign: str, amount: Quantity, default: str = "=") -> tuple[Comparison, ...]:
    """The comparisons that a signed amount asks for: one, or two for a range."""
    if amount.exact is not None:
        return (Comparison(sign or default, amount),)
    assert amount.low is not None
    assert amount.high is not None
    low, high = Quantity.of(amount.low, amount.unit), Quantity.of(amount.high, amount.unit)
    if sign.startswith(">"):
        return (Comparison(sign, low),)
    if sign.startswith("<"):
        return (Comparison(sign, high),)
    return (Comparison(">=", low), Comparison("<=", high))
