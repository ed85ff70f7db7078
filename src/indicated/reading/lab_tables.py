"""Tables of results: rows of cells parted by tabs, bars or runs of spaces under a row of headings.

`Test | Result | Flag | Reference | Units` in any order, a column for each day, or a row for each day with a column for
each test. Cells are found in the text as received: `View.flat` keeps no runs of spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.concept import Kind
from indicated.model.fact import Result
from indicated.model.quantity import Quantity
from indicated.reading.cells import Cell, Line, rows
from indicated.reading.found import TESTED, Measured
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.quantities import compared
from indicated.reading.ranges import unit_of_size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from indicated.model.concept import Concept
    from indicated.model.lexicon import Lexicon
    from indicated.reading.ranges import Range, Ranges
    from indicated.reading.scene import Scene, Seen

_UNIT = lazily(r"[(\[, ]+(?P<unit>[^()\[\]]{1,24}?)[)\]]*$")
_MONTH_DAY = lazily(r"(\d{1,2})[/-](\d{1,2})$")
_LEAST_CELLS = 2
_FIGURES = (NumberKind.PLAIN, NumberKind.TITRE)


class Heading(NamedTuple):
    """One column: what it holds, and the day, the place in the order of days, or the test that its heading tells."""

    holds: str
    cell: Cell
    day: date | None = None
    order: int = 0
    test: int = -1


class Table(NamedTuple):
    """The values of all rows, and where laboratories' ranges stand."""

    values: dict[int, list[Measured]]
    covers: list[tuple[int, int]]


