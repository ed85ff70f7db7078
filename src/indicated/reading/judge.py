"""How a span was said: the cues that reach it and its heading, judged axis by axis."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from indicated.model.assertion import Assertion, Certainty, Cue, Polarity, Subject, Time, Voice
from indicated.reading.cues import Cues, CueSeen, Effective, Reach, effective, reaching
from indicated.reading.form_answers import Answered, answers, decides
from indicated.reading.leads import leads
from indicated.reading.quotations import quotations

if TYPE_CHECKING:
    from indicated.model.concept import Kind
    from indicated.model.lexicon import SectionHeader
    from indicated.model.lexicon_cues import CueRule
    from indicated.reading.named_cues import Names
    from indicated.reading.scene import Sentence
    from indicated.reading.view import View


class Judge:
    """Cues of one document bucketed by sentence; judges any span of it."""

    __slots__ = (
        "_answers",
        "_because_of",
        "_by_sentence",
        "_cues",
        "_ends",
        "_leads",
        "_led",
        "_names",
        "_quotations",
        "_settled",
        "sentences",
        "view",
    )

    def __init__(self, view: View, sentences: list[Sentence], cues: Cues) -> None:
        self.view = view
        self.sentences = sentences
        self._ends = [sentence.end for sentence in sentences]
        self._cues: list[list[CueSeen]] = [[] for _ in sentences]
        self._by_sentence: list[Effective | None] = [None] * len(sentences)
        self._leads = leads(view.flat, sentences)
        self._answers = answers(view.flat, sentences)
        self._quotations = quotations(view.flat, sentences)
        self._led: dict[int, list[Reach]] = {}
        self._settled: dict[tuple[int, Kind | None], Assertion] = {}
        self._because_of: dict[tuple[str, str, int, int], Cue] = {}
        self._names: Names | None = None
        for cue in cues.find(view):
            at = self.sentence_at(cue.start)
            if at < len(sentences):
                self._cues[at].append(cue)

    def heed(self, names: Names) -> None:
        """Judge from now on with the names of the text's concepts known: some cues are part of them, or speak of them
        alone.
        """
        self._names = names
        self._by_sentence = [None] * len(self.sentences)
        self._settled.clear()
        self._led.clear()

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a position (the last one for a position after all)."""
        at = bisect_right(self._ends, position)
        return at if at < len(self._ends) else max(at - 1, 0)

    def cues_of(self, number: int) -> Effective:
        """The effective cues of a sentence."""
        known = self._by_sentence[number]
        if known is None:
            names, cues = self._names, self._cues[number]
            if names is None:
                cues = [cue for cue in cues if not cue.rule.then]
            else:
                cues = [cue for cue in cues if not names.silences(cue.rule, cue.start, cue.end)]
            known = effective(cues, self.sentences[number], self.view.flat, names)
            self._by_sentence[number] = known
        return known

    def answer_to(self, position: int) -> str:
        """What a form answers to the question in which a position stands: `yes`, `no`, `open`, or nothing."""
        told = self._answers.get(self.sentence_at(position), ())
        return next((one.says for one in told if one.start <= position < one.end), "")

    def _from_lead(self, number: int) -> list[Reach]:
        """What the sentence that leads the list of a sentence says of every item: the cues that reach its end. That
        it names the patient does not make him the subject of every item.
        """
        lead = self._leads.get(number)
        if lead is None:
            return []
        known = self._led.get(lead)
        if known is None:
            end = self.sentences[lead].end
            known = reaching(self.cues_of(lead).near(end), end, end, self.view.flat, None)
            known = self._led[lead] = [one for one in known if _leads_on(one.cue.rule)] + self._from_lead(lead)
        return known

    def judge(self, start: int, end: int, kind: Kind | None = None) -> Assertion:
        """The assertion of the span `start` to `end` of the flat text. No cue makes a fact of the page's furniture."""
        if not self.sentences:
            return Assertion()
        number = self.sentence_at(start)
        if not self.cues_of(number).settled or number in self._answers:
            return self._judged(number, start, end, kind)
        known = self._settled.get((number, kind))
        if known is None:
            known = self._settled[number, kind] = self._judged(number, start, end, kind)
        return known

    def _judged(self, number: int, start: int, end: int, kind: Kind | None) -> Assertion:
        sentence = self.sentences[number]
        values, because = _priors(sentence, kind)
        for axis, (reach, value) in _winners(self._from_lead(number)).items():
            if not reach.cue.rule.kinds or kind is None or kind in reach.cue.rule.kinds:
                values[axis] = value
                because[axis] = self._because(axis, reach, value)
        if number in self._quotations:
            self._quoted(number, values, because)
        reached = reaching(self.cues_of(number).near(start), start, end, self.view.flat, kind)
        for axis, (reach, value) in _winners(reached).items():
            if axis == "voice" and values.get("voice") == Voice.BOILERPLATE:
                continue
            if reach.cue.rule.rank < 0 and axis not in because:
                continue
            values[axis] = value
            because[axis] = self._because(axis, reach, value)
        for told in self._answers.get(number, ()):
            if told.start <= start and end <= told.end and decides(self.view.flat, told, start, end, kind):
                self._answer(told, values, because)
        return _assertion(values, because)

    def _quoted(self, number: int, values: dict[str, str], because: dict[str, Cue]) -> None:
        """A payer who is quoted goes on speaking until the quotation closes."""
        opened = self._quotations[number]
        reached = reaching(self.cues_of(opened.sentence).near(opened.at), opened.at, opened.at, self.view.flat, None)
        for axis, (reach, value) in _winners(reached).items():
            if axis == "voice" and value == Voice.PAYER_CRITERIA:
                values[axis] = value
                because[axis] = self._because(axis, reach, value)

    def _answer(self, told: Answered, values: dict[str, str], because: dict[str, Cue]) -> None:
        """Set what the answer of a form says."""
        place = self.view.span(told.at, told.until)

        def say(axis: str, value: str) -> None:
            values[axis] = value
            because[axis] = Cue(axis, value, "form.answer", *place)

        # The `no` that may be ticked is no denial of its own.
        heard = because.get("polarity")
        own = heard is not None and heard.start is not None and place[0] <= heard.start < place[1]
        absent = values.get("polarity") == Polarity.ABSENT and not own
        if told.says == "open" or (told.says == "no" and absent):
            # `No` to a question that denies may be meant either way.
            say("polarity", Polarity.NOT_DOCUMENTED)
            return
        if told.says == "no":
            say("polarity", Polarity.ABSENT)
        elif not absent:
            say("polarity", Polarity.PRESENT)
        if values.get("voice") in _ASKING:
            say("voice", Voice.CASE)
        if values.get("certainty") == Certainty.POSSIBLE and told.asked:
            say("certainty", Certainty.CONFIRMED)

    def _because(self, axis: str, reach: Reach, value: str) -> Cue:
        cue = reach.cue
        key = axis, cue.rule.id, cue.start, cue.end
        known = self._because_of.get(key)
        if known is None:
            first, last = self.view.span(cue.start, cue.end)
            known = self._because_of[key] = Cue(axis, value, cue.rule.id, first, last)
        return known


