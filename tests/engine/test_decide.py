"""What turns an approvable request aside, and that nothing makes an answer better or worse than that."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from indicated.engine.decide import decide
from indicated.model.case import Contradiction
from indicated.model.determination import DoseCheck, DoseIssue, Finding, NextStep, SafetyNote, Step
from indicated.model.product import Caution, CautionKind
from indicated.model.rule import Has
from indicated.model.text import Document
from indicated.model.verdict import Verdict
from tests import told

FITS = DoseCheck((DoseIssue.FITS,))
ABOVE = DoseCheck((DoseIssue.ABOVE,))


def caution(kind: CautionKind, verdict: Verdict | None) -> SafetyNote:
    step = Step(Has("dx.dm"), verdict) if verdict else None
    return SafetyNote("product.ten", Caution("iga", kind, "text", ("source",)), step)


def contradicted():
    document = Document("text", "14 years, 41 years")
    passages = (document.passage(0, 8), document.passage(10, 18))
    return replace(told.case(), documents=(document,), contradictions=(Contradiction("demo.age", passages),))


@pytest.mark.parametrize(
    ("aside", "expected", "code"),
    [
        ({}, NextStep.APPROVABLE, None),
        ({"dose": (FITS,)}, NextStep.APPROVABLE, None),
        ({"dose": (ABOVE,)}, NextStep.PHYSICIAN_REVIEW, "dose_outside"),
        ({"dose": (ABOVE, FITS)}, NextStep.APPROVABLE, None),
        ({"dose": (DoseCheck((DoseIssue.DOSE_MISSING,)),)}, NextStep.INFORMATION_NEEDED, "dose_missing"),
        ({"dose": (DoseCheck((DoseIssue.DOUBT,)),)}, NextStep.INFORMATION_NEEDED, "doubt"),
        ({"dose": (DoseCheck((DoseIssue.WEIGHT_MISSING,)),)}, NextStep.INFORMATION_NEEDED, "weight_missing"),
        ({"dose": (DoseCheck((DoseIssue.NO_RANGE,)),)}, NextStep.APPROVABLE, None),
        (
            {"safety": (caution(CautionKind.CONTRAINDICATION, Verdict.MET),)},
            NextStep.PHYSICIAN_REVIEW,
            "contraindicated",
        ),
        ({"safety": (caution(CautionKind.CONTRAINDICATION, Verdict.UNKNOWN),)}, NextStep.APPROVABLE, None),
        ({"safety": (caution(CautionKind.CONTRAINDICATION, None),)}, NextStep.APPROVABLE, None),
        ({"safety": (caution(CautionKind.BOXED_WARNING, Verdict.MET),)}, NextStep.APPROVABLE, None),
        ({"case": contradicted()}, NextStep.INFORMATION_NEEDED, "contradiction"),
        ({"case": contradicted(), "dose": (ABOVE,)}, NextStep.PHYSICIAN_REVIEW, "dose_outside"),
    ],
)
def test_an_approvable_request_is_turned_aside_with_the_reason(aside, expected, code):
    step, reasons = decide(Finding.SUPPORTED, Verdict.MET, **aside)
    assert step is expected
    assert code is None or code in [reason.code for reason in reasons]


@pytest.mark.parametrize("finding", list(Finding))
@pytest.mark.parametrize("policy", [*Verdict, None])
def test_what_is_not_approvable_stays_as_it_is_and_keeps_the_reasons(finding, policy):
    plain, _ = decide(finding, policy)
    step, reasons = decide(finding, policy, dose=(ABOVE,), case=contradicted())
    if plain is not NextStep.APPROVABLE:
        assert step is plain
    assert [reason.code for reason in reasons[1:]] == ["contradiction", "dose_outside"]


def test_there_is_no_next_step_that_denies():
    assert {step.value for step in NextStep} == {"approvable", "information_needed", "physician_review"}
