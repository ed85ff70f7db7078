"""Dates, periods and lengths of time in flattened text.

US order (month first) unless the figures only fit the other. A date told by month or year alone keeps its precision
and stands on the first day. `last summer` is not a date. All functions expect the letters of `View.flat`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity
from indicated.reading.patterns import lazily
from indicated.reading.quantities import Found


class Precision(StrEnum):
    """To what a date was told."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateFound(Struct, frozen=True):
    """A date at `start` to `end`; `on` is its first day when only a month or year was told."""

    on: date
    start: int
    end: int
    precision: Precision = Precision.DAY

    @property
    def approximate(self) -> bool:
        """Whether less than a day was told."""
        return self.precision is not Precision.DAY


class Period(Struct, frozen=True):
    """A stretch from one date to another (`January to May 2025`). Either may be None (`since 2019`)."""

    first: DateFound | None
    last: DateFound | None
    start: int
    end: int


class Relation(StrEnum):
    """What a length of time is to what it stands with."""

    LASTING = "lasting"
    OVER = "over"
    AGO = "ago"
    EVERY = "every"
    BARE = "bare"


class DurationFound(Struct, frozen=True):
    """A length of time at `start` to `end`, the words that relate it included."""

    length: Quantity
    relation: Relation
    start: int
    end: int


_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
MONTHS: dict[str, int] = {
    **{name: at for at, name in enumerate((*_NAMES, "december"), start=1)},
    **{name[:3]: at for at, name in enumerate((*_NAMES, "december"), start=1)},
    "sept": 9,
}
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_SCAN = lazily(
    r"(?<![\w./])(?<!\d-)(?:"
    r"(?P<iy>(?:19|20)\d\d)(?:-(?P<im>\d\d)(?:-(?P<id>\d\d)(?:t\d\d:\d\d[\d:.z+-]{0,18})?)?"
    r"|/(?P<sm>\d\d)/(?P<sd>\d\d))"
    r"|(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)"
    r"|(?P<m>\d{1,2})/(?P<my>(?:19|20)\d\d)"
    rf"|(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<dmon>{_MONTH})\.?,?[ -]?"
    rf"(?P<dy>(?:19|20)\d\d|'?\d\d(?= |$|[,.;)]))"
    rf"|(?P<mon>{_MONTH})\.?,?[ -](?:of )?(?:(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<mony>(?:19|20)\d\d|'\d\d)"
    r")(?![\w/]|-\d)"
)
_YEAR = lazily(
    r"\b(?P<word>in|since|from|until|till|through|by|during|to|early|late|mid|fall|autumn|spring|summer|winter|of|mid-|"
    r"early-|late-)(?:(?<=-)| )"
    r"(?:early |late |mid[- ])?(?P<year>(?:19|20)\d\d)\b(?![/-]\d| ?(?:mg|ml|g|iu|u|mcg|units|cells)\b)"
)
_MONTHS = lazily(
    r"(?<![\w./-])(?P<m1>1[0-2]|0?[1-9])/(?P<y1>(?:19|20)\d\d) ?- ?"
    r"(?P<m2>1[0-2]|0?[1-9])/(?P<y2>(?:19|20)\d\d)(?![\w/-])"
)
_YEAR_ALONE = lazily(
    r"(?<=[(\[|])(?P<pad> ?)(?P<alone>(?:19|20)\d\d)(?= ?[)\]|,;])"
    r"|(?<![\w./$-])(?P<one>(?:19|20)\d\d)(?: ?- ?| to |(?<=between \d\d\d\d) and )(?P<two>(?:19|20)\d\d)(?![\w/]|-\d)"
)
_A_YEAR = lazily(r"(?:19|20)\d\d")
_SPAN = lazily(rf"\b(?:(?P<first>{_MONTH})\.?)(?: (?:\d{{1,2}}))? ?(?:to|through|until|till|-) ?(?=(?:{_MONTH})\b)")
_TO = lazily(r" ?(?:to|through|until|till|-) ?(?:about )?$")
_BEGINS = lazily(r"\b(?:since|from|starting|started|beginning|began|as of)(?: in| on)? $")
_ENDS = lazily(r"\b(?:until|till|through|to)(?: in| on)? $")
_PIVOT = 50
_MONTHS_A_YEAR = 12


