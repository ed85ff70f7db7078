"""From parts to a regimen: the parts cut into the phases of a schedule, each phase read, the phases chained."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.quantity import Quantity
from indicated.model.regimen import Regimen, Supply
from indicated.reading.regimen_part import Part, PartKind
from indicated.reading.rhythm import DAY, Rhythm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.model.lexicon_therapy import RegimenLexicon
    from indicated.model.quantity import Units
    from indicated.reading.quantities import UnitReader

_BARE = (PartKind.AMOUNT, PartKind.ROUTE, PartKind.THEN, PartKind.NOTE)
_LIMITS = (PartKind.MAXIMUM, PartKind.ROUNDED)


class _Doses(NamedTuple):
    """The amounts of a phase by what they are."""

    stated: tuple[Part, ...]
    maximum: Quantity | None
    rounded: Quantity | None
    rest: tuple[Part, ...]


def phases_of(group: Sequence[Part], units: UnitReader) -> list[list[Part]]:
    """The group cut at each `then`, at a maintenance dose, and at the dose after a loading dose; an amount by which
    a dose is changed (`tapered by`) is left out. A loading dose that is told after what goes on (`1 g/kg q3w (loading
    2 g/kg)`) comes first.
    """
    told = next((at for at, part in enumerate(group) if part.kind is PartKind.LOADING), 0)
    if _looks_back(group, told):
        return [list(group[told + 1 :]), *phases_of(group[:told], units)]
    phases: list[list[Part]] = [[]]
    loading = stepping = False
    for at, part in enumerate(group):
        doses = [item for item in phases[-1] if item.kind in (PartKind.AMOUNT, PartKind.SUPPLY)]
        if part.kind is PartKind.THEN or (part.kind is PartKind.MAINTENANCE and _goes_on(doses, group[at:], units)):
            phases.append([])
            loading = stepping = False
        elif part.kind is PartKind.STEP:
            stepping = True
        elif part.kind is PartKind.LOADING:
            loading = True
        elif part.kind is PartKind.AMOUNT and doses and _on_a_day(group[at - 1]):
            phases.append([part])
        elif part.kind is PartKind.AMOUNT and doses and loading and not _restates(doses[-1], part, units):
            phases.append([part])
            loading = False
        elif not stepping:
            phases[-1].append(part)
    return [phase for phase in phases if phase]


def _looks_back(group: Sequence[Part], at: int) -> bool:
    """Whether the first loading dose begins at a place, after a dose with its interval."""
    if group[at].kind is not PartKind.LOADING or at + 1 == len(group) or group[at + 1].kind is not PartKind.AMOUNT:
        return False
    kinds = {part.kind for part in group[:at]}
    cut = kinds & {PartKind.THEN, PartKind.MAINTENANCE}
    return {PartKind.INTERVAL, PartKind.AMOUNT} <= kinds and not cut


def _on_a_day(part: Part) -> bool:
    """Whether a part says on which day of a course the dose before it is given."""
    return part.kind is PartKind.NOTE and part.code == "on"


def _goes_on(doses: Sequence[Part], ahead: Sequence[Part], units: UnitReader) -> bool:
    """Whether another dose follows a maintenance word, after a dose before it."""
    following = next((part for part in ahead if part.kind in (PartKind.AMOUNT, PartKind.SUPPLY)), None)
    return bool(doses) and following is not None and not _restates(doses[-1], following, units)


def _restates(dose: Part, part: Part, units: UnitReader) -> bool:
    """Whether an amount can be the same dose in another unit."""
    if dose.value is None or part.value is None:
        return False
    return units.dimension(dose.value.unit) != units.dimension(part.value.unit)


def chained(
    phases: Sequence[Sequence[Part]], lexicon: RegimenLexicon, units: Units, *, loaded: bool = False
) -> Regimen:
    """One regimen of all phases: the last is what goes on, what came before it is its loading. With `loaded` the text
    says so.
    """
    if not loaded and (merged := _one_after_another(phases, lexicon, units)) is not None:
        return merged
    whole: Regimen | None = None
    for phase in phases:
        part = _phase(phase, lexicon, units)
        if whole is not None:
            dose = part.per_course or part.per_day or part.supplies
            same = {} if dose else {"per_day": whole.per_day, "per_course": whole.per_course, "days": whole.days}
            part = replace(part, loading=whole, route=part.route or whole.route, **same)
        whole = part
    assert whole is not None
    return whole


def _one_after_another(phases: Sequence[Sequence[Part]], lexicon: RegimenLexicon, units: Units) -> Regimen | None:
    """`40 g then 50 g over 2 days`: one dose a day, as many as there are days."""
    doses = [[part for part in phase if part.kind is PartKind.AMOUNT] for phase in phases]
    early = [part for phase in phases[:-1] for part in phase]
    if not phases[1:] or any(len(dose) != 1 for dose in doses) or any(part.kind not in _BARE for part in early):
        return None
    whole = _phase(phases[-1], lexicon, units)
    if all(any(_on_a_day(part) for part in phase) for phase in phases):
        whole = replace(whole, days=Quantity.of(len(phases), "d"))
    values = [dose[0].value for dose in doses]
    exact = [value.exact for value in values if value is not None and value.exact is not None]
    named = {value.unit for value in values if value is not None}
    if whole.days is None or whole.days.exact != len(doses) or len(exact) != len(doses) or len(named) != 1:
        return None
    unit = named.pop()
    each = Quantity(min(exact), max(exact), unit)
    return replace(whole, per_day=each, per_course=Quantity.of(sum(exact, Decimal(0)), unit))


def _phase(parts: Sequence[Part], lexicon: RegimenLexicon, units: Units) -> Regimen:
    """One phase of a schedule as a regimen."""
    doses = _doses(parts)
    stated = [part for part in doses.stated if not _is_billed(part, doses.rest)]
    # A dose that is stated twice counts per body weight; the other is the same dose again.
    per_body = [part for part in stated if part.value is not None and "/" in part.value.unit]
    # Of a day's dose and the course's in one unit the course's counts: `2 g/kg (1 g/kg/day x 2 days)`.
    whole = [part for part in per_body or stated if _is_whole(part, per_body or stated)]
    amount = next(iter(whole or per_body or stated), None)
    rhythm = Rhythm.of([part for part in doses.rest if part is amount or part not in stated], lexicon, units)
    supplies = _supplies(doses.rest, rhythm)
    plain = Regimen(
        days=rhythm.days,
        interval=rhythm.interval,
        courses=rhythm.courses,
        duration=rhythm.duration,
        route=_first(parts, PartKind.ROUTE).code,
        maximum=doses.maximum,
        rounded=doses.rounded,
        basis=_first(parts, PartKind.BASIS).code,
        weight=_first(parts, PartKind.WEIGHT).value,
        supplies=supplies,
    )
    if amount is None or amount.value is None:
        return plain
    again = next((part.value for part in reversed(stated) if part is not amount), None)
    plain = replace(plain, restated=again)
    if amount.code != "day" and (whole or amount.code == "course" or not rhythm.each or rhythm.spread):
        return replace(plain, per_course=amount.value)
    if amount.code == "day" and rhythm.days is None and rhythm.interval is None:
        return replace(plain, per_day=amount.value, interval=DAY if rhythm.duration else None)
    return replace(plain, per_day=_multiplied(amount.value, rhythm.times if amount.code != "day" else (1, 1)))


def _is_whole(part: Part, stated: Sequence[Part]) -> bool:
    """Whether an amount is a course's where others of its unit are a day's."""
    others = [
        one for one in stated if one is not part and one.value and part.value and one.value.unit == part.value.unit
    ]
    return part.code == "course" or (part.code == "" and any(one.code == "day" for one in others))


def _doses(parts: Sequence[Part]) -> _Doses:
    """The amounts of a phase; the amount after a limit's words is that limit and no dose."""
    stated: list[Part] = []
    rest: list[Part] = []
    limits: dict[PartKind, Quantity | None] = {}
    limit: PartKind | None = None
    for part in parts:
        if part.kind in _LIMITS:
            limit = part.kind
        elif part.kind is PartKind.AMOUNT and limit is not None:
            limits[limit], limit = part.value, None
        else:
            rest.append(part)
            stated += [part] if part.kind is PartKind.AMOUNT else []
    return _Doses(tuple(stated), limits.get(PartKind.MAXIMUM), limits.get(PartKind.ROUNDED), tuple(rest))


