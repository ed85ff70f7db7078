"""Measured values: the figures that belong to a test, each with its day, what it was held against, and its place in a
series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.concept import Kind
from indicated.model.quantity import Quantity
from indicated.reading.found import TESTED, Measured
from indicated.reading.lab_tables import Tables
from indicated.reading.numbers import NumberKind, value_of
from indicated.reading.patterns import lazily
from indicated.reading.quantities import compared
from indicated.reading.ranges import FIGURE, Ranges, any_of, unit_of_size
from indicated.reading.value_columns import before_range, is_range, is_same
from indicated.reading.value_days import day_in, give_days, in_date, undated
from indicated.reading.value_figures import before_minus, figure_after, first_of_two, signed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from indicated.model.concept import Concept
    from indicated.model.lexicon import Lexicon
    from indicated.reading.lab_tables import Table
    from indicated.reading.numbers import Number
    from indicated.reading.quantities import Found, UnitReader
    from indicated.reading.ranges import Range
    from indicated.reading.scene import Scene, Seen

_REACH = 90
_DATE_REACH = 24
_SERIES_REACH = 40
_SAME_TEST = lazily(
    r"[^;]*; ?(?:it|this|the (?:value|level|result)) (?:was|is|had|has|fell|rose)\b[^;]*|[^;]*(?:->|=>|→)[^;]*"
)
_FIGURE_NEXT = lazily(rf"[ :=|,]*(?:[<>]=? ?)?{FIGURE}")
_FIRST_GAP = lazily(r"[^;]{0,70}")
_NEXT_GAP = lazily(
    r"[^;]*\b(?:and|then|to|falling|rising|fell|rose|now|later|on|in|down|up|vs|from)\b[^;]*|[^;]*[,\n][^;]*"
)
_IS_YEAR = lazily(r"(?:19|20)\d\d")
_ARROW = r"-{0,2}>|=>|→|➔|»"
_PLAIN_DIMENSIONS = ("number", "sedimentation")
TITRE = "{titer}"


class Measures:
    """The words around values compiled for a lexicon. Immutable after construction."""

    __slots__ = ("_dated", "_ends", "_join", "_lexicon", "_link", "_moment", "_tables", "_then", "_was", "ranges")

    def __init__(self, lexicon: Lexicon, reader: UnitReader) -> None:
        words = lexicon.measures
        assert words is not None
        self._lexicon = lexicon
        self.ranges = Ranges(words, reader, lexicon.unit_table)
        self._tables = Tables(lexicon, self.ranges)
        self._link = lazily(rf"[ :=|,~)]*(?:[(]? ?(?:{any_of(words.links)})(?![\w-])[ ):=|,~]*)*[(]?")
        self._join = lazily(rf"[ ,/;|()]*(?:(?:{_ARROW}|(?:{any_of((*words.joins, *words.was))})(?![\w-]))[ ,:(]*)*")
        self._then = lazily(rf"[ ,;|)]*(?:(?:{_ARROW}|(?:{any_of(words.then)})(?![\w-]))[ ,:(]*)+")
        self._was = lazily(rf"[ ,;|(]*(?:(?:{any_of(words.was)})(?![\w-])[ ,:(]*)+(?:of |at )?")
        self._moment = lazily(
            rf" (?:{any_of(words.moments)}) [^,;:.()\d]{{1,32}}?(?= (?:{any_of(words.then)})\b|,? (?:and )?$)"
        )
        self._dated = lazily(rf" (?:{any_of(words.was)})(?:,| (?:{any_of(words.joins)})(?![\w-]))")
        self._ends = lazily(
            rf" ?(?:[,;|)\]\n(\[]|\.(?!\d)|$|{_ARROW}|\*|[↑↓]|(?:{any_of(words.follows)})(?![\w-])|/(?! ?\w)|- )"
        )

    def find(self, scene: Scene) -> Table:
        """For each mention of a test, the values that stand in its column or after it, in order."""
        table = self._tables.find(scene)
        found = table.values
        tests = [(at, seen) for at, seen in enumerate(scene.seen) if seen.kind in TESTED]
        for order, (at, seen) in enumerate(tests):
            if at in found:
                continue
            following = next(
                (other.start for _, other in tests[order + 1 : order + 6] if other.start >= seen.end), None
            )
            stop = min(scene.sentences[seen.sentence].end, len(scene.view.flat) if following is None else following)
            if (listed := self._listed(scene, tests[order : order + 5])) is not None:
                for one in listed:
                    found[one.seen] = [one]
            elif values := self._pair(scene, at, seen, stop) or self._values(scene, at, seen, stop):
                found[at] = values
        give_days(scene, found)
        table.covers.extend(span for told in found.values() for value in told for span in value.covers)
        return table

    def _values(self, scene: Scene, at: int, seen: Seen, stop: int) -> list[Measured]:
        """The values after one mention."""
        concept = self._lexicon.vocabulary[seen.concept]
        found: list[Measured] = []
        before = self.ranges.range_at(scene, seen.end, stop, concept.unit)
        if before is not None and not self._more(scene, before.end, stop):
            before = None
        last = before.end if before is not None else seen.end
        figure: Number | None = None
        for one in scene.numbers_in(last, stop):
            number = _marks(one) if seen.kind is Kind.SCALE else one
            if number.first < last or number.kind not in _KINDS or in_date(scene, number):
                continue
            item = self._quantity(scene, number, concept, seen.kind)
            gap = undated(scene, last, item.start if item is not None else number.start)
            moment = self._moment.match(gap) if found else None
            if moment is not None:
                gap = gap[moment.end() :]
            if len(gap) > _REACH:
                break
            gap, minus = before_minus(gap) if concept.below_zero else (gap, False)
            if item is not None and (passed := self._beyond(scene, at, seen, item, gap, found, figure)):
                last = passed
                continue
            told = (
                self._with_unit(item, gap, found)
                if item is not None
                else self._bare(scene, number, concept, seen.kind, found, gap, stop)
            )
            if told is None:
                figure = number if item is None and self._leads_to(number, gap) else figure
                continue
            start = item.start if item is not None else number.start if number.sign else number.first
            told, start = signed(told, start, minus)
            end = item.end if item is not None else number.end
            split = _FROM.search(gap) is not None and told.exact is None and first_of_two(scene.view.flat, number)
            if split:
                first = Quantity(told.low, told.low, told.unit)
                found.append(Measured(at, seen.concept, first, number.first, split, earlier=True))
                told, start = Quantity(told.high, told.high, told.unit), figure_after(scene.view.flat, split, end)
            value, last = self._beside(scene, Measured(at, seen.concept, told, start, end), stop, before, item, found)
            # `4 before, 2 after` and `4 before treatment, 2 after` date the value before them; `4, before 2` the next
            dated = bool(found) and (moment or self._dated.match(gap)) is not None
            if found and (dated or self._then.match(gap) is not None):
                found[-1] = replace(found[-1], earlier=True)
            earlier = bool(found) and not split and not dated and self._was.fullmatch(gap) is not None
            day = value.on or (day_in(scene, seen.end, start) if not found else None)
            found.append(replace(value, earlier=earlier, on=day))
        return found

    def _beyond(  # noqa: PLR0913, PLR0917 - a quantity with all that may stand before it
        self, scene: Scene, at: int, seen: Seen, item: Found, gap: str, found: list[Measured], figure: Number | None
    ) -> int:
        """Where a quantity ends that is no value of its own: a range, or the value before it told once more; else 0."""
        table = self._lexicon.unit_table
        if not found:
            if figure is not None and before_range(scene, figure, item):
                found.append(self._in_column(at, seen, figure, item))
                return item.end
        elif is_range(gap, found[-1].value, item.quantity, table):
            found[-1] = self._held(found[-1], item)
            return item.end
        elif is_same(gap, found[-1].value, item.quantity, table):
            return item.end
        return item.end if self.ranges.is_reference(gap) else 0

    def _leads_to(self, number: Number, gap: str) -> bool:
        """Whether a figure stands where the test's value would, though nothing tells its unit."""
        return number.kind is NumberKind.PLAIN and number.low == number.high and bool(self._link.fullmatch(gap))

    def _in_column(self, at: int, seen: Seen, figure: Number, item: Found) -> Measured:
        """The value of a figure whose unit stands with the range after it."""
        value = compared(figure.low, figure.high, item.quantity.unit, figure.sign)
        start = figure.start if figure.sign else figure.first
        return self._held(Measured(at, seen.concept, value, start, figure.end), item)

    def _held(self, one: Measured, item: Found) -> Measured:
        """A value held against the range that stands after it; half of a range says nothing."""
        result = None if item.quantity.exact is not None else self.ranges.against(one.value, item.quantity)
        return replace(one, result=one.result or result, covers=(*one.covers, (item.start, item.end)))

    def _beside(  # noqa: PLR0913, PLR0917 - a value with all that may stand around it
        self, scene: Scene, one: Measured, stop: int, before: Range | None, item: Found | None, found: list[Measured]
    ) -> tuple[Measured, int]:
        """The value with what stands beside it, and where that ends. A range before the first value is its own."""
        beside = self.ranges.after(scene, one.end, stop, one.value, sure=item is not None)
        value = one.value
        if item is None and beside.unit:
            value = replace(value, unit=beside.unit)
        result, covers = beside.result, beside.covers
        if before is not None and not found and beside.range is None:
            held = before.value if before.value.unit else replace(before.value, unit=value.unit)
            result = self.ranges.against(value, held) or result
            covers = (*covers, (before.start, before.end))
        end = max(one.end, beside.end)
        return replace(one, value=value, result=result, covers=covers, on=self._day(scene, end, stop)), end

    def _with_unit(self, item: Found, gap: str, found: Sequence[Measured]) -> Quantity | None:
        """A quantity of the test, if what stands before it leads to it."""
        if not found:
            return item.quantity if _FIRST_GAP.fullmatch(gap) is not None else None
        leads = _NEXT_GAP.fullmatch(gap) or _SAME_TEST.fullmatch(gap) or self._join.fullmatch(gap)
        return item.quantity if leads is not None else None

    def _more(self, scene: Scene, at: int, stop: int) -> bool:
        """Whether a figure follows a range told before the value."""
        match = _FIGURE_NEXT.match(scene.view.flat, at, stop)
        return match is not None

    def _quantity(self, scene: Scene, number: Number, concept: Concept, kind: Kind) -> Found | None:
        """The quantity of a number, if it is one of this test."""
        # A scale counts in plain numbers: a dose that stands near it is not its value.
        usual = concept.unit or ("1" if kind is Kind.SCALE else "")
        for item in scene.quantities_in(number.start, number.first + 1):
            if item.first != number.first:
                continue
            if kind is Kind.ANTIBODY:
                return item if item.dimension in _OF_ANTIBODIES else None
            if item.dimension == _NUMBER and (whole := self._in_thousands(item, concept)) is not None:
                return whole
            told = (usual, *concept.also_in)
            if (not usual and item.dimension not in _OF_NO_TEST) or any(
                self._lexicon.unit_table.convert(item.quantity, unit) is not None for unit in told if unit
            ):
                return item
        return None

    def _in_thousands(self, item: Found, concept: Concept) -> Found | None:
        """A figure in thousands or millions (`platelets 22K`), in the unit that the whole figure can only be in."""
        whole = self._lexicon.unit_table.convert(item.quantity, "1")
        if whole is None or whole.low is None or whole.low != whole.high:
            return None
        if item.quantity.low is None or whole.low <= item.quantity.low:  # a percentage, or a plain figure
            return None
        unit = unit_of_size(concept.bare, whole.low, whole.low)
        return replace(item, quantity=Quantity.of(whole.low, unit)) if unit else None

    def _bare(  # noqa: PLR0913, PLR0917 - a figure with all that decides whether it is a value
        self, scene: Scene, number: Number, concept: Concept, kind: Kind, found: Sequence[Measured], gap: str, stop: int
    ) -> Quantity | None:
        """A figure without unit, in the unit that it can only be in; None when it is no value of the test."""
        if number.kind is NumberKind.TITRE:
            titre = kind is Kind.ANTIBODY and not found and _FIRST_GAP.fullmatch(gap) is not None
            return _titre(scene.view.flat, number) if titre else None
        if (self._join if found else self._link).fullmatch(gap) is None or (found and not gap.strip()):
            return None
        flagged = self.ranges.flag_at(scene, number.end, stop) is not None
        units = (concept.unit, *concept.also_in)
        told = next((one for unit in units if (one := self.ranges.range_at(scene, number.end, stop, unit))), None)
        if not self._is_whole(scene, number, stop, flagged=flagged, ranged=told is not None):
            return None
        unit = told.value.unit if told is not None else ""
        unit = unit or unit_of_size(concept.bare, number.low, number.high) or self._series(scene, number, concept, stop)
        if not unit and found:
            unit = found[-1].value.unit
        if not unit and told is not None and concept.unit:
            unit = concept.unit
        if not unit and not concept.bare and self._is_plain(concept, kind):
            unit = concept.unit or "1"
        if not unit and kind is Kind.ANTIBODY and (told is not None or number.sign):
            unit = "1"
        return compared(number.low, number.high, unit, number.sign) if unit else None

    def _is_whole(self, scene: Scene, number: Number, stop: int, *, flagged: bool, ranged: bool) -> bool:
        """Whether a figure is all that is told: no year, and no unit of another kind or other words go on with it."""
        flat = scene.view.flat
        if flagged or ranged:
            return True
        if any(one.first == number.first for one in scene.quantities_in(number.start, number.first + 1)):
            return False
        if _IS_YEAR.fullmatch(flat[number.first : number.end]):
            return False
        return self._ends.match(flat, number.end) is not None or not flat[number.end : stop].strip(" |")

    def _is_plain(self, concept: Concept, kind: Kind) -> bool:
        if kind is Kind.SCALE and not concept.unit:
            return True
        unit = self._lexicon.unit_table.named(concept.unit) if concept.unit else None
        return unit is not None and unit.dimension in _PLAIN_DIMENSIONS

    def _series(self, scene: Scene, number: Number, concept: Concept, stop: int) -> str:
        """The unit that the last figure of a series has (`380 and 410 mg/dL`)."""
        flat = scene.view.flat
        for item in scene.quantities_in(number.end, min(stop, number.end + _SERIES_REACH)):
            if concept.unit and self._lexicon.unit_table.convert(item.quantity, concept.unit) is not None:
                gap = _ANY_FIGURE.sub("", flat[number.end : item.first])
                return item.quantity.unit if self._join.fullmatch(gap) is not None else ""
        return ""

    def _day(self, scene: Scene, end: int, stop: int) -> date | None:
        """The date just after a value, before the next value."""
        for told in scene.dates_in(end, min(stop, end + _DATE_REACH)):
            between = scene.numbers_in(end, told.start)
            return told.on if not between else None
        return None

    def _pair(self, scene: Scene, at: int, seen: Seen, stop: int) -> list[Measured]:
        """Two figures parted by a slash (`BP 110/70`), each the value of its own test."""
        pair = self._lexicon.vocabulary[seen.concept].pair
        if not pair:
            return []
        for number in scene.numbers_in(seen.end, stop):
            if number.kind is NumberKind.SCORE and self._link.fullmatch(undated(scene, seen.end, number.first)):
                day = self._day(scene, number.end, stop) or day_in(scene, seen.end, number.first)
                units = [self._lexicon.vocabulary[one].unit or "1" for one in pair]
                values = (Quantity.of(number.low, units[0]), Quantity.of(number.high, units[-1]))
                return [
                    Measured(at, one, value, number.first, number.end, day)
                    for one, value in zip(pair, values, strict=False)
                ]
        return []

    def _listed(self, scene: Scene, tests: Sequence[tuple[int, Seen]]) -> list[Measured] | None:
        """Tests and their values both parted by slashes (`AST/ALT 45/60`); None where they are not."""
        flat = scene.view.flat
        group = [tests[0]]
        for one in tests[1:]:
            if flat[group[-1][1].end : one[1].start].strip() != "/":
                break
            group.append(one)
        if len(group) == 1:
            return None
        link = self._link.match(flat, group[-1][1].end, scene.sentences[group[-1][1].sentence].end)
        match = _SLASHED.match(flat, link.end()) if link is not None else None
        figures = match.group().split("/") if match is not None else []
        if match is None or len(figures) != len(group):
            return None
        day = self._day(scene, match.end(), match.end() + _DATE_REACH)
        span = next((one for one in [self.ranges.unit_after(flat, match.end())] if one), "")
        made: list[Measured] = []
        for (at, seen), figure in zip(group, figures, strict=True):
            concept = self._lexicon.vocabulary[seen.concept]
            value = value_of(figure.strip())
            fits = span and concept.unit and self._lexicon.unit_table.convert(Quantity.of(1, span), concept.unit)
            unit = span if fits else unit_of_size(concept.bare, value, value)
            if not unit:
                return None
            made.append(Measured(at, seen.concept, Quantity.of(value, unit), match.start(), match.end(), day))
        return made


