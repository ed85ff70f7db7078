"""One case, one day, one release: every standard that the facts reach, the policy, the decision, what is missing."""

from __future__ import annotations

from datetime import date

from indicated.engine.continuation import continuation
from indicated.engine.decide import decide
from indicated.engine.dispensing import dispensing, weights
from indicated.engine.dose import check_dose
from indicated.engine.evaluate import evaluate, gaps
from indicated.engine.facts import AGE, WEIGHT, Facts
from indicated.engine.flips import find_flips, find_support
from indicated.engine.outcome import Outcome, reach
from indicated.engine.prior import prior_therapies, untried
from indicated.engine.safety import cautions, labelled_products
from indicated.engine.score import calculate
from indicated.engine.trial import Trial
from indicated.engine.vaccines import vaccine_dates
from indicated.model.case import Case
from indicated.model.determination import (
    Determination,
    DoseCheck,
    DoseIssue,
    Flip,
    PolicyResult,
    ScoreResult,
    Support,
)
from indicated.model.errors import IndicatedError
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.verdict import Gap, GapKind, Settle, Verdict


class NoRequest(IndicatedError):
    """A case in which nothing is asked for cannot be decided."""

    code = "no-request"


def determine(
    case: Case, knowledge: Knowledge, on: date, policy: Policy | None = None, *, explore: bool = True
) -> Determination:
    """Decide the case on a date under a release of content and, if given, a payer's policy.

    Pure: the same arguments give the same value. NoRequest when the case asks for nothing. With `explore` false the
    flips and the facts it rests on alone are left for `what_if`, which costs more than the decision itself.
    """
    if case.request is None:
        raise NoRequest("the case asks for no treatment; add the request, for example `Request: <treatment>, <dose>`")
    facts = Facts(case, knowledge)
    outcome = reach(facts, on, policy)
    flips, rests_on = _explored(Trial(facts, on, policy, outcome)) if explore else ((), ())
    standards = tuple(knowledge.standard_table[weighed.standard] for weighed in outcome.weighed)
    lead = standards[:1]
    first = lead[0] if lead else None
    conditions = [condition for standard in lead for condition in standard.conditions]
    products = labelled_products(case.request, conditions, facts)
    dose = check_dose(case.request, lead, products, facts, on)
    safety = cautions(case.request, facts, on)
    applied = (policy, outcome.policy) if policy is not None and outcome.policy is not None else None
    next_step, reasons = decide(
        outcome.finding, outcome.policy_verdict, dose=dose, safety=safety, case=case, applied=applied
    )
    return Determination(
        case=case,
        on=on,
        release=knowledge.release,
        finding=outcome.finding,
        policy_verdict=outcome.policy_verdict,
        next_step=next_step,
        reasons=reasons,
        lead=first.id if first is not None else "",
        weighed=outcome.weighed,
        policy=policy,
        policy_result=outcome.policy,
        dose=dose,
        safety=safety,
        scores=_scores(tuple(dict.fromkeys(score for standard in lead for score in standard.scores)), facts, on),
        gaps=_gaps(outcome, outcome.policy, dose, facts),
        flips=flips,
        rests_on=rests_on,
        dispensing=dispensing(case.request, facts, on),
        weights=weights(knowledge.formulas, facts, on),
        prior=prior_therapies(first, outcome.weighed[0] if outcome.weighed else None, outcome.policy, facts, on),
        untried=untried(first, facts, on),
        continuation=continuation(first, case.request, facts, on),
        vaccines=vaccine_dates(case.request, facts),
    )


def what_if(decided: Determination, knowledge: Knowledge) -> tuple[tuple[Flip, ...], tuple[Support, ...]]:
    """What would change the answer, and the facts on which it rests alone, for a determination of this release."""
    outcome = Outcome(decided.finding, decided.weighed, decided.policy_result)
    return _explored(Trial(Facts(decided.case, knowledge), decided.on, decided.policy, outcome))


def _explored(trial: Trial) -> tuple[tuple[Flip, ...], tuple[Support, ...]]:
    return find_flips(trial), find_support(trial)


def _scores(names: tuple[str, ...], facts: Facts, on: date) -> tuple[ScoreResult, ...]:
    return tuple(calculate(facts.calculators[name], facts, on, evaluate) for name in names)


def _gaps(outcome: Outcome, policy: PolicyResult | None, dose: tuple[DoseCheck, ...], facts: Facts) -> tuple[Gap, ...]:
    """Everything missing, each once, the most telling first: what the finding hangs on, what the policy hangs on,
    what the dose check lacks, then what silence was allowed to settle.
    """
    found: list[Gap] = []
    silent: list[Gap] = []
    for weighed in outcome.weighed[:1]:
        for judgement in weighed.judgements:
            (found if judgement.verdict is Verdict.UNKNOWN else silent).extend(gaps(judgement.step))
    for step in (policy.start, policy.exclusions, policy.limits) if policy is not None else ():
        if step is not None:
            (found if step.verdict is Verdict.UNKNOWN else silent).extend(gaps(step))
    if not outcome.weighed or (policy is not None and policy.coverage is None and policy.verdict is Verdict.UNKNOWN):
        found.append(Gap(GapKind.NOT_DOCUMENTED, "request.indications", Settle.DOCUMENTATION))
    found += _dose_gaps(dose, facts)
    return tuple(dict.fromkeys([*found, *silent]))


def _dose_gaps(dose: tuple[DoseCheck, ...], facts: Facts) -> list[Gap]:
    issues = {issue for check in dose for issue in check.issues}
    found = []
    lacks = {DoseIssue.DOSE_MISSING, DoseIssue.INTERVAL_MISSING}
    if issues & lacks and not any(DoseIssue.FITS in check.issues for check in dose):
        found.append(Gap(GapKind.NOT_DOCUMENTED, "request.regimen", Settle.VALUE))
    if DoseIssue.DOUBT in issues:
        found.append(Gap(GapKind.UNCLEAR, "request.regimen", Settle.CONFIRMATION))
    # The weight is asked for whenever no weight is on record: no dose per kilogram can be checked or given without it.
    if facts.weight() is None:
        kind = GapKind.CONFLICTING if facts.exactly(WEIGHT) else GapKind.NOT_DOCUMENTED
        found.append(Gap(kind, WEIGHT, Settle.WHICH_IS_RIGHT if kind is GapKind.CONFLICTING else Settle.VALUE))
    if not facts.exactly(AGE):
        found.append(Gap(GapKind.NOT_DOCUMENTED, AGE, Settle.VALUE))
    return found
