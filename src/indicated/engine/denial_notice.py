"""A notice of denial against the law of its day: what it lacks, and until when an appeal may be made. Pure."""

from __future__ import annotations

from datetime import date, datetime, time

from indicated.engine.law import appeal_deadline, due_after, notice_items
from indicated.model.denial import Denial, RightKind
from indicated.model.law import Due, Law, NoticeNeed, NoticePart, Plan


def lacking(
    denial: Denial, law: tuple[Law, ...], untold: frozenset[NoticePart] = frozenset()
) -> tuple[NoticeNeed, ...]:
    """What a notice has to hold by the law of its day and does not. Of a plan that is not told, only what is asked of
    every plan; of a state that is not told, nothing of its own.
    """
    if denial.dated is None:
        return ()
    told = {one.part for one in denial.parts} | ({NoticePart.REASON} if denial.reasons else set()) | untold
    state = denial.state or "-"
    if denial.plan is not None:
        needed = notice_items(law, denial.plan, state, denial.dated)
    else:
        every = [{one.part for one in notice_items(law, plan, state, denial.dated)} for plan in Plan]
        common = set.intersection(*(parts for parts in every if parts)) if any(every) else set()
        needed = tuple(one for one in notice_items(law, None, state, denial.dated) if one.part in common)
    return tuple(one for one in needed if one.part not in told)


def appeal_by(denial: Denial, law: tuple[Law, ...]) -> Due | None:
    """The last day for an appeal by law, counted from the date of the notice; the shortest that could apply."""
    if denial.dated is None:
        return None
    return appeal_deadline(law, denial.plan, denial.state or None, datetime.combine(denial.dated, time()))


def stated_by(denial: Denial) -> date | None:
    """The last day for an appeal that the notice itself gives: named in it, or counted from its date."""
    for right in denial.rights:
        if right.kind is RightKind.APPEAL and right.by is not None:
            return right.by
        if right.kind is RightKind.APPEAL and right.within is not None and denial.dated is not None:
            return due_after(right.within, datetime.combine(denial.dated, time()), ()).date()
    return None
