"""Ages in flattened text, of whomever: `45-year-old`, `aged 45`, `14 3/12`, `3 years 4 months old`, `in his 40s`.

All functions expect the letters of `View.flat`. Who is meant, and when, is for the caller to judge.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.quantities import compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.reading.numbers import Number

_OLD = lazily(
    r" ?-? ?(?:"
    r"(?P<a>(?:years?|yrs?\.?|y\.?)[ -]{0,3}(?:old|of age|/ ?o\b|\.?o\b\.?)|yo\b|yo(?=[fm]\b)"
    r"|(?:years?|yrs?|y)(?= ?[fm]\b))"
    r"|(?P<mo>(?:months?|mos?\.?)(?:[ -]{0,3}(?:old|of age)|(?= [fm]\b))|m\.?o\.)"
    r"|(?P<wk>(?:weeks?|wks?\.?)[ -]{0,3}(?:old|of age))"
    r"|(?P<d>(?:days?|d)[ -]{0,3}(?:old|of age)))(?!er)"
)
AGED = lazily(
    r"\b(?:aged|age|age:|age is|age of|age -|aged:|(?:patient|pt|member|subject): ?(?:(?:m|f|male|female)\b,? ?)?|"
    r"(?:boy|girl|child|man|woman|male|female|patient|member|teenager|lad) of(?: about)?)[ :=<>≤≥]*$"
)
"""Words right before a number that make it an age."""
_UNIT_AFTER_AGED = lazily(
    r"[ -]?(?P<unit>years?|yrs?|y|months?|mos?|weeks?|days?)?\b(?! prior| before| ago)"
    r"(?! ?(?:h|hrs?|hours?|min|minutes?|mg|kg|cm)\b)"
)
_LIFE = lazily(r"\b(?:dol|day of life)[ #:]*$")
_SPAN = lazily(r"(?:\bx ?|\b(?:for|over|every|within|after|past|last|next|another|in|q) ?)$")
_TWELFTHS = lazily(r" (?P<months>\d|1[01])/12\b(?:[ -]*(?:years?|yrs?|y/?o?)\b)?(?:[ -]*(?:old|of age)\b)?")
_MONTHS_TOO = lazily(
    r"[ -]*(?:years?|yrs?|y)[ ,-]*(?:and )?(?P<months>\d|1[01])[ -]*(?:months?|mos?|m)\b(?:[ -]*(?:old|of age)\b)?"
)
_UNIT = lazily(
    r"[ -]?(?:(?P<a>years?|yrs?|y)|(?P<mo>months?|mos?))\b"
    r"(?! (?:of|ago|history|duration|course|later|after|before|prior|previous|post|since|into|out|on|off)\b)"
)
_DECADE = lazily(r"\bin (?:his|her|their)(?: early| mid| late)?[ -](?P<decade>[2-9]0)'?s\b")
_CODES = {"y": "a", "m": "mo", "w": "wk", "d": "d"}
_NAMED = lazily(r"\b(?:mr|mrs|ms|miss|mx)\.? [a-z'-]+(?: [a-z'-]+)?, $")
_MONTHS_A_YEAR = 12
_OLDEST = 120
_PERSON_TOLD = lazily(r"[ -]?[a-z]{2,12}[ ,(:]+")
_STOPS = lazily(
    r" ?(?:[,;)\n]|\.(?!\d)|$|(?:and|with|who|whose|has|had|presents|presented|yesterday|today|last|this|in)\b)"
)


class AgeSaid(NamedTuple):
    """An age at `start` to `end`; its figures begin at `first`. `sure` without words of age before it (`aged`)."""

    start: int
    end: int
    first: int
    value: Quantity


class AgeWords(NamedTuple):
    """What makes a number an age besides words of age: words of sex beside it, and words that lead to it (`turned`)."""

    sexes: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


def ages(flat: str, numbers: Sequence[Number], words: AgeWords) -> Iterator[AgeSaid]:
    """Every age that a text tells, in order, none overlapping."""
    done = 0
    for number in numbers:
        if number.first < done or number.kind is not NumberKind.PLAIN or number.high > _OLDEST:
            continue
        if flat[number.first - 1 : number.first] == "+":
            continue
        said = _age(flat, number, words)
        if said is None or (done and _is_more(flat, done, number)):
            continue
        done = said.end
        yield said


def _is_more(flat: str, end: int, number: Number) -> bool:
    """Whether a number stands beside a person whose age was told right before: a stretch of time, and no second age
    (`45-year-old man, 6 months, ...`).
    """
    return _PERSON_TOLD.fullmatch(flat, end, number.first) is not None and not _OLD.match(flat, number.end)


def decades(flat: str) -> Iterator[AgeSaid]:
    """`in her 60s`: from 60 to below 70."""
    for match in _DECADE.finditer(flat):
        low = int(match["decade"])
        value = Quantity(Decimal(low), Decimal(low + 10), "a", high_open=True)
        yield AgeSaid(match.start(), match.end(), match.start("decade"), value)


def _age(flat: str, number: Number, words: AgeWords) -> AgeSaid | None:
    aged = AGED.search(flat, max(0, number.first - 12), number.first) is not None
    whole = number.low == number.high and number.low % 1 == 0
    after = flat[number.end : number.end + _LONGEST]
    twelfths = _TWELFTHS.match(flat, number.end) if whole and "/12" in after else None
    if twelfths is not None and (aged or not twelfths[0].endswith("/12")):
        return _of_months(number, int(twelfths["months"]), twelfths.end())
    too = _MONTHS_TOO.match(flat, number.end) if whole and "m" in after else None
    if too is not None and (aged or too[0].endswith(("old", "age"))):
        return _of_months(number, int(too["months"]), too.end())
    unit, end = _unit(flat, number, words, aged=aged)
    if not unit:
        return None
    start = number.start if number.sign else number.first
    return AgeSaid(start, end, number.first, compared(number.low, number.high, unit, number.sign))


def _of_months(number: Number, months: int, end: int) -> AgeSaid:
    """Years and months, exactly: in months."""
    return AgeSaid(number.first, end, number.first, Quantity.of(_MONTHS_A_YEAR * number.low + months, "mo"))


def _unit(flat: str, number: Number, words: AgeWords, *, aged: bool) -> tuple[str, int]:
    """The unit of an age and where its words end; an empty unit when the number is no age."""
    if _LIFE.search(flat, max(0, number.first - 14), number.first):
        return "d", number.end
    old = _OLD.match(flat, number.end)
    spans = old is not None and old.lastgroup == "mo" and _SPAN.search(flat, max(0, number.first - 8), number.first)
    if old is not None and (not spans or "old" in old.group() or "age" in old.group()):
        return old.lastgroup or "a", old.end()
    if aged:
        after = _UNIT_AFTER_AGED.match(flat, number.end)
        if after is not None and flat[number.end : number.end + 1] not in ("%", "/", "-"):
            return _CODES[(after["unit"] or "y")[0]], after.end()
    unit = _UNIT.match(flat, number.end)
    if unit is not None and _beside(flat, number.first, unit.end(), words.sexes):
        return unit.lastgroup or "a", unit.end()
    if number.low % 1 == 0 and _STOPS.match(flat, number.end) and _led(flat, number.first, words.leads):
        return "a", number.end
    return "", 0


def _beside(flat: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether one of these words stands right after `end`, or ends right before `start`, as a whole word."""
    after = end + 1 if flat.startswith((" ", "-"), end) else end
    for word in words:
        if (
            after > end
            and flat.startswith(word, after)
            and not flat[after + len(word) : after + len(word) + 1].isalnum()
        ):
            return True
    before = flat[max(0, start - _LONGEST) : start]
    led = before.rstrip(" ,(:")
    return len(led) < len(before) and any(_ends_with(led, word) for word in words)


_LONGEST = 24


def _led(flat: str, start: int, leads: tuple[str, ...]) -> bool:
    """Whether the number stands after words that lead to an age, or beside a name (`Mrs. Smith, 67,`)."""
    before = flat[max(0, start - _LONGEST) : start].rstrip()
    if before.endswith(",") and _NAMED.search(flat, max(0, start - 2 * _LONGEST), start):
        return True
    return bool(before) and any(_ends_with(before, word) for word in leads)


def _ends_with(text: str, word: str) -> bool:
    at = len(text) - len(word)
    return text.endswith(word) and not (at > 0 and text[at - 1].isalnum() and word[0].isalnum())


def unlike(flat: str, said: AgeSaid, start: int, words: Iterable[str]) -> bool:
    """Whether one of these words near an age, not before `start`, makes it another's or no age at all."""
    before = flat[max(start, said.start - _LONGEST) : said.start].rpartition(";")[2]
    after = flat[said.end : said.end + _LONGEST].partition(";")[0]
    around = f" {_NO_LETTER.sub(' ', before)} | {_NO_LETTER.sub(' ', after)} "
    return any(f" {word} " in around for word in words)


_NO_LETTER = lazily(r"[^a-z0-9]+")
