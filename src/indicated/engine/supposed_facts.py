"""Facts that somebody supposes: what of the record they take the place of, and the request asked for instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.engine.suppose import suppose
from indicated.model.determination import Change
from indicated.model.fact import Role, Stage
from indicated.model.regimen import Regimen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.case import Case
    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.question import Supposition
    from indicated.model.regimen import Request
    from indicated.model.text import Document


def changes(told: Supposition, case: Case, vocabulary: Vocabulary) -> tuple[Change, ...]:
    """One change for each fact supposed, with the facts of the record that cannot stand beside it; and one without a
    fact of its own where something is taken as never recorded.
    """
    left: list[Fact] = []
    if told.request is not None and told.request.indications and case.request is not None:
        before = set(case.request.indications) - set(told.request.indications)
        left = [fact for fact in case.facts if fact.concept in before]
    found = []
    for fact in told.facts:
        gone = [other for other in case.facts if _contradicts(fact, other, vocabulary)]
        moved = left if told.request is not None and fact.concept in told.request.indications else []
        gone = list(dict.fromkeys([*gone, *moved]))
        found.append(Change((fact,), tuple(gone), known=bool(gone)))
    for concept, _ in told.forgotten:
        gone = [other for other in case.facts if vocabulary.is_a(other.concept, concept)]
        found.append(Change((), tuple(gone), known=bool(gone)))
    return tuple(found)


def supposed(case: Case, document: Document, listed: Sequence[Change], request: Request | None) -> Case:
    """The case as if the changes were so and the request the one supposed; the question is one of its documents."""
    touched = {fact.concept for change in listed for fact in (*change.facts, *change.replaces)}
    with_question = replace(
        case,
        documents=(*case.documents, document),
        contradictions=tuple(one for one in case.contradictions if one.about not in touched),
        request=_still_for(asked_instead(case.request, request), listed, request),
    )
    return suppose(with_question, listed)


def _still_for(today: Request | None, listed: Sequence[Change], other: Request | None) -> Request | None:
    """The request without the indications that are supposed not to be so or never to have been recorded."""
    if today is None or (other is not None and other.indications):
        return today
    so = {fact.concept for change in listed for fact in change.facts if fact.present}
    gone = {fact.concept for change in listed for fact in (*change.replaces, *change.facts) if fact.concept not in so}
    return replace(today, indications=tuple(one for one in today.indications if one not in gone))


def asked_instead(today: Request | None, other: Request | None) -> Request | None:
    """Today's request with what the other says in its place: dose, rhythm, product, use."""
    if today is None or other is None:
        return today
    same = other.treatment == today.treatment
    return replace(
        today,
        treatment=other.treatment,
        product=other.product or (today.product if same else ""),
        indications=other.indications or today.indications,
        regimen=_regimen(today.regimen or Regimen(), other.regimen) if other.regimen is not None else today.regimen,
    )


def already_so(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the record says the same."""
    return any(_claim(fact) == _claim(other) for other in facts)


def _regimen(today: Regimen, other: Regimen) -> Regimen:
    """A dose takes the place of the whole dose, a rhythm only that of the rhythm."""
    if other.per_day is None and other.per_course is None and not other.supplies:
        return replace(
            today,
            days=other.days or today.days,
            interval=other.interval or today.interval,
            courses=other.courses or today.courses,
            duration=other.duration or today.duration,
            passages=(*today.passages, *other.passages),
        )
    return replace(
        other,
        interval=other.interval or today.interval,
        courses=other.courses or today.courses,
        duration=other.duration or today.duration,
        route=other.route or today.route,
        passages=(*other.passages, *today.passages),
    )


def _contradicts(fact: Fact, other: Fact, vocabulary: Vocabulary) -> bool:
    """Whether another fact cannot stand beside a supposed one: it speaks of the same thing, or of the opposite."""
    if (fact.therapy is None) is not (other.therapy is None):
        return False
    if fact.therapy is not None and other.therapy is not None:
        if other.therapy.role is Role.REQUESTED or other.therapy.stage is Stage.REQUESTED:
            return False
        if fact.therapy.stage is Stage.NEVER:
            return vocabulary.is_a(other.concept, fact.concept)
        never = other.therapy.stage is Stage.NEVER and vocabulary.is_a(fact.concept, other.concept)
        return never or other.concept == fact.concept
    if other.concept == fact.concept:
        return True
    if fact.absent:
        return other.present and vocabulary.is_a(other.concept, fact.concept)
    denied = other.absent and vocabulary.is_a(fact.concept, other.concept)
    return denied or (other.present and (_against(fact, other, vocabulary) or _against(other, fact, vocabulary)))


def _against(fact: Fact, other: Fact, vocabulary: Vocabulary) -> bool:
    known = vocabulary.concepts.get(fact.concept)
    return known is not None and any(vocabulary.is_a(other.concept, target) for target in known.against)


def _claim(fact: Fact) -> object:
    said = fact.assertion
    axes = (said.polarity, said.certainty, said.time)
    return (fact.concept, axes, fact.value, fact.result, fact.course, fact.therapy)