class Tables:
    """The names of columns compiled. Immutable after construction."""

    __slots__ = ("_holds", "_lexicon", "_ranges")

    def __init__(self, lexicon: Lexicon, ranges: Ranges) -> None:
        self._lexicon = lexicon
        self._ranges = ranges
        columns = lexicon.measures.columns if lexicon.measures is not None else ()
        self._holds = {name: column.holds for column in columns for name in column.names}

    def find(self, scene: Scene) -> Table:
        """The values that stand in columns with a heading, each with the mention of its test."""
        table = Table({}, [])
        tests = [at for at, seen in enumerate(scene.seen) if seen.kind in TESTED]
        if not tests:
            return table
        headings: list[Heading] = []
        for line in rows(scene.view, self._ranges.is_unit):
            made = self._headings(scene, line.cells)
            if made or not line.near:
                headings = made
            elif not line.joined and headings and not _may_go_on(headings):
                headings = []
            elif headings and len(line.cells) >= _LEAST_CELLS and (line.joined or self._goes_on(scene, headings, line)):
                self._row(scene, headings, line, table)
        return table

    def _goes_on(self, scene: Scene, headings: Sequence[Heading], line: Line) -> bool:
        """Whether a row after blank lines is one more of the table: as many cells, a test, a figure as its value."""
        if line.counted or len(line.cells) != len(headings):
            return False
        value = line.cells[[one.holds for one in headings].index("value")]
        return bool(_tests_in(scene, line.cells[0])) and bool(scene.numbers_in(value.start, value.end))

    def _headings(self, scene: Scene, cells: Sequence[Cell]) -> list[Heading]:
        """The headings that a line is; none where it is a row. One that names a test and says what the rest hold."""
        if len(cells) < _LEAST_CELLS:
            return []
        made = [self._heading(scene, cell) for cell in cells]
        told = [one.holds for one in made]
        first = made[0].holds
        days = [one for one in made[1:] if one.holds == "day"]
        tests = [one for one in made[1:] if one.holds == "column"]
        if (
            first in ("date", "test", "")
            and days
            and len(days) >= len(made) - 1 - told.count("reference") - told.count("unit")
        ):
            if first == "" and cells[0].end > cells[0].start and not self._is_label(scene, cells[0]):
                return []
            return [made[0]._replace(holds="test"), *_ordered(made[1:])]
        if first in ("date", "day") and tests and len(tests) >= len(made) - _LEAST_CELLS:
            return made if first == "date" else []
        if "test" in told and "value" in told:
            return made
        return []

    def _is_label(self, scene: Scene, cell: Cell) -> bool:
        """Whether a cell is a mere label: no test and no figure stands in it."""
        return not _tests_in(scene, cell) and not scene.numbers_in(cell.start, cell.end)

    def _heading(self, scene: Scene, cell: Cell) -> Heading:
        text = cell.text(scene.view.flat).strip(" *_:#")
        if text in self._holds:
            return Heading(self._holds[text], cell)
        for told in scene.dates_in(cell.start, cell.end):
            return Heading("day", cell, told.on)
        short = _MONTH_DAY.match(text)
        if short is not None:
            return Heading("day", cell, None, int(short[1]) * 100 + int(short[2]))
        test = _tests_in(scene, cell)
        figures = scene.numbers_in(cell.start, cell.end)
        if test and not [one for one in figures if one.first > scene.seen[test[0]].end]:
            return Heading("column", cell, test=test[0])
        return Heading("", cell)

    def _row(self, scene: Scene, headings: Sequence[Heading], line: Line, table: Table) -> None:
        """The values of one row."""
        placed = _placed(headings, line)
        by_kind = {heading.holds: cell for heading, cell in placed if heading.holds in _SINGLE}
        ranges = [cell for heading, cell in placed if heading.holds == "reference"]
        covers = [span for cell in ranges for span in ((cell.start, cell.end), *cell.more)]
        table.covers.extend(covers)
        # What only the lower part of a name says, it is not: `Bands (Immature` with `Neutrophils)` below.
        own = next(iter(_tests_in(scene, by_kind["test"]._replace(more=()))), -1) if "test" in by_kind else -1
        day = (
            next((one.on for one in scene.dates_in(by_kind["date"].start, by_kind["date"].end)), None)
            if "date" in by_kind
            else None
        )
        told: list[tuple[int, Measured]] = []
        for heading, cell in placed:
            test = heading.test if heading.holds == "column" else own
            if heading.holds not in ("value", "day", "column") or test < 0:
                continue
            value = self._value(scene, test, cell, by_kind)
            if value is None:
                continue
            span, result = value[1], value[2]
            also = _also(heading, by_kind) if heading.holds != "value" else ()
            kept = (*(covers if heading.holds != "column" else ()), *cell.more)
            made = Measured(
                test, scene.seen[test].concept, value[0], *span, heading.day or day, result, kept, also=also
            )
            told.append((heading.order, made))
        last = max((order for order, _ in told), default=0)
        for order, made in told:
            kept_order = replace(made, earlier=True) if order and order < last else made
            table.values.setdefault(made.seen, []).append(kept_order)
        if told and "test" in by_kind:
            # The name may stand twice in one cell: `White Blood Cells (WBC)`.
            for other in _tests_in(scene, by_kind["test"]):
                table.values.setdefault(other, [])

    def _value(
        self, scene: Scene, test: int, cell: Cell, others: dict[str, Cell]
    ) -> tuple[Quantity, tuple[int, int], Result | None] | None:
        """The value in a cell, where it stands, and what its flag or range says of it."""
        seen = scene.seen[test]
        concept = self._lexicon.vocabulary[seen.concept]
        number = next((one for one in scene.numbers_in(cell.start, cell.end) if one.kind in _FIGURES), None)
        if (
            number is None
            or number.end > cell.end
            or any(one.start <= number.first < one.end for one in scene.dates_in(cell.start, cell.end))
        ):
            return None
        unit, end = self._unit(scene, concept, seen, number.first, number.end, cell, others)
        if number.kind is NumberKind.TITRE:
            unit = "{titer}" if seen.kind is Kind.ANTIBODY else ""
        held = self._held(scene, others["reference"], unit or concept.unit) if "reference" in others else None
        if not unit and held is not None:
            unit = held.value.unit
        unit = unit or unit_of_size(concept.bare, number.low, number.high)
        if not unit and (concept.unit and (held is not None or not concept.bare)):
            unit = concept.unit
        if not unit and seen.kind in (Kind.ANTIBODY, Kind.SCALE):
            unit = "1"
        if not unit:
            return None
        value = compared(number.low, number.high, unit, number.sign)
        flag = self._ranges.flag_at(scene, end, cell.end)
        if flag is None and "flag" in others:
            flag = self._ranges.flag_at(scene, others["flag"].start, others["flag"].end)
        result = flag[0] if flag is not None else None
        if held is not None and result in (None, Result.ABNORMAL):
            own = held.value if held.value.unit else replace(held.value, unit=unit)
            result = self._ranges.against(value, own) or result
        return value, (min(number.start, number.first) if number.sign else number.first, end), result

    def _held(self, scene: Scene, place: Cell, unit: str) -> Range | None:
        """The range of a cell."""
        if place.more:
            return self._ranges.range_in(place.text(scene.view.flat), place.start, place.end)
        return self._ranges.range_at(scene, place.start, place.end, unit, alone=True)

    def _unit(  # noqa: PLR0913, PLR0917 - every place where a unit may stand
        self, scene: Scene, concept: Concept, seen: Seen, first: int, end: int, cell: Cell, others: dict[str, Cell]
    ) -> tuple[str, int]:
        """The unit told with the figure, in its own column, or with the test's name; and where the value ends."""
        flat = scene.view.flat
        for item in scene.quantities_in(max(cell.start, first - 12), cell.end):
            if item.first == first and self._fits(concept, item.quantity.unit):
                return item.quantity.unit, item.end
        texts = [" ".join((flat[end : cell.end], *(flat[a:b] for a, b in cell.more)))] if cell.more else []
        texts += [flat[others["unit"].start : others["unit"].end]] if "unit" in others else []
        if "test" in others:
            named = _UNIT.search(flat[seen.end : max(seen.end, others["test"].end)])
            texts += [named["unit"]] if named is not None else []
        elif (after := _UNIT.match(flat, seen.end)) is not None:
            texts.append(after["unit"])
        for text in texts:
            unit = self._ranges.unit(text.strip())
            if unit and self._fits(concept, unit):
                return unit, end
        return "", end

    def _fits(self, concept: Concept, unit: str) -> bool:
        told = Quantity.of(1, unit)
        units = (concept.unit, *concept.also_in)
        return not concept.unit or any(self._lexicon.unit_table.convert(told, one) is not None for one in units)


