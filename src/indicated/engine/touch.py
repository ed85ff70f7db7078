"""Which facts can touch which rule: those on its concepts, on anything narrower or broader, and what speaks against
them. A fact that cannot touch a rule cannot change its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.engine.facts import AGE, WEIGHT, Facts
from indicated.engine.leaves import ATTESTED
from indicated.model.concept import Vocabulary
from indicated.model.fact import Fact
from indicated.model.rule import Age, Codes, Judged, RequestIs, Response, Rule, Score, Weight

# What a rule looks at that asks how the disease did, whatever concept that was told of.
ANY_COURSE = "*"


def looked_at(rule: Rule, facts: Facts) -> Iterator[str]:
    """The concepts whose facts a rule looks at; ANY_COURSE for one that looks at every course told."""
    match rule:
        case Age():
            yield AGE
        case Weight():
            yield WEIGHT
        case Judged(question=question):
            yield ATTESTED + question
        case Codes() | RequestIs():
            yield WEIGHT
            yield from facts.request.indications if facts.request is not None else ()
        case Response(concept=concept):
            yield concept or ANY_COURSE
        case Score(score=name):
            calculator = facts.calculators[name]
            gates = (gate for gate in (calculator.requires, calculator.variant) if gate is not None)
            for part in (*gates, *(item.rule for item in calculator.items)):
                yield from looked_at(part, facts)
        case _ if hasattr(rule, "parts"):
            for part in rule.parts:
                yield from looked_at(part, facts)
        case _:
            yield rule.concept


class Looked:
    """Some concepts that rules look at, with everything broader: what a fact speaks to is held against both."""

    __slots__ = ("above", "concepts")

    def __init__(self, concepts: Iterable[str], vocabulary: Vocabulary) -> None:
        self.concepts = frozenset(concepts)
        self.above = frozenset[str]().union(*map(vocabulary.ancestors, self.concepts))

    @classmethod
    def all(cls, several: Iterable[Looked]) -> Looked:
        """What several rules look at together."""
        listed = tuple(several)
        if len(listed) == 1:
            return listed[0]
        whole = cls.__new__(cls)
        whole.concepts = frozenset[str]().union(*(one.concepts for one in listed))
        whole.above = frozenset[str]().union(*(one.above for one in listed))
        return whole


class Spoken:
    """What some facts speak to: everything as broad as their concepts or broader, and the concepts themselves with
    those that they speak against.
    """

    __slots__ = ("above", "exactly")

    def __init__(self, told: Iterable[Fact], vocabulary: Vocabulary) -> None:
        above: set[str] = set()
        exactly: set[str] = set()
        for fact in told:
            if fact.course is not None:
                above.add(ANY_COURSE)
            above |= vocabulary.ancestors(fact.concept)
            exactly.add(fact.concept)
            known = vocabulary.concepts.get(fact.concept)
            exactly.update(known.against if known is not None else ())
        self.above, self.exactly = above, exactly

    def touches(self, looked: Looked) -> bool:
        """Whether the facts could change a rule that looks at these concepts."""
        return not (looked.concepts.isdisjoint(self.above) and looked.above.isdisjoint(self.exactly))