def find_dates(flat: str) -> tuple[DateFound, ...]:
    """Every date, in order, none overlapping."""
    found = [item for match in _SCAN.finditer(flat) if (item := _read(match)) is not None]
    if _A_YEAR.search(flat) is not None:
        found += _years(flat, found)
    return tuple(sorted(found, key=lambda item: item.start))


def find_impossible(flat: str) -> tuple[tuple[int, int], ...]:
    """Where something that has the make of a full date names a day that no calendar has (`02/30/2026`)."""
    return tuple(match.span() for match in _SCAN.finditer(flat) if _full(match) and _read(match) is None)


def _full(match: re.Match[str]) -> bool:
    """Whether a match tells day, month and a year in four figures: `45/90/10` may be anything."""
    if match["a"]:
        filled = int(match["a"]) > 0 and int(match["b"]) > 0
        return filled and match["sep"] == "/" and match["y"].startswith(("19", "20")) and len(match["y"]) == len("2026")
    return bool(match["id"] or match["sd"] or match["md"] or (match["dmon"] and len(match["dy"]) == len("2026")))


def _years(flat: str, dates: Iterable[DateFound]) -> list[DateFound]:
    """The dates told by a year, or by a month in figures and a year, outside those found already."""
    found: list[DateFound] = []
    taken = {at for item in dates for at in range(item.start, item.end)}
    for match in _YEAR.finditer(flat):
        start, end = match.span("year")
        if start not in taken:
            found.append(DateFound(date(int(match["year"]), 1, 1), start, end, Precision.YEAR))
            taken.update(range(start, end))
    for match in _MONTHS.finditer(flat):
        for at in ("1", "2"):
            start, end = match.start(f"m{at}"), match.end(f"y{at}")
            if start not in taken:
                found.append(
                    DateFound(date(int(match[f"y{at}"]), int(match[f"m{at}"]), 1), start, end, Precision.MONTH)
                )
                taken.update(range(start, end))
    for match in _YEAR_ALONE.finditer(flat):
        spans = [match.span(name) for name in ("alone", "one", "two") if match[name]]
        found += [
            DateFound(date(int(flat[start:end]), 1, 1), start, end, Precision.YEAR)
            for start, end in spans
            if start not in taken
        ]
    return found


def find_periods(flat: str, dates: Iterable[DateFound] | None = None) -> tuple[Period, ...]:
    """Stretches between dates: `January to May 2025`, `from 3/2024 to 6/2024`, `since 2019`, `until May 2024`."""
    known = find_dates(flat) if dates is None else tuple(dates)
    found: list[Period] = []
    used = -1
    for at, item in enumerate(known):
        if at <= used:
            continue
        following = known[at + 1] if at + 1 < len(known) else None
        if following is not None and _spanned(flat, item, following):
            found.append(Period(item, following, item.start, following.end))
            used = at + 1
        elif (month := _month_before(flat, item)) is not None:
            found.append(Period(month, item, month.start, item.end))
        elif begins := _BEGINS.search(flat[max(0, item.start - 16) : item.start]):
            found.append(Period(item, None, item.start - len(begins[0]), item.end))
        elif ends := _ENDS.search(flat[max(0, item.start - 16) : item.start]):
            found.append(Period(None, item, item.start - len(ends[0]), item.end))
    return tuple(found)


def _spanned(flat: str, first: DateFound, last: DateFound) -> bool:
    """Whether two dates are the ends of one stretch: `A to B`, `between A and B`."""
    gap = flat[first.end : last.start]
    between = gap == " and " and flat[max(0, first.start - 12) : first.start].endswith("between ")
    return between or _TO.fullmatch(gap) is not None


