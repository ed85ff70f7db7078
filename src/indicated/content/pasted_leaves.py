"""One segment into one rule: a diagnosis, a result, a limit, what was tried, an age, a dose, a response, codes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from indicated.content.pasted_bits import CODES
from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_numbers import (
    AGE_LIMIT,
    APART,
    COUNT,
    LASTING,
    LIMIT,
    PERIOD,
    TIMES,
    UNREAD,
    WINDOW,
    limit,
)
from indicated.content.pasted_person import age_limits, is_bare, weight_limits
from indicated.content.pasted_request import Requests
from indicated.content.pasted_roles import DRUGS, NOT, NOW, PRESENT, RESULT, RULED, TESTS, TRIED, fits
from indicated.content.pasted_segments import Segment
from indicated.content.pasted_split import Splitter
from indicated.content.pasted_targets import Context, Targets
from indicated.model.concept import Kind, Vocabulary
from indicated.model.fact import Course, Outcome, Result, Tolerance
from indicated.model.policy_words import WordRole
from indicated.model.quantity import Quantity, Units
from indicated.model.rule import (
    All,
    Any,
    Codes,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Tried,
)

_FAILED = (Outcome.FAILED, Outcome.PARTIAL, Outcome.WORSENED)
_OUTCOMES = tuple(dict.fromkeys(str(word.value) for word in (*_FAILED, *Outcome, *Tolerance)))
_MEASURED = frozenset((Kind.LAB, Kind.SCALE, Kind.STUDY, Kind.ANTIBODY, Kind.IMAGING))


class Aside(NamedTuple):
    """A segment that says something that decides nothing."""

    note: str


def is_condition(rule: Rule) -> bool:
    """Whether a rule asks only what the request is for."""
    return isinstance(rule, RequestIs) and bool(rule.indications) and rule == RequestIs(indications=rule.indications)


def one_of(rules: list[Rule]) -> Rule:
    """Any of the rules, or the only one."""
    return rules[0] if len(rules) == 1 else Any(tuple(dict.fromkeys(rules)))


class Leaves:
    """Makes the rule of one segment."""

    __slots__ = ("_clean", "_lexicon", "_requests", "_splitter", "_targets", "_units", "_vocabulary")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, units: Units, splitter: Splitter) -> None:
        self._lexicon, self._vocabulary, self._units, self._splitter = lexicon, vocabulary, units, splitter
        self._clean = splitter.clean
        self._requests = Requests(lexicon, units)
        self._targets = Targets(lexicon, vocabulary, splitter)

    def may_take(self, bit: Bit, segment: Segment) -> bool:
        """Whether a header's predicate can be said of what a segment names."""
        if any(b.role in (AGE_LIMIT, CODES, RULED, WordRole.SPECIALIST, WordRole.RESPONSE) for b in segment.bits):
            return False
        named = [concept for target in (*segment.targets, *segment.examples) for concept in target]
        if bit.role in (TRIED, NOW, RESULT):
            return any(fits(bit, self._splitter.kind(concept)) for concept in named)
        return bool(named) and bit.role in (NOT, PRESENT, LASTING, WINDOW, TIMES, APART)

    def rule(self, segment: Segment, context: Context, notes: list[str]) -> Rule | Aside | None:
        """The rule of a segment; None when nothing in it resolves, Aside when it decides nothing."""
        listed = segment.having(RULED)
        for bit in listed:
            segment.unused += bit.values
        targets = self._targets.find(segment, context, notes)
        placed: set[Bit] = set()
        found: list[Rule] = [bit.rule for bit in listed if bit.rule is not None]
        if found and segment.having(NOT):
            notes[:] = [note for note in notes if note != "default_all"]
            found = [NoneOf(tuple(part for rule in found for part in getattr(rule, "parts", (rule,))))]
        found += self._requests.prescriber(segment)
        found += self._codes(segment, exclusion=context.exclusion)
        found += age_limits(segment, targets, placed) + weight_limits(segment, targets, placed, self._units)
        other = any(self._targets.kind(target) in (Kind.DRUG, Kind.DRUG_CLASS) for target in targets)
        found += self._requests.dose(segment, notes, placed, named=bool(targets), other=other)
        found += self._response(segment, targets)
        told = not found and self._requests.is_period(segment)
        if told:
            return Aside("aside")
        if not any(isinstance(rule, Response) for rule in found):
            named, left = self._named(segment, targets, context, notes, placed)
            found += named
            left = left or (segment.inherited and bool(segment.words))
            if found and left and not context.exclusion:
                found.append(Judged(self._clean[segment.start : segment.end].strip(" ,;.:-")))
        if not found:
            return None
        return one_of(found) if context.exclusion or len(found) == 1 else All(tuple(found))

    def _codes(self, segment: Segment, *, exclusion: bool) -> list[Rule]:
        """The codes listed; beside a diagnosis that is asked for they only name it again."""
        listed = tuple(dict.fromkeys(bit.values[0] for bit in segment.having(CODES)))
        if not listed:
            return []
        if segment.targets and not exclusion:
            segment.unused += listed
            return []
        if not segment.targets:
            segment.unused += segment.words
            segment.words = []
        return [Codes(listed)]

    def _response(self, segment: Segment, targets: list[tuple[str, ...]]) -> list[Rule]:
        """How the disease answered; `no improvement on a drug` is a failed trial and left to it."""
        bits = segment.having(WordRole.RESPONSE)
        tried = [target for target in targets if self._targets.kind(target) in (Kind.DRUG, Kind.DRUG_CLASS)]
        if not bits or tried:
            return []
        courses = {value for bit in bits for value in bit.values}
        rule = Response(tuple(course for course in Course if course.value in courses))
        return [NoneOf((rule,)) if segment.having(NOT) else rule]

    def _named(
        self, segment: Segment, targets: list[tuple[str, ...]], context: Context, notes: list[str], placed: set[Bit]
    ) -> tuple[list[Rule], bool]:
        """A rule for each concept named, and whether a figure was left that none of them uses."""
        segment_bits = set(segment.having(LIMIT, COUNT, PERIOD, LASTING, WINDOW, TIMES, APART, UNREAD)) - placed
        found: list[Rule] = []
        used: set[Bit] = set()
        for target in targets:
            rules = [
                rule for concept in target if (rule := self._leaf(concept, segment, context, notes, used)) is not None
            ]
            if rules:
                found.append(one_of(rules))
        if found and segment.examples:
            found = self._or_examples(found, targets, segment, context, notes)
        if not targets and segment.examples:
            rules = [
                rule
                for concepts in segment.examples
                for concept in concepts
                if (rule := self._leaf(concept, segment, context, notes, used))
            ]
            if rules:
                notes.append("examples")
                question = Judged(self._clean[segment.start : segment.end].strip(" ,;.:-"))
                parts = (*dict.fromkeys(rules), question)
                found.append(All(parts) if segment.having(NOT) else Any(parts))
        single = {bit for bit in segment_bits if bit.role == COUNT and bit.values[0] == "1"}
        return found, bool(segment_bits - used - single)

    def _or_examples(
        self,
        found: list[Rule],
        targets: list[tuple[str, ...]],
        segment: Segment,
        context: Context,
        notes: list[str],
    ) -> list[Rule]:
        """What is asked for, or one of its examples that the vocabulary does not count as a kind of it; where they
        cannot stand for it, they are listed as not used.
        """
        named = [concept for target in targets for concept in target]
        kinds = {self._splitter.kind(concept) for concept in named}
        others = [c for one in segment.examples for c in one if not any(self._vocabulary.is_a(c, n) for n in named)]
        counted = any(bit.values[0] != "1" for bit in segment.having(COUNT))
        alike = [c for c in others if self._splitter.kind(c) in kinds or {self._splitter.kind(c), *kinds} <= DRUGS]
        if counted or len(found) > 1 or len(alike) < len(others):
            segment.unused += [self._vocabulary.label(concept) for concept in others]
            return found
        rules = [rule for c in alike if (rule := self._leaf(c, segment, context, notes, set())) is not None]
        if rules:
            notes.append("or_examples")
        return [*found, *rules] if segment.having(NOT) else [one_of([*found, *rules])]

    def _leaf(self, concept: str, segment: Segment, context: Context, notes: list[str], used: set[Bit]) -> Rule | None:
        """The rule for one concept, with what is said of it."""
        kind = self._splitter.kind(concept)
        negated = bool(segment.having(NOT))
        if kind in _MEASURED and (measured := self._measured(concept, segment, notes, used)):
            return NoneOf((measured,)) if negated else measured
        results = self._results(segment) if kind in TESTS else ()
        if results:
            window = self._amount(segment, WINDOW, used)
            rule: Rule = ResultIs(concept, results, within=window)
            return NoneOf((rule,)) if negated else rule
        if kind in DRUGS:
            return self._drug(concept, kind, segment, context, used)
        if kind is Kind.STUDY and segment.having(WordRole.SHOWN_BY):
            return Judged(self._clean[segment.start : segment.end].strip(" ,;.:-"))
        if self._asks_nothing(concept, kind, segment, context):
            return None
        if kind is Kind.ANTIBODY and not negated:
            return ResultIs(concept, (Result.POSITIVE,))
        if negated:
            return Lacks(concept)
        if context.exclusion and kind is Kind.CONDITION:
            return RequestIs(indications=(concept,))
        return Has(concept)

    def _asks_nothing(self, concept: str, kind: Kind | None, segment: Segment, context: Context) -> bool:
        """Whether naming it is no requirement: a study or a measurement with words that nothing resolves, and what
        everybody has (an age, a weight) without a limit.
        """
        if kind is Kind.STUDY:
            return bool(segment.words or segment.unused) and not context.exclusion
        if segment.having(NOT):
            return False
        if kind is Kind.LAB:
            return bool(segment.words or not segment.having(PRESENT))
        return kind is Kind.DEMOGRAPHIC and bool(self._vocabulary[concept].unit)

    def _results(self, segment: Segment) -> tuple[Result, ...]:
        words = {value for bit in segment.having(RESULT) for value in bit.values}
        return tuple(result for result in Result if result.value in words)

    def _amount(self, segment: Segment, role: str, used: set[Bit]) -> Quantity | None:
        for bit in segment.having(role):
            used.add(bit)
            return bit.amount
        return None

    def _measured(self, concept: str, segment: Segment, notes: list[str], used: set[Bit]) -> Rule | None:
        """The limits that fit what is measured; a figure without a unit takes the one the content gives it."""
        rules: list[Rule] = []
        first = min((bit.start for bit in segment.bits if concept in bit.values), default=segment.start)
        for bit in segment.having(LIMIT):
            if is_bare(bit) and bit.start < first:
                continue
            amount = self._with_unit(concept, bit, notes)
            if amount is None or not bit.values[0]:
                continue
            used.add(bit)
            times = [int(Decimal(one.values[0])) for one in segment.having(TIMES)]
            within, apart = self._amount(segment, WINDOW, used), self._amount(segment, APART, used)
            used.update(segment.having(TIMES))
            rules += [
                Measured(concept, one, within=within, times=max(times, default=1), apart=apart)
                for one in limit(bit.values[0], amount)
            ]
        if not rules:
            return None
        return rules[0] if len(rules) == 1 else All(tuple(rules))

    def _with_unit(self, concept: str, bit: Bit, notes: list[str]) -> Quantity | None:
        amount = bit.amount
        assert amount is not None
        usual = self._vocabulary[concept].unit
        if amount.unit:
            named, own = self._units.named(amount.unit), self._units.named(usual) if usual else None
            told = named is None or named.dimension.startswith("mass/weight")
            return None if told or (own and not self._units.convert(amount, usual)) else amount
        for bare in self._lexicon.words.bare_values:
            low, high = Decimal(bare.least), Decimal(bare.most)
            if self._vocabulary.is_a(concept, bare.concept) and amount.low is not None and low <= amount.low <= high:
                notes.append(f"bare_unit:{bare.unit}")
                return Quantity(amount.low, amount.high, bare.unit)
        if usual in ("1", "") and self._splitter.kind(concept) is Kind.SCALE:
            return Quantity(amount.low, amount.high, "1")
        return None

    def _drug(self, concept: str, kind: Kind | None, segment: Segment, context: Context, used: set[Bit]) -> Rule | None:
        """Whether a drug was tried, and with what outcome; the treatment asked for itself is not a requirement."""
        tried, now, negated = segment.having(TRIED), segment.having(NOW), bool(segment.having(NOT))
        outcomes = {value for bit in tried for value in bit.values}
        response = segment.having(WordRole.RESPONSE)
        if response and not outcomes and negated:
            outcomes, negated = {Outcome.FAILED.value, Outcome.PARTIAL.value, Outcome.WORSENED.value}, False
        if kind in (Kind.TREATMENT, Kind.PRODUCT) and not outcomes and not now and (not tried or context.exclusion):
            return RequestIs(products=(concept,)) if context.exclusion and kind is Kind.PRODUCT else None
        if kind is Kind.TREATMENT and now and not outcomes:
            return Judged(self._clean[segment.start : segment.end].strip(" ,;.:-"))
        if (now or (context.exclusion and not tried)) and not outcomes:
            return Lacks(concept, now=True) if negated else Has(concept, now=True)
        lasting = self._amount(segment, LASTING, used)
        if lasting is None and segment.having(PERIOD):
            lasting = self._amount(segment, PERIOD, used)
        counts = [bit for bit in segment.having(COUNT) if bit.values[0] != "1"]
        used.update(counts)
        used_or_not = outcomes == {Tolerance.CONTRAINDICATED.value} and any(not bit.values for bit in tried)
        rule = Tried(
            concept,
            tuple(word for word in _OUTCOMES if word in outcomes),
            for_at_least=lasting,
            within=self._amount(segment, WINDOW, used),
            count=max((int(Decimal(bit.values[0])) for bit in counts), default=1),
        )
        whole: Rule = Any((replace(rule, outcomes=()), rule)) if used_or_not else rule
        return NoneOf((whole,)) if negated else whole
