"""The plan's notice that an appeal answers: when it was given, which of its reasons fall, and which stand."""

from __future__ import annotations

from indicated.explain.letters.desk import Desk
from indicated.explain.sections import denial
from indicated.explain.writer import Said
from indicated.model.denial import ReasonAnswer
from indicated.model.statement import FromEntry, FromPassage, FromTrace

_FALL = (ReasonAnswer.FACTS_MEET, ReasonAnswer.NOT_CONSIDERED)
_STAND = (ReasonAnswer.FACTS_DO_NOT_MEET, ReasonAnswer.UNKNOWN)


def lines(desk: Desk) -> Said:
    """The notice by its day, and its reason; places for both where no notice with reasons was read."""
    check = desk.w.d.denial
    if check is None or not check.checks:
        return (*desk.line("denied", desk.place("denied")), *desk.line("reason", desk.place("reason")))
    dated, passage = check.denial.dated, check.denial.dated_in
    if dated is None or passage is None:
        return desk.line("denied", desk.place("denied"))
    proved = (FromPassage(passage), FromEntry("notice", f"{dated.isoformat()} {dated.day}"))
    return desk.line("denied", desk.day(dated), proved)


def answers(desk: Desk) -> Said:
    """The reasons that do not hold on this record, each with what answers it."""
    return denial.answered(desk.w, *_FALL, letter=True)


def to_know(desk: Desk) -> Said:
    """For the writer: the reasons that stand or are open, until when to appeal, what was read of the plan."""
    w = desk.w
    check = w.d.denial
    if check is None:
        return ()
    stand = denial.answered(w, *_STAND, letter=False)
    rows = [w.say("before.stands", one.proofs, text=one.text) for one in stand]
    read = check.denial
    if read.plan is not None and read.plan_in is not None and desk.order.plan is read.plan:
        proved = (FromPassage(read.plan_in), FromTrace("plan", read.plan))
        rows.append(w.say("before.plan_read", proved, plan=read.plan.value.replace("_", " ")))
    return (*(one for row in rows for one in row), *denial.until(w), *denial.lacking(w))
