"""How the disease answered the treatment asked for, for requests to go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.assertion import Assertion, Certainty, Polarity
from indicated.model.concept import Kind
from indicated.model.fact import Course, Fact, Quoted
from indicated.model.regimen import Phase
from indicated.reading.facts import holds
from indicated.reading.found import DRUG_KINDS, TESTED
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import CourseRule
    from indicated.model.text import Passage
    from indicated.reading.found import RequestFound
    from indicated.reading.scene import Scene, Seen


class _Said(Struct, frozen=True):
    start: int
    end: int
    rule: CourseRule


class Courses:
    """The words of courses compiled."""

    __slots__ = ("_after", "_anaphora", "_unless", "_words")

    def __init__(self, rules: Iterable[CourseRule], anaphora: Iterable[str]) -> None:
        listed = tuple(rules)
        meanings: dict[str, list[CourseRule]] = {}
        for rule in listed:
            for text in rule.texts:
                meanings.setdefault(text, []).append(rule)
        self._words: Phrases[list[CourseRule]] = Phrases(meanings.items())
        self._after: Phrases[bool] = Phrases((text, True) for rule in listed for text in rule.after)
        self._unless: Phrases[tuple[CourseRule, ...]] = Phrases(_unless(listed).items())
        self._anaphora: Phrases[bool] = Phrases((text, True) for text in anaphora)

    def find(
        self, scene: Scene, asked: RequestFound | None, vocabulary: Vocabulary, now: Container[Passage]
    ) -> list[Fact]:
        """Courses told in sentences about the treatment asked for, or right after one that says that it is under way
        (its name is a passage of `now`, or it is asked for to go on and a measure is told), each on what it speaks of:
        a condition or finding of the sentence, else the condition asked for, else the treatment.
        """
        if asked is None:
            return []
        by_sentence: dict[int, list[_Said]] = {}
        for spoken in self._words.find(scene.view.flat, scene.view.words):
            number = scene.judge.sentence_at(spoken.start)
            by_sentence.setdefault(number, []).extend(_Said(spoken.start, spoken.end, rule) for rule in spoken.meaning)
        if not by_sentence:
            return []
        mentions: dict[int, list[Seen]] = {}
        for seen in scene.seen:
            if seen.sentence in by_sentence:
                mentions.setdefault(seen.sentence, []).append(seen)
        found: list[Fact] = []
        continued = asked.request.phase is Phase.CONTINUATION
        for number, said in sorted(by_sentence.items()):
            measured = continued and any(one.kind in TESTED for one in mentions.get(number, ()))
            goes_on = any(
                _same(one.concept, asked, vocabulary)
                and (scene.passage(one.start, one.end) in now if one.start not in asked.asked_at else measured)
                for one in (scene.of_sentence(number - 1) if number else ())
            )
            fact = self._told(scene, number, said, mentions.get(number, []), asked, vocabulary, goes_on=goes_on)
            if fact is not None:
                found.append(fact)
        return found

    def _told(  # noqa: PLR0913, PLR0917 - one sentence with all that stands in it
        self,
        scene: Scene,
        number: int,
        said: Sequence[_Said],
        seen: Sequence[Seen],
        asked: RequestFound,
        vocabulary: Vocabulary,
        *,
        goes_on: bool,
    ) -> Fact | None:
        """The course of one sentence: a relapse off treatment before the others, then the first. `goes_on`: it goes on
        about the treatment.
        """
        sentence = scene.sentences[number]
        text = scene.view.flat[sentence.start : sentence.end]
        drugs = [one for one in seen if one.kind in DRUG_KINDS]
        mine = [one for one in drugs if _same(one.concept, asked, vocabulary)]
        about = bool(mine) or next(self._anaphora.find(text), None) is not None
        if not about and goes_on:
            about = not any(one.kind is Kind.CONDITION and not _is_treated(one, asked, vocabulary) for one in seen)
        if not about or (drugs and not mine):
            return None
        stopped = next(self._after.find(text), None)
        off = stopped is not None
        # A relapse off treatment is of the drug that was stopped; any other course of the drug named beside it.
        place = None if stopped is None else (sentence.start + stopped.start, sentence.start + stopped.end)
        barred = {rule.id for found in self._unless.find(text) for rule in found.meaning}
        fitting = [one for one in said if (off or not one.rule.after) and one.rule.id not in barred]
        fitting.sort(key=lambda one: not one.rule.after)
        # Where a treatment is asked for to start, what got worse got so without it.
        to_start = asked.request.phase is not Phase.CONTINUATION and any(one.start in asked.asked_at for one in mine)
        for one in fitting:
            judged = scene.judge.judge(one.start, one.end)
            improving = one.rule.course in (Course.IMPROVED, Course.STABLE)
            if to_start and one.rule.course is Course.WORSENED:
                continue
            sure = judged.polarity is Polarity.PRESENT and judged.certainty is Certainty.CONFIRMED
            if (
                holds(judged)
                and sure
                and not (off and improving)
                and _nearest_is(place or (one.start, one.end), mine, drugs)
            ):
                beside = seen if place is None else [other for other in seen if not _overlaps(other, place)]
                return _fact(scene, one, beside, asked, judged, vocabulary)
        return None


def _unless(rules: Iterable[CourseRule]) -> dict[str, tuple[CourseRule, ...]]:
    found: dict[str, tuple[CourseRule, ...]] = {}
    for rule in rules:
        for text in rule.unless:
            found[text] = (*found.get(text, ()), rule)
    return found


def _nearest_is(place: tuple[int, int], mine: Sequence[Seen], drugs: Sequence[Seen]) -> bool:
    """Whether the drug nearest to the words is the one asked for; another one nearer would have the credit."""
    start, end = place
    return len(mine) == len(drugs) or min(drugs, key=lambda one: max(start - one.end, one.start - end)) in mine


def _same(concept: str, asked: RequestFound, vocabulary: Vocabulary) -> bool:
    return vocabulary.related(concept, asked.request.treatment) or concept == asked.request.product


def _overlaps(seen: Seen, place: tuple[int, int]) -> bool:
    return seen.start < place[1] and place[0] < seen.end


def _is_treated(seen: Seen, asked: RequestFound, vocabulary: Vocabulary) -> bool:
    """Whether a condition is one that the treatment is asked for."""
    return any(vocabulary.related(seen.concept, one) for one in asked.request.indications)


def _fact(  # noqa: PLR0913, PLR0917 - a course with all that it may be of
    scene: Scene, one: _Said, seen: Sequence[Seen], asked: RequestFound, judged: Assertion, vocabulary: Vocabulary
) -> Fact:
    """The course on the nearest condition or finding of its sentence, else on the condition asked for."""
    spoken_of = [other for other in seen if other.kind in (Kind.CONDITION, Kind.FINDING) and holds(other.assertion)]
    sentence = scene.sentences[scene.judge.sentence_at(one.start)]
    passage = scene.passage(sentence.start, sentence.end)
    if one.rule.course is Course.RELAPSE_OFF_TREATMENT:
        # What comes back is what is treated, or a sign of it; what happened then beside it did not.
        spoken_of = [
            other for other in spoken_of if other.kind is Kind.FINDING or _is_treated(other, asked, vocabulary)
        ]
    if spoken_of:
        nearest = min(spoken_of, key=lambda other: max(one.start - other.end, other.start - one.end, 0))
        return Fact(nearest.concept, (Quoted(passage),), nearest.assertion, course=one.rule.course)
    wanted = [other for other in scene.seen if other.concept in asked.request.indications and holds(other.assertion)]
    if wanted:
        return Fact(wanted[0].concept, (Quoted(passage),), wanted[0].assertion, course=one.rule.course)
    return Fact(asked.request.treatment, (Quoted(passage),), judged, course=one.rule.course)