def _leads_on(rule: CueRule) -> bool:
    return rule.rank >= 0 and rule.sets.get("voice") != Voice.CASE


def _priors(sentence: Sentence, kind: Kind | None) -> tuple[dict[str, str], dict[str, Cue]]:
    """What the heading says, that sentences that cite tell of others, and that those that ask are the question's."""
    values: dict[str, str] = {}
    because: dict[str, Cue] = {}
    section: SectionHeader | None = sentence.section
    if section is not None and section.priors and (not section.kinds or kind is None or kind in section.kinds):
        for axis, value in section.priors.items():
            values[axis] = value
            because[axis] = Cue(axis, value, section.id)
    if sentence.voice is not None and ("voice" not in values or sentence.voice is Voice.BOILERPLATE):
        values["voice"] = sentence.voice
        because["voice"] = Cue("voice", sentence.voice, "sentence.cites")
    if sentence.asks and "voice" not in values:
        values["voice"] = Voice.QUESTION
        because["voice"] = Cue("voice", Voice.QUESTION, "sentence.asks")
    return values, because


def _winners(reached: list[Reach]) -> dict[str, tuple[Reach, str]]:
    """For each axis the cue of the highest rank, of equals the nearest, of equals the longer."""
    best: dict[str, tuple[Reach, str]] = {}
    for reach in reached:
        for axis, value in reach.cue.rule.sets.items():
            if axis not in best or _key(reach) > _key(best[axis][0]):
                best[axis] = (reach, value)
    return best


def _key(reach: Reach) -> tuple[int, int, int]:
    rule: CueRule = reach.cue.rule
    return rule.rank, -reach.distance, reach.cue.end - reach.cue.start


def _assertion(values: dict[str, str], because: dict[str, Cue]) -> Assertion:
    if not values:
        return _PLAIN
    return Assertion(
        _POLARITY[values.get("polarity", "present")],
        _CERTAINTY[values.get("certainty", "confirmed")],
        _TIME[values.get("time", "current")],
        _SUBJECT[values.get("subject", "patient")],
        _VOICE[values.get("voice", "case")],
        tuple(because.values()),
    )


_PLAIN = Assertion()
_ASKING = (Voice.QUESTION, Voice.PAYER_CRITERIA)

# A dictionary gives a member in a tenth of the time that calling its class takes, and every mention needs five.
_POLARITY = {str(one): one for one in Polarity}
_CERTAINTY = {str(one): one for one in Certainty}
_TIME = {str(one): one for one in Time}
_SUBJECT = {str(one): one for one in Subject}
_VOICE = {str(one): one for one in Voice}
