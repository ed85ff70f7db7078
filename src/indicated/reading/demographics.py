"""Who the patient is: age, sex, weight and height."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Assertion, Polarity, Time
from indicated.model.quantity import Quantity
from indicated.reading.ages import AGED, AgeSaid, AgeWords, ages, decades, unlike
from indicated.reading.dates import Precision
from indicated.reading.found import DRUG_KINDS
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Demographic
    from indicated.reading.quantities import Found
    from indicated.reading.scene import Scene
    from indicated.reading.view import View

AGE, ONSET, BIRTH, WEIGHT = "demo.age", "demo.onset_age", "demo.birth_date", "demo.weight"
_AGES = (AGE, ONSET)
_AT_AGE = lazily(
    r"\b(?:at|from|since|until|till|by|around)(?: the| an?)?(?: age)?(?: of)?"
    r"(?: approximately| about| around| roughly)? ?$"
    r"|\b(?:when|since|until|once|after|before|reached|turned)\b[^.;:,]*$"
)
_BEFORE_LETTERED = (
    ":",
    "pt",
    "patient",
    "member",
    "is a",
    "this",
    "pt is",
    "in a",
    "for a",
    "- a",
    ")",
    " kg",
    " lb",
)
_LETTER = lazily(r"[ -/]?([A-Z])\b(?![-/.'&]\w)")
_FEET = lazily(
    r"(?P<feet>\d)(?:'| ?(?:ft|foot|feet)\b\.?,?(?: and)?) ?(?P<inches>\d{1,2})"
    r"(?:\"|''| ?in(?:ch(?:es)?)?\b|\b(?!['\"]))"
)
_VALUE_GAP = lazily(
    r"[ :=|]*(?:(?:is|was|of|today|currently|approximately|about|~|measured|recorded|at|now)[ :=|]*)*(?:\(?)"
)
_WITH_LETTER = lazily(
    r"(?<![\w.,/-])(?:(?P<years>[1-9]\d?)(?: ?/ ?|[Yy]/?|(?P<space> ?))(?P<letter>[A-Z])\b(?![-/.'&]\w)"
    r"|(?P<first>[A-Z]) ?/ ?(?P<aged>[1-9]\d?)\b(?![/.,]\d))"
)
_A_PERSON = lazily(
    r" ?(?:[,.;:)\n]|$|(?:with|w/|who|whose|presents|presenting|presented|here|is|was|has|had|found|referred|"
    r"h/o|hx|s/p|c/o|p/w|pmh|patient)(?!\w)| \d+(?:\.\d)? ?kg\b)"
)
_DATE_GAP = lazily(r"[ :=(/#.-]*(?:(?:on|is|was|the) )*")
_IS = lazily(r"\b(?:is|was) $")
_APART = lazily(r"[,;(/-] ?(?:and )?$")
_CLOSES = lazily(r" ?(?:[,;)/(\n]|\.(?!\d)|$|(?:with|who|and|has|presenting|presents)\b)")
_ENDS = lazily(r" ?(?:\.(?!\d)|;|\n|$|\d{1,2} ?[mf]\b|(?:fe)?male\b)")
_OPENS = lazily(r"(?:^|[,;(:]|\b(?:a|an|this|is)) ?$")
_TO_PERSON = lazily(r"[ ,;/-]+(?:an? )?")
_LETTERS = lazily(r"[a-z]+")
_REACH = 30


class Told(Struct, frozen=True):
    """A demographic claim at `start` to `end`. `weak` claims count only where nothing else says it."""

    concept: str
    start: int
    end: int
    assertion: Assertion
    value: Quantity | None = None
    weak: bool = False
    on: date | None = None


_starts, _ends = attrgetter("start"), attrgetter("end")


class Demographics:
    """The demographic words compiled. `age_words` are what makes a number an age besides words of age."""

    __slots__ = (
        "_alone",
        "_groups",
        "_letters",
        "_not_aged",
        "_not_young",
        "_onset",
        "_onset_ages",
        "_usual",
        "_words",
        "age_words",
    )

    def __init__(self, words: Iterable[Demographic], vocabulary: Vocabulary) -> None:
        listed = tuple(words)
        self._words: Phrases[Demographic] = Phrases(
            (text, one) for one in listed if one.concept not in _AGES for text in one.words
        )
        self._letters = {one.letter: one.concept for one in listed if one.letter}
        self._onset = tuple(text for one in listed if one.concept == ONSET for text in one.words)
        self._onset_ages = tuple(f"{text} age" for text in self._onset)
        self._groups: Phrases[Demographic] = Phrases((text, one) for one in listed if one.means for text in one.words)
        aged = [one for one in listed if one.concept == AGE and one.means is None]
        sexes = tuple(
            text for one in listed if not (one.value or one.weak or one.concept in _AGES) for text in one.words
        )
        self.age_words = AgeWords(
            tuple(word for word in sexes if ":" not in word), tuple(text for one in aged for text in one.words)
        )
        self._not_aged = tuple(text for one in aged for text in one.never)
        self._not_young = tuple(text for one in aged for text in one.never_young)
        self._alone = {unit: one for one in listed for unit in one.alone}
        self._usual = {one.concept: vocabulary[one.concept].unit for one in listed if one.concept in vocabulary}

    def find(self, scene: Scene) -> list[Told]:
        """Every claim about who the patient is, in order."""
        told = sorted([*self._ages(scene), *self._lettered(scene), *self._stated(scene)], key=lambda told: told.start)
        told += self._beside(scene, told)
        if not any(one.concept == WEIGHT for one in told):
            told += self._alone_said(scene)
        return sorted(told, key=lambda told: told.start)

    def _ages(self, scene: Scene) -> Iterator[Told]:
        flat = scene.view.flat
        tens = tuple(decades(flat))
        for age in (*ages(flat, scene.numbers, self.age_words), *tens):
            sentence = scene.sentences[scene.judge.sentence_at(age.first)]
            said = _still(scene.judge.judge(age.first, age.end))
            never = self._not_aged if age.value.unit == "a" else (*self._not_aged, *self._not_young)
            if said.polarity is not Polarity.PRESENT or unlike(flat, age, sentence.start, never):
                continue
            if age.value.exact is None and age not in tens and not _IS.search(flat, sentence.start, age.start):
                continue
            concept = self._which(scene, age.first)
            if concept:
                yield Told(concept, age.start, age.end, said, age.value)
                letter = _LETTER.match(scene.view.cased, age.end)
                if letter is not None and letter[1] in self._letters:
                    yield Told(self._letters[letter[1]], letter.start(1), letter.end(1), said)

    def _beside(self, scene: Scene, told: Sequence[Told]) -> Iterator[Told]:
        """Weights and heights that stand by themselves beside the age or the sex (`45-year-old man, 178 cm, 70 kg`)."""
        flat = scene.view.flat
        persons = [one for one in told if not one.weak and one.concept not in (ONSET, BIRTH)]
        done = {one.end for one in told if one.value is not None}
        for item in scene.quantities if persons else ():
            rule = self._alone.get(item.quantity.unit)
            if rule is None or item.end in done or item.quantity.exact is None:
                continue
            sentence = scene.sentences[scene.judge.sentence_at(item.start)]
            before = max((one for one in persons if sentence.start <= one.start < item.start), key=_ends, default=None)
            after = min((one for one in persons if item.end <= one.start < sentence.end), key=_starts, default=None)
            led = before is not None and self._is_listed(flat, before.end, item, rule)
            leads = after is not None and _TO_PERSON.fullmatch(flat, item.end, after.start) is not None
            opens = item.start == sentence.body or _OPENS.search(flat, sentence.start, item.start) is not None
            if led or (leads and opens):
                said = scene.judge.judge(item.start, item.end)
                one = Told(rule.concept, item.start, item.end, said, item.quantity)
                persons.append(one)
                yield one

    def _alone_said(self, scene: Scene) -> Iterator[Told]:
        """The one weight that stands by itself: a sentence (`q4wks x 6 mo. 88 kg.`), or the last item after a dose."""
        masses = [one for one in scene.quantities if one.dimension == "mass" and one.quantity.unit in self._alone]
        item = masses[0] if len(masses) == 1 else None
        if item is None or item.quantity.exact is None:
            return
        flat, sentence = scene.view.flat, scene.sentences[scene.judge.sentence_at(item.start)]
        before = flat[sentence.body : item.start]
        listed = before.rstrip().endswith((",", ";"))
        treated = listed and any(
            one.kind in DRUG_KINDS for one in scene.of_sentence(scene.judge.sentence_at(item.start))
        )
        whole = treated or not before.strip(" -")
        words = set(_LETTERS.findall(before))
        if whole and _ENDS.match(flat, item.end) and not words.intersection(self._alone[item.quantity.unit].never):
            said = scene.judge.judge(item.start, item.end)
            yield Told(WEIGHT, item.start, item.end, said, item.quantity, weak=True)

    @staticmethod
    def _is_listed(flat: str, start: int, item: Found, rule: Demographic) -> bool:
        """Whether a quantity is an item of its own after what was told of the person, with nothing that makes it
        something else between.
        """
        gap = flat[start : item.start]
        # Right after the person it needs no comma (`female 58 kg`).
        following = _LETTERS.search(flat, item.end, item.end + _REACH)
        beside = gap == " " and following is not None and following[0] not in rule.never
        closes = beside or _CLOSES.match(flat, item.end) is not None
        if (gap != " " and not _APART.search(gap)) or not closes or len(gap) > _REACH * 2:
            return False
        if rule.dimension == "length" and gap.strip(" ,;(/-"):
            return False
        words = set(_LETTERS.findall(gap))
        return not (any(char.isdigit() for char in gap) or words.intersection(rule.never))

    def _lettered(self, scene: Scene) -> Iterator[Told]:
        """Ages that open a sentence, or follow its heading, with a letter of sex beside them (`45F`, `F/45`)."""
        flat, cased = scene.view.flat, scene.view.cased
        for match in _WITH_LETTER.finditer(cased):
            concept = self._letters.get(match["letter"] or match["first"])
            sentence = scene.sentences[scene.judge.sentence_at(match.start())]
            lead = flat[sentence.start : match.start()].rstrip(" -*(")
            item = lead.endswith((",", ";")) and _A_PERSON.match(flat, match.end()) is not None
            if concept is None or (lead and not item and not lead.endswith(_BEFORE_LETTERED)):
                continue
            if match["space"] and not _A_PERSON.match(flat, match.end()):
                continue
            start, end = match.span("years") if match["years"] else match.span("aged")
            age = AgeSaid(start, match.end(), start, Quantity.of(Decimal(flat[start:end]), "a"))
            if unlike(flat, age, sentence.start, self._not_aged):
                continue
            said = _still(scene.judge.judge(start, end))
            if said.polarity is Polarity.PRESENT:
                letter = match.span("letter") if match["letter"] else match.span("first")
                yield Told(AGE, start, end, said, age.value)
                yield Told(concept, *letter, said)

    def _which(self, scene: Scene, start: int) -> str:
        """The age now; the age at onset after words of onset; neither after `at age` or beside a range."""
        sentence = scene.sentences[scene.judge.sentence_at(start)]
        before = scene.view.flat[max(sentence.start, start - 48) : start]
        if before.rstrip(" :").endswith(self._onset_ages):
            return ONSET
        at_age = _AT_AGE.search(before) or _AT_AGE.search(AGED.sub("", before))
        if at_age is None:
            return AGE
        return ONSET if any(word in before for word in self._onset) else ""

    def _stated(self, scene: Scene) -> Iterator[Told]:
        flat, words = scene.view.flat, scene.view.words
        for word in (*self._words.find(flat, words), *self._groups.find(flat, words)):
            rule = word.meaning
            if rule.dimension == "date":
                yield from _dated(scene, rule, word.start, word.end)
            elif rule.value:
                found = self._value(scene, rule, word.start, word.end)
                if found is not None:
                    value, end = found
                    yield Told(rule.concept, word.start, end, scene.judge.judge(word.start, end), value)
            else:
                said = scene.judge.judge(word.start, word.end)
                said = _of_whole_words(scene.view, said)
                if any(flat.endswith(f"{one} ", 0, word.start) for one in rule.never):
                    continue
                if said.polarity is Polarity.PRESENT and said.time is not Time.HYPOTHETICAL:
                    yield Told(rule.concept, word.start, word.end, said, rule.means, rule.weak)

    def _value(self, scene: Scene, rule: Demographic, start: int, end: int) -> tuple[Quantity, int] | None:
        """The quantity after the word and where it ends; of `168 lb (76.4 kg)` the one in the usual unit."""
        flat = scene.view.flat
        sentence = scene.sentences[scene.judge.sentence_at(start)]
        around = flat[max(sentence.start, start - 16) : min(sentence.end, end + 16)]
        if any(re.search(rf"\b{re.escape(word)}\b", around) for word in rule.never):
            return None
        if rule.dimension == "length" and (feet := _feet(flat, end)) is not None:
            return feet
        stop = min(sentence.end, end + _REACH * 2)
        near = scene.quantities_in(end, stop)
        fits = [item for item in near if item.dimension == rule.dimension and item.quantity.high != 0]
        if not fits or not _VALUE_GAP.fullmatch(flat, end, fits[0].start):
            return None
        first = fits[0]
        if len(fits) > 1 and flat[first.end : fits[1].start].strip() in ("(", "/", "="):
            first = next((item for item in fits[:2] if item.quantity.unit == self._usual.get(rule.concept)), first)
        return first.quantity, first.end


def _dated(scene: Scene, rule: Demographic, start: int, end: int) -> Iterator[Told]:
    """The day that stands after a word, to the day, unless a word before says that it is another's."""
    before = scene.view.flat[max(0, start - _REACH) : start].rpartition(".")[2]
    if any(re.search(rf"\b{re.escape(word)}\b", before) for word in rule.never):
        return
    for told in scene.dates_in(end, end + _REACH):
        if told.precision is Precision.DAY and _DATE_GAP.fullmatch(scene.view.flat, end, told.start):
            yield Told(rule.concept, start, told.end, scene.judge.judge(start, told.end), on=told.on)
        break