_AGO = lazily(r"(?:'s?)? (?:ago|prior|earlier|before|previously)\b")
_LEAD = lazily(
    r"(?:\b(?P<lasting>for (?:the )?(?:(?:past|last|previous|preceding|next|another|at least|about|"
    r"approximately|over|more than|up to|a further|an additional|a total of|a) )*|x ?|lasting |"
    r"during (?:the )?(?:past|last) |within |"
    r"(?:past|last|previous|preceding) |duration:? (?:of )?)"
    r"|\b(?P<over>over (?:the )?(?:(?:past|last|course of|next|following) )?)"
    r"|\b(?P<every>every |each |q ?))$"
)
_LEAD_WIDTH = 40
_ARTICLE = lazily(
    r"\bfor (?:about |nearly |over |almost |more than )?an? (?:full )?(?P<unit>week|month|year)\b"
    r"(?! (?:ago|later|before))"
    r"|\ban? (?:full )?(?P<of>week|month|year)(?=(?:-long|'s)? (?:of|trial|course) )"
)
_ARTICLE_UNITS = {"week": "wk", "month": "mo", "year": "a"}
_AGED = lazily(r"[ -]?(?:s )?olds?\b|[ -]of[ -]age\b")


def find_durations(flat: str, quantities: Iterable[Found]) -> tuple[DurationFound, ...]:
    """Every length of time among `quantities`, with what its words make of it (`for 12 weeks`, `2 years ago`)."""
    found: list[DurationFound] = []
    for item in quantities:
        if item.dimension != "time":
            continue
        if _AGED.match(flat, item.end):
            continue
        back = max(0, item.start - _LEAD_WIDTH)
        lead = _LEAD.search(flat[back : item.first])
        lead = lead or _LEAD.search(flat[back : item.start])
        ago = _AGO.match(flat, item.end)
        if ago is not None:
            found.append(DurationFound(item.quantity, Relation.AGO, item.start, ago.end()))
        elif lead is not None:
            relation = Relation(lead.lastgroup or "bare")
            found.append(DurationFound(item.quantity, relation, min(item.start, back + lead.start()), item.end))
        else:
            found.append(DurationFound(item.quantity, Relation.BARE, item.start, item.end))
    found += [
        DurationFound(
            Quantity(Decimal(1), Decimal(1), _ARTICLE_UNITS[match["unit"] or match["of"]]),
            Relation.LASTING,
            *match.span(),
        )
        for match in _ARTICLE.finditer(flat)
    ]
    return tuple(sorted(found, key=lambda item: item.start))


def _read(match: re.Match[str]) -> DateFound | None:
    if match["iy"]:
        return _made(match, match["iy"], match["im"] or match["sm"], match["id"] or match["sd"])
    if match["a"]:
        first, second = int(match["a"]), int(match["b"])
        month, day = (first, second) if first <= _MONTHS_A_YEAR else (second, first)
        return _made(match, match["y"], month, day)
    if match["m"]:
        return _made(match, match["my"], match["m"], None)
    if match["dmon"]:
        return _made(match, match["dy"].strip("'"), MONTHS[match["dmon"]], match["dd"])
    return _made(match, match["mony"].strip("'"), MONTHS[match["mon"]], match["md"])


def _made(match: re.Match[str], year: str, month: int | str, day: int | str | None) -> DateFound | None:
    """The date, or None where the calendar has no such day."""
    full = int(year) if len(year) > len("99") else int(year) + (2000 if int(year) < _PIVOT else 1900)
    precision = Precision.MONTH if day is None else Precision.DAY
    try:
        on = date(full, int(month), int(day or 1))
    except ValueError:
        return None
    return DateFound(on, match.start(), match.end(), precision)


def _month_before(flat: str, item: DateFound) -> DateFound | None:
    """The month alone that opens a stretch which ends with `item`: it is of the same year, or the year before."""
    back = max(0, item.start - 24)
    opening = None
    for match in _SPAN.finditer(flat[back : item.end]):
        if back + match.end() == item.start:
            opening = match
    if opening is None:
        return None
    month = MONTHS[opening["first"]]
    year = item.on.year if month <= item.on.month else item.on.year - 1
    start = back + opening.start("first")
    return DateFound(date(year, month, 1), start, start + len(opening["first"]), Precision.MONTH)
