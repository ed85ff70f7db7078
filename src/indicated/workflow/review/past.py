"""The cases of a store decided under a policy that is being written, beside what stands: whose outcome would change.

Nothing of a record leaves here: a case is its number, outcomes are words of closed lists, reasons are criteria. That
the cases were gone through, by whom and for which policy, is in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import select

from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.policy import Policy
from indicated.release import Release
from indicated.store import audit
from indicated.store.base import Store
from indicated.store.boxes import box_of
from indicated.store.errors import CannotOpen
from indicated.store.tables import CaseRow
from indicated.workflow.assess import assess, current
from indicated.workflow.policies import named
from indicated.workflow.review.cases import today
from indicated.workflow.review.determining import case_of, policy_of
from indicated.workflow.review.files import corrections_of, file_of
from indicated.workflow.review.people import Action, Person, require
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import CaseFile

MOST = 200


class Turned(Struct, frozen=True):
    """A criterion of the policy whose verdict differs; `not_asked` where one of both does not have it."""

    criterion: str
    before: str
    after: str


class PastCase(Struct, frozen=True):
    """One case under both: the next step and the policy's verdict before and after, and the criteria that turned."""

    id: str
    before: str
    after: str
    policy_before: str
    policy_after: str
    turned: tuple[Turned, ...]

    @property
    def changed(self) -> bool:
        """Whether somebody who reads the answer would see another outcome."""
        return (self.before, self.policy_before) != (self.after, self.policy_after)


class Past(Struct, frozen=True):
    """All of them, newest first; `left_out` how many could not be decided, or were more than are tried."""

    cases: tuple[PastCase, ...]
    left_out: int = 0

    def steps(self) -> tuple[tuple[str, int, int], ...]:
        """Of each next step, how many cases had it before and have it after."""
        names = dict.fromkeys(step for one in self.cases for step in (one.before, one.after))
        return tuple(
            (name, sum(one.before == name for one in self.cases), sum(one.after == name for one in self.cases))
            for name in sorted(names)
        )


def effect(store: Store, person: Person, policy: Policy, *, now: datetime) -> Past:
    """What the policy would make of the cases that ask for its treatment. Before is the policy of its id that is in
    force, else the one that each case was decided under.
    """
    require(person, Action.SUBMIT_CONTENT)
    release, files, unopened = current(), [], 0
    with store.reading() as session:
        rows = session.scalars(
            select(CaseRow).where(CaseRow.state != CaseState.ERASED.value).order_by(CaseRow.received.desc())
        )
        mine = [row for row in rows if _asks(row.treatment, policy.treatment, release)]
        for row in mine[:MOST]:
            try:
                files.append(file_of(session, box_of(session, store.vault, row.id), row, now))
            except CannotOpen:
                unopened += 1
    with store.writing() as session:  # writers wait for the event alone, not for every case to be opened
        audit.append(
            session, store.vault, at=now, person=person.id, action=Action.SUBMIT_CONTENT.value,
            subject=f"content:{policy.id}", detail={"cases": str(len(files))},
        )  # fmt: skip
    found = [one for file in files for one in _both(file, policy, release, today(now))]
    return Past(tuple(found), unopened + len(mine) - min(len(mine), MOST) + len(files) - len(found))


def _both(file: CaseFile, policy: Policy, release: Release, on: date) -> Iterator[PastCase]:
    """The case under both; nothing where it cannot be decided."""
    try:
        case = case_of(file.documents, corrections_of(file), release)
        standing = (
            named(policy.id, release, on)
            if policy.id in release.knowledge.policy_ids
            else policy_of(file.policy, release, on)
        )
        was, now = assess(case, standing, on), assess(case, policy, on)
    except IndicatedError:
        return
    before, after = _verdicts(was), _verdicts(now)
    turned = tuple(
        Turned(name, before.get(name, "not_asked"), after.get(name, "not_asked"))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )
    yield PastCase(
        file.head.id,
        was.next_step.value,
        now.next_step.value,
        _verdict(was),
        _verdict(now),
        turned,
    )


def _asks(treatment: str, wanted: str, release: Release) -> bool:
    known = release.knowledge.vocabulary
    if treatment not in known.concepts or wanted not in known.concepts:
        return treatment == wanted
    return treatment == wanted or wanted in known.ancestors(treatment) or treatment in known.ancestors(wanted)


def _verdict(answer: Determination) -> str:
    return answer.policy_verdict.value if answer.policy_verdict is not None else "none"


def _verdicts(answer: Determination) -> dict[str, str]:
    result = answer.policy_result
    return {judged.criterion: judged.verdict.value for judged in result.judgements} if result is not None else {}