def _still(said: Assertion) -> Assertion:
    """What is over in the rest of a clause (`55F, now in remission`) is not the age or the sex."""
    if said.time is not Time.RESOLVED:
        return said
    kept = tuple(cue for cue in said.because if cue.value not in (Polarity.ABSENT, Time.RESOLVED))
    return replace(said, polarity=Polarity.PRESENT, time=Time.CURRENT, because=kept)


def _of_whole_words(view: View, said: Assertion) -> Assertion:
    """Without a denial that only belongs to the word hyphened to it (`a non-smoking man`)."""
    denied = next((cue for cue in said.because if cue.axis == "polarity"), None)
    text = view.document.text
    if denied is None or denied.end is None or "-" not in text[denied.end - 1 : denied.end + 1]:
        return said
    return replace(said, polarity=Polarity.PRESENT, because=tuple(cue for cue in said.because if cue is not denied))


def _feet(flat: str, end: int) -> tuple[Quantity, int] | None:
    """A height told in feet and inches (`4'6"`, `5 feet 4 inches`), in inches."""
    gap = _VALUE_GAP.match(flat, end)
    told = _FEET.match(flat, gap.end() if gap else end)
    return (Quantity.of(12 * int(told["feet"]) + int(told["inches"]), "[in_i]"), told.end()) if told else None
