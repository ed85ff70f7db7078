"""The finding of one standard: what its criteria, its stance and its exception make of the facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import Finding, Judgement, Step, Weighed
from indicated.model.regimen import Phase
from indicated.model.rule import Rule
from indicated.model.standard import Criterion, Need, Stance, Standard
from indicated.model.verdict import Verdict

MOST_NAMED = 3


def applicable(criteria: tuple[Criterion, ...], phase: Phase) -> tuple[Criterion, ...]:
    """The criteria for this phase. A request that does not say is judged as a start."""
    asked = Phase.CONTINUATION if phase is Phase.CONTINUATION else Phase.INITIAL
    return tuple(criterion for criterion in criteria if criterion.phase in (None, asked))


def phase_of(facts: Facts) -> Phase:
    """The phase of the request, UNKNOWN without one."""
    return facts.request.phase if facts.request is not None else Phase.UNKNOWN


def weigh(standard: Standard, facts: Facts, on: date) -> Weighed:
    """Judge every criterion that applies, and give the finding (DESIGN section 5)."""
    return weigh_by(standard, phase_of(facts), lambda rule: evaluate(rule, facts, on))


def weigh_by(standard: Standard, phase: Phase, judge: Callable[[Rule], Step]) -> Weighed:
    """The same with the traces that `judge` gives."""
    criteria = applicable(standard.criteria, phase)
    judgements = tuple(Judgement(criterion.id, judge(criterion.rule)) for criterion in criteria)
    exception = judge(standard.exception) if standard.exception is not None else None
    verdicts = [(criterion, judgement.verdict) for criterion, judgement in zip(criteria, judgements, strict=True)]
    excepted = exception is not None and exception.verdict is Verdict.MET
    finding = finding_of(
        standard.stance, [(criterion.need, verdict) for criterion, verdict in verdicts], excepted=excepted
    )
    unknown = [criterion.id for criterion, verdict in verdicts if verdict is Verdict.UNKNOWN]
    deciding = [c.id for c, v in verdicts if v is Verdict.UNKNOWN and c.need is Need.DECIDES]
    named = deciding if finding is Finding.UNDETERMINED else unknown
    return Weighed(
        standard=standard.id,
        finding=finding,
        judgements=judgements,
        missing=tuple(named[:MOST_NAMED]),
        failed=tuple(criterion.id for criterion, verdict in verdicts if verdict is Verdict.NOT_MET),
        exception=exception,
    )


def finding_of(stance: Stance, verdicts: list[tuple[Need | None, Verdict]], *, excepted: bool = False) -> Finding:
    """The finding from the stance and the criteria's verdicts.

    Evidence against or absent supports nothing unless the exception is met. A criterion not met: not supported. A
    `decides` unknown: undetermined. Only `confirms` unknown: supported if.
    """
    if stance is not Stance.FOR and not excepted:
        return Finding.NOT_SUPPORTED
    if any(verdict is Verdict.NOT_MET for _, verdict in verdicts):
        return Finding.NOT_SUPPORTED
    if any(verdict is Verdict.UNKNOWN and need is Need.DECIDES for need, verdict in verdicts):
        return Finding.UNDETERMINED
    if any(verdict is Verdict.UNKNOWN for _, verdict in verdicts):
        return Finding.SUPPORTED_IF
    return Finding.SUPPORTED
