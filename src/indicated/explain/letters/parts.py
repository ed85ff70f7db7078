"""What letters have in common: what the record shows, treatments so far, the evidence, dose and follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.engine.evaluate import facts_deciding
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.head import duration
from indicated.explain.sections import answer, dosing, evidence, safety, therapies
from indicated.explain.sections.criteria import criteria_of, items, row, said_of
from indicated.explain.writer import Said, Writer
from indicated.model.determination import DoseIssue, Finding, Judgement, PolicyResult, Step
from indicated.model.fact import Fact
from indicated.model.policy import Policy
from indicated.model.rule import Ref
from indicated.model.standard import Standard
from indicated.model.statement import Section, Statement
from indicated.model.verdict import Verdict

_MOST_LIMITS, _MOST_FOLLOWED = 1, 4
_ARITHMETIC = ("dose.course", "dose.supplied", "dose.loading", "dose.both", "dose.both.after")


def finding(desk: Desk) -> Said:
    """What the evidence says of the request; nothing where no standard weighs it, and the policy alone carries it."""
    return answer.finding(desk.w, letter=True) if desk.w.standard is not None else ()


def shown(desk: Desk) -> tuple[Section, ...]:
    """The criteria that the record bears out, each with its passage: the policy's where all of it is met, else those
    of the evidence; and a place for the pages that show what is open. What silence alone was taken for is left out,
    for the record does not show it.
    """
    w = desk.w
    result = w.d.policy_result
    if w.d.policy is not None and result is not None and result.verdict is Verdict.MET:
        rows = borne_out(w, w.d.policy, items(result))
    elif w.standard is not None and w.lead is not None:
        rows = borne_out(w, w.standard, w.lead.judgements)
    else:
        rows = ()
    return desk.section("shown", (*rows, *_to_be_shown(desk)), "list")


def _to_be_shown(desk: Desk) -> Iterator[Statement]:
    """The criteria that the finding hangs on, each with the place for what shows it."""
    w = desk.w
    if w.standard is None or w.lead is None or w.d.finding is not Finding.SUPPORTED_IF:
        return
    table = criteria_of(w.standard)
    for key in w.lead.missing:
        if key in table:
            label = w.label_of(w.standard, table[key])
            proved = (BY_HAND, w.clause(w.standard, table[key]))
            yield from w.say("letter.shown_by", proved, label=label, place=desk.place("shown_by"))


def borne_out(w: Writer, owner: Standard | Policy, judgements: tuple[Judgement, ...]) -> Said:
    """The criteria met, each with the passages that meet it. Of those that the very same facts meet only the first is
    told: the others hold by way of it, and what they are about may not be this patient's.
    """
    table = criteria_of(owner)
    rows: list[Said] = []
    told: set[tuple[Fact, ...]] = set()
    for judgement in judgements:
        criterion = table.get(judgement.criterion)
        facts = facts_deciding(judgement.step)
        if criterion is None or judgement.verdict is not Verdict.MET or not facts or facts in told:
            continue
        told.add(facts)
        proved = (w.clause(owner, criterion), w.trace(judgement.criterion, judgement.verdict))
        rows.append(row(w, judgement.step, w.label_of(owner, criterion), proved))
    return tuple(one for said in rows for one in said)


def treated(desk: Desk) -> tuple[Section, ...]:
    """The treatments on record by what came of them; their passages stand with the criteria."""
    rows = tuple(one for one in therapies.by_outcome(desk.w) if one.label)
    return desk.section("treated", rows, "rows")


def sources(desk: Desk) -> tuple[Section, ...]:
    """What speaks for it, and the weightiest thing that speaks against it."""
    w = desk.w
    limits = evidence.rationale_against(w)[:_MOST_LIMITS]
    said = (*evidence.rationale_for(w), *limits)
    return desk.section("sources", said, "list")


def dosed(desk: Desk) -> tuple[Section, ...]:
    """Dose, duration, how benefit is judged and when, what is watched."""
    w = desk.w
    told = dosing.dose(w, letter=True)
    fits = any(DoseIssue.FITS in check.issues for check in w.d.dose)
    sums = tuple(one for one in told if one.phrase in _ARITHMETIC)
    ranges = tuple(one for one in told if one.phrase == "dose.range")[:1] if fits else ()
    rows = (*sums, *ranges, *duration(desk), *_followed(desk))
    return desk.section("dosed", rows, "list")


def _followed(desk: Desk) -> Iterator[Statement]:
    """The follow-up: what is measured, when benefit is judged; the place for it where the standard says nothing."""
    w = desk.w
    notes = (*evidence.onset(w), *evidence.monitoring(w))[:_MOST_FOLLOWED]
    if not notes:
        yield from desk.line("follow_up", desk.place("follow_up"))
    yield from notes


def risks(desk: Desk) -> tuple[Section, ...]:
    """The cautions that this patient's own facts bring up."""
    return desk.section("risks", safety.brought_up(desk.w), "rows")


def unmet(w: Writer) -> tuple[tuple[Judgement, Standard | Policy], ...]:
    """What the record speaks against: items of the policy in no group that is met all the same, else criteria of the
    standard that carries the finding.
    """
    policy, result = w.d.policy, w.d.policy_result
    if policy is not None and result is not None:
        return tuple((one, policy) for one in in_play(result, Verdict.NOT_MET))
    if w.standard is None or w.lead is None:
        return ()
    return tuple((one, w.standard) for one in w.lead.judgements if one.verdict is Verdict.NOT_MET)


def against(w: Writer, phrase: str) -> Said:
    """What the record says against each criterion that it does not bear out, in the words of `phrase`."""
    rows: list[Statement] = []
    for judgement, owner in unmet(w):
        criterion = criteria_of(owner)[judgement.criterion]
        said, proved = said_of(w, judgement.step)
        clause = (w.clause(owner, criterion), w.trace(criterion.id, judgement.verdict), *proved)
        rows += w.say(phrase, clause, criterion=w.label_of(owner, criterion), said=said)
    return tuple(rows)


def in_play(result: PolicyResult, verdict: Verdict) -> tuple[Judgement, ...]:
    """The items of a policy with this verdict that stand in no group met without them."""
    named = set(_unmet_groups(result.start))
    return tuple(one for one in items(result) if one.verdict is verdict and one.criterion in named)


def _unmet_groups(step: Step | None) -> Iterator[str]:
    """Every criterion in a trace that no group above it is met without."""
    if step is None or step.verdict is Verdict.MET:
        return
    if isinstance(step.rule, Ref):
        yield step.rule.criterion
    for part in step.parts:
        yield from _unmet_groups(part)
