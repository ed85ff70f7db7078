"""Corrections of what was read, and the determinations that follow from them."""

from __future__ import annotations

from datetime import datetime

from indicated.model.fact import Fact
from indicated.store.base import Store
from indicated.workflow.assess import Assessment
from indicated.workflow.review.people import Person
from indicated.workflow.review.values import Amended, CaseFile, Changed, Correction, Determined


def fact_key(fact: Fact) -> str:
    """What names a fact in a correction: the same fact has the same key, whatever stands beside it."""
    raise NotImplementedError


def amend(
    store: Store, person: Person, case_id: str, version: int, *, corrections: tuple[Correction, ...], now: datetime
) -> Amended:
    """Correct the record; the case is determined again and what that changed is told. Nothing that was read is lost:
    corrections are kept as a list, with name and reason. NoSuchFact when one names a fact that is not there.
    """
    raise NotImplementedError


def determine(store: Store, person: Person, case_id: str, version: int, *, now: datetime) -> Amended:
    """Determine it again as of today, under the installed release, and tell what changed."""
    raise NotImplementedError


def what_if(
    store: Store, person: Person, case_id: str, *, corrections: tuple[Correction, ...], now: datetime
) -> tuple[Assessment, tuple[Changed, ...]]:
    """What it would come to if these were so. Nothing is stored but that the case was looked at."""
    raise NotImplementedError


def compare(before: Determined, after: Determined) -> tuple[Changed, ...]:
    """What differs between two determinations."""
    raise NotImplementedError


def replay(file: CaseFile, number: int = 0) -> bool:
    """Whether the stored determination, made again from documents, corrections and release, has the same bytes.
    OtherRelease when it was made under another release than the installed one.
    """
    raise NotImplementedError
