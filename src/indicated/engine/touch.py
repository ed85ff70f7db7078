"""Which facts can touch which rule: those on its concepts, on anything narrower or broader, and what speaks against
them. A fact that cannot touch a rule cannot change its verdict, and a rule that no fact touches has one trace for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from indicated.engine.facts import AGE, ANY_COURSE, WEIGHT, Facts
from indicated.engine.leaves import ATTESTED
from indicated.model.fact import Fact
from indicated.model.rule import Age, All, Any, AtLeast, Codes, Judged, NoneOf, Ref, RequestIs, Response, Score, Weight

if TYPE_CHECKING:
    from indicated.model.concept import Vocabulary
    from indicated.model.determination import Step
    from indicated.model.rule import Rule
    from indicated.model.score import Calculator
    from indicated.model.verdict import Verdict

ASKED_FOR = "?"
"""What a rule looks at that asks about the request: facts on what is asked for, whatever that is."""
MOST_KEPT = 20_000
"""Rules of which is kept what they look at, several times those of a release; rules from elsewhere come and go."""


def looked_at(rule: Rule, calculators: Mapping[str, Calculator]) -> Iterator[str]:
    """The concepts whose facts a rule looks at; ANY_COURSE for one that looks at every course told, ASKED_FOR for one
    that looks at what is asked for.
    """
    match rule:
        case Age():
            yield AGE
        case Weight():
            yield WEIGHT
        case Judged(question=question):
            yield ATTESTED + question
        case Codes() | RequestIs():
            yield WEIGHT
            yield ASKED_FOR
        case Response(concept=concept):
            yield concept or ANY_COURSE
        case Score(score=name):
            calculator = calculators.get(name)
            for part in _rules_of(calculator) if calculator is not None else ():
                yield from looked_at(part, calculators)
        case All() | Any() | NoneOf() | AtLeast() | Ref():
            for part in rule.parts:
                yield from looked_at(part, calculators)
        case _:
            yield rule.concept


def _rules_of(calculator: Calculator) -> Iterator[Rule]:
    yield from (gate for gate in (calculator.requires, calculator.variant) if gate is not None)
    yield from (item.rule for item in calculator.items)


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
    def at(cls, concepts: Iterable[str], vocabulary: Vocabulary, rule: Rule | None = None) -> Looked:
        """Looking at these concepts."""
        listed = frozenset(concepts)
        return cls(listed, frozenset[str]().union(*map(vocabulary.ancestors, listed)), rule)

    @classmethod
    def all(cls, several: Iterable[Looked]) -> Looked:
        """Looking at what several look at."""
        listed = tuple(several)
        concepts, above = ([getattr(one, name) for one in listed] for name in ("concepts", "above"))
        return cls(frozenset[str]().union(*concepts), frozenset[str]().union(*above))

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
        known = facts.kept[id(rule)] = Looked.at(looked_at(rule, facts.calculators), facts.vocabulary, rule)
    return known


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
        if self.touches(Looked.at(asked, facts.vocabulary)):
            self.above.add(ASKED_FOR)

    def touches(self, looked: Looked) -> bool:
        """Whether the facts could change a rule that looks at these concepts."""
        return not (looked.concepts.isdisjoint(self.above) and looked.above.isdisjoint(self.exactly))
