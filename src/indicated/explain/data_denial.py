"""A denial with its answers as plain data: the key `denial` of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indicated.explain.words import Words
from indicated.model.denial import DenialCheck, ReasonCheck, StatedRight
from indicated.model.fact import Fact
from indicated.model.law import LawRow
from indicated.model.text import Passage
from indicated.model.verdict import Gap

Data = dict[str, Any]


class Parts:
    """How passages, facts and gaps are given out, for what is made of them here."""

    __slots__ = ("fact", "gap", "passage")

    def __init__(
        self,
        passage: Callable[[Passage], Data],
        fact: Callable[[Fact, Words], Data],
        gap: Callable[[Gap, Words], Data],
    ) -> None:
        self.passage, self.fact, self.gap = passage, fact, gap


def denial_data(check: DenialCheck | None, words: Words, parts: Parts) -> Data | None:
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
        "reasons": [_reason(one, words, parts) for one in check.checks],
        "rights": [_right(one, parts) for one in it.rights],
        "stated_by": check.stated_by.isoformat() if check.stated_by is not None else None,
        "appeal_by": None
        if due is None
        else {"by": due.due.date().isoformat(), "assumed": list(due.assumed), **_row(due.row)},
        "lacking": [{"part": need.part.value, **_row(need.rows[0])} for need in check.lacking],
    }


def _reason(one: ReasonCheck, words: Words, parts: Parts) -> Data:
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
        "facts": [parts.fact(fact, words) for fact in one.facts],
        "unmentioned": [fact.concept for fact in one.unmentioned],
        "gaps": [parts.gap(gap, words) for gap in one.gaps],
        "flags": [flag.value for flag in one.flags],
        "flag_about": list(one.flag_about),
        **parts.passage(reason.passage),
    }


def _right(one: StatedRight, parts: Parts) -> Data:
    return {
        "kind": one.kind.value,
        "within": None if one.within is None else {"count": one.within.count, "unit": one.within.unit.value},
        "by": one.by.isoformat() if one.by is not None else None,
        **parts.passage(one.passage),
    }


def _row(row: LawRow) -> Data:
    return {"law": row.section, "says": row.says, "status": row.status.value}
