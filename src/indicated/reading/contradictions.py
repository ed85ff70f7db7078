"""What cannot both be true of one patient, with both passages; and what days put in order instead.

Within one document a sentence in which time passes is not held against another: a note tells a course. Between
documents that have their own days, a later one that speaks against an earlier one is news, not a contradiction: both
stay facts, each of its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Time
from indicated.model.case import Contradiction
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Result, Stage
from indicated.model.lexicon_agreement import AgreementLexicon, Share
from indicated.reading.demographics import AGE
from indicated.reading.document_dates import OwnDates
from indicated.reading.figures import Figures
from indicated.reading.identity import Labels, one_patient, two_sexes
from indicated.reading.papers import WORDS_BEFORE, Pair, Paper, Papers, alike, holds, near, sentence_at
from indicated.reading.sides import Sides
from indicated.reading.slips import Impossible, Measures, ended_before_begun, misdated, units_that_cannot_be
from indicated.reading.therapies_agree import told_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.lexicon import Lexicon
    from indicated.model.regimen import Request
    from indicated.model.text import Passage
    from indicated.reading.demographics import Told
    from indicated.reading.scene import Scene

_KINDS = {Kind.CONDITION: "diagnosis", Kind.ANTIBODY: "result"}
_TESTS = frozenset((Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY, Kind.LAB))
_NOTHING = Share(0, "")
_MOST = 20
_SHOWN = 5


class Agreement:
    """The words and limits of agreement compiled. Immutable after construction."""

    __slots__ = (
        "_dates",
        "_figures",
        "_impossible",
        "_labels",
        "_measures",
        "_sides",
        "_units",
        "_vocabulary",
        "_words",
    )

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.agreement or AgreementLexicon((), _NOTHING, _NOTHING, _NOTHING)
        self._words = words
        self._vocabulary = lexicon.vocabulary
        self._dates = OwnDates(words.own_dates)
        self._labels = Labels(words)
        self._sides = Sides(lexicon.sides)
        self._figures = Figures(words, lexicon.vocabulary, lexicon.unit_table)
        self._impossible = Impossible(words.possible, lexicon.vocabulary, lexicon.unit_table)
        self._measures = Measures(lexicon.demographics)
        self._units = lexicon.unit_table

    def paper(self, scene: Scene, told: Sequence[Told], *, dated: bool = True) -> Paper:
        """What a document is beside its facts. Entries that each have a day of their own are not `dated` together."""
        return Paper(scene, self._dates.of(scene) if dated else None, self._labels.find(scene), told)

    def of_the_day(self, fact: Fact, told: Told, paper: Paper) -> Fact:
        """A weight, height or age with its day: the one that stands beside it, else its document's own, which holds
        for what a note says of now. No laboratory value is dated so: a letter quotes old ones.
        """
        if fact.value is None or fact.on is not None or not self._figures.changes(fact.concept):
            return fact
        beside = paper.scene.day_after(told.end) if fact.concept != AGE else None
        now = told.assertion.time is Time.CURRENT
        if beside is None and paper.on is not None and now:
            words = near if fact.concept == AGE else sentence_at
            text = words(paper.scene, told.start, told.end)
            beside = None if holds(text, self._words.earlier) else paper.on.on
        return fact if beside is None else replace(fact, on=beside)

    def settle(
        self, facts: Iterable[Fact], documents: Iterable[Paper], requests: Sequence[Request]
    ) -> tuple[list[Fact], list[Contradiction]]:
        """The facts that can be, each of its day where only days make them agree; and what cannot both be true."""
        papers = Papers(documents, self._words)
        kept, found = self._impossible.split(facts)
        kept, told = self._in_order(kept, papers)
        found += told
        found += two_sexes(papers.all, self._vocabulary, self._words.relatives)
        found += self._figures.find(kept, papers)
        found += one_patient(papers.all, kept)
        found += [one for s in papers.all for one in (*misdated(s.scene), *self._measures.find(s.scene))]
        found += ended_before_begun(kept, found)
        found += units_that_cannot_be(kept)
        if len(papers.all) > 1:
            found += self._across(papers, requests, kept)
        unique: dict[tuple[str, str, frozenset[Passage]], Contradiction] = {}
        for one in found:
            unique.setdefault((one.about, one.kind, frozenset(one.passages)), one)
        return kept, _first_of_each(unique.values())

    def _across(self, papers: Papers, requests: Sequence[Request], facts: Sequence[Fact]) -> Iterator[Contradiction]:
        """What only several documents can say otherwise: the side of a thing, what is asked for."""
        from indicated.reading.laterality import sided, two_sides
        from indicated.reading.requests_agree import Requests

        found = [one for s in papers.all for one in sided(s.scene, self._sides, self._words, self._vocabulary)]
        yield from two_sides(found)
        yield from Requests(self._words, self._vocabulary, self._units).disagreeing(requests, facts)

    def _in_order(self, facts: list[Fact], papers: Papers) -> tuple[list[Fact], list[Contradiction]]:
        """Claims against each other: those of documents of different days are dated by these, the rest is shown."""
        found: list[Contradiction] = []
        dated: dict[int, Fact] = {}
        for first, second, kind, passages in (
            *self._presence(facts, papers),
            *self._opposites(facts, papers),
            *told_otherwise(facts, papers, self._words.narrows),
        ):
            if not papers.apart(first, second):
                found.append(Contradiction(second.concept, tuple(map(papers.whole, passages)), kind))
            elif first.on is None or second.on is None:
                for one, other in ((first, second), (second, first)):
                    dated[id(one)] = _of_its_day(dated.get(id(one), one), other, papers)
        return [dated.get(id(fact), fact) for fact in facts], found

    def _presence(self, facts: Sequence[Fact], papers: Papers) -> Iterator[Pair]:
        """A condition or antibody said to be there and said not to be; denying the broader denies the narrower."""
        sure = [fact for fact in facts if fact.concept in self._vocabulary and self._kind(fact) in _KINDS]
        denied = [fact for fact in sure if _denied(fact)]
        for present in sure if denied else ():
            if _denied(present) or not present.present or present.assertion.time is Time.RESOLVED:
                continue
            for absent in denied:
                over = present.assertion.time is Time.PAST and absent.assertion.time is not Time.PAST
                if over or not self._vocabulary.is_a(present.concept, absent.concept):
                    continue
                passages = self._speaking(present, absent, papers)
                if passages:
                    yield present, absent, _KINDS[self._kind(absent)], passages

    def _kind(self, fact: Fact) -> Kind:
        return self._vocabulary[fact.concept].kind

    def _speaking(self, present: Fact, absent: Fact, papers: Papers) -> tuple[Passage, ...]:
        """A passage of each that speaks of the same thing at the same time; none where there is no such pair.

        A document that says both tells a course: it is not held against another document, such as its own copy.
        """
        claiming, denying = ({p.document for p in fact.passages} for fact in (present, absent))
        for denial in absent.passages[:_MOST]:
            if holds(papers.before(denial, WORDS_BEFORE), self._words.narrows) or self._one_side(denial, papers):
                continue
            same = present.concept == absent.concept
            if not same and self._of_a_test(denial, papers):
                continue
            for claim in present.passages[:_MOST]:
                if papers.says(claim, "earlier") or papers.says(denial, "earlier", "now"):
                    continue
                if self._kind(absent) is Kind.CONDITION and not alike(claim.quote, denial.quote):
                    continue
                if claim.document != denial.document:
                    if claim.document in denying or denial.document in claiming:
                        continue
                    return claim, denial
                passing = papers.says(claim, "passing") or papers.says(denial, "passing")
                if same and not passing and papers.sentence(claim) != papers.sentence(denial):
                    return claim, denial
        return ()

    def _of_a_test(self, passage: Passage, papers: Papers) -> bool:
        """Whether a denial stands beside a test: what one test does not show may be there all the same."""
        paper = papers.of(passage)
        if paper is None:
            return False
        start, _ = paper.scene.view.flat_span(passage.start, passage.end)
        return any(seen.kind in _TESTS for seen in paper.scene.of_sentence(paper.scene.judge.sentence_at(start)))

    def _one_side(self, passage: Passage, papers: Papers) -> bool:
        """Whether a denial is of one side of the body only."""
        paper = papers.of(passage)
        if paper is None:
            return False
        start, _ = paper.scene.view.flat_span(passage.start, passage.end)
        near = [seen for seen in paper.scene.of_sentence(paper.scene.judge.sentence_at(start)) if seen.start == start]
        return any(self._sides.of(paper.scene, seen) is not None for seen in near[:1])

    def _opposites(self, facts: Sequence[Fact], papers: Papers) -> Iterator[Pair]:
        """Two findings of which one speaks against the other, both of now."""
        now = [fact for fact in facts if fact.present and fact.assertion.time is Time.CURRENT and fact.therapy is None]
        against = [fact for fact in now if fact.concept in self._vocabulary and self._vocabulary[fact.concept].against]
        for first in against:
            if self._kind(first) is Kind.DEMOGRAPHIC:
                continue
            for second in now:
                if second.concept in self._vocabulary[first.concept].against:
                    passages = self._speaking(first, second, papers)
                    if passages:
                        yield first, second, "diagnosis", passages


def _first_of_each(found: Iterable[Contradiction]) -> list[Contradiction]:
    """The first few of each kind about one thing: of forty weights not every pair need be shown."""
    shown: dict[tuple[str, str], int] = {}
    kept = []
    for one in found:
        key = one.about, one.kind
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= _SHOWN:
            kept.append(one)
    return kept


def _denied(fact: Fact) -> bool:
    return fact.absent or fact.result is Result.NEGATIVE


def _of_its_day(fact: Fact, other: Fact, papers: Papers) -> Fact:
    """The claim as of the last day on which it was told; a drug taken then and stopped later is a past one."""
    day, later = papers.days(fact), papers.days(other)
    if day is None or later is None:
        return fact
    if fact.therapy is None:
        return replace(fact, on=day[1])
    if fact.therapy.stage is not Stage.CURRENT or later[0] < day[0]:
        return fact
    return replace(
        fact, therapy=replace(fact.therapy, stage=Stage.PAST), assertion=replace(fact.assertion, time=Time.PAST)
    )
