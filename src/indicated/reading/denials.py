"""A plan's denial as data: its reasons, the rights and times it tells of, its date, the kind of plan and the state.

A notice of its own is read whole. In a case a denial is what a sentence says was denied, and what the plan is quoted
with after it. Whatever it says stays the plan's word.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from indicated.model.assertion import Voice
from indicated.model.denial import Denial, StatedRight, ToldPart
from indicated.model.law import CountedIn, NoticePart, Within
from indicated.model.lexicon_agreement import OwnDate
from indicated.model.text import Document
from indicated.reading.dates import DateFound, Precision
from indicated.reading.denial_reasons import Sentences
from indicated.reading.document_dates import OwnDates
from indicated.reading.found import DRUG_KINDS
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.plain_words import Plain, plain
from indicated.reading.reader import reader_for
from indicated.reading.treated import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from indicated.model.denial import RightKind
    from indicated.model.law import Plan
    from indicated.model.lexicon import Lexicon
    from indicated.model.lexicon_denial import DenialWords
    from indicated.model.text import Passage
    from indicated.reading.scene import Scene

_MOST_BETWEEN = 3
_MOST_APART = 80
_MOST_DAYS = 400
_HEAD = 160
_ADJOINS = lazily(r" ?(?:(?:was|were|is|are|has been|also|both) )*")


class DenialReader:
    """The words of denials compiled, over a lexicon."""

    __slots__ = ("_announces", "_compiled", "_dates", "_joins", "_lexicon", "_words")

    def __init__(self, lexicon: Lexicon, words: DenialWords) -> None:
        self._lexicon, self._words = lexicon, words
        self._announces = tuple(dict.fromkeys(map(plain, words.announces)))
        self._joins = tuple(dict.fromkeys(map(plain, words.joins)))
        self._compiled: Sentences | None = None
        self._dates = OwnDates(OwnDate((one,)) for one in words.dates)

    @property
    def _sentences(self) -> Sentences:
        """The words of reasons, compiled when the first denial is there to read."""
        self._compiled = self._compiled or Sentences(self._words)
        return self._compiled

    def notice(self, document: Document) -> Denial:
        """What a notice says, read whole."""
        scene = reader_for(self._lexicon).scene(document)
        spans = [(number, one.start, one.end) for number, one in enumerate(scene.sentences)]
        day = self._dates.of(scene) or self._beside_a_word(scene)
        plan, plan_in = self._plan(scene)
        state, state_in = self._state(scene)
        return Denial(
            document=document,
            reasons=self._sentences.reasons(scene, spans),
            dated=day.on if day is not None else None,
            dated_in=scene.passage(day.start, day.end) if day is not None else None,
            plan=plan,
            plan_in=plan_in,
            state=state,
            state_in=state_in,
            rights=tuple(self._rights(scene)),
            parts=tuple(self._parts(scene)),
            mentions=tuple(dict.fromkeys(seen.concept for seen in scene.seen)),
        )

    def _beside_a_word(self, scene: Scene) -> DateFound | None:
        """The first day right after one of the words for the date of a notice; else the only one of its first lines."""
        flat = scene.view.flat
        words = tuple(map(plain, self._words.dates))
        days = [day for day in scene.dates_in(0, len(flat)) if day.precision is Precision.DAY]
        for day in days:
            before = Plain(flat, max(0, day.start - _MOST_APART), day.start)
            if any(before.text.endswith(f" {word} ") for word in words):
                return day
        head = [day for day in days if day.end <= _HEAD]
        return head[0] if len({day.on for day in head}) == 1 else None

    def quoted(self, documents: Iterable[Document]) -> tuple[Denial, ...]:
        """The denials that documents of a case tell of, with the reasons quoted there; at most one of each document."""
        found = []
        for document in documents:
            text = document.text.lower()
            if type(document) is Document and Plain(text, 0, len(text)).has(self._announces):
                denial = self._quoted(document)
                found += [denial] if denial is not None else []
        return tuple(found)

    def _quoted(self, document: Document) -> Denial | None:
        scene = reader_for(self._lexicon).scene(document)
        flat, spans, told = scene.view.flat, [], None
        day = None
        for number, sentence in enumerate(scene.sentences):
            said = Plain(flat, sentence.start, sentence.end)
            place = said.first(self._announces)
            if place is not None and not sentence.asks and not _of_another(scene, number, place[0]):
                told = told or scene.passage(sentence.start, sentence.end)
                dates = [one for one in scene.dates_in(place[1], place[1] + 40) if one.precision is Precision.DAY]
                day = day or (dates[0] if dates else None)
                rest = Plain(flat, place[0], sentence.end)
                led = rest.has(self._joins) or ":" in flat[place[0] : sentence.end]
                spans += [(number, place[0], sentence.end)] if led else []
            elif spans or told is not None:
                follows = _goes_on(scene, number, told)
                spans += [(number, sentence.start, sentence.end)] if follows else []
        if told is None:
            return None
        reasons = self._sentences.reasons(scene, spans)
        return Denial(
            document=document,
            reasons=reasons,
            quoted=True,
            dated=day.on if day is not None else None,
            dated_in=scene.passage(day.start, day.end) if day is not None else None,
            parts=(ToldPart(NoticePart.DECISION, told),),
            mentions=tuple(dict.fromkeys(one.concept for reason in reasons for one in reason.concepts)),
        )

    def _rights(self, scene: Scene) -> Iterator[StatedRight]:
        """The rights that are told of, each once, the first that has a time before one that has none."""
        found: dict[object, StatedRight] = {}
        for number, sentence in enumerate(scene.sentences):
            said = Plain(scene.view.flat, sentence.start, sentence.end)
            for words in self._words.rights:
                if said.has(map(plain, words.never)) or not said.has(map(plain, words.texts)):
                    continue
                right = self._right(scene, number, words.right)
                known = found.get(words.right)
                timed = right.within is not None or right.by is not None
                if known is None or (timed and known.within is None and known.by is None):
                    found[words.right] = right
        yield from found.values()

    def _right(self, scene: Scene, number: int, kind: RightKind) -> StatedRight:
        """The right of one sentence, with its time, which the next sentence may tell."""
        sentence = scene.sentences[number]
        within, by = self._time(scene, sentence.start, sentence.end)
        end = sentence.end
        if within is None and by is None and number + 1 < len(scene.sentences):
            after = scene.sentences[number + 1]
            if Plain(scene.view.flat, after.start, after.end).has(map(plain, self._words.onward)):
                within, by = self._time(scene, after.start, after.end)
                end = after.end if within is not None or by is not None else end
        return StatedRight(kind, scene.passage(sentence.start, end), within, by)

    def _time(self, scene: Scene, start: int, end: int) -> tuple[Within | None, date | None]:
        """How long a sentence says that there is: a span of days, or a last day; not how long the plan may take."""
        flat = scene.view.flat
        answers = Plain(flat, start, end).first(map(plain, self._words.decides))
        told: list[tuple[int, Within]] = []
        for number in scene.numbers_in(start, end):
            before_answer = answers is None or number.end <= answers[0]
            whole = number.kind is NumberKind.PLAIN and number.low == number.high and number.low % 1 == 0
            counted = self._unit(flat, number.end) if before_answer and whole else None
            if counted is not None and 1 <= number.low <= _MOST_DAYS:
                told.append((counted[0], Within(int(number.low), counted[1])))
        within = min(told, key=itemgetter(0), default=(0, None))[1]
        days = [one for one in scene.dates_in(start, end) if one.precision is Precision.DAY]
        by = next((one.on for one in days if answers is None or one.end <= answers[0]), None)
        return within, by

    def _unit(self, flat: str, at: int) -> tuple[int, CountedIn] | None:
        """What a number that ends at `at` counts, where words for time follow it, and after how many other words: `60
        (sixty) calendar days`.
        """
        said = Plain(flat, at, min(len(flat), at + _MOST_APART))
        best: tuple[int, int, CountedIn] | None = None
        for span in self._words.spans:
            for text in map(plain, span.texts):
                place = said.text.find(f" {text} ")
                words = said.text.count(" ", 0, place) if place >= 0 else _MOST_BETWEEN
                if words < _MOST_BETWEEN and (best is None or place < best[0]):
                    best = place, words, span.unit
        return best[1:] if best else None

    def _parts(self, scene: Scene) -> Iterator[ToldPart]:
        flat = scene.view.flat
        said = Plain(flat, 0, len(flat))
        for words in self._words.parts:
            place = said.first(map(plain, words.texts))
            if place is not None:
                yield ToldPart(words.part, scene.passage(*place))

    def _plan(self, scene: Scene) -> tuple[Plan | None, Passage | None]:
        said = Plain(scene.view.flat, 0, len(scene.view.flat))
        for words in self._words.plans:
            place = said.first(map(plain, words.texts))
            if place is not None:
                return words.plan, scene.passage(*place)
        return None, None

    def _state(self, scene: Scene) -> tuple[str, Passage | None]:
        """The state whose own program is named, or that stands beside words for a regulator."""
        flat = scene.view.flat
        whole = Plain(flat, 0, len(flat))
        for one in self._words.states:
            place = whole.first(map(plain, one.alone)) if one.alone else None
            if place is not None:
                return one.state, scene.passage(*place)
        beside = [place for place in map(plain, self._words.beside_state) if place]
        for one in self._words.states:
            place = whole.first(map(plain, one.names))
            while place is not None:
                near = Plain(flat, max(0, place[0] - _MOST_APART // 2), min(len(flat), place[1] + _MOST_APART // 2))
                if near.has(beside):
                    return one.state, scene.passage(*place)
                rest = Plain(flat, place[1], len(flat))
                place = rest.first(map(plain, one.names))
        return "", None


def _of_another(scene: Scene, number: int, at: int) -> bool:
    """Whether a denial is told of a drug right before it, in a text that asks for a treatment (`B denied by plan`)."""
    before = [seen for seen in scene.of_sentence(number) if seen.kind in DRUG_KINDS and seen.end <= at]
    if not before or before[-1].kind in GIVEN or not any(seen.kind in GIVEN for seen in scene.seen):
        return False
    return _ADJOINS.fullmatch(scene.view.flat, before[-1].end, at) is not None


def _goes_on(scene: Scene, number: int, told: Passage | None) -> bool:
    """Whether a sentence goes on with what the plan was quoted with: in the plan's voice, in the same paragraph."""
    if number == 0 or told is None:
        return False
    sentence = scene.sentences[number]
    if sentence.section is not None and sentence.section.priors.get("voice") == Voice.PAYER_CRITERIA:
        return True
    said = scene.judge.judge(sentence.body, max(sentence.body + 1, sentence.end))
    return said.voice is Voice.PAYER_CRITERIA
