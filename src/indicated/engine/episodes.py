"""Courses of the treatment asked for that were given, apart from what the request itself tells."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.engine.facts import Facts
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Outcome, Role, Stage
from indicated.model.regimen import Regimen, Request
from indicated.model.text import Passage

_GIVEN = (Stage.CURRENT, Stage.PAST)


def episodes(request: Request, facts: Facts) -> tuple[Fact, ...]:
    """The courses of this treatment on record, by whatever route or product."""
    vocabulary = facts.vocabulary
    family = {name for name in vocabulary.ancestors(request.treatment) if _treatment(name, facts)}
    told = (fact for fact in facts.facts if fact.therapy is not None and fact.therapy.stage in _GIVEN)
    return tuple(
        fact
        for fact in told
        if not family.isdisjoint(vocabulary.ancestors(fact.concept)) and not only_asked(fact, request)
    )


def _treatment(name: str, facts: Facts) -> bool:
    concept = facts.vocabulary.concepts.get(name)
    return concept is not None and concept.kind is Kind.TREATMENT


def only_asked(fact: Fact, request: Request | None) -> bool:
    """Whether the fact is read in the request alone and tells nothing of what was."""
    therapy = fact.therapy
    if request is None or therapy is None or therapy.role is not Role.REQUESTED or not fact.passages:
        return False
    own = (*request.passages, *(request.regimen.passages if request.regimen is not None else ()))
    told = therapy.started is not None or therapy.ended is not None or therapy.outcome is not Outcome.UNKNOWN
    return not told and all(_within(passage, own) for passage in fact.passages)


def told_apart(regimen: Regimen, request: Request) -> bool:
    """Whether a regimen is told anywhere but in the request."""
    own = request.regimen.passages if request.regimen is not None else ()
    return not regimen.passages or not all(_within(passage, own) for passage in regimen.passages)


def _within(passage: Passage, own: Iterable[Passage]) -> bool:
    return any(
        one.document == passage.document and one.start <= passage.start and passage.end <= one.end for one in own
    )
