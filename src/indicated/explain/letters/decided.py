"""Which decision a letter may rest on: a whole, signed one on this very determination."""

from __future__ import annotations

from indicated.explain.letters.desk import Desk
from indicated.explain.letters.errors import NoSignedDecision, NotApprovable
from indicated.model.decision import Decision, DecisionOutcome, Reviewer, digest, lacking
from indicated.model.determination import NextStep
from indicated.model.statement import FromEntry, Proof

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
    return ""


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
