"""The request for information: exactly what to send, the least that would settle it, and why each is asked."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.engine.evaluate import gaps
from indicated.explain.letters import law
from indicated.explain.letters.before import before
from indicated.explain.letters.codes import named_condition, naming
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.errors import NothingToAsk
from indicated.explain.letters.head import TO_CLINICIAN, head
from indicated.explain.letters.parts import in_play
from indicated.explain.sections import answer, changes
from indicated.explain.sections.criteria import criteria_of
from indicated.explain.writer import Said
from indicated.model.determination import NextStep
from indicated.model.law import DecisionStage, Urgency
from indicated.model.statement import Section, Statement
from indicated.model.verdict import Verdict

_MOST_NAMED = 3


def ask(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The request for information and what to know before it is sent. NothingToAsk where nothing is missing."""
    w = desk.w
    least = answer.shortest_way(w)
    told: set[str] = set()
    open_ = tuple(wanted(desk, told))
    rest = changes.besides(w, told)
    if not (open_ or rest):
        raise NothingToAsk("nothing is missing from this record, so there is nothing to ask for; see 'assess'")
    request = w.d.case.request
    urgency = Urgency.EXPEDITED if request is not None and request.urgent else Urgency.STANDARD
    rows = law.decided_by(desk, DecisionStage.FIRST, urgency)
    sections = (
        *head(desk, TO_CLINICIAN),
        *desk.section("opening", _opening(desk), "letter", headed=False),
        *desk.section("least", least, "list"),
        *desk.section("wanted", (*open_, *rest), "list"),
        *desk.section("by_when", (*desk.line("send_to", desk.place("send_to")), *law.told(desk, rows)), "rows"),
        *desk.signature("name", "signed_on"),
    )
    return sections, before(desk, rows, case=False)


def _opening(desk: Desk) -> Said:
    w = desk.w
    condition = named_condition(desk)
    label = w.words.label(condition) if condition else desk.place("diagnosis")
    what = answer.treatment_of(w)
    proved = (w.trace("decision", w.d.next_step), *naming(desk))
    decidable = w.d.next_step is NextStep.APPROVABLE
    said = w.say(
        "letter.ask.information.surer" if decidable else "letter.ask.information", proved, what=what, condition=label
    )
    return (*said, *w.say("letter.ask.not_denied", (BY_HAND,)))


def wanted(desk: Desk, told: set[str]) -> Iterator[Statement]:
    """What is open, a line each: what to send, and the criterion that asks for it; the evidence's first. What each
    was about is added to `told`.
    """
    w = desk.w
    for criterion, judgement, owner in changes.open_criteria(w):
        open_ = gaps(judgement.step)
        told.update(gap.about for gap in open_)
        text = changes.asking(w, criterion, open_)
        if text:
            seen = (proof for gap in open_ for proof in w.on_record(gap.about))
            proved = (w.trace(criterion.id, judgement.verdict), owner, *w.sources(criterion.cite), *seen)
            yield from w.say("letter.wanted.evidence", proved, label=text, criterion=criterion.paraphrase)
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None:
        return
    table = criteria_of(policy)
    for judgement in in_play(result, Verdict.UNKNOWN):
        open_ = gaps(judgement.step)
        if {gap.about for gap in open_} <= told:
            continue
        told.update(gap.about for gap in open_)
        criterion = table[judgement.criterion]
        label = criterion.ask or "; ".join(dict.fromkeys(w.words.label(gap.about) for gap in open_[:_MOST_NAMED]))
        lacking = (w.trace(gap.about, judgement.verdict) for gap in open_)
        proved = (w.trace(criterion.id, judgement.verdict), w.clause(policy, criterion), *lacking)
        yield from w.say("letter.wanted.policy", proved, label=label, criterion=w.label_of(policy, criterion))
