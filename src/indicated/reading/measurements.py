"""Measured values: the quantity that follows a lab, with its date, and findings graded out of a full mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Polarity
from indicated.model.concept import Kind
from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.series import begins, earlier, ends_of, further

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indicated.model.lexicon import Grade, Lexicon
    from indicated.reading.numbers import Number
    from indicated.reading.quantities import Found
    from indicated.reading.scene import Scene, Seen

_REACH = 90
_SAME_TEST = lazily(
    r"[^;]*; ?(?:it|this|the (?:value|level|result)) (?:was|is|had|has|fell|rose)\b[^;]*|[^;]*(?:->|=>)[^;]*"
)
_FIRST_GAP = lazily(r"[^;]{0,70}")
_NEXT_GAP = lazily(
    r"[^;]*\b(?:and|then|to|falling|rising|fell|rose|now|later|on|in|down|up|vs|from)\b[^;]*|[^;]*[,\n][^;]*"
)
_REFERENCE = lazily(r"(?:\b(?:reference|ref|normal|range|nl|rr|limit|expected)\b[^,;]{0,20}|[(\[][^)\],;]{0,12})$")
_DATE_REACH = 24
_MEASURED = frozenset((Kind.LAB, Kind.SCALE))


class Measured(Struct, frozen=True):
    """A value of mention number `seen`, standing at `start` to `end`, with its day if one is told. `earlier`: a later
    one is told with it (`4500 -> 180`).
    """

    seen: int
    value: Quantity
    start: int
    end: int
    on: date | None
    earlier: bool = False


def measured(scene: Scene, lexicon: Lexicon) -> dict[int, list[Measured]]:
    """For each mention of a lab or scale, the values that stand after it, in order."""
    found: dict[int, list[Measured]] = {}
    tests = [(at, seen) for at, seen in enumerate(scene.seen) if seen.kind in _MEASURED]
    for order, (at, seen) in enumerate(tests):
        following = tests[order + 1][1].start if order + 1 < len(tests) else len(scene.view.flat)
        stop = min(scene.sentences[seen.sentence].end, following if following > seen.end else seen.end + _REACH)
        values = _values(scene, lexicon, at, seen, stop)
        if values:
            found[at] = values
    return found


def _values(scene: Scene, lexicon: Lexicon, at: int, seen: Seen, stop: int) -> list[Measured]:
    units = lexicon.unit_table
    # A scale counts in plain numbers: a dose that stands near it is not its value.
    usual = lexicon.vocabulary[seen.concept].unit or ("1" if seen.kind is Kind.SCALE else "")
    found: list[Measured] = []
    last = seen.end
    flat = scene.view.flat
    for item in scene.quantities_in(seen.end, stop):
        if usual and units.convert(item.quantity, usual) is None:
            continue
        gap = flat[last : item.start]
        if len(gap) > _REACH or (_REFERENCE.search(gap) and found):
            continue
        joined = found and _SAME_TEST.fullmatch(gap)
        if not (joined or (_NEXT_GAP if found else _FIRST_GAP).fullmatch(gap)) or _is_reference(
            item, gap, first=not found
        ):
            continue
        if not found and (ends := ends_of(item.quantity, gap)) is not None:
            found += [Measured(at, end, item.start, item.end, None) for end in ends]
            return [replace(found[0], earlier=True), found[1]]
        value, start = _beside_range(scene, item, last) if not found else (item.quantity, item.start)
        found.append(Measured(at, value, start, item.end, _dated(scene, item, stop)))
        last = item.end
    return _in_time(flat, seen, found or _bare(scene, lexicon, at, seen, stop))


def _in_time(flat: str, seen: Seen, found: list[Measured]) -> list[Measured]:
    """The values, the earlier ones marked where words tell of a change and no days do."""
    if any(one.on is not None for one in found):
        return found
    before = earlier(flat, [(one.start, one.end) for one in found], seen.end)
    return [replace(one, earlier=at < before) for at, one in enumerate(found)] if before else found


def _beside_range(scene: Scene, item: Found, after: int) -> tuple[Quantity, int]:
    """`620 (700-1600 mg/dL)`: the bare number is the value, in the unit of the range it is held against."""
    bare = [
        one for one in scene.numbers_in(after, item.start) if one.kind is NumberKind.PLAIN and one.end <= item.start
    ]
    told = item.quantity
    table = (
        len(bare) == 1
        and not scene.view.flat[after : bare[0].first].strip(" :=)")
        and not scene.view.flat[bare[0].end : item.first].strip(" ([")
    )
    if table or (told.low is not None and told.high is not None and told.exact is None and len(bare) == 1):
        return Quantity(bare[0].low, bare[0].high, item.quantity.unit), bare[0].first
    return item.quantity, item.start


def _is_reference(item: Found, gap: str, *, first: bool) -> bool:
    """Whether the quantity is the range that a value is held against, not the value."""
    if first:
        return re.search(r"\b(?:reference|ref|normal range|range)\b", gap) is not None
    return item.quantity.exact is None and not re.search(r"\b(?:and|then|to)\b", gap)


_BARE_GAP = lazily(
    r"[ :=|]*(?:(?:is|was|of|level|titer|score|value|at|total|peak|peaked at|nadir|lowest|highest|"
    r"latest|last|recent|trough|=) ?:?[ :=|]*)*"
)


_ENDS_HERE = lazily(
    r" ?(?:[,;|)\]\n]|-+>|=+>|→|to\b|before\b|at baseline\b|\.(?!\d)|$|[(\[] ?(?:h|l|high|low|normal|nl|\d)|"
    r"(?:high|low|h|l|elevated|normal|wnl|and|then)\b)"
)
_IS_YEAR = lazily(r"(?:19|20)\d\d")


def _bare(scene: Scene, lexicon: Lexicon, at: int, seen: Seen, stop: int) -> list[Measured]:
    """A number without unit right after a test that is counted in plain numbers or in percent."""
    concept = lexicon.vocabulary[seen.concept]
    unit = lexicon.unit_table.named(concept.unit) if concept.unit else None
    plain = seen.kind is Kind.SCALE or (unit is not None and unit.dimension in ("number", "sedimentation"))
    for number in scene.numbers_in(seen.end, min(stop, seen.end + _DATE_REACH)):
        if (
            not (plain or _in_usual_unit(number, concept.bare, scene.view.flat))
            or number.kind is not NumberKind.PLAIN
            or not (
                _BARE_GAP.fullmatch(scene.view.flat, seen.end, number.first)
                or begins(scene.view.flat, seen.end, number.first)
            )
        ):
            break
        whole = Quantity(number.low, number.high, concept.unit or "1")
        if (ends := ends_of(whole, scene.view.flat[seen.end : number.first])) is not None:
            first, last = (Measured(at, end, number.first, number.end, None) for end in ends)
            return [replace(first, earlier=True), last]
        return [
            Measured(at, Quantity(one.low, one.high, concept.unit or "1"), one.first, one.end, scene.day_after(one.end))
            for one in further(scene, number, stop)
        ]
    return []


def _in_usual_unit(number: Number, bare: Quantity | None, flat: str) -> bool:
    """Whether a figure without unit can only be in the usual one: it ends there, is no year, and is of that size."""
    if bare is None or bare.low is None or bare.high is None or number.sign or not _ENDS_HERE.match(flat, number.end):
        return False
    return (
        bare.low <= number.low and number.high <= bare.high and not _IS_YEAR.fullmatch(flat[number.first : number.end])
    )


def _dated(scene: Scene, item: Found, stop: int) -> date | None:
    """The date just after a value, before the next value."""
    for told in scene.dates_in(item.end, min(stop, item.end + _DATE_REACH)):
        if not scene.quantities_in(item.end, told.start):
            return told.on
    return None


class Graded(Struct, frozen=True):
    """A finding graded: absent at the full mark, else present."""

    concept: str
    polarity: Polarity
    start: int
    end: int


class Grades:
    """The graded findings compiled."""

    __slots__ = ("_full", "_words")

    def __init__(self, grades: Iterable[Grade]) -> None:
        listed = tuple(grades)
        meanings: dict[str, list[Grade]] = {}
        for grade in listed:
            for word in grade.words:
                meanings.setdefault(word, []).append(grade)
        self._words: Phrases[list[Grade]] = Phrases(meanings.items())
        self._full: Phrases[Grade] = Phrases((word, grade) for grade in listed for word in grade.full)

    def find(self, scene: Scene) -> list[Graded]:
        """Every graded finding; within one sentence the lowest mark speaks, unless it says the full mark only."""
        marks: dict[tuple[int, str], list[Graded]] = {}
        flat = scene.view.flat
        for word in self._words.find(flat, scene.view.words):
            number = scene.judge.sentence_at(word.start)
            sentence = scene.sentences[number]
            near = scene.numbers_in(max(sentence.start, word.start - 12), min(sentence.end, word.end + 60))
            for score in near:
                for grade in word.meaning if score.kind is NumberKind.SCORE else ():
                    if score.high == grade.out_of:
                        polarity = Polarity.ABSENT if score.low == score.high else Polarity.PRESENT
                        first, last = min(word.start, score.first), max(word.end, score.end)
                        marks.setdefault((number, grade.concept), []).append(
                            Graded(grade.concept, polarity, first, last)
                        )
        for full in self._full.find(flat, scene.view.words):
            number = scene.judge.sentence_at(full.start)
            denied = scene.judge.judge(full.start, full.end).polarity is Polarity.ABSENT
            marks.setdefault((number, full.meaning.concept), []).append(
                Graded(full.meaning.concept, Polarity.PRESENT if denied else Polarity.ABSENT, full.start, full.end)
            )
        return [_spokesman(group) for group in marks.values()]


def _spokesman(group: list[Graded]) -> Graded:
    lower = [one for one in group if one.polarity is Polarity.PRESENT]
    return (lower or group)[0]
