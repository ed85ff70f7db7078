"""The approval: of what, for how long, on what it rests, and what a continuation will need."""

from __future__ import annotations

from indicated.explain.letters import parts
from indicated.explain.letters.before import before
from indicated.explain.letters.codes import named_condition, naming
from indicated.explain.letters.decided import approving, entry, reviewer_line
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.head import TO_CLINICIAN, head
from indicated.explain.sections import answer
from indicated.explain.writer import Said
from indicated.model.decision import Decision
from indicated.model.statement import Section
from indicated.model.verdict import Verdict


def approval(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The approval and what to know before it is sent. NotApprovable without a ground for it."""
    decision = approving(desk)
    signed = _signed(desk, decision)
    sections = (
        *head(desk, TO_CLINICIAN),
        *desk.section("opening", _opening(desk, decision), "letter", headed=False),
        *desk.section("rationale", _rationale(desk, decision), "letter"),
        *parts.shown(desk),
        *parts.dosed(desk),
        *parts.risks(desk),
        *(desk.section("signed", signed, "head", headed=False) or desk.signature("signature", "reviewer", "signed_on")),
    )
    return sections, before(desk, case=decision is None)


def _opening(desk: Desk, decision: Decision | None) -> Said:
    w = desk.w
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    kind = "draft" if decision is None else "signed"
    proved = (w.trace("decision", w.d.next_step),) if decision is None else entry("outcome", decision.outcome)
    met = answer.policy(w)[:1] if w.d.policy_verdict is Verdict.MET else ()
    said = w.say(f"letter.approved.{kind}", (*proved, *naming(desk)), what=answer.treatment_of(w), condition=label)
    return (*said, *w.say("letter.approved.period", (BY_HAND,), period=desk.place("period")), *met)


def _rationale(desk: Desk, decision: Decision | None) -> Said:
    if decision is None or not decision.rationale.strip():
        return ()
    return desk.w.say("content.sentence", entry("rationale", decision.rationale), text=decision.rationale)


def _signed(desk: Desk, decision: Decision | None) -> Said:
    return signed(desk, decision) if decision is not None else ()


def signed(desk: Desk, decision: Decision) -> Said:
    """Who decided, with licence and specialty; when it was signed, and over which determination."""
    sign_off = decision.sign_off
    if sign_off is None:
        return ()
    who = reviewer_line(desk, sign_off.reviewer)
    day = sign_off.signed_on.isoformat()
    over = desk.w.words.name(sign_off.hash)
    return (
        *desk.line("reviewer", who, entry("reviewer", who)),
        *desk.line("signed", desk.words("letter.signed", day=day, hash=over), entry("sign_off", f"{day} {over}")),
    )
