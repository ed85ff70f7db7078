"""Facts, gaps, rules and quantities in words: the labels of the vocabulary, joined by the phrases of the content."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from indicated.explain.phrasebook import Phrasebook
from indicated.model.assertion import Certainty, Time
from indicated.model.concept import Vocabulary
from indicated.model.determination import Change
from indicated.model.fact import Fact, Outcome, Stage, Therapy, Tolerance
from indicated.model.quantity import Comparison, Quantity, plain
from indicated.model.regimen import Regimen, Supply
from indicated.model.rule import (
    Age,
    All,
    Any,
    AtLeast,
    Codes,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    Ref,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Score,
    Tried,
    Weight,
)
from indicated.model.verdict import Gap

_JUDGED = "judged:"
_DIGIT = re.compile(r"\d")
About = Fact | Therapy | str
"""What a wording is of: a fact, how a therapy stands, or a concept."""


class Words:
    """The vocabulary's and the content's words for the things of a determination, for one audience."""

    __slots__ = ("_scores", "book", "called", "fresh", "names", "told", "vocabulary")

    def __init__(self, book: Phrasebook, vocabulary: Vocabulary, scores: dict[str, str]) -> None:
        self.book = book
        self.vocabulary = vocabulary
        self.names: set[str] = set()
        self.called: tuple[str, ...] = ()
        self.told: dict[str, About] = {}
        self.fresh: dict[str, About] = {}
        self._scores = scores

    def name(self, text: str) -> str:
        """A name; remembered when it has digits, which then claim nothing in a sentence."""
        if _DIGIT.search(text) and any(map(str.isalpha, text)):
            self.names.add(text)
            self.names.add(text[:1].upper() + text[1:])
        return text

    def uncalled(self, label: str) -> str:
        """A label without what the reader calls the requests: a name given to a file claims nothing."""
        for one in sorted(self.called, key=len, reverse=True):
            label = label.replace(one, " ")
        return label

    def label(self, concept: str, *, full: bool = False) -> str:
        """A concept's label (plain words for a patient, explained where `full`), a request key, or a question."""
        found = self.vocabulary.concepts.get(concept)
        if found is not None:
            plain = found.plain if self.book.audience == "patient" else ""
            shown = plain if full else plain.partition(" (")[0]
            return self._keep(self.name(self.book.concept(found, shown or found.label, full=full)), concept)
        if concept in self._scores:
            return self.name(self._scores[concept])
        question = concept.removeprefix(_JUDGED)
        return self.book.word("about", concept, "") or self.book.sentence(question)

    def short(self, concept: str) -> str:
        """A concept's label without what stands in brackets after it."""
        return self._keep(self.label(concept).partition(" (")[0], concept)

    def _keep(self, said: str, about: About) -> str:
        """The wording, kept with what it is of, so that a sentence can be held against its proof."""
        self.told[said] = about
        # A bare label is the wording of a fact too: within one sentence what it says of the fact weighs more.
        if not isinstance(about, str) or said not in self.fresh:
            self.fresh[said] = about
        return said

    def quantity(self, value: Quantity) -> str:
        """`14 years`, `2 g/kg`, `at least 5 mg`: the figures as given, the unit and an open end in words."""
        if value.low is None or value.high is None:
            return self._open(value)
        number = value.text().removesuffix(value.unit).strip() if value.unit not in ("", "%") else value.text()
        if value.unit in ("", "%", "1"):
            return number.removesuffix(" 1") if value.unit != "1" else number
        one = f"{value.unit}.one"
        unit = self.book.word("unit", one, "") if value.exact == 1 else ""
        return f"{number} {unit or self.book.word('unit', value.unit)}"

    def _open(self, value: Quantity) -> str:
        sign = ("gt" if value.low_open else "ge") if value.high is None else ("lt" if value.high_open else "le")
        end = value.low if value.low is not None else value.high
        assert end is not None
        return self.book.words(f"compare.{sign}", value=self.quantity(Quantity(end, end, value.unit)))

    def comparison(self, limit: Comparison) -> str:
        """`at least 5 mg`, by the phrase of the sign."""
        sign = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq"}[limit.sign]
        return self.book.words(f"compare.{sign}", value=self.quantity(limit.value))

    def regimen(self, regimen: Regimen) -> str:
        """A dose and its rhythm: amount, days, interval, courses, duration, in that order; a loading dose first."""
        if regimen.loading is not None:
            first, rest = self.regimen(regimen.loading), self.regimen(replace(regimen, loading=None))
            return self.book.words("regimen.loading", first=first, rest=rest)
        stated = regimen.per_day or regimen.per_course
        parts = [
            self.book.words("regimen.per_day", value=self.quantity(regimen.per_day)) if regimen.per_day else "",
            self.quantity(regimen.per_course) if regimen.per_course else "",
            "" if stated else self.book.series(self.supply(one) for one in regimen.supplies),
            self.book.words("regimen.days", value=self.quantity(regimen.days)) if regimen.days else "",
            self.interval(regimen.interval) if regimen.interval else "",
            self.courses(regimen.courses) if regimen.courses else "",
            self.book.words("regimen.duration", value=self.quantity(regimen.duration)) if regimen.duration else "",
        ]
        return " ".join(part for part in parts if part)

    def courses(self, value: Quantity) -> str:
        """`once`, `for 6 courses`."""
        if value.exact == 1:
            return self.book.words("regimen.once")
        return self.book.words("regimen.courses", value=value.text().removesuffix(value.unit).strip())

    def supply(self, supply: Supply) -> str:
        """`3 vials of 10 g`, `120 units of J1459`: as stated."""
        count = self.quantity(supply.count)
        if supply.code:
            return self.book.words("regimen.units", count=count, code=supply.code)
        return self.book.words("regimen.each", count=count, each=self.quantity(supply.each)) if supply.each else count

    def interval(self, value: Quantity) -> str:
        """`every 4 weeks`; one unit is `every month`."""
        one = self.book.word("unit", f"{value.unit}.one", "")
        said = one if value.exact == Decimal(1) and one else self.quantity(value)
        return self.book.words("regimen.interval", value=said)

    def fact(self, fact: Fact, *, full: bool = False, supposed: bool = False) -> str:
        """A fact in a few words; `supposed` leaves out what a supposition leaves open."""
        return self._keep(self._fact(fact, full=full, supposed=supposed), fact)

    def _fact(self, fact: Fact, *, full: bool, supposed: bool) -> str:
        label = self.label(fact.concept, full=full)
        if fact.concept.startswith(_JUDGED):
            return self.book.words("fact.judged_absent" if fact.absent else "fact.judged", question=label)
        if fact.therapy is not None:
            return self.book.words("fact.therapy", label=label, how=self.therapy(fact.therapy, supposed=supposed))
        if fact.value is not None:
            return self.book.words("fact.value", label=label, value=self.quantity(fact.value))
        if fact.result is not None:
            return self.book.words("fact.result", label=label, result=self.book.word("result", fact.result))
        if fact.course is not None:
            return self.book.words("fact.course", label=label, course=self.book.word("course", fact.course))
        return self._claim(fact, label)

    def _claim(self, fact: Fact, label: str) -> str:
        said = fact.assertion
        if fact.absent:
            return self.book.words("fact.absent", label=label)
        if said.certainty in (Certainty.POSSIBLE, Certainty.PROBABLE):
            return self.book.words(f"fact.{said.certainty}", label=label)
        if said.time in (Time.PAST, Time.RESOLVED, Time.PLANNED, Time.HYPOTHETICAL):
            return self.book.words(f"fact.{said.time}", label=label)
        return label

    def therapy(self, therapy: Therapy, *, supposed: bool = False) -> str:
        """How a therapy stands and what came of it; an outcome that nobody stated is said to be so."""
        # An allergy does not say that the drug was never taken.
        untold = therapy.stage is Stage.NEVER and therapy.tolerance is Tolerance.ALLERGIC
        parts = [] if untold else [self.book.word("stage", therapy.stage)]
        if therapy.tolerance not in (Tolerance.UNKNOWN, Tolerance.TOLERATED):
            parts.append(self.book.word("tolerance", therapy.tolerance))
        elif therapy.outcome is not Outcome.UNKNOWN or (not supposed and therapy.stage in (Stage.PAST, Stage.CURRENT)):
            parts.append(self.book.word("outcome", therapy.outcome))
        if therapy.end_reason is not None and therapy.outcome is Outcome.UNKNOWN:
            parts.append(self.book.word("end_reason", therapy.end_reason))
        return self._keep(", ".join(parts), therapy)

    def day(self, day: date) -> str:
        """A day as far as it was surely told: the first of a month may stand for the month, of a year for the year."""
        if day.day != 1:
            return day.isoformat()
        return f"{day:%Y-%m}" if day.month != 1 else f"{day:%Y}"

    def change(self, change: Change) -> str:
        """One supposition of a flip; marked when today's record says otherwise."""
        said = self.fact(change.fact, supposed=True)
        if len(change.facts) > 1:
            said = self.book.words("change.times", fact=said, times=str(len(change.facts)))
        return self.book.words("change.known", fact=said) if change.known else said

    def gap(self, gap: Gap) -> str:
        """What is missing and what would settle it."""
        return self.book.words(f"gap.{gap.settles}", about=self.label(gap.about))

    def outcomes(self, outcomes: tuple[str, ...]) -> str:
        """The outcomes a rule accepts."""
        words = (self.book.word("outcome", name, "") or self.book.word("tolerance", name) for name in outcomes)
        return self.book.series(words, "or")

    def rule(self, rule: Rule) -> str:
        """A rule as a requirement: `EMG myopathic`, `CK or aldolase elevated`, `at least 4 of these`."""
        match rule:
            case All() | Any() | NoneOf():
                joiner = "and" if isinstance(rule, All) else "or"
                said = self.book.series((self.rule(part) for part in rule.parts), joiner)
                return self.book.words("rule.none", parts=said) if isinstance(rule, NoneOf) else said
            case AtLeast(n=n, of=of):
                return self.book.words("rule.at_least", n=str(n), total=str(len(of)))
            case Ref(criterion=criterion, rule=inner):
                return criterion if inner is None else self.rule(inner)
            case _:
                return self._leaf(rule)

    def _leaf(self, rule: Rule) -> str:
        match rule:
            case Has(concept=concept):
                return self.label(concept)
            case Lacks(concept=concept):
                return self.book.words("fact.absent", label=self.label(concept))
            case Measured(concept=concept, is_=limit):
                return self.book.words("fact.value", label=self.label(concept), value=self.comparison(limit))
            case ResultIs(concept=concept, is_=results):
                words = self.book.series((self.book.word("result", result) for result in results), "or")
                return self.book.words("fact.result", label=self.label(concept), result=words)
            case Tried(concept=concept, outcomes=outcomes):
                how = self.outcomes(outcomes) or self.book.word("stage", Stage.PAST)
                return self.book.words("fact.therapy", label=self.label(concept), how=how)
            case Age(is_=limit) | Weight(is_=limit):
                kind = "age" if isinstance(rule, Age) else "weight"
                return self.book.words(f"rule.{kind}", value=self.comparison(limit))
            case _:
                return self._other(rule)

    def _other(self, rule: Rule) -> str:
        match rule:
            case Codes(any_of=codes):
                return self.book.words("rule.codes", codes=self.book.series(codes, "or"))
            case RequestIs():
                return self._request(rule)
            case Response(is_=courses):
                return self.book.series((self.book.word("course", course) for course in courses), "or")
            case Score(score=score, at_least=least):
                return self.book.words("rule.score", label=self.label(score), value=plain(least))
            case Judged(question=question):
                return self.book.sentence(question)
            case _:
                return ""

    def _request(self, rule: RequestIs) -> str:
        named = self.book.series((self.label(item) for item in (*rule.indications, *rule.products)), "or")
        parts = [self.book.words("rule.request.for", what=named)] if named else []
        if rule.phase is not None:
            parts.append(self.book.word("phase", rule.phase))
        for key in ("per_course", "interval", "courses", "duration"):
            limit: Comparison | None = getattr(rule, key)
            if limit is not None:
                parts.append(self.book.words(f"rule.request.{key}", value=self.comparison(limit)))
        return self.book.series(parts)

    def sets(self, sets: list[str], most: int) -> str:
        """`a; b; or c`, at most so many, with a word for the rest."""
        listed = list(dict.fromkeys(sets))
        shown = "; ".join(listed[:most])
        return self.book.words("list.more", shown=shown) if len(listed) > most else shown
