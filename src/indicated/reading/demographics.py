"""Who the patient is: age, sex, weight and height."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.assertion import Assertion, Polarity, Time
from indicated.model.quantity import Quantity
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Demographic
    from indicated.reading.numbers import Number
    from indicated.reading.scene import Scene

AGE, ONSET = "demo.age", "demo.onset_age"
_OLD = lazily(
    r" ?-? ?(?:"
    r"(?P<a>(?:years?|yrs?\.?|y\.?)[ -]{0,3}(?:old|of age|/ ?o\b|\.?o\b\.?)|yo[fm]?\b)"
    r"|(?P<mo>(?:months?|mos?\.?)[ -]{0,3}(?:old|of age))"
    r"|(?P<wk>(?:weeks?|wks?\.?)[ -]{0,3}(?:old|of age))"
    r"|(?P<d>days?[ -]{0,3}(?:old|of age)))(?!er)"
)
_AGED = lazily(
    r"\b(?:aged|age|age:|age is|age of|age -|aged:|(?:patient|pt|member|subject): ?(?:(?:m|f|male|female)\b,? ?)?|"
    r"(?:boy|girl|child|man|woman|male|female|patient|member|teenager|lad) of(?: about)?)[ :=]*$"
)
_AT_AGE = lazily(
    r"\b(?:at|from|since|until|till|by|around)(?: the| an?)?(?: age)?(?: of)?"
    r"(?: approximately| about| around| roughly)? ?$"
    r"|\b(?:when|since|until|once|after|before|reached|turned)\b[^.;:,]*$"
)
_BEFORE_LETTERED = (":", "pt", "patient", "member", "is a", "this", "pt is", "in a", "for a", "- a")
_DECADE = lazily(r"\bin (?:his|her|their)(?: early| mid| late)?[ -](?P<decade>[2-9]0)'?s\b")
_UNIT_AFTER_AGED = lazily(
    r"[ -]?(?P<unit>years?|yrs?|y|months?|mos?|weeks?|days?)?\b(?! prior| before| ago)"
    r"(?! ?(?:h|hrs?|hours?|min|minutes?|mg|kg|cm)\b)"
)
_CODES = {"y": "a", "m": "mo", "w": "wk", "d": "d"}
_OLDEST = 120
_LETTER = lazily(r"[ -/]?([A-Z])\b(?![-/.'&]\w)")
_FEET = lazily(r"(?P<feet>\d)' ?(?P<inches>\d{1,2})(?:\"|''|\b)")
_VALUE_GAP = lazily(
    r"[ :=|]*(?:(?:is|was|of|today|currently|approximately|about|~|measured|recorded|at|now)[ :=|]*)*(?:\(?)"
)
_REACH = 30


class Told(Struct, frozen=True):
    """A demographic claim at `start` to `end`. `weak` claims count only where nothing else says it."""

    concept: str
    start: int
    end: int
    assertion: Assertion
    value: Quantity | None = None
    weak: bool = False


class Demographics:
    """The demographic words compiled."""

    __slots__ = ("_letters", "_onset", "_usual", "_words")

    def __init__(self, words: Iterable[Demographic], vocabulary: Vocabulary) -> None:
        listed = tuple(words)
        self._words: Phrases[Demographic] = Phrases(
            (text, one) for one in listed if one.concept != ONSET for text in one.words
        )
        self._letters = {one.letter: one.concept for one in listed if one.letter}
        self._onset = tuple(text for one in listed if one.concept == ONSET for text in one.words)
        self._usual = {one.concept: vocabulary[one.concept].unit for one in listed if one.concept in vocabulary}

    def find(self, scene: Scene) -> list[Told]:
        """Every claim about who the patient is, in order."""
        return sorted([*self._ages(scene), *self._decades(scene), *self._stated(scene)], key=lambda told: told.start)

    def _ages(self, scene: Scene) -> Iterator[Told]:
        flat = scene.view.flat
        for number in scene.numbers:
            if number.kind is not NumberKind.PLAIN or number.sign or number.low != number.high or number.low > _OLDEST:
                continue
            unit, end = _age_unit(flat, number)
            if not unit and self._lettered(scene, number):
                unit, end = "a", number.end
            if not unit:
                continue
            start = number.first
            if flat[start - 1 : start] == "+":
                continue
            said = scene.judge.judge(start, end)
            concept = self._which(scene, start)
            if concept and said.polarity is Polarity.PRESENT:
                yield Told(concept, start, end, said, Quantity(number.low, number.low, unit))
                letter = _LETTER.match(scene.view.cased, end)
                if letter is not None and letter[1] in self._letters:
                    yield Told(self._letters[letter[1]], letter.start(1), letter.end(1), said)

    def _decades(self, scene: Scene) -> Iterator[Told]:
        """`in her 60s`: from 60 to below 70."""
        for match in _DECADE.finditer(scene.view.flat):
            low = int(match["decade"])
            said = scene.judge.judge(match.start(), match.end())
            if said.polarity is Polarity.PRESENT:
                value = Quantity(Decimal(low), Decimal(low + 10), "a", high_open=True)
                yield Told(AGE, match.start(), match.end(), said, value)

    def _lettered(self, scene: Scene, number: Number) -> bool:
        """Whether the number opens its sentence or follows its heading and a letter of sex is written to it (`45F`)."""
        sentence = scene.sentences[scene.judge.sentence_at(number.first)]
        letter = _LETTER.match(scene.view.cased, number.end)
        lead = scene.view.flat[sentence.start : number.first].rstrip(" -*(")
        written = letter is not None and letter.start(1) == number.end and letter[1] in self._letters
        return written and (not lead or lead.endswith(_BEFORE_LETTERED))

    def _which(self, scene: Scene, start: int) -> str:
        """The age now; the age at onset after words of onset; neither after `at age` or beside a range."""
        sentence = scene.sentences[scene.judge.sentence_at(start)]
        before = scene.view.flat[max(sentence.start, start - 48) : start]
        at_age = _AT_AGE.search(before) or _AT_AGE.search(_AGED.sub("", before))
        if at_age is None:
            return AGE
        return ONSET if any(word in before for word in self._onset) else ""

    def _stated(self, scene: Scene) -> Iterator[Told]:
        for word in self._words.find(scene.view.flat, scene.view.words):
            rule = word.meaning
            if rule.value:
                found = self._value(scene, rule, word.start, word.end)
                if found is not None:
                    value, end = found
                    yield Told(rule.concept, word.start, end, scene.judge.judge(word.start, end), value)
                continue
            said = scene.judge.judge(word.start, word.end)
            if said.polarity is Polarity.PRESENT and said.time is not Time.HYPOTHETICAL:
                yield Told(rule.concept, word.start, word.end, said, weak=rule.weak)

    def _value(self, scene: Scene, rule: Demographic, start: int, end: int) -> tuple[Quantity, int] | None:
        """The quantity after the word and where it ends; of `168 lb (76.4 kg)` the one in the usual unit."""
        flat = scene.view.flat
        sentence = scene.sentences[scene.judge.sentence_at(start)]
        around = flat[max(sentence.start, start - 16) : min(sentence.end, end + 16)]
        if any(re.search(rf"\b{re.escape(word)}\b", around) for word in rule.never):
            return None
        stop = min(sentence.end, end + _REACH * 2)
        near = scene.quantities_in(end, stop)
        fits = [item for item in near if item.dimension == rule.dimension and item.quantity.high != 0]
        if not fits or not _VALUE_GAP.fullmatch(flat, end, fits[0].start):
            return _feet(flat, end) if rule.dimension == "length" else None
        first = fits[0]
        if len(fits) > 1 and flat[first.end : fits[1].start].strip() in ("(", "/", "="):
            first = next((item for item in fits[:2] if item.quantity.unit == self._usual.get(rule.concept)), first)
        return first.quantity, first.end


def _feet(flat: str, end: int) -> tuple[Quantity, int] | None:
    """A height told in feet and inches (`4'6"`), in inches."""
    gap = _VALUE_GAP.match(flat, end)
    told = _FEET.match(flat, gap.end() if gap else end)
    return (Quantity.of(12 * int(told["feet"]) + int(told["inches"]), "[in_i]"), told.end()) if told else None


def _age_unit(flat: str, number: Number) -> tuple[str, int]:
    """The unit of an age and where its words end; an empty unit when the number is no age."""
    old = _OLD.match(flat, number.end)
    if old is not None:
        return old.lastgroup or "a", old.end()
    if _AGED.search(flat, max(0, number.first - 12), number.first):
        after = _UNIT_AFTER_AGED.match(flat, number.end)
        if after is not None and flat[number.end : number.end + 1] not in ("%", "/", "-"):
            return _CODES[(after["unit"] or "y")[0]], after.end()
    return "", 0
