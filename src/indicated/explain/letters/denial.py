"""The notice of a denial, of all or part: a person's signed decision, with everything that a notice has to hold."""

from __future__ import annotations

from indicated.explain.claims import DECIDED
from indicated.explain.letters import law
from indicated.explain.letters.approval import signed
from indicated.explain.letters.ask import wanted
from indicated.explain.letters.before import before
from indicated.explain.letters.codes import named_condition, naming
from indicated.explain.letters.decided import adverse, contrary, entry, owner_of
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.errors import NoAppealRights
from indicated.explain.letters.head import TO_PATIENT, head
from indicated.explain.sections import answer
from indicated.explain.sections.criteria import criteria_of
from indicated.explain.writer import Said
from indicated.model.decision import Decision, DecisionOutcome
from indicated.model.law import DecisionStage, LawRow, NoticePart
from indicated.model.statement import FromClause, FromEntry, FromTrace, Proof, Section

_BY_LAW = {
    NoticePart.EXPEDITED_APPEAL: "expedited",
    NoticePart.EXTERNAL_REVIEW: "external",
    NoticePart.CONTINUED_BENEFITS: "continued",
}
"""Parts that a notice holds where the plan's law asks for them; all others it always holds."""


def denial(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The notice and what to know before it is sent. NoSignedDecision or NoAppealRights where it would lack a part."""
    decision = adverse(desk)
    again = decision.stage is DecisionStage.APPEAL
    rows = () if again else law.appealed_by(desk)
    wording = law.asked_of_notice(desk, NoticePart.APPROVED_WORDING)
    copy = desk.line("copy", desk.place("clinician"))
    sections = (
        *head(desk, TO_PATIENT, about=copy),
        *desk.section("opening", _opening(desk, decision), "letter", headed=False),
        *desk.section("why", _why(desk, decision), "rows"),
        *desk.section("rationale", _said(desk, "rationale", decision.rationale), "letter"),
        *desk.section("material", _material(desk), "list"),
        *desk.section("appeal", _appeal(desk, decision, rows), "list"),
        *desk.section("records", desk.w.say("letter.records", (FromTrace("letter", "notice"),)), "letter"),
        *desk.section("decided", signed(desk, decision), "head"),
    )
    told = before(desk, (*rows, *wording), case=False)
    more = (*contrary(desk.aside(), decision), *law.deciders(desk), *law.wording(desk, wording))
    return sections, Section(told.id, told.heading, (*more, *told.statements), told.style)


def _opening(desk: Desk, decision: Decision) -> Said:
    w = desk.w
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    proved = (*entry("outcome", decision.outcome), *entry("granted", decision.granted), *naming(desk))
    partial = decision.outcome is DecisionOutcome.PARTIAL
    return w.say(
        f"letter.denied.{decision.stage}.{'partial' if partial else 'all'}",
        proved,
        what=answer.treatment_of(w),
        condition=label,
        granted=decision.granted.rstrip("."),
    )


def _said(desk: Desk, name: str, text: str) -> Said:
    """A part of the decision in the reviewer's own words."""
    return desk.w.say("content.sentence", entry(name, text), text=text)


def _why(desk: Desk, decision: Decision) -> Said:
    """The specific reason, the provision, and each criterion with the reviewer's reason."""
    w = desk.w
    owner = owner_of(desk)
    table = criteria_of(owner) if owner is not None else {}
    rows = [
        *desk.line("reason", decision.reason, entry("reason", decision.reason)),
        *desk.line("provision", decision.provision, entry("provision", decision.provision)),
    ]
    if w.d.policy is not None:
        origin = w.d.policy.origin
        text = " ".join(part for part in (w.d.policy.title or w.d.policy.id, w.d.policy.version, origin.url) if part)
        clause: Proof = FromClause(w.d.policy.id, "", "", text)
        rows += desk.line("criteria", text, (clause,))
    for one in decision.criteria:
        criterion = table.get(one.criterion)
        label = w.label_of(owner, criterion) if owner is not None and criterion is not None else one.criterion
        clause_of = (w.clause(owner, criterion),) if owner is not None and criterion is not None else ()
        judged = FromEntry(f"{DECIDED}{one.criterion}", one.verdict)
        proved = (*entry(f"criteria.{one.criterion}", f"{one.reason} {one.criterion}"), judged, *clause_of)
        verdict = w.book.word("mark", one.verdict)
        rows += w.say("letter.criterion", proved, label=label, mark=one.verdict, verdict=verdict, reason=one.reason)
    return tuple(rows)


def _material(desk: Desk) -> Said:
    """What could still be sent, and why; or that nothing is known to be missing."""
    return tuple(wanted(desk, set())) or desk.w.say("letter.material.none", (FromTrace("gaps", "none"),))


def _appeal(desk: Desk, decision: Decision, rows: tuple[LawRow, ...]) -> Said:
    """How to appeal: the plan's own words where the decision has them, and what was read in the law of the plan."""
    w = desk.w
    own = _said(desk, "appeal", decision.appeal) if decision.appeal.strip() else ()
    by_law = law.told(desk, rows)
    if not (own or by_law):
        raise NoAppealRights(
            f"the notice could not say until when to appeal ({_why_not(desk, decision)}): put the plan's own words in "
            f"'appeal' of the decision"
        )
    more: list[Said] = [w.say("letter.rights.how", (BY_HAND,), place=desk.place("appeal_to"))]
    for part, name in _BY_LAW.items():
        asked = law.asked_of_notice(desk, part, any_state=True)
        if asked:
            proofs = tuple(law.proof(desk, row) for row in asked)
            more.append(w.say(f"letter.rights.{name}", proofs, place=desk.place(f"rights.{name}")))
    return (*own, *by_law, *(one for said in more for one in said))


def _why_not(desk: Desk, decision: Decision) -> str:
    if decision.stage is DecisionStage.APPEAL:
        return "what comes after an appeal is the plan's to say"
    return "nobody has read this plan's time to appeal at its source" if desk.order.plan else "no --plan is given"