_KINDS = (NumberKind.PLAIN, NumberKind.TITRE)


def _marks(number: Number) -> Number:
    """What was reached out of a full mark (`52/60`), as a plain figure over the whole; other numbers as they are."""
    if number.kind is not NumberKind.SCORE or number.low > number.high:
        return number
    return replace(number, kind=NumberKind.PLAIN, high=number.low)


_FROM = lazily(r"\bfrom $")
_ANY_FIGURE = lazily(FIGURE)
_SLASHED = lazily(rf"{FIGURE}(?: ?/ ?{FIGURE})+(?![\w/])")
_OF_NO_TEST = frozenset(
    (
        *("time", "length", "area", "mass/weight", "mass/weight/time", "units/weight", "volume/weight"),
        *("tablets", "capsules", "vials", "syringes", "ampules", "patches", "puffs", "sprays", "drops", "pack years"),
    )
)
"""What no result is told in: times, sizes, and doses."""
_NUMBER = "number"
"""The dimension of plain counts."""
_OF_ANTIBODIES = frozenset(
    (
        *(
            "units/volume",
            "international units/volume",
            "substance/volume",
            "arbitrary units/volume",
            "arbitrary units",
        ),
        *("units", "international units", "index", "ratio", "gpl", "mpl", "apl", "smu", "sgu", "elisa units", "titre"),
        *("elisa units/volume", "relative units/volume", "chemiluminescent units", "fluorescence", "mass/volume"),
        *("signal to cutoff",),
    )
)


def _titre(flat: str, number: Number) -> Quantity:
    sign = flat[max(0, number.first - 2) : number.first].strip()[-1:]
    return compared(number.low, number.low, TITRE, sign if sign in ("<", ">") else "")
