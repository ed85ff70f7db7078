"""What regulation says of appeals and of who decides, and which versions an answer rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.engine.law import in_force
from indicated.model.evidence import Status
from indicated.model.law import Act
from indicated.model.statement import FromClause, FromEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said
    from indicated.model.law import Law, LawRow

_MOST = 6
_TERMS = ("supported", "undetermined", "open", "next", "certainty")


def appeals(desk: Desk) -> Said:
    """How long there is to appeal under each kind of plan, by the law in force that day."""
    return _rows(desk, ((law, row) for law in desk.release.law for row in law.appeals))


def deciders(desk: Desk) -> Said:
    """Who may decide against a patient, by the law in force that day."""
    acts = (Act.ADVERSE, Act.APPEAL)
    return _rows(desk, ((law, row) for law in desk.release.law for row in law.deciders if row.act in acts))


def _rows(desk: Desk, found: Iterable[tuple[Law, LawRow]]) -> Said:
    """Rows of federal law in force, one to a sentence; those that nobody has read at the source say so.
    A patient reads one of each law.
    """
    w = desk.w
    rows: list[Said] = []
    told: set[str] = set()
    for law, row in found:
        if w.book.audience == "patient" and law.id in told:
            continue
        first, last = in_force(law, row)
        if not first <= w.d.on <= last or row.states or law.states:
            continue
        proof = FromClause(law.id, "", row.section, row.says)
        says = w.book.sentence(row.says)
        text = (
            says
            if row.status is Status.SEEN
            else w.book.words("criteria.unverified", label=w.book.sentence(row.says.rstrip(".")))
        )
        section = w.words.name(row.section)
        told.add(law.id)
        rows.append(w.say("ask.law", (proof,), label=w.words.name(law.title), text=text, section=section))
    return tuple(one for row_ in rows[:_MOST] for one in row_)


def policy_version(desk: Desk) -> Said:
    """Which policy was applied: its title, version, since when, where it was read."""
    w, policy = desk.w, desk.w.d.policy
    if policy is None:
        return ()
    since = policy.effective_from.isoformat() if policy.effective_from is not None else ""
    says = FromEntry(policy.id, f"{policy.title} {policy.version} {since} {policy.payer} {policy.origin.title}")
    return w.say(
        "ask.policy.pasted" if policy.pasted else "ask.policy",
        (says,),
        title=w.words.name(policy.title or policy.id),
        version=w.words.name(policy.version) if policy.version else "",
        since=w.book.words("ask.policy.since", since=since) if since else "",
        origin=w.words.name(policy.origin.title),
    )


def terms(desk: Desk) -> Said:
    """What the words of an outcome mean."""
    w = desk.w
    return tuple(
        one
        for term in _TERMS
        for one in w.say(f"ask.term.{term}", (w.trace("program", f"words of an outcome: {term}"),))
    )
