"""Times among amounts: how long, how often, and when, told from something else.

All functions expect the letters of `View.flat`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from indicated.model.amount import AmountKind
from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.quantities import compared
from indicated.reading.spotted import Spotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicated.model.lexicon_amounts import AmountLexicon
    from indicated.model.lexicon_therapy import Frequency
    from indicated.reading.amount_context import Near
    from indicated.reading.quantities import UnitReader
    from indicated.reading.scene import Scene

_MEASURED = frozenset(("s", "ms"))
_FLAT_PICTURE = lazily(r"\d[DSH]")
_ADJECTIVE = lazily(
    r"[ -](?:consecutive|successive|more|further|additional|full|whole|complete|calendar|extra|other|or more|weekly|"
    r"different)[ -]"
)
_TIME = frozenset(("time",))
_BACK = 40
_WHEN_AFTER = lazily(
    r"(?:'s?)? ?-?(?:ago|earlier|later|prior|previously|beforehand|afterwards?|after|before|post-?\w*|following|since|"
    r"hence|preceding|into|from (?:now|then|the|his|her|birth|onset)|old)\b"
    r"(?! the (?:past|last))"
)
_WHEN_BEFORE = lazily(
    r"\b(?:after|within|at|by|until|till|before|from|since|in|around)"
    r"(?: the)?(?: first| next| following| about| an?)? ?$"
)
_LASTS_BEFORE = lazily(
    r"\b(?:for|over|during|lasting|lasted|lasts|throughout|x|past|last|previous|preceding|next|following|subsequent|"
    r"first|initial|entire|whole|another|duration of|duration:|period of|course of|history of|total of|up to|to)"
    r"(?: the)?(?: past| last| next| following| about| an?)? ?$"
)
_LASTS_AFTER = lazily(
    r"[ -]?(?:-?long|history|hx|h/o|course|duration|period|of (?:therapy|treatment)|'? ?worth|in duration|trial)\b"
)
_EVERY_BEFORE = lazily(
    r"\b(?:(?:once )?every|each|per|q|(?:at )?(?:an )?intervals? of|once in|apart by)(?: other)?(?: about)? ?$"
)
_APART = lazily(r"[ -]?(?:apart|intervals?|cycles?)\b")
_ONE = lazily(
    r"\b(?:(?:an?|the (?:past|last|following|previous|preceding|next|first|whole|entire)|past|last|previous|preceding|"
    r"this past|following|next|one full)(?: full| whole| entire)?|(?P<half>half (?:an?|of an?)|half)) "
    r"(?P<unit>minute|hour|day|night|week|month|year|decade|fortnight)\b(?!s|-old| old|ly)"
)
_STRETCH = lazily(r"(?:the )?(?:past|last|following|previous|preceding|next|first|whole|entire)\b")
_ONE_UNITS = {
    "minute": ("min", 1), "hour": ("h", 1), "day": ("d", 1), "night": ("d", 1), "week": ("wk", 1),
    "fortnight": ("wk", 2), "month": ("mo", 1), "year": ("a", 1), "decade": ("a", 10),
}  # fmt: skip
_RATE_BEFORE = lazily(r"(?:\d|\btimes|\bonce|\btwice|\bthrice|\bx|dose|doses|mg|g|ml|units?)[)]? ?$")
_UNIT = lazily(r"(?: (?:more|further|additional|other|consecutive|or more))? ?(?=[a-z])")
_ORDINAL_DAY = lazily(
    r"\b(?:(?P<figure>\d{1,3})(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth)) (?:\w+ )?(?P<unit>day|week|month|year)\b"
)
_ORDINALS = {
    word: at
    for at, word in enumerate(
        (
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ),
        start=1,
    )
}
_DAY_NUMBER = lazily(
    r" ?[#+]? ?(?P<low>\d{1,4})(?![\w.,/]\d)(?: ?(?:to|through|-) ?(?:days? |d ?)?(?P<high>\d{1,4})\b"
    r"|(?P<more>(?:(?:,|,? and|,? &) (?:days? )?\d{1,4}\b(?![.,/]\d)){1,12}))?"
)
_FIGURES = lazily(r"\d+")
_OFTEN = lazily(
    r" ?(?:(?:x|times)? ?(?:/ ?|\b(?:per|a|an|each|every) )(?P<unit>hour|hr|day|d|night|week|wk|month|year)\b"
    r"|(?:x|times)[ -](?P<adverb>daily|weekly|monthly)\b)"
)
_ADVERB = lazily(r"-(?P<adverb>weekly|monthly|yearly)\b|[ -](?P<hourly>hourly)\b")
_X_BEFORE = lazily(r"(?<![a-z0-9])x ?$")
_Q = lazily(r"\bq\.? ?(?P<low>\d{1,3})(?: ?(?:-|to) ?(?P<high>\d{1,3}))? ?-?(?P<unit>[a-z]{1,6})\b")
_ADVERBS = {"hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo", "yearly": "a"}
_MOST_OFTEN = 99
_TIMES = lazily(r" ?times\b(?! (?:higher|greater|more|less|lower|the|normal|upper|as|larger|than|baseline))")
_UNITS = {
    "hour": "h",
    "hr": "h",
    "day": "d",
    "d": "d",
    "night": "d",
    "week": "wk",
    "wk": "wk",
    "month": "mo",
    "year": "a",
}


class Times:
    """The words of times compiled. Immutable after construction."""

    __slots__ = ("_days", "_every", "_lasting", "_often", "_some", "_units")

    def __init__(self, words: AmountLexicon, rhythms: Iterable[Frequency], units: UnitReader) -> None:
        self._every: Phrases[Quantity] = Phrases(
            (spelt, one.per)
            for one in rhythms
            for text in one.texts
            for spelt in dict.fromkeys((text, _hyphened(text)))
        )
        self._days: Phrases[bool] = Phrases((word, True) for word in words.days)
        self._lasting: Phrases[bool] = Phrases((word, True) for word in words.lasting)
        self._often: Phrases[bool] = Phrases((word, True) for word in words.often)
        self._some: Phrases[bool] = Phrases((word, True) for word in words.some)
        self._units = units

    def days(self, scene: Scene) -> Iterator[Spotted]:
        """`POD 3`, `days 1, 8 and 15`, `the third hospital day`: a moment; `days 1 to 4`: the days between two."""
        flat = scene.view.flat
        for word in self._days.find(flat, scene.view.words):
            told = _DAY_NUMBER.match(flat, word.end)
            if told is None or self._units.at(flat, told.end()) is not None:
                continue
            name = flat[word.start : word.end].rpartition(" ")[2].rstrip("s")
            low, high = Decimal(told["low"]), Decimal(told["high"] or told["low"])
            if 0 < low <= high:
                what = AmountKind.DURATION if told["high"] else AmountKind.MOMENT
                unit = _UNITS.get(name, "d")
                others = tuple(Quantity.of(figure, unit) for figure in _FIGURES.findall(told["more"] or ""))
                yield Spotted(what, word.start, told.end(), (Quantity(low, high, unit), *others))
        for match in _ORDINAL_DAY.finditer(flat):
            low = Decimal(match["figure"] or _ORDINALS[match["word"]])
            yield Spotted(AmountKind.MOMENT, *match.span(), (Quantity(low, low, _UNITS[match["unit"]]),))

    @staticmethod
    def seconds(scene: Scene, near: Near) -> Iterator[Spotted]:
        """Times that a test measures: seconds or less, near its words."""
        for item in scene.quantities:
            if item.quantity.unit in _MEASURED:
                what = near.of_place(item.start, item.end, AmountKind.DURATION)
                if what is AmountKind.LAB:
                    yield Spotted(what, item.start, item.end, (item.quantity,))

    def lengths(self, scene: Scene) -> Iterator[Spotted]:
        """Every number of days, weeks, months; not `3D`."""
        flat, cased = scene.view.flat, scene.view.cased
        for item in scene.quantities:
            if item.dimension == "time" and not _FLAT_PICTURE.fullmatch(cased, item.first, item.end):
                what, end = _what(flat, item.start, item.end)
                led = _EVERY_BEFORE.search(flat, max(0, item.start - _BACK), item.start)
                start = led.start() if led is not None and what is AmountKind.FREQUENCY else item.start
                yield Spotted(what, start, end, (item.quantity,))
        for number in scene.numbers:
            gap = _ADJECTIVE.match(flat, number.end) if number.kind is NumberKind.PLAIN else None
            span = self._units.at(flat, gap.end(), _TIME) if gap is not None else None
            if span is not None:
                what, end = _what(flat, number.first, span.end)
                value = compared(number.low, number.high, span.unit.code, number.sign)
                yield Spotted(what, number.first, end, (value,))

    @staticmethod
    def often(scene: Scene) -> Iterator[Spotted]:
        """`x6/day`, `2-3 times per week`, `four times daily`."""
        flat = scene.view.flat
        for number in scene.numbers:
            told = _OFTEN.match(flat, number.end) if number.kind is NumberKind.PLAIN else None
            if told is not None and number.high <= _MOST_OFTEN:
                unit = _ADVERBS[told["adverb"]] if told["adverb"] else _UNITS[told["unit"]]
                led = _X_BEFORE.search(flat, max(0, number.first - 3), number.first)
                start = led.start() if led is not None else number.first
                yield Spotted(AmountKind.FREQUENCY, start, told.end(), (Quantity.of(1, unit),))

    def rhythms(self, scene: Scene) -> Iterator[Spotted]:
        """`twice daily`, `q6h`, `4-weekly`, `4-5 times`."""
        flat = scene.view.flat
        for match in _Q.finditer(flat):
            span = self._units.at(match["unit"], 0, _TIME)
            low, high = Decimal(match["low"]), Decimal(match["high"] or match["low"])
            if span is not None and span.end == len(match["unit"]) and low <= high:
                yield Spotted(AmountKind.FREQUENCY, *match.span(), (Quantity(low, high, span.unit.code),))
        for word in self._every.find(flat, scene.view.words):
            yield Spotted(AmountKind.FREQUENCY, word.start, word.end, (word.meaning,))
        for number in scene.numbers:
            told = _ADVERB.match(flat, number.end) if number.kind is NumberKind.PLAIN else None
            if told is not None:
                value = Quantity(number.low, number.high, _ADVERBS[told["adverb"] or told["hourly"]])
                yield Spotted(AmountKind.FREQUENCY, number.first, told.end(), (value,))
            elif (times := _TIMES.match(flat, number.end)) is not None:
                value = Quantity(number.low, number.high, "1")
                yield Spotted(AmountKind.FREQUENCY, number.first, times.end(), (value,))

    @staticmethod
    def articles(flat: str) -> Iterator[Spotted]:
        """`for a year`, `over the past month`, `half an hour later`."""
        for match in _ONE.finditer(flat):
            if _RATE_BEFORE.search(flat, max(0, match.start() - 8), match.start()) and match[0].startswith("a"):
                continue
            code, times = _ONE_UNITS[match["unit"]]
            value = Decimal(times) / 2 if match["half"] else Decimal(times)
            what, end = _what(flat, match.start(), match.end())
            if end == match.end() and _STRETCH.match(flat, match.start()):
                lasts = match[0].startswith("the ") or _LASTS_BEFORE.search(
                    flat, max(0, match.start() - _BACK), match.start()
                )
                what = AmountKind.DURATION if lasts else AmountKind.MOMENT
            yield Spotted(what, match.start(), end, (Quantity.of(value, code),))

    def unnumbered(self, scene: Scene) -> Iterator[Spotted]:
        """`several weeks`, `overnight`, `as needed`: no value is told, and none is given."""
        flat, words = scene.view.flat, scene.view.words
        for word in self._lasting.find(flat, words):
            yield Spotted(AmountKind.DURATION, word.start, word.end)
        for word in self._often.find(flat, words):
            yield Spotted(AmountKind.FREQUENCY, word.start, word.end)
        for word in self._some.find(flat, words):
            gap = _UNIT.match(flat, word.end)
            span = self._units.at(flat, gap.end(), _TIME) if gap is not None else None
            if span is not None and flat[span.end - 1] == "s":
                what, end = _what(flat, word.start, span.end)
                yield Spotted(what, word.start, end)


def _hyphened(text: str) -> str:
    """`twice daily` as `twice-daily`; other words as they are."""
    head, gap, tail = text.partition(" ")
    return f"{head}-{tail}" if gap and tail in _ADVERBS else text


def _what(flat: str, start: int, end: int) -> tuple[AmountKind, int]:
    """Duration, frequency or moment, by the words around; and where a moment's words end."""
    back = max(0, start - _BACK)
    if _EVERY_BEFORE.search(flat, back, start) or _APART.match(flat, end):
        return AmountKind.FREQUENCY, end
    after = _WHEN_AFTER.match(flat, end)
    if after is not None:
        return AmountKind.MOMENT, after.end()
    if _LASTS_AFTER.match(flat, end) or _LASTS_BEFORE.search(flat, back, start):
        return AmountKind.DURATION, end
    if _WHEN_BEFORE.search(flat, back, start):
        return AmountKind.MOMENT, end
    return AmountKind.DURATION, end
