"""The decision table of DESIGN section 5, and what turns an approvable request aside. No path denies."""

from __future__ import annotations

from indicated.engine.coverage import unverified
from indicated.model.case import Case
from indicated.model.determination import DoseCheck, DoseIssue, Finding, NextStep, PolicyResult, Reason, SafetyNote
from indicated.model.policy import Policy
from indicated.model.product import CautionKind
from indicated.model.standard import ContentStatus
from indicated.model.verdict import Verdict

_APPROVABLE, _INFORMATION, _PHYSICIAN = NextStep.APPROVABLE, NextStep.INFORMATION_NEEDED, NextStep.PHYSICIAN_REVIEW

#                          policy met      policy unknown  policy not met  no policy
_TABLE: dict[Finding, dict[Verdict | None, tuple[NextStep, str]]] = {
    Finding.SUPPORTED: {
        Verdict.MET: (_APPROVABLE, "supported_policy_met"),
        Verdict.UNKNOWN: (_INFORMATION, "supported_policy_unknown"),
        Verdict.NOT_MET: (_PHYSICIAN, "supported_policy_not_met"),
        None: (_APPROVABLE, "supported_no_policy"),
    },
    Finding.SUPPORTED_IF: {
        Verdict.MET: (_INFORMATION, "supported_if_policy_met"),
        Verdict.UNKNOWN: (_INFORMATION, "supported_if_policy_unknown"),
        Verdict.NOT_MET: (_PHYSICIAN, "supported_if_policy_not_met"),
        None: (_INFORMATION, "supported_if_no_policy"),
    },
    Finding.UNDETERMINED: {
        Verdict.MET: (_INFORMATION, "undetermined_policy_met"),
        Verdict.UNKNOWN: (_INFORMATION, "undetermined_policy_unknown"),
        Verdict.NOT_MET: (_PHYSICIAN, "undetermined_policy_not_met"),
        None: (_INFORMATION, "undetermined_no_policy"),
    },
    Finding.NOT_SUPPORTED: {
        Verdict.MET: (_PHYSICIAN, "not_supported_policy_met"),
        Verdict.UNKNOWN: (_PHYSICIAN, "not_supported_policy_unknown"),
        Verdict.NOT_MET: (_PHYSICIAN, "not_supported_policy_not_met"),
        None: (_PHYSICIAN, "not_supported_no_policy"),
    },
}


def decide(  # noqa: PLR0913  (the table, then each thing that may hold an approval back)
    finding: Finding,
    policy: Verdict | None,
    *,
    dose: tuple[DoseCheck, ...] = (),
    safety: tuple[SafetyNote, ...] = (),
    case: Case | None = None,
    applied: tuple[Policy, PolicyResult] | None = None,
) -> tuple[NextStep, tuple[Reason, ...]]:
    """The next step and why. A dose outside every sourced range, a contraindication, a contradiction or a policy that
    nobody has read in full only ever holds back an approval; nothing here makes an answer worse than a person's review.
    """
    step, code = _TABLE[finding][policy]
    reasons = [Reason(code)]
    turned = [*_aside(dose, safety, case), *_unread(applied)]
    reasons += [reason for _, reason in turned]
    if step is _APPROVABLE and turned:
        step = _PHYSICIAN if any(aside is _PHYSICIAN for aside, _ in turned) else _INFORMATION
    return step, tuple(reasons)


def _unread(applied: tuple[Policy, PolicyResult] | None) -> list[tuple[NextStep, Reason]]:
    """A copy of a policy that is only a draft, and criteria in it that nobody has read in the source."""
    if applied is None:
        return []
    policy, result = applied
    codes = ["policy_draft"] if policy.status is ContentStatus.DRAFT and not policy.pasted else []
    codes += ["policy_unverified"] if unverified(policy, result) else []
    return [(_INFORMATION, Reason(code)) for code in codes]


def _aside(
    dose: tuple[DoseCheck, ...], safety: tuple[SafetyNote, ...], case: Case | None
) -> list[tuple[NextStep, Reason]]:
    found = [
        (_PHYSICIAN, Reason("contraindicated", note.caution.id))
        for note in safety
        if note.caution.kind is CautionKind.CONTRAINDICATION and note.step is not None and note.applies
    ]
    shown = case.contradictions if case is not None else ()
    codes = (Reason("contradiction" if len(told.passages) > 1 else "slip", told.about) for told in shown)
    found += [(_INFORMATION, reason) for reason in dict.fromkeys(codes)]
    if dose and all(check.outside for check in dose):
        found.append((_PHYSICIAN, Reason("dose_outside")))
    elif dose and not any(DoseIssue.FITS in check.issues for check in dose):
        issues = dose[0].issues
        for issue in (DoseIssue.DOUBT, DoseIssue.DOSE_MISSING, DoseIssue.WEIGHT_MISSING, DoseIssue.INTERVAL_MISSING):
            if issue in issues:
                found.append((_INFORMATION, Reason(issue.value)))
    return found
