"""Regimens: doses and their rhythm, put together from parts that stand next to each other.

Stated parts stay as stated. What has two meanings, or cannot be meant (grams written as milligrams), becomes a
`Doubt` and nothing is computed from it. `month` stays a month.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.lexicon_therapy import RegimenLexicon
from indicated.model.quantity import Units
from indicated.model.regimen import Doubt, Regimen
from indicated.reading.patterns import lazily
from indicated.reading.regimen_part import Part, PartKind
from indicated.reading.regimen_phases import chained, phases_of
from indicated.reading.rhythm import daily

if TYPE_CHECKING:
    from indicated.reading.regimen_parts import PartReader
    from indicated.reading.regimen_words import SpokenParts
    from indicated.reading.scene import Scene
    from indicated.reading.view import View

_BREAK = lazily(r"[.;!?]\s|[.;!?]$|\n|:")
_ASIDE = lazily(r"\([^()\d]*\)")
_TOKEN = lazily(r"[a-z0-9][a-z0-9.%'-]*(?:\(s\))?")
_WIDEST_GAP = 90
_OPENED = lazily(r"[ )]*[:=x,-]? ?")
_BY = lazily(r"[ (,]*(?:x|\*|@|times)? ?")
_LISTED = lazily(r"[ (]*(?:\+|,|&|and|plus|=|:)?[ (]*")
_ANCHORS = frozenset((PartKind.AMOUNT, PartKind.SUPPLY, PartKind.INTERVAL, PartKind.COURSES))
_TELLING = _ANCHORS | {PartKind.LENGTH}
_DOSES = frozenset((PartKind.AMOUNT, PartKind.SUPPLY))
_OPENERS = frozenset((PartKind.CODE, PartKind.LOADING, PartKind.MAINTENANCE, PartKind.WEIGHT, PartKind.BASIS))
_CUTS = frozenset((PartKind.THEN, PartKind.LOADING, PartKind.MAINTENANCE, PartKind.STEP))
_IDLE = frozenset((PartKind.NOTE, PartKind.MAINTENANCE, PartKind.STEP))
_IDLE_AT_END = frozenset((PartKind.LOADING, PartKind.MAXIMUM, PartKind.ROUNDED, PartKind.CODE))


class RegimenFound(Struct, frozen=True):
    """A regimen at `start` to `end` of `flat`; `amounts` are the spans of its doses. `part` is `loading` or
    `maintenance` where that is all it is said to be.
    """

    regimen: Regimen
    start: int
    end: int
    amounts: tuple[tuple[int, int], ...] = ()
    part: PartKind | None = None

    @property
    def dosed(self) -> bool:
        """Whether it states an amount."""
        return bool(self.amounts)


class RegimenReader:
    """The grammar compiled. Immutable after construction."""

    __slots__ = ("_again", "_glue", "_lexicon", "_parts", "_rounded", "_units")

    def __init__(self, lexicon: RegimenLexicon, units: Units, parts: PartReader) -> None:
        self._lexicon = lexicon
        self._units = units
        self._parts = parts
        self._glue = frozenset(lexicon.glue)
        self._rounded = frozenset(lexicon.rounds)
        self._again = self._rounded | frozenset(lexicon.restates)

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
        parts = [part for part in parts if not _of_a_name(view.flat, part, names)]
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
            if any(item.kind not in _IDLE for item in group) and self._joins(flat, group, part, names):
                group.append(part)
            else:
                groups.append([part])
        return groups

    def _joins(self, flat: str, group: Sequence[Part], part: Part, names: Sequence[tuple[int, int]]) -> bool:
        gap_start, gap_end = group[-1].end, part.start
        gap = _ASIDE.sub(lambda aside: " " * len(aside.group()), flat[gap_start:gap_end])
        if group[-1].kind in _OPENERS and (opened := _OPENED.match(gap)):
            gap = " " * opened.end() + gap[opened.end() :]
        on_days = part.kind is PartKind.AMOUNT and group[-1].kind is PartKind.NOTE and group[-1].code == "on"
        if on_days and (listed := _LISTED.match(gap)):
            gap = " " * listed.end() + gap[listed.end() :]
        if part.moment and group[-1].moment and (listed := _LISTED.match(gap)):
            gap = " " * listed.end() + gap[listed.end() :]
        if part.kind is PartKind.WEIGHT and (by := _BY.match(gap)):
            gap = " " * by.end() + gap[by.end() :]
        if part.kind is PartKind.MAINTENANCE and any(item.kind in _DOSES for item in group):
            gap = gap.replace(";", " ").replace(". ", "  ").replace("\n", " ")
        if gap_end - gap_start > _WIDEST_GAP or _BREAK.search(gap):
            return False
        named = names[bisect_left(names, (gap_start, 0)) : bisect_left(names, (gap_end, 0))]
        for token in _TOKEN.finditer(gap):
            at, to = gap_start + token.start(), gap_start + token.end()
            inside = any(first <= at and to <= last for first, last in named)
            word = gap[token.start() : token.end()].strip()
            if word and not inside and word.rstrip(".'-") not in self._glue:
                return False
        if named and group[-1].kind is PartKind.THEN and _another(flat, names, named):
            return False
        return self._has_room(gap, group, part, named=bool(named))

    def _has_room(self, gap: str, group: Sequence[Part], part: Part, *, named: bool) -> bool:
        """Whether the part can be another part of the same regimen."""
        on_days = part.kind is PartKind.AMOUNT and group[-1].kind is PartKind.NOTE and group[-1].code == "on"
        if (
            on_days
            or any(item.kind in _CUTS for item in group)
            or part.kind in _CUTS
            or group[-1].kind is PartKind.ROUNDED
        ):
            return True
        doses = [item for item in group if item.kind is PartKind.AMOUNT]
        if part.kind is PartKind.SUPPLY or (part.kind is PartKind.AMOUNT and group[-1].kind is PartKind.SUPPLY):
            beside = group[-1].kind not in _DOSES or _LISTED.fullmatch(gap) is not None
            return not named and beside and (part.kind is PartKind.SUPPLY or not doses)
        if part.kind is PartKind.WEIGHT:
            return bool(doses) and not named
        if part.kind is PartKind.AMOUNT and doses:
            if any(item.kind is PartKind.MAXIMUM for item in group):
                return not named
            weighed = any(item.kind is PartKind.WEIGHT for item in group[-2:]) and group[-1].kind in _OPENERS
            return self._restated("" if weighed and not gap.strip(" (") else gap, doses[-1], part) and not named
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
        """`2 g/kg (70 g)`: the same dose in other words: of another dimension, or per another time, or rounded, in
        brackets or after `=`, `or`, `total`.
        """
        if dose.value is None or part.value is None:
            return False
        if dose.value.unit.startswith("{") or part.value.unit.startswith("{"):
            return False
        units = self._parts.units
        words = gap.strip(" ,(/=-:;~").removesuffix(".")
        other = units.dimension(dose.value.unit) != units.dimension(part.value.unit)
        per = dose.code != part.code and ({dose.code, part.code} & {"day", "course"}) and "(" in gap
        return bool(other or per or words in self._rounded) and (
            words in self._again or (not words and gap.strip(" ") != ",")
        )

    def _built(self, view: View, group: Sequence[Part]) -> RegimenFound | None:
        group = _without_idle_end(group)
        if not any(part.kind in _DOSES for part in group):
            # Without a dose a weight is not one's, and `at night` says when something was felt.
            group = [part for part in group if part.kind is not PartKind.WEIGHT and not part.moment]
        kinds = {part.kind for part in group}
        lasting = any(part.code == "lasting" for part in group)
        if not (kinds & _ANCHORS or lasting):
            return None
        start, end = group[0].start, group[-1].end
        phases = phases_of(group, self._parts.units)
        kept = [phase for phase in phases if any(part.kind in _TELLING for part in phase)]
        if not kept:
            return None
        passage = view.passage(start, end)
        loaded = bool(kinds & {PartKind.LOADING, PartKind.MAINTENANCE})
        regimen = chained(kept, self._lexicon, self._units, loaded=loaded)
        doubts = tuple(Doubt("ambiguous", view.passage(part.start, part.end)) for part in group if part.ambiguous)
        if kept[2:] or PartKind.STEP in kinds:
            doubts += (Doubt("phases", passage),)
        regimen = replace(regimen, doubts=(*regimen.doubts, *doubts), passages=(passage,))
        spans = tuple((part.start, part.end) for part in group if part.kind in _DOSES)
        part = next((part.kind for part in group if part.kind in (PartKind.LOADING, PartKind.MAINTENANCE)), None)
        return RegimenFound(regimen, start, end, spans, part if len(kept) == 1 else None)


def _of_a_name(flat: str, part: Part, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a part begins inside a word of a name: the `/D` of a product is no rhythm, a `monthly` before it is."""
    at = bisect_left(names, (part.start, 0)) - 1
    return at >= 0 and names[at][0] < part.start < names[at][1] and not flat[part.start - 1].isspace()


def _another(flat: str, names: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> bool:
    """Whether a name in a gap is another one than the name before it (`A 15 mg weekly, then B 150 mg`)."""
    before = names[bisect_left(names, named[0]) - 1 : bisect_left(names, named[0])]
    return any(flat[slice(*one)] != flat[slice(*named[0])] for one in before)


def _without_idle_end(group: Sequence[Part]) -> Sequence[Part]:
    """The group without a last `then` or step that nothing but a route or a limit follows, and idle words after."""
    cut = (PartKind.THEN, PartKind.STEP)
    last = max((at for at, part in enumerate(group) if part.kind in cut), default=None)
    if last is not None and not any(part.kind in _ANCHORS for part in group[last:]):
        group = group[:last]
    while group and group[-1].kind in _IDLE_AT_END:
        group = group[:-1]
    return group
