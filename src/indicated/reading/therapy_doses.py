"""Which dose, dates and length of time stand with which drug of a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from indicated.model.quantity import Quantity
from indicated.reading.dates import DateFound, DurationFound, Period, Relation
from indicated.reading.patterns import lazily
from indicated.reading.regimen import RegimenFound
from indicated.reading.scene import Seen
from indicated.reading.therapy_lists import Telling
from indicated.reading.therapy_said import Attached

_DOSE_REACH = 60
_DATE_REACH = 60
_A_WEEK = 7
_NEXT_TO = 6
_LENGTHS = (Relation.LASTING, Relation.OVER)
_OTHER_DOSE = lazily(r"[;.]\s| and | or |\bbut\b|\bplus\b")
_NOTED = lazily(r" ?[(|:,-][ (|:,-]*")
_OF = lazily(r"[ -](?:(?:trial|course|taper|burst) )?(?:of|on) (?:(?:oral|iv|high[- ]dose|weekly|daily) )*")
_BEFORE_DRUG = ("", "of", "iv", "oral", "po", "sc", "subcutaneous", "intravenous", "of oral", "of iv", "pulse")


class Around(Struct, frozen=True):
    """What stands around the drugs of one sentence; `doses` by where their drug starts. `until`: where the lines of a
    form that go on about its one drug end; 0 when there are none.
    """

    doses: Mapping[int, RegimenFound] = {}
    lengths: tuple[DurationFound, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[DateFound, ...] = ()
    until: int = 0


def owned(flat: str, regimens: Iterable[RegimenFound], drugs: Sequence[Seen]) -> dict[int, RegimenFound]:
    """Each drug's dose: a dose goes to the drug it stands nearest to, and a drug takes its nearest."""
    starts = [drug.start for drug in drugs]
    best: dict[int, tuple[int, RegimenFound]] = {}
    for regimen in regimens:
        first = max(bisect_left(starts, regimen.start) - 1, 0)
        near = drugs[first : bisect_left(starts, regimen.end) + 1]
        apart = [(far, drug.start) for drug in near if (far := _apart(flat, regimen, drug)) is not None]
        if apart:
            far, owner = min(apart)
            if owner not in best or far < best[owner][0]:
                best[owner] = (far, regimen)
    return {owner: regimen for owner, (_, regimen) in best.items()}


def _apart(flat: str, regimen: RegimenFound, drug: Seen) -> int | None:
    """How far a dose stands from a drug; None where it cannot be its dose."""
    if regimen.start <= drug.start and drug.end <= regimen.end:
        return 0
    if regimen.start >= drug.end:
        gap = flat[drug.end : regimen.start]
        return None if len(gap) > _DOSE_REACH or _OTHER_DOSE.search(gap) else len(gap) + 1
    gap = flat[regimen.end : drug.start].strip()
    return 1 if gap in _BEFORE_DRUG else None


def around_names(regimen: RegimenFound, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of a regimen without the names of drugs inside it."""
    spans: list[tuple[int, int]] = []
    start = regimen.start
    for first, last in names:
        if start <= first and last <= regimen.end:
            spans.append((start, first))
            start = last
    return [*spans, (start, regimen.end)]


def when(
    drug: Seen, telling: Telling, around: Around, attached: Sequence[Attached]
) -> tuple[date | None, date | None, Quantity | None]:
    """Start, end and length of the therapy, from what stands between this drug and the next; what stands after the
    last drug of a list speaks of all of it where none has its own.
    """
    start, stop = _own_stretch(drug, telling, around)
    stop = max(stop, around.until)
    held = {item.end for item in attached if item.cue.sets.get("date") == "ended"}
    period = next((item for item in around.periods if start <= item.start < stop and not _of_a_pause(item, held)), None)
    length = next((item.length for item in around.lengths if _is_length(item, drug, telling, start, stop)), None)
    first = period.first.on if period and period.first else None
    last = period.last.on if period and period.last else None
    for told in around.dates if period is None or period.last is None else ():
        before = [one for one in attached if "date" in one.cue.sets and one.end <= told.start <= one.end + _DATE_REACH]
        if before and start <= told.start < stop and (period is None or told.start >= period.end):
            nearest = max(before, key=lambda one: one.end)
            if nearest.cue.sets["date"] == "ended":
                last = last or told.on
            else:
                first = first or told.on
    return first, last, length


def _of_a_pause(period: Period, ends: Iterable[int]) -> bool:
    """Whether a period is how long a drug was left out (`held from March to June`)."""
    return period.last is not None and any(0 <= period.start - end <= _NEXT_TO for end in ends)


def _own_stretch(drug: Seen, telling: Telling, around: Around) -> tuple[int, int]:
    """Where the drug's own words stand: up to the next drug, or those that its list shares."""
    start, stop = drug.end, telling.after(drug.start)
    mine = next((one for one in telling.lists if one.start <= drug.start < one.end and len(one.items) > 1), None)
    if mine is None or drug.start == mine.items[-1].drug.start:
        return start, stop
    last = mine.items[-1].drug
    own = [item.start for item in around.periods] + [item.start for item in around.lengths]
    if any(mine.start <= at < last.start for at in (*own, *(told.start for told in around.dates))):
        return start, stop
    return last.end, telling.after(last.start)


def _is_length(item: DurationFound, drug: Seen, telling: Telling, start: int, stop: int) -> bool:
    """Whether a length of time is how long the drug was taken: `for 6 months` after it, `6 months of` before it."""
    if not _long(item.length):
        return False
    text, base = telling.text, telling.start
    if start <= item.start < stop:
        return item.relation in _LENGTHS or (
            item.relation is Relation.BARE and _NOTED.fullmatch(text, drug.end - base, item.start - base) is not None
        )
    lasting = item.relation in (Relation.LASTING, Relation.BARE)
    return lasting and item.end <= drug.start and _OF.fullmatch(text, item.end - base, drug.start - base) is not None


def _long(length: Quantity) -> bool:
    return length.unit in ("wk", "mo", "a") or (length.unit == "d" and (length.low or 0) > _A_WEEK)
