"""Documents in, a case out: every part of reading in order, compiled once for a lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Time, Voice
from indicated.model.case import Case, Contradiction, Mention
from indicated.model.fact import Fact, Stage
from indicated.model.text import Document
from indicated.reading.billing import Billing
from indicated.reading.codes import Codes
from indicated.reading.composed import ComposedReader
from indicated.reading.contradictions import Agreement
from indicated.reading.courses import Courses
from indicated.reading.cues import Cues
from indicated.reading.dates import find_dates
from indicated.reading.demographics import Demographics, Told
from indicated.reading.facts import facts_of, graded_fact, holds, is_told, told_fact
from indicated.reading.grades import Grades
from indicated.reading.judge import Judge
from indicated.reading.lab_tables import Table
from indicated.reading.lasting import Lastings
from indicated.reading.matching import Terms
from indicated.reading.measurements import Measures
from indicated.reading.mentions import linked, mentions
from indicated.reading.merge import Merge, strongest
from indicated.reading.numbers import find_numbers
from indicated.reading.over import still_or_over
from indicated.reading.phrases import Everywhere
from indicated.reading.quantities import UnitReader, find_quantities
from indicated.reading.results import Results
from indicated.reading.scene import Scene
from indicated.reading.shares import Shares
from indicated.reading.treatments import Treatments, reactions
from indicated.reading.view import View
from indicated.reading.wrapped_labels import relabelled
from indicated.reading.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.amount import Amount
    from indicated.model.case import CodeSeen
    from indicated.model.lexicon import Lexicon
    from indicated.model.regimen import Request
    from indicated.reading.amount_list import AmountReader
    from indicated.reading.entered import Entered
    from indicated.reading.found import RequestFound
    from indicated.reading.papers import Paper


class Reader:
    """A lexicon compiled for reading. Build once; reads any number of cases, and keeps nothing of them."""

    __slots__ = (
        "_agreement",
        "_amounts",
        "_billing",
        "_codes",
        "_composed",
        "_courses",
        "_cues",
        "_demographics",
        "_grades",
        "_lastings",
        "_measures",
        "_merge",
        "_results",
        "_shares",
        "_terms",
        "_treatments",
        "_units",
        "_weights",
        "_zones",
        "lexicon",
    )

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._amounts: AmountReader | None = None
        self._terms = Terms(lexicon.terms)
        self._cues = Cues(lexicon.cue_index)
        openers = lexicon.request.lead_words if lexicon.request is not None else ()
        self._zones = Zones(lexicon.sections, lexicon.abbreviations, lexicon.short_words, openers)
        self._results = Results(lexicon.results)
        self._grades = Grades(lexicon.grades)
        self._demographics = Demographics(lexicon.demographics, lexicon.vocabulary)
        self._codes = Codes(lexicon)
        self._composed = ComposedReader(lexicon.composed, lexicon.vocabulary) if lexicon.composed else None
        self._units = UnitReader(lexicon.units)
        self._measures = Measures(lexicon, self._units) if lexicon.measures else None
        self._lastings = Lastings(lexicon.measures.lasting if lexicon.measures else (), lexicon.vocabulary)
        self._shares = Shares(lexicon.measures.shares if lexicon.measures else ())
        self._courses = Courses(lexicon.courses, lexicon.anaphora)
        self._agreement = Agreement(lexicon)
        rounded = lexicon.agreement.rounded.percent if lexicon.agreement is not None else 0
        self._merge = Merge(lexicon.vocabulary, lexicon.unit_table, rounded)
        self._weights = frozenset(one.concept for one in lexicon.demographics if one.dimension == "mass")
        self._billing = Billing(lexicon.vocabulary, lambda: lexicon.billed)
        self._treatments: Treatments | None = None
        if lexicon.regimen and lexicon.therapy and lexicon.request:
            words, units = (lexicon.regimen, lexicon.therapy, lexicon.request), (self._units, lexicon.unit_table)
            self._treatments = Treatments(*words, *units, lexicon.vocabulary, self._billing)

    def read(self, documents: tuple[Document, ...], *, question: bool = True) -> Case:
        """The case that the documents tell: facts with every passage, contradictions, what was set aside, and, with
        `question`, the request.
        """
        facts: list[Fact] = []
        aside: list[Mention] = []
        requests: list[Request] = []
        codes: list[CodeSeen] = []
        misfits: list[Contradiction] = []
        papers: list[Paper] = []
        scenes = [self.scene(document) for document in documents]
        asks = self._asks(scenes)
        for document, scene, asked in zip(documents, scenes, asks, strict=True):
            if type(document) is not Document:
                entered = self._entered(scene)
                papers.append(self._agreement.paper(scene, self._demographics.find(scene), dated=False))
                facts += entered.facts
                aside += entered.aside
                requests += [entered.request.request] if entered.request is not None and question else []
                continue
            if asked is not None and question:
                requests.append(asked.request)
                misfits += [Contradiction(asked.request.treatment, pair, "dose") for pair in asked.conflicts]
            told = self._demographics.find(scene)
            papers.append(self._agreement.paper(scene, told))
            some, others = self._facts(scene, asked)
            facts += some
            facts += [known for one in _strong(told) if (known := self._told(scene, papers[-1], one)) is not None]
            aside += others
            codes += self._codes.shown(scene.view, scene.coded.codes)
            misfits += self._codes.contradictions(scene.view, scene.coded.misfits)
        case = self._case(documents, facts, aside, requests, papers)
        if not (codes or misfits):
            return case
        return replace(case, codes=tuple(codes), contradictions=(*case.contradictions, *misfits))

    def _asks(self, scenes: Sequence[Scene]) -> list[RequestFound | None]:
        """What each text asks for. A drug that is only to be started is asked for where no document asks outright."""
        if self._treatments is None:
            return [None] * len(scenes)
        told = [self._treatments.request(one) if type(one.view.document) is Document else None for one in scenes]
        outright = any(one is not None and not one.weak for one in told) or any(
            type(one.view.document) is not Document for one in scenes
        )
        return [None if one is not None and one.weak and outright else one for one in told]

    def amounts(self, documents: tuple[Document, ...]) -> tuple[Amount, ...]:
        """Every amount that the documents tell, known or not, in order; no claim about the patient."""
        if self._amounts is None and self.lexicon.amounts is not None:
            from indicated.reading.amount_list import AmountReader

            self._amounts = AmountReader(self.lexicon.amounts, self.lexicon, self._demographics.age_words)
        known = self._amounts
        return tuple(one for told in documents for one in known.find(self.scene(told))) if known is not None else ()

    def _entered(self, scene: Scene) -> Entered:
        """What a document made of entries says; its readers are loaded when there is one."""
        from indicated.reading.entered import Parts, entered

        parts = Parts(self.lexicon, self._codes, self._results, self._demographics, self._billing, self._treatments)
        return entered(scene, parts)

    def scene(self, document: Document) -> Scene:
        """One document taken apart."""
        view = View(document)
        judge = self.judge(view)
        numbers = find_numbers(view.flat, view.words)
        vocabulary = self.lexicon.vocabulary
        coded = self._codes.attach(view, judge, mentions(view, judge, self._terms.with_others(view), vocabulary))
        seen = coded.seen
        if self._measures is not None:
            seen = relabelled(view, judge, seen, self._terms, self.lexicon, self._measures.ranges.is_unit)
        seen = self._composed.add(view, judge, seen) if self._composed is not None else seen
        seen = linked(seen, self.lexicon.links, vocabulary, view.flat)
        seen = still_or_over(view, judge, seen, vocabulary)
        quantities = find_quantities(view.flat, self._units, numbers)
        spoken = self._treatments.regimens.spoken(view) if self._treatments is not None else Everywhere(())
        return Scene(view, judge, judge.sentences, seen, numbers, quantities, find_dates(view.flat), spoken, coded)

    def judge(self, view: View) -> Judge:
        """What judges the spans of one text."""
        return Judge(view, self._zones.split(view), self._cues)

    def _facts(self, scene: Scene, asked: RequestFound | None) -> tuple[list[Fact], list[Mention]]:
        values = self._measures.find(scene) if self._measures is not None else Table({}, [])
        facts, aside = facts_of(scene, self.lexicon, self._results.find(scene), values)
        facts += self._lastings.find(scene)
        facts += self._shares.find(scene)
        for graded in self._grades.find(scene):
            made = graded_fact(scene, graded)
            (aside if isinstance(made, Mention) else facts).append(made)  # type: ignore[arg-type]
        therapies = self._treatments.facts(scene, asked) if self._treatments is not None else []
        facts = [*_without(facts, reactions(scene, therapies), aside)]
        for fact in therapies:
            if holds(fact.assertion) and not _only_asked_about(fact):
                facts.append(fact)
            else:
                aside.append(Mention(fact.concept, fact.passages[0], fact.assertion))
        told_of = {fact.passages[0] for fact in facts if fact.therapy is not None}
        aside = [mention for mention in aside if mention.passage not in told_of]
        now = {one.passages[0] for one in facts if one.therapy is not None and one.therapy.stage is Stage.CURRENT}
        facts += self._courses.find(scene, asked, self.lexicon.vocabulary, now)
        return facts, aside

    def _told(self, scene: Scene, paper: Paper, told: Told) -> Fact | None:
        fact = told_fact(scene, told)
        return None if fact is None else self._agreement.of_the_day(fact, told, paper)

    def _case(
        self,
        documents: tuple[Document, ...],
        facts: list[Fact],
        aside: list[Mention],
        requests: list[Request],
        papers: list[Paper],
    ) -> Case:
        order = {document.id: at for at, document in enumerate(documents)}
        facts.sort(key=lambda fact: [(order[p.document], p.start, p.end) for p in fact.passages[:1]])
        kept, found = self._agreement.settle(strongest(self._merge.merged(facts)), papers, requests)
        asked = self._weighed(requests[0], kept) if requests else None
        return Case(documents, tuple(kept), asked, tuple(found), tuple(aside))

    def _weighed(self, request: Request, facts: Sequence[Fact]) -> Request:
        """The request with its dose held against the body weight on record, where there is one."""
        if request.regimen is None or self._treatments is None:
            return request
        weights = {fact.value for fact in facts if fact.concept in self._weights and fact.value is not None}
        weight = next(iter(weights)) if len(weights) == 1 else None
        regimen = self._treatments.doubts.weighed(request.regimen, request.treatment, weight)
        return request if regimen is request.regimen else replace(request, regimen=regimen)


def _without(facts: Iterable[Fact], spans: Sequence[tuple[int, int]], aside: list[Mention]) -> Iterator[Fact]:
    """The facts but those told in some spans of the document, which are set aside as what is not so now."""
    for fact in facts:
        place = fact.passages[0]
        if fact.value is None and any(start < place.end and place.start < end for start, end in spans):
            aside.append(Mention(fact.concept, place, replace(fact.assertion, time=Time.HYPOTHETICAL)))
        else:
            yield fact


def _only_asked_about(fact: Fact) -> bool:
    """Whether a question names a therapy without a word on whether it was ever given."""
    past = fact.therapy is not None and fact.therapy.stage is Stage.PAST
    return past and fact.assertion.voice is Voice.QUESTION and len(fact.sources) == 1


def _strong(told: list[Told]) -> list[Told]:
    """Without weak claims about something that is stated outright, or that speak both ways; what has no value
    (the sex) is quoted where it is first said.
    """
    good = [one for one in told if is_told(one)]
    kept = list({_claim(one): one for one in reversed(good) if not one.weak}.values())[::-1]
    sexed = any(one.value is None and one.on is None for one in kept)
    valued = {one.concept for one in kept if one.value is not None}
    weak = [one for one in good if one.weak]
    pronouns = [one for one in weak if one.value is None]
    if not sexed and len({one.concept for one in pronouns}) == 1:
        kept.append(pronouns[0])
    groups = [one for one in weak if one.value is not None and one.concept not in valued]
    return sorted([*kept, *groups[:1]], key=lambda one: one.start)


def _claim(told: Told) -> object:
    return (told.start, told.end, told.concept) if told.value is not None or told.on is not None else told.concept


_compiled: dict[int, Reader] = {}
_MOST_COMPILED = 4


def reader_for(lexicon: Lexicon) -> Reader:
    """The reader of a lexicon, compiled once for each lexicon in use."""
    known = _compiled.get(id(lexicon))
    if known is None or known.lexicon is not lexicon:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        known = _compiled[id(lexicon)] = Reader(lexicon)
    return known


def read(documents: tuple[Document, ...], lexicon: Lexicon, *, question: bool = True) -> Case:
    """What the documents tell of one patient.

    Every fact quotes its documents exactly and was said of this patient in the voice of the case or of the question;
    what was said otherwise is in `set_aside`. The same documents always give the same case. With `question` false no
    request is looked for.
    """
    return reader_for(lexicon).read(documents, question=question)


def amounts(documents: tuple[Document, ...] | str, lexicon: Lexicon | None = None) -> tuple[Amount, ...]:
    """Every amount that documents or a text tell, in order: doses, measurements, sizes, ages, times, of whatever they
    are. A case never needs them; they are for a reader who wants to see all figures.
    """
    from indicated.model.text import Document
    from indicated.release import builtin

    told = (Document("text", documents),) if isinstance(documents, str) else documents
    return reader_for(lexicon or builtin().lexicon).amounts(told)


def assertion(text: str, start: int, end: int, lexicon: Lexicon | None = None) -> Assertion:
    """How the span `start` to `end` of `text` is said, whatever words it holds."""
    from indicated.release import builtin

    reader = reader_for(lexicon or builtin().lexicon)
    view = View(Document("text", text))
    return reader.judge(view).judge(*view.flat_span(start, end))
