"""Which facts can touch which rule: those on its concepts, on anything narrower or broader, and what speaks against
them. A fact that cannot touch a rule cannot change its verdict, and a rule that no fact touches has one trace for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indicated.engine.facts import AGE, ANY_COURSE, WEIGHT, Facts
from indicated.engine.leaves import ATTESTED
from indicated.model.fact import Fact
from indicated.model.rule import Age, All, Any, AtLeast, Codes, Judged, NoneOf, Ref, RequestIs, Response, Score, Weight

if TYPE_CHECKING:
    from indicated.model.determination import Step
    from indicated.model.rule import Rule
    from indicated.model.score import Calculator
    from indicated.model.verdict import Verdict

ASKED_FOR = "?"
"""What a rule looks at that asks about the request: facts on what is asked for, whatever that is."""
MOST_KEPT = 20_000
"""Rules of which is kept what they look at, several times those of a release; rules from elsewhere come and go."""


class Looked:
    """What rules look at: the concepts, and those with everything broader, for a fact may speak to either."""

    __slots__ = ("above", "asks", "concepts", "rule", "silent", "silent_word")

    def __init__(self, concepts: frozenset[str], above: frozenset[str], rule: Rule | None = None) -> None:
        self.concepts, self.above, self.rule = concepts, above, rule
        self.asks = ASKED_FOR in concepts
        # The trace of the rule where nothing that it looks at was told, once some case has shown it, and its verdict
        # if taken at its word.
        self.silent: Step | None = None
        self.silent_word: Verdict | None = None

    @classmethod
    def all(cls, several: Iterable[Looked], rule: Rule | None = None) -> Looked:
        """Looking at what several look at."""
        concepts: set[str] = set()
        above: set[str] = set()
        for one in several:
            concepts |= one.concepts
            above |= one.above
        return cls(frozenset(concepts), frozenset(above), rule)

    def unspoken(self, facts: Facts) -> bool:
        """Whether no fact speaks to any of it, so that silence alone decides. Never of what asks about the request."""
        index = facts.index
        return (
            not self.asks
            and index.below.keys().isdisjoint(self.concepts)
            and index.exact.keys().isdisjoint(self.above)
            and (not index.against or index.against.keys().isdisjoint(self.above))
        )


def look(rule: Rule, facts: Facts) -> Looked:
    """What a rule looks at, worked out once for a release."""
    # By identity, for hashing a deep rule costs more than judging it; the rule is kept, so its id stays its own.
    known: Looked | None = facts.kept.get(id(rule))
    if known is None:
        if len(facts.kept) >= MOST_KEPT:
            facts.kept.clear()
        known = facts.kept[id(rule)] = _looked(rule, facts)
    return known


def _looked(rule: Rule, facts: Facts) -> Looked:
    match rule:
        case All() | Any() | NoneOf() | AtLeast() | Ref():
            return Looked.all((look(part, facts) for part in rule.parts), rule)
        case Score(score=name):
            return Looked.all((look(part, facts) for part in _rules_of(facts.calculators.get(name))), rule)
        case Codes() | RequestIs():
            return _at((WEIGHT, ASKED_FOR), facts, rule)
        case Age():
            concept = AGE
        case Weight():
            concept = WEIGHT
        case Judged(question=question):
            concept = ATTESTED + question
        case Response(concept=told):
            concept = told or ANY_COURSE
        case _:
            concept = rule.concept
    return _at((concept,), facts, rule)


def _at(concepts: Iterable[str], facts: Facts, rule: Rule | None = None) -> Looked:
    listed = frozenset(concepts)
    return Looked(listed, frozenset[str]().union(*map(facts.vocabulary.ancestors, listed)), rule)


def _rules_of(calculator: Calculator | None) -> Iterator[Rule]:
    if calculator is not None:
        yield from (gate for gate in (calculator.requires, calculator.variant) if gate is not None)
        yield from (item.rule for item in calculator.items)


class Spoken:
    """What some facts speak to: everything as broad as their concepts or broader, and the concepts themselves with
    those that they speak against.
    """

    __slots__ = ("above", "exactly")

    def __init__(self, told: Iterable[Fact], facts: Facts) -> None:
        self.above: set[str] = set()
        self.exactly: set[str] = set()
        for fact in told:
            if fact.course is not None:
                self.above.add(ANY_COURSE)
            self.above |= facts.vocabulary.ancestors(fact.concept)
            self.exactly.add(fact.concept)
            known = facts.vocabulary.concepts.get(fact.concept)
            self.exactly.update(known.against if known is not None else ())
        asked = facts.request.indications if facts.request is not None else ()
        if self.touches(_at(asked, facts)):
            self.above.add(ASKED_FOR)

    def touches(self, looked: Looked) -> bool:
        """Whether the facts could change a rule that looks at these concepts."""
        return not (looked.concepts.isdisjoint(self.above) and looked.above.isdisjoint(self.exactly))
