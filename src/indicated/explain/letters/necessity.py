"""The letter of medical necessity: what is asked, what carries it, what the record shows. It claims nothing else."""

from __future__ import annotations

from indicated.explain.letters import parts
from indicated.explain.letters.before import before
from indicated.explain.letters.carried import refuse_unless_carried
from indicated.explain.letters.codes import named_condition, naming
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.head import TO_PLAN, head, what
from indicated.explain.sections import answer, criteria
from indicated.explain.writer import Said
from indicated.model.statement import Section
from indicated.model.verdict import Verdict


def necessity(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The letter and what to know before it is sent. NotCarried where the record does not carry the request."""
    refuse_unless_carried(desk)
    narrower = criteria.narrower(desk.w)
    sections = (
        *head(desk, TO_PLAN),
        *desk.section("opening", opening(desk, "necessity"), "letter", headed=False),
        *parts.treated(desk),
        *parts.shown(desk),
        *desk.section("narrower", narrower, "list"),
        *parts.sources(desk),
        *parts.dosed(desk),
        *parts.risks(desk),
        *desk.section("closing", closing(desk), "letter", headed=False),
        *desk.signature("signature", "name", "licence", "signed_on"),
    )
    return sections, before(desk)


def opening(desk: Desk, kind: str) -> Said:
    """What is asked, and what carries it: the evidence, and the policy where it is met or where it is not."""
    w = desk.w
    asked, proved = what(desk)
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    # The whole regimen stands in the lines above.
    treatment = answer.treatment_of(w) or asked
    said = w.say(
        f"letter.ask.{kind}", (*proved, *naming(desk), w.trace("letter", kind)), what=treatment, condition=label
    )
    return (*said, *parts.finding(desk), *_policy(desk))


def _policy(desk: Desk) -> Said:
    """The policy's verdict where the record settles it; open criteria are the writer's to settle."""
    w = desk.w
    verdict = w.d.policy_verdict
    if w.d.policy is None or verdict is None or verdict is Verdict.UNKNOWN:
        return ()
    if verdict is Verdict.MET:
        return answer.policy(w)[:1]
    title = w.words.name(w.d.policy.title or w.d.policy.id)
    return w.say("letter.exception", (w.trace(w.d.policy.id, verdict),), title=title)


def closing(desk: Desk) -> Said:
    """Whom to call, and what is enclosed."""
    call = desk.w.say("letter.call", (BY_HAND,), phone=desk.place("phone"))
    return (*call, *desk.w.say("letter.enclosed", (BY_HAND,)))
