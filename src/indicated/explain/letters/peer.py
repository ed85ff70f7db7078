"""The sheet for a talk between peers: the strongest points, likely objections with what answers them, and limits."""

from __future__ import annotations

from indicated.explain.letters import parts
from indicated.explain.letters.before import before, missing
from indicated.explain.letters.desk import Desk
from indicated.explain.letters.head import subject
from indicated.explain.sections import answer, criteria, dosing, evidence, therapies
from indicated.explain.writer import Said, Writer
from indicated.model.determination import DoseIssue
from indicated.model.statement import Section

_REVIEWER = "reviewer"
_MOST_POINTS, _MOST_OBJECTIONS, _MOST_LIMITS, _MOST_ASKED, _MOST_PITFALLS = 5, 4, 4, 4, 2


def peer(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The sheet of one side. It is for whoever speaks, and is not sent."""
    sections = _reviewer(desk) if desk.order.side == _REVIEWER else _requester(desk)
    return sections, before(desk, case=False)


def _requester(desk: Desk) -> tuple[Section, ...]:
    w = desk.w
    first = (*answer.finding(w), *answer.policy(w)[:1], *answer.next_step(w))
    return (
        *desk.section("subject", subject(desk), "head", headed=False),
        *desk.section("in_brief", first, "lead"),
        *desk.section("points", _points(desk)[:_MOST_POINTS], "list"),
        *desk.section("objections", _objections(desk)[:_MOST_OBJECTIONS], "list"),
        *desk.section("not_to_claim", _limits(desk)[:_MOST_LIMITS], "list"),
        *desk.section("to_bring", _missing(desk)[:_MOST_ASKED], "list"),
    )


def _reviewer(desk: Desk) -> tuple[Section, ...]:
    w = desk.w
    first = (*answer.finding(w), *answer.policy(w)[:1], *answer.next_step(w))
    return (
        *desk.section("subject", subject(desk), "head", headed=False),
        *desk.section("in_brief", first, "lead"),
        *desk.section("to_ask", _missing(desk)[:_MOST_ASKED], "list"),
        *desk.section("points", _points(desk)[: _MOST_POINTS - 1], "list"),
        *desk.section("limits", (*_against(w), *evidence.rationale_against(w))[:_MOST_LIMITS], "list"),
        *desk.section("not_to_rely_on", (*_pitfalls(desk)[:_MOST_PITFALLS], *therapies.untold(w)), "list"),
        *desk.section("rule", w.say("peer.rule", (w.trace("program", "decision support"),)), "prose", headed=False),
    )


def _points(desk: Desk) -> Said:
    """What carries it: the criteria borne out, with the passage; then what speaks for it in the sources."""
    w = desk.w
    rows = parts.borne_out(w, w.standard, w.lead.judgements) if w.standard is not None and w.lead is not None else ()
    points = tuple(one for row in rows for one in w.say("peer.point", row.proofs, criterion=row.label, said=row.text))
    return (*points[:3], *evidence.rationale_for(w)[:2])


def _objections(desk: Desk) -> Said:
    """What the other side may say, each with the answer and its source: the policy's items, the evidence, the dose."""
    w = desk.w
    narrower = {one.label: one for one in reversed(criteria.narrower(w)) if one.label}
    items = tuple(
        one
        for row in reversed(narrower.values())
        for one in w.say("peer.answer", row.proofs, label=desk.words("peer.item", item=row.label), said=row.text)
    )
    place = evidence.standing(w)[-1:]
    against = evidence.rationale_against(w)[:2]
    answers = tuple(
        one
        for row in against
        for one in w.say(
            "peer.objection", (*row.proofs, *(proof for said in place for proof in said.proofs)), said=row.text
        )
    )
    untried = therapies.untried(w)
    named = "; ".join(one.text.rstrip(".") for one in untried)
    proofs = tuple(proof for one in (*untried, *place) for proof in one.proofs)
    order = (
        w.say(
            "peer.answer",
            proofs,
            label=desk.words("peer.untried", named=named),
            said=" ".join(one.text for one in place),
        )
        if untried and place
        else ()
    )
    return (*items, *answers, *order, *_dose(desk))


def _dose(desk: Desk) -> Said:
    w = desk.w
    if any(DoseIssue.FITS in check.issues for check in w.d.dose):
        return ()
    rows = tuple(one for one in dosing.dose(w) if one.phrase in ("dose.range", "dose.weight_implied"))[:1]
    return tuple(
        one
        for row in rows
        for one in w.say(
            "peer.answer", row.proofs, label=desk.words("peer.dose"), said=f"{row.label}: {row.text}".lstrip(": ")
        )
    )


def _limits(desk: Desk) -> Said:
    """What the record does not bear out, and what is easily said wrongly."""
    return (*_against(desk.w), *therapies.untold(desk.w), *_pitfalls(desk))


def _against(w: Writer) -> Said:
    return parts.against(w, "peer.against")


def _pitfalls(desk: Desk) -> Said:
    return evidence.pitfalls(desk.w)


def _missing(desk: Desk) -> Said:
    return (*answer.shortest_way(desk.w), *missing(desk))
