"""Days as records write them, and ages between two of them."""

from __future__ import annotations

from datetime import date

from indicated.reading.patterns import lazily

_DAY = lazily(r"(\d{4})-?(\d\d)-?(\d\d)(?=\D|\d{2,6}|$)")
_MONTHS = 12
_ADULT = 24


def day(text: object) -> date | None:
    """The day at the start of `2024-05-03T10:00Z` or `20240503`; None where only a month or year is told."""
    found = _DAY.match(text) if isinstance(text, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def age(born: date, on: date) -> str:
    """The age on a day: `12 years`, or in months below two years; empty before birth."""
    months = (on.year - born.year) * _MONTHS + on.month - born.month - (on.day < born.day)
    if on < born:
        return ""
    return f"{months} months old" if months < _ADULT else f"{months // _MONTHS} years old"
