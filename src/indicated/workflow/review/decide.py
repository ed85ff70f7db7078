"""Proposing, deciding, signing, giving notice. The one way to a denial is `decide`, by a licensed physician."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from indicated.model.decision import Decision, DecisionItem, DecisionOutcome, SignOff, lacking, signed_bytes
from indicated.model.determination import NextStep
from indicated.model.law import DecisionStage
from indicated.model.verdict import Verdict
from indicated.store import signing
from indicated.store.base import Store
from indicated.store.tables import DecisionRow
from indicated.workflow.assess import current
from indicated.workflow.review import clocks
from indicated.workflow.review.asked import criteria, exclusions
from indicated.workflow.review.cases import peek, today
from indicated.workflow.review.determining import policy_of
from indicated.workflow.review.errors import Conflict, Incomplete, NotNow, Refused, SamePerson
from indicated.workflow.review.files import as_column
from indicated.workflow.review.open_case import OpenCase, working
from indicated.workflow.review.people import (
    Action,
    Person,
    Reauthenticated,
    Role,
    require_fresh,
    require_licence,
)
from indicated.workflow.review.states import ADVERSE, OUTCOMES, CaseState
from indicated.workflow.review.values import (
    Appealed,
    CaseFile,
    Corrected,
    Decided,
    Determined,
    Noticed,
    Proposed,
)

_WORDS = {
    DecisionItem.REASON: "the specific reason",
    DecisionItem.PROVISION: "the provision of the plan or policy",
    DecisionItem.RATIONALE: "the clinical rationale for this patient",
    DecisionItem.CRITERIA: "a reason for each unmet criterion",
    DecisionItem.GRANTED: "what is granted",
    DecisionItem.NAME: "the reviewer's name",
    DecisionItem.CREDENTIALS: "the reviewer's credentials",
    DecisionItem.LICENCE: "the reviewer's licence",
    DecisionItem.STATE: "the state of the licence",
    DecisionItem.SPECIALTY: "the reviewer's specialty",
}


def propose(store: Store, person: Person, case_id: str, version: int, *, decision: Decision, now: datetime) -> CaseFile:
    """Prepare a decision for the one who signs (without `sign_off`); its determination is the one that now stands."""
    file = peek(store, person, Action.PROPOSE, case_id, now)
    with working(store, person, Action.PROPOSE, case_id, version, now) as case:
        case.refuse_since(file)
        case.add(Proposed(_standing(decision, file)))
    return case.kept()


def decide(
    store: Store,
    person: Person,
    case_id: str,
    version: int,
    *,
    decision: Decision,
    fresh: Reauthenticated | None,
    now: datetime,
    until: date | None = None,
) -> CaseFile:
    """Decide and sign (`decision` without `sign_off`; it is made here). Always: the determination that now stands, a
    licence on record, signed in again just now. An approval by a nurse needs a determination that is `approvable`.
    An adverse decision (deny, partial) needs a physician reviewer with licence, state, specialty and credentials; the
    reason, the plan's provision, the rationale, and a reason for each unmet criterion; on appeal nobody who prepared
    or decided before. NotLicensed, SamePerson, SignInAgain, Incomplete, Conflict. `until` is the last day of what is
    approved, when its continuation is due.
    """
    action, end = OUTCOMES[decision.outcome]
    file = peek(store, person, action, case_id, now)
    refuse_unless_may(file, person, decision.outcome, today(now))
    with working(store, person, action, case_id, version, now, to=end) as case:
        case.refuse_since(file)
        signed = _to_be_signed(_standing(decision, file), file, person, now)
        _refuse_unless_whole(signed, file)
        _refuse_until(signed, until, now)
        require_fresh(person, fresh, case_id, now)
        key, seal = signing.sign(case.session, case.vault, person.id, signed_bytes(signed), now=now)
        assert signed.sign_off is not None
        kept = replace(signed, sign_off=replace(signed.sign_off, seal=seal))
        number = case.add(Decided(kept, key))
        case.session.add(_row(kept, key, number, case))
        case.row.decided_at, case.row.continues_until = now, until
        case.detail = {"outcome": decision.outcome.value, "determination": kept.determination, "key": key}
    return case.kept()


def notice(
    store: Store, person: Person, case_id: str, version: int, *, text: str, sent_by: str, now: datetime
) -> CaseFile:
    """Put the notice that was sent on record; until when an appeal may be made follows from the law."""
    if not text.strip() or not sent_by.strip():
        raise Incomplete("a notice on record has its text and how it was sent; one of them was left empty")
    with working(store, person, Action.NOTICE, case_id, version, now) as case:
        adverse = CaseState(case.row.state) in ADVERSE
        case.row.noticed_at = now
        case.row.appeal_until = clocks.appeal_until(case.row, current(), now) if adverse else None
        case.add(Noticed(text, sent_by, case.row.appeal_until))
    return case.kept()


def appeal(
    store: Store, person: Person, case_id: str, version: int, *, appellant: str, grounds: str, now: datetime
) -> CaseFile:
    """Open an appeal of an adverse decision: a clock and a level of its own, and other reviewers than before. One that
    comes late is opened too; whether it counts is for a person to say.
    """
    if not appellant.strip() or not grounds.strip():
        raise Incomplete("an appeal needs who makes it and on what grounds; one of them was left empty")
    with working(store, person, Action.APPEAL, case_id, version, now) as case:
        row = case.row
        row.stage, row.level, row.opened = DecisionStage.APPEAL.value, row.level + 1, now
        row.stood_still, row.assigned = 0, ""
        row.decided_at = row.noticed_at = row.appeal_until = row.continues_until = None
        case.set_clock(current())
        case.add(Appealed(appellant, grounds, row.level))
    return case.kept()


def refuse_unless_may(file: CaseFile, person: Person, outcome: DecisionOutcome, on: date) -> None:
    """Refused, NotLicensed or SamePerson unless the person is one who may decide this case so."""
    action, _ = OUTCOMES[outcome]
    require_licence(person, action, on)
    if why := barred(file, person):
        raise SamePerson(why)
    approvable = file.determination is None or file.determination.next_step is NextStep.APPROVABLE
    if Role.PHYSICIAN_REVIEWER not in person.roles and not approvable:
        raise Refused("a nurse approves only what is found approvable; propose it, and a physician decides")


def barred(file: CaseFile, person: Person) -> str:
    """Why the person may not decide this appeal (they prepared or decided it before); empty where they may.

    Whoever corrected or attested the record, proposed a decision or signed one before the appeal prepared or decided.
    """
    for deed, by in _deeds_before_appeal(file):
        if by == person.id:
            return f"an appeal is decided by somebody else than before, and you {deed} case {file.head.id}"
    return ""


def _deeds_before_appeal(file: CaseFile) -> Iterator[tuple[str, str]]:
    opened = [entry.number for entry in file.history if isinstance(entry.said, Appealed)]
    if not opened:
        return
    for entry in file.history:
        if entry.number < opened[-1]:
            if isinstance(entry.said, Decided):
                yield "decided", entry.by
            if isinstance(entry.said, Proposed | Corrected):
                yield "prepared", entry.by


def _standing(decision: Decision, file: CaseFile) -> Decision:
    """The decision on the determination that now stands. Conflict when it is of another one."""
    now: Determined | None = file.determination
    if now is None:
        raise NotNow(
            f"nothing could be determined of case {file.head.id}, so there is nothing to decide on; correct it"
        )
    if decision.sign_off is not None:
        raise Incomplete("the signature is made when the decision is signed; give the decision without one")
    if decision.determination != now.digest:
        raise Conflict(
            f"the decision is of another determination than number {now.number}, which now stands in case "
            f"{file.head.id}; look at it again"
        )
    return replace(decision, on=now.on, stage=file.head.stage)


def _to_be_signed(decision: Decision, file: CaseFile, person: Person, now: datetime) -> Decision:
    assert file.determination is not None
    return replace(decision, sign_off=SignOff(person.reviewer(), today(now), file.determination.digest))


def _refuse_unless_whole(decision: Decision, file: CaseFile) -> None:
    """Incomplete unless the decision says all that it has to, of criteria that there are."""
    missing = [_WORDS[item] for item in lacking(decision)]
    if missing:
        raise Incomplete(f"the decision lacks {', '.join(missing)}; nothing was decided")
    assert file.determination is not None
    judged = criteria(file.determination.answer)
    named = {one.criterion for one in decision.criteria}
    unknown = sorted(named - judged.keys())
    if unknown and judged:
        raise Incomplete(f"case {file.head.id} has no criterion {unknown[0]!r}; name those of its determination")
    clear = exclusions(policy_of(file.policy, current(), decision.on))
    against = {one for one, verdict in judged.items() if verdict is Verdict.NOT_MET and one not in clear}
    unmet = sorted(against - named)
    if decision.adverse and unmet:
        raise Incomplete(f"the decision says nothing on criterion {', '.join(unmet)}, found not met; say why of each")


def _refuse_until(decision: Decision, until: date | None, now: datetime) -> None:
    if until is not None and (until < today(now) or decision.outcome is DecisionOutcome.DENY):
        raise Incomplete("what is approved ends on a day that is yet to come, and a denial has none; check the date")


def _row(decision: Decision, key: str, number: int, case: OpenCase) -> DecisionRow:
    assert decision.sign_off is not None
    row, who = case.row, decision.sign_off.reviewer
    physician = Role.PHYSICIAN_REVIEWER in case.person.roles
    return DecisionRow(
        case_id=row.id,
        number=number,
        level=row.level,
        outcome=decision.outcome.value,
        at=case.now,
        due_at=row.due_at,
        opened=row.opened,
        signer=case.person.id,
        role=(Role.PHYSICIAN_REVIEWER if physician else Role.NURSE_REVIEWER).value,
        credentials=who.credentials,
        licence=who.licence,
        licence_state=who.state,
        specialty=who.specialty,
        determination=decision.determination,
        next_step=row.next_step or "",
        finding=row.finding or "",
        unmet=as_column(one.criterion for one in decision.criteria if one.verdict is not Verdict.MET),
        public_key=key,
        seal=decision.sign_off.seal,
    )
