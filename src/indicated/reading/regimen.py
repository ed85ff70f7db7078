"""Regimens: doses and their rhythm, put together from parts that stand next to each other.

Stated parts stay as stated. What has two meanings, or cannot be meant (grams written as milligrams), becomes a
`Doubt` and nothing is computed from it. `month` stays a month.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.lexicon_therapy import RegimenLexicon
from indicated.model.quantity import Quantity, Units
from indicated.model.regimen import Doubt, Regimen
from indicated.reading.patterns import lazily
from indicated.reading.regimen_parts import Part, PartKind, PartReader, SpokenParts
from indicated.reading.rhythm import DAY, Rhythm, daily

if TYPE_CHECKING:
    from indicated.reading.scene import Scene
    from indicated.reading.view import View

_BREAK = lazily(r"[.;!?]\s|[.;!?]$|\n|:")
_ASIDE = lazily(r"\([^()\d]*\)")
_TOKEN = lazily(r"[a-z0-9][a-z0-9.%'-]*(?:\(s\))?")
_WIDEST_GAP = 90


class RegimenFound(Struct, frozen=True):
    """A regimen at `start` to `end` of `flat`; `amounts` are the spans of its doses."""

    regimen: Regimen
    start: int
    end: int
    amounts: tuple[tuple[int, int], ...] = ()

    @property
    def dosed(self) -> bool:
        """Whether it states an amount."""
        return bool(self.amounts)


class RegimenReader:
    """The grammar compiled. Immutable after construction."""

    __slots__ = ("_glue", "_lexicon", "_parts", "_units")

    def __init__(self, lexicon: RegimenLexicon, units: Units, parts: PartReader) -> None:
        self._lexicon = lexicon
        self._units = units
        self._parts = parts
        self._glue = frozenset(lexicon.glue)

    def find(
        self,
        view: View,
        start: int = 0,
        end: int | None = None,
        names: Sequence[tuple[int, int]] = (),
        scene: Scene | None = None,
    ) -> tuple[RegimenFound, ...]:
        """Every regimen between `start` and `end`. `names` are spans of treatments, which may stand inside one;
        `scene` is the view taken apart, where it is.
        """
        stop = len(view.flat) if end is None else end
        spoken = self.spoken(view) if scene is None else scene.spoken
        numbers = None if scene is None else scene.numbers_from(start, stop)
        parts = self._parts.find(view.flat[start:stop], start, spoken, numbers)
        found = (self._built(view, group) for group in self._groups(view.flat, parts, names))
        return tuple(item for item in found if item is not None)

    def spoken(self, view: View) -> SpokenParts:
        """The parts of a view that are words alone, found once for all its sentences."""
        return self._parts.spoken(view)

    def route_beside(self, flat: str, start: int, end: int, spoken: SpokenParts) -> str:
        """The route said right before or right after a drug at `start` to `end`; empty when none is."""
        return self._parts.route_beside(flat, start, end, spoken)

    def _groups(self, flat: str, parts: Sequence[Part], names: Sequence[tuple[int, int]]) -> list[list[Part]]:
        """Parts that belong together: only glue and names between them, and no second dose without a `then`."""
        groups: list[list[Part]] = []
        for part in parts:
            group = groups[-1] if groups else []
            if any(item.kind is not PartKind.NOTE for item in group) and self._joins(flat, group, part, names):
                group.append(part)
            else:
                groups.append([part])
        return groups

    def _joins(self, flat: str, group: Sequence[Part], part: Part, names: Sequence[tuple[int, int]]) -> bool:
        gap_start, gap_end = group[-1].end, part.start
        gap = _ASIDE.sub(lambda aside: " " * len(aside.group()), flat[gap_start:gap_end])
        if gap_end - gap_start > _WIDEST_GAP or _BREAK.search(gap):
            return False
        named = names[bisect_left(names, (gap_start, 0)) : bisect_left(names, (gap_end, 0))]
        for token in _TOKEN.finditer(gap):
            at, to = gap_start + token.start(), gap_start + token.end()
            inside = any(first <= at and to <= last for first, last in named)
            if not inside and token.group().rstrip(".'-") not in self._glue:
                return False
        if named and group[-1].kind is PartKind.THEN and _another(flat, names, named):
            return False
        return self._has_room(gap, group, part, named=bool(named))

    def _has_room(self, gap: str, group: Sequence[Part], part: Part, *, named: bool) -> bool:
        """Whether the part can be another part of the same regimen."""
        if any(item.kind in (PartKind.THEN, PartKind.LOADING) for item in group) or part.kind is PartKind.THEN:
            return True
        doses = [item for item in group if item.kind is PartKind.AMOUNT]
        if part.kind is PartKind.AMOUNT and doses:
            if any(item.kind is PartKind.MAXIMUM for item in group):
                return not named
            return self._restated(gap, doses[-1], part) and not named
        if part.kind is PartKind.INTERVAL and not daily(part):
            return all(item.kind is not PartKind.INTERVAL or daily(item) for item in group)
        return not (
            named
            and part.kind is not PartKind.ROUTE
            and not any(i.kind is PartKind.AMOUNT for i in group[-1:])
            and doses
            and "," in gap
        )

    def _restated(self, gap: str, dose: Part, part: Part) -> bool:
        """`2 g/kg (70 g)`: the same dose in other words, of another dimension, in brackets or after `=` or `or`."""
        if dose.value is None or part.value is None:
            return False
        units = self._parts.units
        other = units.dimension(dose.value.unit) != units.dimension(part.value.unit)
        return other and gap.strip() in ("(", "=", "/", ", total", "- total", "or", "(total", "i.e.", "(=")

    def _built(self, view: View, group: Sequence[Part]) -> RegimenFound | None:
        anchors = (PartKind.AMOUNT, PartKind.INTERVAL, PartKind.COURSES)
        group = _without_idle_end(group, anchors)
        if not any(part.kind in anchors for part in group):
            return None
        start, end = group[0].start, group[-1].end
        phases = [phase for phase in _phases(group) if any(part.kind in (*anchors, PartKind.LENGTH) for part in phase)]
        passage = view.passage(start, end)
        regimen = self._chained(phases)
        doubts = tuple(Doubt("ambiguous", view.passage(part.start, part.end)) for part in group if part.ambiguous)
        if phases[2:]:
            doubts += (Doubt("phases", passage),)
        regimen = replace(regimen, doubts=(*regimen.doubts, *doubts), passages=(passage,))
        spans = tuple((part.start, part.end) for part in group if part.kind is PartKind.AMOUNT)
        return RegimenFound(regimen, start, end, spans)

    def _chained(self, phases: Sequence[Sequence[Part]]) -> Regimen:
        """One regimen of all phases: the last is what goes on, what came before it is its loading."""
        if (merged := self._one_after_another(phases)) is not None:
            return merged
        whole: Regimen | None = None
        for phase in phases:
            part = self._phase(phase)
            if whole is not None:
                dose = part.per_course or part.per_day
                same = {} if dose else {"per_day": whole.per_day, "per_course": whole.per_course, "days": whole.days}
                part = replace(part, loading=whole, route=part.route or whole.route, **same)
            whole = part
        assert whole is not None
        return whole

    def _one_after_another(self, phases: Sequence[Sequence[Part]]) -> Regimen | None:
        """`40 g then 50 g over 2 days`: one dose a day, as many as there are days."""
        doses = [[part for part in phase if part.kind is PartKind.AMOUNT] for phase in phases]
        early = [part for phase in phases[:-1] for part in phase]
        if not phases[1:] or any(len(dose) != 1 for dose in doses):
            return None
        if any(part.kind not in (PartKind.AMOUNT, PartKind.ROUTE, PartKind.THEN, PartKind.NOTE) for part in early):
            return None
        whole = self._phase(phases[-1])
        values = [dose[0].value for dose in doses]
        exact = [value.exact for value in values if value is not None and value.exact is not None]
        units = {value.unit for value in values if value is not None}
        if whole.days is None or whole.days.exact != len(doses) or len(exact) != len(doses) or len(units) != 1:
            return None
        unit = units.pop()
        each = Quantity(min(exact), max(exact), unit)
        return replace(whole, per_day=each, per_course=Quantity.of(sum(exact, Decimal(0)), unit))

    def _phase(self, parts: Sequence[Part]) -> Regimen:
        """One phase of a schedule as a regimen."""
        rhythm = Rhythm.of(parts, self._lexicon, self._units)
        amount, most = self._dose(parts)
        route = next((part.code for part in parts if part.kind is PartKind.ROUTE), "")
        plain = Regimen(
            days=rhythm.days,
            interval=rhythm.interval,
            courses=rhythm.courses,
            duration=rhythm.duration,
            route=route,
            maximum=most,
        )
        if amount is None or amount.value is None:
            return plain
        each_day = amount.code == "day" or (amount.code != "course" and rhythm.each and not rhythm.spread)
        if not each_day:
            return replace(plain, per_course=amount.value)
        if amount.code == "day" and rhythm.days is None and rhythm.interval is None:
            return replace(plain, per_day=amount.value, interval=DAY if rhythm.duration else None)
        return replace(plain, per_day=_multiplied(amount.value, rhythm.times if amount.code != "day" else 1))

    def _dose(self, parts: Sequence[Part]) -> tuple[Part | None, Quantity | None]:
        """The dose of a phase (per body weight where it is stated twice) and its stated maximum."""
        doses: list[Part] = []
        most: Quantity | None = None
        limit = False
        for part in parts:
            limit = limit or part.kind is PartKind.MAXIMUM
            if part.kind is PartKind.AMOUNT and limit:
                most, limit = part.value, False
            elif part.kind is PartKind.AMOUNT:
                doses.append(part)
        per_body = [part for part in doses if part.value is not None and "/" in part.value.unit]
        return next(iter(per_body or doses), None), most


def _multiplied(amount: Quantity, times: int) -> Quantity:
    low, high = amount.low, amount.high
    return replace(amount, low=None if low is None else low * times, high=None if high is None else high * times)


def _another(flat: str, names: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> bool:
    """Whether a name in a gap is another one than the name before it (`A 15 mg weekly, then B 150 mg`)."""
    before = names[bisect_left(names, named[0]) - 1 : bisect_left(names, named[0])]
    return any(flat[slice(*one)] != flat[slice(*named[0])] for one in before)


def _without_idle_end(group: Sequence[Part], anchors: Sequence[PartKind]) -> Sequence[Part]:
    """The group without a last `then` that nothing but a route or a limit follows."""
    last = max((at for at, part in enumerate(group) if part.kind is PartKind.THEN), default=None)
    if last is not None and not any(part.kind in anchors for part in group[last:]):
        group = group[:last]
    while group and group[-1].kind in (PartKind.LOADING, PartKind.MAXIMUM):
        group = group[:-1]
    return group


def _phases(group: Sequence[Part]) -> list[list[Part]]:
    """The group cut at each `then`, and at the dose after a loading dose."""
    phases: list[list[Part]] = [[]]
    loading = False
    for part in group:
        dosed = any(item.kind is PartKind.AMOUNT for item in phases[-1])
        if part.kind is PartKind.THEN:
            phases.append([])
            loading = False
        elif part.kind is PartKind.LOADING:
            loading = True
        elif part.kind is PartKind.AMOUNT and dosed and loading:
            phases.append([part])
            loading = False
        else:
            phases[-1].append(part)
    return [phase for phase in phases if phase]