def _supplies(parts: Sequence[Part], rhythm: Rhythm) -> tuple[Supply, ...]:
    """Vials, volumes of a known strength, and units billed under a code that stands beside them."""
    code = _first(parts, PartKind.CODE).code
    per = "day" if rhythm.each and rhythm.days is not None else "course"
    found: list[Supply] = []
    for part in parts:
        if part.value is None:
            continue
        if part.kind is PartKind.SUPPLY or (part.kind is PartKind.AMOUNT and part.each is not None):
            found.append(Supply(part.value, part.each, per=per))
        elif _is_billed(part, parts):
            said = "" if part.code == "all" else "day" if part.code == "day" else per
            found.append(Supply(replace(part.value, unit="1"), code=code, per=said))
    return tuple(found)


def _is_billed(part: Part, parts: Sequence[Part]) -> bool:
    """Whether an amount counts billing units: it is in units, and a code or a heading says so."""
    if part.kind is not PartKind.AMOUNT or part.value is None or part.value.unit != "U":
        return False
    return part.code == "all" or any(one.kind is PartKind.CODE for one in parts)


def _first(parts: Sequence[Part], kind: PartKind) -> Part:
    return next((part for part in parts if part.kind is kind), Part(kind, 0, 0))


def _multiplied(amount: Quantity, times: tuple[int, int]) -> Quantity:
    low, high = amount.low, amount.high
    return replace(amount, low=None if low is None else low * times[0], high=None if high is None else high * times[1])
