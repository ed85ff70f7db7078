"""Corrections of what was read, and the determinations that follow from them."""

from __future__ import annotations

from datetime import datetime

from indicated.explain.show import OtherRelease
from indicated.model.case import Case
from indicated.release import Release
from indicated.store.base import Store
from indicated.workflow.assess import Assessment, assess, current
from indicated.workflow.review.asked import questions
from indicated.workflow.review.cases import look, peek, today
from indicated.workflow.review.corrections import SaidBy, corrected, fact_key, settled
from indicated.workflow.review.determining import again, case_of, differences, entry, outcome, policy_of
from indicated.workflow.review.errors import Incomplete, NoSuchFact
from indicated.workflow.review.files import corrections_of, determined_at, documents_at
from indicated.workflow.review.open_case import working
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.values import (
    Amended,
    Attest,
    CaseFile,
    Changed,
    Corrected,
    Correction,
    Determined,
)

__all__ = ["amend", "compare", "determine", "fact_key", "next_number", "replay", "what_if"]

_NOT_ASKED = "no criterion of this case asks that; take the question from the case as it now stands"


def amend(
    store: Store, person: Person, case_id: str, version: int, *, corrections: tuple[Correction, ...], now: datetime
) -> Amended:
    """Correct the record; the case is determined again and what that changed is told. Nothing that was read is lost:
    corrections are kept as a list, with name and reason. NoSuchFact when one names a fact or a question that is not
    there; Incomplete when one has no reason, or claims what cannot be.
    """
    for one in corrections:
        require(person, Action.ATTEST if isinstance(one, Attest) else Action.CORRECT)
    action = Action.ATTEST if all(isinstance(one, Attest) for one in corrections) else Action.CORRECT
    file = peek(store, person, action, case_id, now)
    kept = _settled(file, person, corrections, now)
    said = (*corrections_of(file), *(SaidBy(person.id, person.name, now, one) for one in kept))
    found = outcome(file.documents, said, file.policy, today(now), next_number(file), file.denial)
    with working(store, person, action, case_id, version, now) as case:
        case.refuse_since(file)
        case.add(Corrected(kept))
        case.determined(found)
    return _amended(case.kept(), file)


def determine(store: Store, person: Person, case_id: str, version: int, *, now: datetime) -> Amended:
    """Determine it again as of today, under the installed release, and tell what changed."""
    file = peek(store, person, Action.DETERMINE, case_id, now)
    found = outcome(file.documents, corrections_of(file), file.policy, today(now), next_number(file), file.denial)
    with working(store, person, Action.DETERMINE, case_id, version, now) as case:
        case.refuse_since(file)
        case.determined(found)
    return _amended(case.kept(), file)


def what_if(
    store: Store, person: Person, case_id: str, *, corrections: tuple[Correction, ...], now: datetime
) -> tuple[Assessment, tuple[Changed, ...]]:
    """What it would come to if these were so. Nothing is stored but that the case was looked at. The errors of
    `indicated.workflow.assess.assess` where nothing could then be determined.
    """
    file = look(store, person, Action.WHAT_IF, case_id, now)
    kept = _settled(file, person, corrections, now)
    said = (*corrections_of(file), *(SaidBy(person.id, person.name, now, one) for one in kept))
    release, on = current(), today(now)
    found = assess(case_of(file.documents, said, release), policy_of(file.policy, release, on), on, file.denial)
    return found, differences(_answer(file), entry(found, release, 0).answer)


def compare(before: Determined, after: Determined) -> tuple[Changed, ...]:
    """What differs between two determinations that hold their answers."""
    return differences(before.answer, after.answer)


def replay(file: CaseFile, number: int = 0) -> bool:
    """Whether the stored determination, made again from documents, corrections and release, has the same bytes.
    OtherRelease when it was made under another release than the installed one.
    """
    at, said = determined_at(file, number)
    release = current()
    if said.release != release.id:
        raise OtherRelease("this was decided under another content release than the installed one; export the case")
    made = again(documents_at(file, at), corrections_of(file, at), file.policy, said.on, release, file.denial)
    return entry(made, release, said.number).hash == said.hash


def next_number(file: CaseFile) -> int:
    """The number that the next determination of the case gets."""
    return 1 + sum(isinstance(one.said, Determined) for one in file.history)


def _amended(after: CaseFile, before: CaseFile) -> Amended:
    return Amended(after, differences(_answer(before), _answer(after)))


def _answer(file: CaseFile) -> bytes:
    return file.determination.answer if file.determination is not None else b""


def _settled(
    file: CaseFile, person: Person, corrections: tuple[Correction, ...], now: datetime
) -> tuple[Correction, ...]:
    """The corrections as they are kept, each held against the record with those before it."""
    if not corrections:
        raise Incomplete("there is nothing to correct in what was given; name a fact or a question and why")
    release = current()
    first = case = case_of(file.documents, corrections_of(file), release)
    asked: frozenset[str] | None = None
    found: list[Correction] = []
    for one in corrections:
        kept = settled(one, case, release.knowledge)
        if isinstance(kept, Attest):
            asked = _asked(file, first, release) if asked is None else asked
            if kept.question not in asked:
                raise NoSuchFact(_NOT_ASKED)
        case = corrected(case, (SaidBy(person.id, person.name, now, kept),), release.knowledge)
        found.append(kept)
    return tuple(found)


def _asked(file: CaseFile, case: Case, release: Release) -> frozenset[str]:
    """What the case as it stands puts to a person."""
    on = file.determination.on if file.determination is not None else today(file.head.received)
    return questions(assess(case, policy_of(file.policy, release, on), on, file.denial))
