"""Two values of one thing that cannot both be right: ages, weights, heights, the age against the birth date, tests."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from indicated.model.case import Contradiction
from indicated.model.concept import Kind
from indicated.model.fact import Result
from indicated.reading.dates import Precision
from indicated.reading.demographics import AGE
from indicated.reading.found import TESTED
from indicated.reading.identity import BIRTH_DATE
from indicated.reading.papers import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.lexicon_agreement import AgreementLexicon, Slack
    from indicated.model.quantity import Units
    from indicated.reading.papers import Papers

_OPPOSITE = (
    {Result.POSITIVE, Result.NEGATIVE},
    {Result.ELEVATED, Result.NORMAL},
    {Result.LOW, Result.NORMAL},
    {Result.ELEVATED, Result.LOW},
)
_MOST = 30
_A_YEAR, _A_MONTH = 365.25, 30.4375


class Figures:
    """What is held against each other, and how far apart it may be."""

    __slots__ = ("_slack", "_units", "_vocabulary", "_words")

    def __init__(self, words: AgreementLexicon, vocabulary: Vocabulary, units: Units) -> None:
        self._words = words
        self._slack = {one.concept: one for one in words.slack}
        self._vocabulary = vocabulary
        self._units = units

    def changes(self, concept: str) -> bool:
        """Whether a concept is a figure of the patient that changes with time."""
        return concept in self._slack

    def find(self, facts: Sequence[Fact], papers: Papers) -> Iterator[Contradiction]:
        """Every pair that cannot both be right."""
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            if (fact.value is not None or fact.result is not None) and fact.concept in self._vocabulary:
                groups.setdefault(fact.concept, []).append(fact)
        for concept, group in groups.items():
            slack = self._slack.get(concept)
            if slack is not None:
                yield from self._of_patient(slack, group, papers)
            elif self._vocabulary[concept].kind in TESTED:
                yield from self._of_one_day(group, papers)
        yield from self._against_birth(facts, papers)

    def _of_patient(self, slack: Slack, group: Sequence[Fact], papers: Papers) -> Iterator[Contradiction]:
        for first, second in combinations(group[:_MOST], 2):
            if not self._differ(slack, first, second, papers):
                continue
            pair = (*first.passages[:1], *second.passages[:1])
            together = papers.together(first, second)
            lists = ("earlier", "now", "passing") if together else ("earlier",)
            if slack.concept == AGE and not together:
                passing = any(holds(papers.near(passage), self._words.earlier) for passage in pair)
            else:
                passing = any(papers.says(passage, *lists) for passage in pair)
            another = together and any(papers.names_another(passage, self._words.relatives) for passage in pair)
            if not another and not passing:
                yield Contradiction(slack.concept, pair, slack.concept.partition(".")[2])

    def _differ(self, slack: Slack, first: Fact, second: Fact, papers: Papers) -> bool:
        """Whether two values lie further apart than rounding and the time between them explain."""
        one, two = self._usual(first), self._usual(second)
        if one is None or two is None:
            return False
        days, later = papers.days(first), papers.days(second)
        between = _days_between(days, later) if days is not None and later is not None else None
        apart = float(abs(one - two))
        if slack.within is not None:
            loose = between is None and not papers.together(first, second) and slack.undated_within is not None
            within = slack.undated_within if loose else slack.within
            least = float(within.low or 0) if within is not None else 0
            if between and slack.concept == AGE:
                older = float(two - one) if days < later else float(one - two)  # type: ignore[operator]
                return abs(older - between / _A_YEAR) > least
            return apart > least
        percent: float = slack.percent
        if between is not None:
            percent += slack.a_month * between / _A_MONTH
        elif not papers.together(first, second):
            percent = max(percent, slack.undated_percent)
        return apart * 100 > percent * float(max(one, two))

    def _usual(self, fact: Fact) -> Decimal | None:
        """The one value of a fact in the usual unit of its concept."""
        if fact.value is None:
            return None
        value = self._units.convert(fact.value, self._vocabulary[fact.concept].unit or fact.value.unit)
        return None if value is None else value.exact

    def _against_birth(self, facts: Sequence[Fact], papers: Papers) -> Iterator[Contradiction]:
        """The age on a day against the birth date. Without a day only an age above that on the last known day of any
        document is told: how much older a text of unknown day is cannot be known, nor is it needed.
        """
        born = next((fact for fact in facts if fact.concept == BIRTH_DATE and fact.on is not None), None)
        if born is None or born.on is None:
            return
        known = [paper.on.on for paper in papers.all if paper.on is not None]
        slack = self._slack.get(AGE)
        within = float(slack.within.low or 0) if slack is not None and slack.within is not None else 0
        for fact in facts:
            age = self._usual(fact) if fact.concept == AGE else None
            if age is None:
                continue
            days = papers.days(fact)
            text = papers.near(fact.passages[0]) if fact.passages else ""
            if (days is None and not known) or holds(text, self._words.earlier):
                continue
            most = _age(born.on, days[1] if days else max(known))
            least = int(_age(born.on, days[0])) if days else None
            if float(age) > most + within or (least is not None and float(age) < least - within):
                yield Contradiction(AGE, (*fact.passages[:1], *born.passages[:1]), "age")
        for fact in facts:
            told = fact.concept in self._vocabulary and self._vocabulary[fact.concept].kind is not Kind.DEMOGRAPHIC
            if told and fact.on is not None and fact.on.year < born.on.year:
                yield Contradiction(fact.concept, (*fact.passages[:1], *born.passages[:1]), "date")

    def _of_one_day(self, group: Sequence[Fact], papers: Papers) -> Iterator[Contradiction]:
        """One test on one day with another value in another document. One document tells of two tests that day."""
        dated = [fact for fact in group if fact.on is not None and self._to_the_day(fact, papers)]
        for first, second in combinations(dated[:_MOST], 2):
            if first.on == second.on and not papers.together(first, second) and self._unlike(first, second):
                yield Contradiction(first.concept, (*first.passages[:1], *second.passages[:1]), "result")

    def _unlike(self, first: Fact, second: Fact) -> bool:
        one, two = self._usual(first), self._usual(second)
        if one is not None and two is not None:
            return abs(one - two) * 100 > self._words.same_test.percent * max(abs(one), abs(two))
        opposite = {first.result, second.result} in _OPPOSITE
        return first.value is None and second.value is None and opposite

    @staticmethod
    def _to_the_day(fact: Fact, papers: Papers) -> bool:
        """Whether the day of a fact stands in its sentence as a day, not as a month or a year."""
        for passage in fact.passages[:1]:
            paper = papers.of(passage)
            if paper is None:
                return False
            start, _ = paper.scene.view.flat_span(passage.start, passage.end)
            sentence = paper.scene.sentences[paper.scene.judge.sentence_at(start)]
            told = paper.scene.dates_in(sentence.start, sentence.end)
            return any(one.on == fact.on and one.precision is Precision.DAY for one in told)
        return False


def _age(born: date, day: date) -> float:
    return (day - born).days / _A_YEAR


def _days_between(first: tuple[date, date], second: tuple[date, date]) -> int:
    """The days between the furthest ends."""
    return max(abs((second[1] - first[0]).days), abs((first[1] - second[0]).days))