def _may_go_on(headings: Sequence[Heading]) -> bool:
    """Whether a table may go on after blank lines: it has a row for each test and a column for its value."""
    told = [one.holds for one in headings]
    return told[0] == "test" and "value" in told


_SINGLE = ("test", "flag", "reference", "unit", "date")


def _ordered(days: Sequence[Heading]) -> list[Heading]:
    """Columns headed by month and day only: in the order of the calendar where they run one way."""
    orders = [one.order for one in days if one.holds == "day" and one.day is None]
    runs = len(orders) > 1 and (orders == sorted(orders) or orders == sorted(orders, reverse=True))
    return [one if runs else one._replace(order=0) for one in days]


def _also(heading: Heading, cells: dict[str, Cell]) -> tuple[tuple[int, int], ...]:
    """The headings that a value rests on, and the day of its row."""
    spans = [(heading.cell.start, heading.cell.end)]
    if heading.holds == "column" and "date" in cells:
        spans.append((cells["date"].start, cells["date"].end))
    return tuple(span for span in spans if span[0] < span[1])


def _tests_in(scene: Scene, cell: Cell) -> list[int]:
    """The mentions of tests that stand in a cell."""
    spans = ((cell.start, cell.end), *cell.more)
    return [at for span in spans for at in scene.seen_in(*span) if scene.seen[at].kind in TESTED]


def _placed(headings: Sequence[Heading], line: Line) -> list[tuple[Heading, Cell]]:
    """Each cell with its column: by count, or, where runs of spaces part them, by where they stand in the line."""
    if line.counted or len(line.cells) == len(headings):
        return list(zip(headings, line.cells, strict=False))
    lefts = [(heading, heading.cell.left) for heading in headings]
    return [(min(lefts, key=lambda one: abs(one[1] - cell.left))[0], cell) for cell in line.cells]
