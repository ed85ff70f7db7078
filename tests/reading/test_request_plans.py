"""What is asked for where no word asks: what a title names, and the one drug that is to be started."""

from __future__ import annotations

import pytest

from .content import read


def _asked(*texts: str) -> str:
    request = read(*texts).request
    return request.treatment if request is not None else ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plan to initiate Epidiolex given worse seizures.", "drug.cannabidiol"),
        ("Plan:\n#Psoriasis\n- Start secukinumab 300 mg SC weekly\n- Continue methotrexate", "drug.secukinumab"),
        ("Plan: initiate treatment with eculizumab. Discussed risks of ravulizumab.", "drug.eculizumab"),
        ("She was started on adalimumab in 2020. Plan: switch to ustekinumab 90 mg.", "drug.ustekinumab"),
        ("DUPIXENT PRIOR AUTHORIZATION\nA boy of 12 with atopic dermatitis.", "drug.dupilumab"),
        ("ADALIMUMAB PA EXAMPLE\nMRN: 123456\nPlan: continue prednisone 40 mg daily.", "drug.adalimumab"),
        ("Letter of Medical Necessity\nPlan: start ocrelizumab and start ibuprofen as needed.", "drug.ocrelizumab"),
    ],
)
def test_a_title_or_a_plan_says_what_is_asked_for(text: str, wanted: str):
    assert _asked(text) == wanted


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("52M with MMN. Wt 84 kg.\nGamunex-C 2 g/kg over 4d then 1 g/kg q3wk.", "unknown"),
        ("PID new start. Dx CVID, IgG 312. Hizentra 10 g SC weekly, wt 68 kg.", "initial"),
        ("Continuation: myasthenia gravis. IVIG 1 g/kg every 4 weeks for 2 years.", "continuation"),
        ("Renewal request\nDrug: IVIG 1 g/kg q 4 weeks", "continuation"),
    ],
)
def test_a_dose_that_a_note_states_by_itself_is_what_it_asks_for(text: str, phase: str):
    request = read(text).request
    assert request is not None
    assert request.phase == phase
    assert request.regimen is not None


@pytest.mark.parametrize(
    "text",
    [
        "Medications: IVIG 30 g every 4 weeks, prednisone 5 mg.",
        "IVIG 2 g/kg was given in March 2025. She did well.",
        "52M with MMN. IVIG helped.",
    ],
)
def test_a_dose_that_was_given_or_is_taken_is_not_asked_for(text: str):
    assert not _asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Plan: start amoxicillin 500 mg three times daily and start ibuprofen as needed.",
        "If methotrexate fails, start adalimumab.",
        "Plan: continue prednisone 10 mg daily.",
        "Seen by PA. Started prednisone 40 mg daily.",
        "Consider starting adalimumab.",
        "The guideline recommends starting adalimumab.",
        "Her mother will start adalimumab.",
    ],
)
def test_what_is_only_one_of_many_plans_is_not_asked_for(text: str):
    assert not _asked(text)


def test_what_one_document_asks_for_goes_before_what_another_plans():
    assert _asked("Plan: start azathioprine 50 mg daily.", "We request approval of infliximab.") == "drug.infliximab"


def test_what_a_title_names_was_not_given():
    fact = next(one for one in read("DUPIXENT PRIOR AUTHORIZATION\nAtopic dermatitis.").facts if one.therapy)
    assert fact.therapy is not None
    assert fact.therapy.stage == "requested"


def test_the_plan_is_quoted_where_a_title_names_the_same():
    request = read("EPIDIOLEX PA\nMRN: 1\nPlan:\n- Plan to initiate Epidiolex 2.5 mg/kg twice daily.").request
    assert request is not None
    assert request.passages[0].quote.startswith("- Plan to initiate")
    assert request.regimen is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CIDP, stable on Panzyga 1 g/kg q4wk for 5 yrs. No taper. HbA1c 8.2. Requesting another 12 mos.", "tx.ivig"),
        ("He receives Privigen monthly. Walks better. We request 6 more months.", "tx.ivig"),
        ("CIDP, stable on Panzyga. Requesting another 12 mos. of physical therapy records.", ""),
        ("Has had Panzyga and Hizentra. No taper. Walks well. Requesting another 12 mos.", ""),
    ],
)
def test_a_longer_time_alone_is_asked_for_the_one_treatment_told(text: str, wanted: str):
    assert _asked(text) == wanted
