"""Why the answers of requests differ: what is told differently is exchanged, and each is decided again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec.structs import replace

from indicated.engine.determine import determine
from indicated.model.assertion import Assertion
from indicated.model.case import Case
from indicated.model.contrast import Answer, Contrast, Differing, Exchange, SideBySide, answer_of
from indicated.model.determination import Determination
from indicated.model.fact import Fact, Stage
from indicated.model.knowledge import Knowledge
from indicated.model.regimen import Regimen, Request

POLICY = "policy"
_REQUEST = ("treatment", "product", "indications", "phase", "regimen", "codes", "replaces")
_PAIRS_OF = 14
"""Differences up to which every two of them are tried together; with more, a set is made smaller one by one."""


def side_by_side(names: Sequence[str], determinations: Sequence[Determination], knowledge: Knowledge) -> SideBySide:
    """Every two of the requests held against each other; all were decided on one day. Same arguments, same value."""
    found = [
        _Pair(determinations[first], determinations[second], knowledge).contrast(first, second)
        for first, second in combinations(range(len(determinations)), 2)
    ]
    return SideBySide(tuple(names), tuple(determinations), tuple(found))


def differences(first: Determination, second: Determination) -> tuple[Differing, ...]:
    """What two requests tell differently: policy and request first, then concept by concept."""
    found = [Differing(POLICY)] if first.policy != second.policy else []
    mine, its = first.case.request, second.case.request
    if mine is not None and its is not None:
        found += [Differing(f"request.{key}") for key in _REQUEST if _asked(mine, key) != _asked(its, key)]
    told, other = _by_concept(first.case), _by_concept(second.case)
    for concept in dict.fromkeys((*told, *other)):
        here, there = told.get(concept, ()), other.get(concept, ())
        if {_said(fact) for fact in here} != {_said(fact) for fact in there}:
            found.append(Differing(concept, here, there))
    return tuple(found)


class _Pair:
    """Two requests, and what is tried on them."""

    def __init__(self, first: Determination, second: Determination, knowledge: Knowledge) -> None:
        self.first, self.second, self.knowledge = first, second, knowledge
        self.differing = differences(first, second)

    def contrast(self, at: int, other: int) -> Contrast:
        """The two held against each other."""
        forward, to_second = self._from(self.first, self.second, forward=True)
        backward, to_first = self._from(self.second, self.first, forward=False)
        return Contrast(at, other, self.differing, forward, backward, to_second, to_first)

    def _from(
        self, here: Determination, there: Determination, *, forward: bool
    ) -> tuple[tuple[Exchange, ...], Exchange | None]:
        """The single exchanges that change an answer, and a smallest set to the other one where none reaches that."""
        today, wanted = answer_of(here), answer_of(there)
        singles = []
        for one in self.differing:
            answer = exchanged(here, there, (one,), self.knowledge, forward=forward)
            if answer not in (None, today):
                singles.append(Exchange((one.about,), answer))
        if today == wanted or any(one.answer == wanted for one in singles):
            return tuple(singles), None
        return tuple(singles), self._smallest(here, there, wanted, forward=forward)

    def _smallest(self, here: Determination, there: Determination, wanted: Answer, *, forward: bool) -> Exchange | None:
        """A set that gives the other answer and of which nothing can be left out: two, where two do."""

        def reaches(chosen: Sequence[Differing]) -> bool:
            return exchanged(here, there, chosen, self.knowledge, forward=forward) == wanted

        if len(self.differing) <= _PAIRS_OF:
            for two in combinations(self.differing, 2):
                if reaches(two):
                    return Exchange(tuple(one.about for one in two), wanted)
        left = list(self.differing)
        if not reaches(left):
            return None
        before = 0
        while before != len(left):
            before = len(left)
            for one in reversed(self.differing):
                fewer = [other for other in left if other is not one]
                if one in left and fewer and reaches(fewer):
                    left = fewer
        return Exchange(tuple(one.about for one in left), wanted)


def exchanged(
    here: Determination, there: Determination, chosen: Iterable[Differing], knowledge: Knowledge, *, forward: bool
) -> Answer | None:
    """The answer of one request told as the other is in these places; None where nothing would be asked for. With
    `forward` the one is the first of the two whose differences these are.
    """
    facts, request, policy = list(here.case.facts), here.case.request, here.policy
    for one in chosen:
        if one.about == POLICY:
            policy = there.policy
        elif one.about.startswith("request.") and request is not None and there.case.request is not None:
            key = one.about.removeprefix("request.")
            request = replace(request, **{key: getattr(there.case.request, key)})
        else:
            gone, come = (one.first, one.second) if forward else (one.second, one.first)
            facts = [fact for fact in facts if fact not in gone]
            facts += come
    if request is None:
        return None
    documents = (*here.case.documents, *there.case.documents)
    supposed = replace(here.case, documents=documents, facts=tuple(facts), request=request)
    return answer_of(determine(supposed, knowledge, here.on, policy, explore=False))


def _asked(request: Request, key: str) -> object:
    """What a request says in one place, wherever it stands."""
    value = getattr(request, key)
    return replace(value, passages=(), doubts=()) if isinstance(value, Regimen) else value


def _by_concept(case: Case) -> dict[str, tuple[Fact, ...]]:
    """The facts of a case by what they speak of, without the request itself."""
    found: dict[str, list[Fact]] = {}
    for fact in case.facts:
        if fact.therapy is None or fact.therapy.stage is not Stage.REQUESTED:
            found.setdefault(fact.concept, []).append(fact)
    return {concept: tuple(facts) for concept, facts in found.items()}


def _said(fact: Fact) -> tuple[object, ...]:
    """What a fact says, wherever it stands."""
    said: Assertion = fact.assertion
    how = (said.polarity, said.certainty, said.time)
    return (*how, fact.value, fact.result, fact.course, fact.therapy)
