"""The appeal of a denial: first level, expedited, or to an external reviewer."""

from __future__ import annotations

from indicated.explain.letters import law, notice, parts
from indicated.explain.letters.before import before
from indicated.explain.letters.carried import refuse_unless_carried
from indicated.explain.letters.codes import named_condition, naming
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.head import TO_PLAN, head
from indicated.explain.letters.necessity import closing
from indicated.explain.sections import answer, criteria
from indicated.explain.writer import Said
from indicated.model.law import DecisionStage, LawRow, NoticePart, Urgency
from indicated.model.statement import Section
from indicated.model.verdict import Verdict

_MOST_NAMED = 2
_EXPEDITED, _EXTERNAL = "expedited", "external"


def appeal(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The appeal and what to know before it is sent. NotCarried where the record does not carry the request."""
    refuse_unless_carried(desk)
    rows = _rights(desk)
    sections = (
        *head(desk, TO_PLAN, about=notice.lines(desk)),
        *desk.section("opening", _opening(desk), "letter", headed=False),
        *desk.section("reasons", notice.answers(desk), "list"),
        *desk.section("policy", _policy(desk), "list"),
        *desk.section("narrower", criteria.narrower(desk.w), "list"),
        *parts.treated(desk),
        *(parts.shown(desk) if desk.w.d.policy_verdict is not Verdict.MET else ()),
        *parts.sources(desk),
        *parts.dosed(desk),
        *parts.risks(desk),
        *desk.section("asked", _asked(desk), "list"),
        *desk.section("rights", law.told(desk, rows), "list"),
        *desk.section("closing", closing(desk), "letter", headed=False),
        *desk.signature("signature", "name", "licence", "signed_on"),
    )
    told = before(desk, rows)
    aside = notice.to_know(desk.aside())
    return sections, Section(told.id, told.heading, (*aside, *told.statements), told.style)


def _opening(desk: Desk) -> Said:
    w = desk.w
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    level = desk.order.level
    said = w.say(
        f"letter.appeal.{level}",
        (w.trace("letter", level), *naming(desk)),
        what=answer.treatment_of(w),
        condition=label,
    )
    urgent = w.say("letter.urgent.why", (BY_HAND,), place=desk.place("urgent")) if level == _EXPEDITED else ()
    return (*said, *urgent, *_grounds(desk), *parts.finding(desk))


def _grounds(desk: Desk) -> Said:
    """Why the denial does not stand, by what the plan's own criteria come to on this record."""
    w = desk.w
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None:
        return ()
    title = w.words.name(policy.title or policy.id)
    kind = "not_reached" if result.coverage is None else result.verdict
    return w.say(f"letter.grounds.{kind}", (w.trace(policy.id, result.verdict),), title=title)


def _policy(desk: Desk) -> Said:
    """The plan's criteria: how many are met, each that is with its passage, and those that nobody recorded."""
    w = desk.w
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None:
        return ()
    rows: list[Said] = [
        w.say("content.sentence", (proof,), text=text) for text, proof in criteria.counted(w, result.start)
    ]
    rows.append(parts.borne_out(w, policy, criteria.items(result)))
    table = criteria.criteria_of(policy)
    open_ = [one for one in parts.in_play(result, Verdict.UNKNOWN) if one.criterion in table]
    if open_:
        asked = [table[one.criterion] for one in open_]
        whole = len(asked) <= _MOST_NAMED
        labels = "; ".join(w.label_of(policy, one).rstrip(".") for one in asked)
        named = labels if whole else w.book.series(map(w.item_of, asked))
        proved = tuple(w.clause(policy, table[one.criterion]) for one in open_)
        rows.append(w.say("letter.open_items", proved, items=named))
    return tuple(one for row in rows for one in row)


def _asked(desk: Desk) -> Said:
    """What the plan, or the external reviewer, is asked to do."""
    w = desk.w
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    proved = (w.trace("letter", "appeal"),)
    kind = "letter.asked.independent" if desk.order.level == _EXTERNAL else "letter.asked.peer"
    reviewer = w.say(kind, (*proved, *naming(desk)), condition=label)
    return (*w.say("letter.asked.overturn", proved), *reviewer, *w.say("letter.asked.criteria", proved))


def _not_told(desk: Desk) -> tuple[NoticePart, ...]:
    """What a notice has to hold that bears on an appeal, without what this one does hold."""
    check = desk.w.d.denial
    told = {one.part for one in check.denial.parts} if check is not None else set()
    if check is not None and any(not one.reason.bare for one in check.checks):
        told.add(NoticePart.REASON)
    return tuple(part for part in (NoticePart.REASON, NoticePart.CRITERION, NoticePart.REVIEWER) if part not in told)


def _rights(desk: Desk) -> tuple[LawRow, ...]:
    """The provisions on the time to appeal, the time to decide, and what the notice had to hold."""
    level = desk.order.level
    if level == _EXTERNAL:
        return law.asked_of_notice(desk, NoticePart.EXTERNAL_REVIEW)
    urgency = Urgency.EXPEDITED if level == _EXPEDITED else Urgency.STANDARD
    notice = law.asked_of_notice(desk, *_not_told(desk))
    decided = law.decided_by(desk, DecisionStage.APPEAL, urgency)
    return tuple(dict.fromkeys((*law.appealed_by(desk), *decided, *notice)))
