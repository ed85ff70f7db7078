"""What the law gives the reader of a letter: by when it is decided, until when and how it can be appealed.

Only rows that somebody read stand in a letter; one that is recalled is told to its writer, to be read first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from indicated.engine.law import appeal_deadline, clock, may_decide, notice_items
from indicated.explain.letters.desk import Desk
from indicated.explain.writer import Said
from indicated.model.evidence import Status
from indicated.model.law import Act, Decider, DecisionStage, Due, Law, LawRow, NoticePart, Urgency
from indicated.model.statement import FromClause, FromTrace, Proof


def decided_by(desk: Desk, stage: DecisionStage, urgency: Urgency) -> tuple[LawRow, ...]:
    """The clock of a decision under the plan told of; nothing where no plan is."""
    order = desk.order
    if order.plan is None:
        return ()
    due = clock(_known(desk), order.plan, order.state, _is_drug(desk), urgency, _day(desk), stage=stage)
    return _row(due)


def appealed_by(desk: Desk) -> tuple[LawRow, ...]:
    """Until when an appeal may be made under the plan told of; nothing where no plan is."""
    order = desk.order
    return _row(appeal_deadline(_known(desk), order.plan, order.state, _day(desk))) if order.plan is not None else ()


def asked_of_notice(desk: Desk, *parts: NoticePart, any_state: bool = False) -> tuple[LawRow, ...]:
    """The rows that ask for these parts of a notice, of the plan told of: for each the first that was read. `any_state`
    counts all, and the law of every state while none is told, so that no notice lacks a part.
    """
    order = desk.order
    if order.plan is None:
        return ()
    needs = notice_items(order.law if any_state else _known(desk), order.plan, order.state, desk.w.d.on)
    found = [need.rows for need in needs if need.part in parts]
    return tuple(row for rows in found for row in (rows if any_state else read(rows)[:1] or rows[:1]))


def _known(desk: Desk) -> tuple[Law, ...]:
    """The laws that can be relied on: those of the whole country only, while no state is told."""
    order = desk.order
    return order.law if order.state is not None else tuple(law for law in order.law if not law.states)


def read(rows: Iterable[LawRow]) -> tuple[LawRow, ...]:
    """The rows that somebody read, on the page or in a summary of it."""
    return tuple(row for row in rows if row.status is not Status.RECALLED)


def told(desk: Desk, rows: Iterable[LawRow]) -> Said:
    """The rows that were read, a sentence each."""
    return _said(desk, "letter.law", read(rows))


def to_read_first(desk: Desk, rows: Iterable[LawRow]) -> Said:
    """The rows that nobody read yet, for the writer; and what to give where the plan is not told."""
    recalled = tuple(row for row in rows if row.status is Status.RECALLED)
    said = _said(desk, "before.law.recalled", recalled)
    if desk.order.plan is None:
        return (*said, *desk.w.say("before.plan", (FromTrace("law", "plan not told"),)))
    if desk.order.state is None:
        return (*said, *desk.w.say("before.state", (FromTrace("law", "state not told"),)))
    return said


def deciders(desk: Desk) -> Said:
    """Who may decide against a patient by the law of the plan told of, for the writer."""
    order = desk.order
    if order.plan is None:
        return ()
    asked = may_decide(_known(desk), order.plan, order.state, Act.ADVERSE, Decider(), desk.w.d.on)
    return _said(desk, "before.decider", read(asked.rows))


def wording(desk: Desk, rows: Iterable[LawRow]) -> Said:
    """That a notice has to use a regulator's wording, for the writer."""
    return _said(desk, "before.wording", rows)


def _said(desk: Desk, phrase: str, rows: Iterable[LawRow]) -> Said:
    return tuple(
        one
        for row in rows
        for one in desk.w.say(phrase, (proof(desk, row),), says=row.says, section=desk.w.words.name(row.section))
    )


def proof(desk: Desk, row: LawRow) -> Proof:
    """A provision as a proof."""
    law = next((law.id for law in desk.order.law if row in _rows(law)), "law")
    return FromClause(law, "", row.section, row.says)


def _rows(law: object) -> Iterator[LawRow]:
    for name in ("clocks", "appeals", "notice", "deciders", "automation"):
        yield from getattr(law, name)


def _row(due: Due | None) -> tuple[LawRow, ...]:
    return (due.row,) if due is not None else ()


def _is_drug(desk: Desk) -> bool | None:
    """What has a label is a drug; of anything else it is not known here."""
    asked = desk.w.d.case.request
    if asked is None:
        return None
    return True if any(one.treatment == asked.treatment for one in desk.w.knowledge.products) else None


def _day(desk: Desk) -> datetime:
    return datetime.combine(desk.w.d.on, time())
