"""Which facts can touch which rule: those on its concepts, on anything narrower or broader, and what speaks against
them. A fact that cannot touch a rule cannot change its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.engine.facts import AGE, WEIGHT, Facts
from indicated.engine.leaves import ATTESTED
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


class Touch:
    """For some concepts that rules look at, which of them a fact speaks to."""

    __slots__ = ("_below", "_looked_at", "_vocabulary")

    def __init__(self, concepts: Iterable[str], facts: Facts) -> None:
        self._vocabulary = facts.vocabulary
        self._looked_at = frozenset(concepts)
        self._below: dict[str, list[str]] = {}
        for concept in self._looked_at:
            for broader in self._vocabulary.ancestors(concept):
                self._below.setdefault(broader, []).append(concept)

    def touched(self, told: Iterable[Fact]) -> frozenset[str]:
        """The concepts looked at whose rules these facts could change."""
        found: set[str] = set()
        for fact in told:
            if fact.course is not None:
                found.add(ANY_COURSE)
            found |= self._looked_at & self._vocabulary.ancestors(fact.concept)
            found.update(self._below.get(fact.concept, ()))
            known = self._vocabulary.concepts.get(fact.concept)
            for target in known.against if known is not None else ():
                found.update(self._below.get(target, ()))
        return frozenset(found)
