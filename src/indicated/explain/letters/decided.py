"""Which decision a letter may rest on: a whole, signed one on this very determination."""

from __future__ import annotations

from indicated.explain.letters.desk import Desk
from indicated.explain.letters.errors import NoSignedDecision, NotApprovable
from indicated.explain.sections.criteria import criteria_of, said_of
from indicated.explain.writer import Said
from indicated.model.decision import Decision, DecisionOutcome, Reviewer, digest, lacking
from indicated.model.determination import Judgement, NextStep
from indicated.model.policy import Policy
from indicated.model.standard import Standard
from indicated.model.statement import FromEntry, Proof
from indicated.model.verdict import Verdict

_SHOWN = 12


def adverse(desk: Desk) -> Decision:
    """The signed decision that refuses all or part. NoSignedDecision, with all that is missing, without a whole one."""
    decision = desk.order.decision
    if decision is None:
        raise NoSignedDecision(
            "no machine denies: a denial is drafted only from the signed decision of a licensed person; "
            "give it with --decision FILE"
        )
    if not decision.adverse:
        raise NoSignedDecision(
            "the decision approves the request, so there is no denial to write; see 'letter approval'"
        )
    trouble = _trouble(desk, decision)
    if trouble:
        raise NoSignedDecision(trouble)
    return decision


def approving(desk: Desk) -> Decision | None:
    """The signed decision to approve; None where none was given and the next step is approvable all the same.
    NotApprovable otherwise.
    """
    decision, step = desk.order.decision, desk.w.d.next_step
    if decision is None:
        if step is not NextStep.APPROVABLE:
            raise NotApprovable(
                f"the next step is {step.value.replace('_', ' ')}, so no approval can be drafted; give a signed "
                f"decision to approve with --decision FILE"
            )
        return None
    if decision.outcome is not DecisionOutcome.APPROVE:
        raise NotApprovable("the decision does not approve all that was asked for; see 'letter denial'")
    trouble = _trouble(desk, decision)
    if trouble:
        raise NotApprovable(trouble)
    return decision


def _trouble(desk: Desk, decision: Decision) -> str:
    """What keeps a decision from being acted on, in one line; empty when nothing does."""
    missing = lacking(decision)
    if missing:
        return f"the decision lacks {', '.join(missing)}; the person who decides adds that and signs"
    now = digest(desk.w.d)
    if decision.determination != now:
        return (
            f"the decision was signed over determination {decision.determination[:_SHOWN]} and this one is "
            f"{now[:_SHOWN]}; decide the same case, policy and release as of {decision.on.isoformat()}, or sign anew"
        )
    strange = _unknown_criteria(desk, decision)
    if strange:
        return (
            f"the decision speaks of criterion {strange[0]!r}, which neither the policy nor the standard applied here "
            f"has; 'assess --format json' lists their ids"
        )
    return ""


def owner_of(desk: Desk) -> Policy | Standard | None:
    """Whose criteria a decision speaks of: the policy's, where there is one, else the standard's."""
    return desk.w.d.policy or desk.w.standard


def contrary(desk: Desk, decision: Decision) -> Said:
    """Where the decision counts a criterion as not met and the record, as read, meets it or does not say."""
    w, owner = desk.w, owner_of(desk)
    if owner is None:
        return ()
    table = criteria_of(owner)
    judged = {one.criterion: one for one in _judgements(desk)}
    rows: list[Said] = []
    for one in decision.criteria:
        found = judged.get(one.criterion)
        if found is None or one.verdict is not Verdict.NOT_MET or found.verdict is Verdict.NOT_MET:
            continue
        said, proved = said_of(w, found.step)
        clause = (w.clause(owner, table[one.criterion]), w.trace(one.criterion, found.verdict), *proved)
        phrase = f"before.decided.{found.verdict}"
        rows.append(w.say(phrase, clause, criterion=w.label_of(owner, table[one.criterion]), said=said))
    return tuple(one for row in rows for one in row)


def _judgements(desk: Desk) -> tuple[Judgement, ...]:
    d = desk.w.d
    if d.policy is not None:
        return d.policy_result.judgements if d.policy_result is not None else ()
    return desk.w.lead.judgements if desk.w.lead is not None else ()


def _unknown_criteria(desk: Desk, decision: Decision) -> list[str]:
    owner = owner_of(desk)
    known = criteria_of(owner) if owner is not None else {}
    return [one.criterion for one in decision.criteria if one.criterion not in known]


def entry(name: str, text: str) -> tuple[Proof, ...]:
    """A part of a decision as a proof: the person's own words."""
    return (FromEntry(f"decision.{name}", text),)


def reviewer_line(desk: Desk, who: Reviewer) -> str:
    """The reviewer with credentials, specialty, boards and licence."""
    boards = desk.words("letter.boards", boards=desk.w.book.series(who.boards)) if who.boards else ""
    return desk.words(
        "letter.reviewer",
        name=who.name,
        credentials=who.credentials,
        specialty=who.specialty,
        state=who.state,
        licence=who.licence,
        boards=boards,
    )
