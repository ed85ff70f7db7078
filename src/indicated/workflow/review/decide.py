"""Proposing, deciding, signing, giving notice. The one way to a denial is `decide`, by a licensed physician."""

from __future__ import annotations

from datetime import datetime

from indicated.model.decision import Decision
from indicated.store.base import Store
from indicated.workflow.review.people import Person, Reauthenticated
from indicated.workflow.review.values import CaseFile


def propose(store: Store, person: Person, case_id: str, version: int, *, decision: Decision, now: datetime) -> CaseFile:
    """Prepare a decision for the one who signs (without `sign_off`); its determination is the one that now stands."""
    raise NotImplementedError


def decide(
    store: Store,
    person: Person,
    case_id: str,
    version: int,
    *,
    decision: Decision,
    fresh: Reauthenticated | None,
    now: datetime,
) -> CaseFile:
    """Decide and sign (`decision` without `sign_off`; it is made here). Always: the determination that now stands, a
    licence on record, signed in again just now. An approval by a nurse needs a determination that is `approvable`.
    An adverse decision (deny, partial) needs a physician reviewer with licence, state, specialty and credentials; the
    reason, the plan's provision, the rationale, and a reason for each unmet criterion; on appeal nobody who prepared
    or decided before. NotLicensed, SamePerson, SignInAgain, Incomplete, Conflict.
    """
    raise NotImplementedError


def notice(
    store: Store, person: Person, case_id: str, version: int, *, text: str, sent_by: str, now: datetime
) -> CaseFile:
    """Put the notice that was sent on record; until when an appeal may be made follows from the law."""
    raise NotImplementedError


def appeal(
    store: Store, person: Person, case_id: str, version: int, *, appellant: str, grounds: str, now: datetime
) -> CaseFile:
    """Open an appeal of an adverse decision: a clock and a level of its own, and other reviewers than before."""
    raise NotImplementedError


def barred(file: CaseFile, person: Person) -> str:
    """Why the person may not decide this appeal (they prepared or decided it before); empty where they may."""
    raise NotImplementedError
