"""A denial with its answers as plain data: the key `denial` of the answer."""

from __future__ import annotations

from indicated.explain.data_parts import Data, quoted
from indicated.explain.data_record import fact_data, gap_data
from indicated.explain.words import Words
from indicated.model.denial import DenialCheck, ReasonCheck, StatedRight
from indicated.model.law import LawRow


def denial_data(check: DenialCheck | None, words: Words) -> Data | None:
    """Every reason with its answer, the rights and times told, and what the law adds; None without a denial."""
    if check is None:
        return None
    it, due = check.denial, check.appeal_by
    return {
        "document": it.document.id,
        "quoted": it.quoted,
        "dated": it.dated.isoformat() if it.dated is not None else None,
        "plan": it.plan.value if it.plan is not None else None,
        "state": it.state or None,
        "reasons": [_reason(one, words) for one in check.checks],
        "rights": [_right(one) for one in it.rights],
        "stated_by": check.stated_by.isoformat() if check.stated_by is not None else None,
        "appeal_by": None
        if due is None
        else {"by": due.due.date().isoformat(), "assumed": list(due.assumed), **_row(due.row)},
        "lacking": [{"part": need.part.value, **_row(need.rows[0])} for need in check.lacking],
    }


def _reason(one: ReasonCheck, words: Words) -> Data:
    reason = one.reason
    return {
        "kind": reason.kind.value,
        "answer": one.answer.value,
        "about": [mention.concept for mention in reason.concepts],
        "any_of": reason.any_of,
        "items": list(reason.items),
        "criteria": [
            {"document": held.document, "id": held.criterion, "verdict": held.verdict.value} for held in one.criteria
        ],
        "facts": [fact_data(fact, words) for fact in one.facts],
        "unmentioned": [fact.concept for fact in one.unmentioned],
        "gaps": [gap_data(gap, words) for gap in one.gaps],
        "flags": [flag.value for flag in one.flags],
        "flag_about": list(one.flag_about),
        **quoted(reason.passage),
    }


def _right(one: StatedRight) -> Data:
    return {
        "kind": one.kind.value,
        "within": None if one.within is None else {"count": one.within.count, "unit": one.within.unit.value},
        "by": one.by.isoformat() if one.by is not None else None,
        **quoted(one.passage),
    }


def _row(row: LawRow) -> Data:
    return {"law": row.section, "says": row.says, "status": row.status.value}
