"""Therapies: sentences of our own, each with every drug that must be read in it and how it stands."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.model.assertion import Polarity
from indicated.model.fact import EndReason, Outcome, Role, Stage
from tests.reading.content import read
from tests.reading.told_of_treatment import axes, lexicon, parts, therapies

SENTENCES: list[tuple[str, dict[str, str]]] = [
    (
        "She failed methotrexate, azathioprine and mycophenolate.",
        {
            "drug.methotrexate": "past failed inefficacy",
            "drug.azathioprine": "past failed inefficacy",
            "drug.mycophenolate": "past failed inefficacy",
        },
    ),
    ("Methotrexate was stopped because of nausea.", {"drug.methotrexate": "past intolerant adverse_event"}),
    (
        "Methotrexate was discontinued due to elevated liver enzymes; azathioprine caused pancreatitis.",
        {"drug.methotrexate": "past intolerant adverse_event", "drug.azathioprine": "past intolerant adverse_event"},
    ),
    ("He could not tolerate cyclosporine.", {"drug.cyclosporine": "past intolerant adverse_event"}),
    (
        "Rash persists despite prednisone 20 mg daily and hydroxychloroquine.",
        {"drug.prednisone": "current failed", "drug.hydroxychloroquine": "current failed"},
    ),
    (
        "Refractory to high-dose corticosteroids and rituximab.",
        {"class.corticosteroid": "past failed inefficacy", "drug.rituximab": "past failed inefficacy"},
    ),
    (
        "She is currently on prednisone 10 mg daily and mycophenolate 1 g BID.",
        {"drug.prednisone": "current", "drug.mycophenolate": "current"},
    ),
    ("Cannot take methotrexate because of hepatitis B.", {"drug.methotrexate": "never contraindicated"}),
    ("Methotrexate is contraindicated given chronic liver disease.", {"drug.methotrexate": "never contraindicated"}),
    ("She has never received rituximab.", {"drug.rituximab": "never"}),
    ("No prior biologic therapy.", {"class.bdmard": "never"}),
    (
        "Adding IVIG to mycophenolate mofetil.",
        {"tx.ivig": "planned concomitant", "drug.mycophenolate": "current concomitant"},
    ),
    (
        "Switched from adalimumab to tocilizumab because of insurance.",
        {"drug.adalimumab": "past access", "drug.tocilizumab": "current"},
    ),
    ("Adalimumab was stopped because insurance denied it.", {"drug.adalimumab": "past access"}),
    ("Prednisone was tapered off in March 2024 after remission.", {"drug.prednisone": "past effective remission"}),
    (
        "Treated with prednisone and methotrexate from June 2020 to March 2021.",
        {"drug.prednisone": "past", "drug.methotrexate": "past"},
    ),
    ("Methotrexate for 12 weeks without improvement.", {"drug.methotrexate": "past failed inefficacy"}),
    (
        "Trial of azathioprine 150 mg daily for 6 months with no benefit.",
        {"drug.azathioprine": "past failed inefficacy"},
    ),
    ("Partial response to rituximab.", {"drug.rituximab": "past partial"}),
    ("Good response to prednisone but relapsed on taper.", {"drug.prednisone": "past effective"}),
    (
        "Prior treatments: methotrexate (inadequate response), azathioprine (nausea), rituximab (partial response).",
        {
            "drug.methotrexate": "past failed inefficacy",
            "drug.azathioprine": "past intolerant adverse_event",
            "drug.rituximab": "past partial",
        },
    ),
    (
        "Methotrexate 15 mg weekly was ineffective, and cyclosporine was not tolerated.",
        {"drug.methotrexate": "past failed inefficacy", "drug.cyclosporine": "past intolerant adverse_event"},
    ),
    ("Mother takes methotrexate for rheumatoid arthritis.", {}),
    ("Patients must have failed methotrexate and azathioprine.", {}),
    ("Guidelines recommend methotrexate as first-line therapy.", {}),
    ("Plan to start rituximab.", {}),
    ("Consider rituximab if IVIG fails.", {}),
    ("She has been on hydroxychloroquine since 2019.", {"drug.hydroxychloroquine": "current"}),
    # what somebody is allergic to is not to be given; whether it was is not said
    ("Allergic to sulfasalazine.", {"drug.sulfasalazine": "never allergic"}),
    ("Allergies: sulfasalazine (rash).", {"drug.sulfasalazine": "never allergic"}),
    ("Sulfasalazine - allergic (angioedema).", {"drug.sulfasalazine": "never allergic"}),
    ("She was allergic to sulfasalazine.", {"drug.sulfasalazine": "past allergic adverse_event"}),
    ("Not allergic to sulfasalazine.", {}),
    ("Contraindication to sulfasalazine: No", {}),
    ("Takes cetirizine for allergies and prednisone.", {"drug.cetirizine": "current", "drug.prednisone": "current"}),
    # a no to whether it was ever tried says never; a no to whether it failed says nothing
    ("Has the patient tried methotrexate? No", {"drug.methotrexate": "never"}),
    ("Has the patient previously received rituximab? No", {"drug.rituximab": "never"}),
    ("Tried azathioprine: no", {"drug.azathioprine": "never"}),
    ("Has the patient failed methotrexate? No", {}),
    ("azathioprine - LFT elevation, d/c'd", {"drug.azathioprine": "past intolerant adverse_event"}),
    # a transplant, an operation or school ends no drug by being told of
    (
        "Lung transplant recipient on Prograf, Cellcept and prednisone.",
        {"drug.tacrolimus": "current", "drug.mycophenolate": "current", "drug.prednisone": "current"},
    ),
    ("On tacrolimus since heart transplant in 2020.", {"drug.tacrolimus": "current"}),
    ("Methotrexate was stopped for surgery.", {"drug.methotrexate": "past other"}),
    # brackets with nothing but doses part no list
    (
        "Trials of prednisone (60 mg), azathioprine (150 mg daily) and IVIG failed.",
        {
            "drug.prednisone": "past failed inefficacy",
            "drug.azathioprine": "past failed inefficacy",
            "tx.ivig": "past failed inefficacy",
        },
    ),
    (
        "Failed azathioprine (pancreatitis), methotrexate (nausea) and cyclosporine.",
        {
            "drug.azathioprine": "past failed intolerant adverse_event",
            "drug.methotrexate": "past failed intolerant adverse_event",
            "drug.cyclosporine": "past failed inefficacy",
        },
    ),
    # what came back without a drug is no failure of it
    ("His infections came back when IVIG was stopped.", {"tx.ivig": "past"}),
    ("Weakness returned after IVIG was held for 2 months.", {"tx.ivig": "past"}),
    ("Three relapses since rituximab was discontinued.", {"drug.rituximab": "past"}),
    ("IVIG was stopped when nausea developed.", {"tx.ivig": "past intolerant adverse_event"}),
    # what is denied before a comma is not the good that is told after it
    (
        "After an earlier IVIG dose she was free of vomiting, and the episodes resolved.",
        {"tx.ivig": "past effective tolerated"},
    ),
    ("After IVIG she went home. No definitive diagnostic work-up yet.", {"tx.ivig": "past"}),
    ("Anaphylaxis with infliximab.", {"drug.infliximab": "past allergic adverse_event"}),
    (
        "Premedicated with methylprednisolone and acetaminophen.",
        {"drug.methylprednisolone": "current premedication", "drug.acetaminophen": "current premedication"},
    ),
    (
        "Failed two immunosuppressants and a course of corticosteroids.",
        {"class.immunosuppressant": "past failed inefficacy", "class.corticosteroid": "past failed inefficacy"},
    ),
    (
        "The disease was refractory to methotrexate, but improved with tacrolimus.",
        {"drug.methotrexate": "past failed inefficacy", "drug.tacrolimus": "past effective"},
    ),
    ("He continues prednisone 5 mg daily.", {"drug.prednisone": "current concomitant"}),
    ("Steroid-refractory dermatomyositis.", {"class.corticosteroid": "past failed inefficacy"}),
    (
        "Prednisone, then methotrexate, then rituximab, all without response.",
        {
            "drug.prednisone": "past failed inefficacy",
            "drug.methotrexate": "past failed inefficacy",
            "drug.rituximab": "past failed inefficacy",
        },
    ),
    (
        "Methotrexate and azathioprine (both failed).",
        {"drug.methotrexate": "past failed inefficacy", "drug.azathioprine": "past failed inefficacy"},
    ),
    ("Methotrexate worked well initially but lost efficacy.", {"drug.methotrexate": "past failed inefficacy"}),
    ("He has not tried rituximab or tacrolimus.", {"drug.rituximab": "never", "drug.tacrolimus": "never"}),
    ("Rituximab has never been tried.", {"drug.rituximab": "never"}),
    (
        "On methotrexate 20 mg weekly and prednisone; weakness progressed.",
        {"drug.methotrexate": "current", "drug.prednisone": "current"},
    ),
    (
        "Currently receiving topical tacrolimus and clobetasol.",
        {"drug.tacrolimus_topical": "current", "drug.clobetasol": "current"},
    ),
    ("Tacrolimus 0.1% ointment was used on the face.", {"drug.tacrolimus_topical": "past"}),
    (
        "IV methylprednisolone 1 g daily x 3 days followed by oral prednisone.",
        {"drug.methylprednisolone": "past", "drug.prednisone": "past"},
    ),
    ("She failed or could not tolerate methotrexate.", {"drug.methotrexate": "past"}),
    (
        "Did not respond to etanercept or adalimumab.",
        {"drug.etanercept": "past failed inefficacy", "drug.adalimumab": "past failed inefficacy"},
    ),
    (
        "Inadequate response to NSAIDs and methotrexate.",
        {"class.nsaid": "past failed inefficacy", "drug.methotrexate": "past failed inefficacy"},
    ),
    ("Adalimumab lost efficacy after 18 months.", {"drug.adalimumab": "past failed inefficacy"}),
    ("Anakinra was effective but was stopped because of cost.", {"drug.anakinra": "past effective access"}),
    ("Worsened on infliximab.", {"drug.infliximab": "past worsened inefficacy"}),
    ("Methotrexate held due to pregnancy.", {"drug.methotrexate": "past pregnancy"}),
    ("He takes mycophenolate 1500 mg twice daily.", {"drug.mycophenolate": "current"}),
    (
        "Has tried and failed cyclosporine, leflunomide, and sulfasalazine.",
        {
            "drug.cyclosporine": "past failed inefficacy",
            "drug.leflunomide": "past failed inefficacy",
            "drug.sulfasalazine": "past failed inefficacy",
        },
    ),
    ("Cyclophosphamide was declined.", {"drug.cyclophosphamide": "never"}),
    (
        "Not a candidate for JAK inhibitors because of prior thrombosis.",
        {"class.jak_inhibitor": "never contraindicated"},
    ),
    ("Stable on IVIG since 2021.", {"tx.ivig": "current effective"}),
    ("In one trial, methotrexate was as effective as cyclosporine.", {}),
    ("If rituximab fails, cyclophosphamide would be considered.", {}),
    (
        "Prednisone was started in May 2023 and stopped in August 2023 due to psychosis.",
        {"drug.prednisone": "past intolerant adverse_event"},
    ),
    (
        "Methotrexate, which failed, was replaced with leflunomide.",
        {"drug.methotrexate": "past failed inefficacy", "drug.leflunomide": "past"},
    ),
    (
        "Currently on: methotrexate 15 mg weekly, folic acid, prednisone 5 mg.",
        {"drug.methotrexate": "current", "drug.prednisone": "current", "drug.folic_acid": "current"},
    ),
    (
        "Medications: prednisone 10 mg daily, tacrolimus 1 mg BID.",
        {"drug.prednisone": "current", "drug.tacrolimus": "current"},
    ),
    (
        "Despite methotrexate and two courses of rituximab, her skin disease remains active.",
        {"drug.methotrexate": "current failed", "drug.rituximab": "current failed"},
    ),
    (
        "She had been treated with hydroxychloroquine with partial improvement.",
        {"drug.hydroxychloroquine": "past partial"},
    ),
    ("Tofacitinib was recently started.", {"drug.tofacitinib": "current"}),
    ("She is naive to rituximab.", {"drug.rituximab": "never"}),
    (
        "No response to hydroxychloroquine; partial response to methotrexate; intolerant of azathioprine.",
        {
            "drug.hydroxychloroquine": "past failed inefficacy",
            "drug.methotrexate": "past partial",
            "drug.azathioprine": "past intolerant adverse_event",
        },
    ),
    (
        "The patient has tried methotrexate for 4 months and mycophenolate for 6 months.",
        {"drug.methotrexate": "past", "drug.mycophenolate": "past"},
    ),
    ("Weaned off prednisone.", {"drug.prednisone": "past"}),
    ("Prednisone was increased to 60 mg daily.", {"drug.prednisone": "current"}),
    ("Biologics have not been tried.", {"class.bdmard": "never"}),
    (
        "Past treatments include methotrexate, which was stopped due to cytopenias, and etanercept, which failed.",
        {"drug.methotrexate": "past intolerant adverse_event", "drug.etanercept": "past failed inefficacy"},
    ),
    (
        "Treated with methotrexate. It was stopped because of transaminitis.",
        {"drug.methotrexate": "past intolerant adverse_event"},
    ),
    (
        "Tried methotrexate, leflunomide, and adalimumab. None of these helped.",
        {
            "drug.methotrexate": "past failed inefficacy",
            "drug.leflunomide": "past failed inefficacy",
            "drug.adalimumab": "past failed inefficacy",
        },
    ),
    (
        "Prior: prednisone 60 mg/day (flare at 20 mg), methotrexate 20 mg SC weekly (nausea), rituximab (no benefit).",
        {
            "drug.prednisone": "past",
            "drug.methotrexate": "past intolerant adverse_event",
            "drug.rituximab": "past failed inefficacy",
        },
    ),
    (
        "The patient was intolerant to hydroxychloroquine (rash) and failed methotrexate.",
        {"drug.hydroxychloroquine": "past intolerant adverse_event", "drug.methotrexate": "past failed inefficacy"},
    ),
    (
        "After failing conventional DMARDs, including methotrexate and leflunomide, he was started on etanercept.",
        {
            "class.csdmard": "past failed inefficacy",
            "drug.methotrexate": "past failed inefficacy",
            "drug.leflunomide": "past failed inefficacy",
            "drug.etanercept": "current",
        },
    ),
    ("She remains symptomatic on azathioprine 100 mg daily.", {"drug.azathioprine": "current failed"}),
    ("He responded well to IVIG in the past.", {"tx.ivig": "past effective"}),
    ("Strength improved on IVIG.", {"tx.ivig": "current effective"}),
    ("Weakness recurred when prednisone was tapered.", {"drug.prednisone": "past"}),
    ("Unable to taper prednisone below 15 mg.", {"drug.prednisone": "current partial"}),
    ("She is on chronic prednisone and unable to wean.", {"drug.prednisone": "current"}),
    ("Mycophenolate is being continued at 1 g twice daily.", {"drug.mycophenolate": "current"}),
    ("She has not responded adequately to corticosteroids.", {"class.corticosteroid": "past failed inefficacy"}),
    (
        "Methotrexate had to be stopped because of cytopenias in 2022.",
        {"drug.methotrexate": "past intolerant adverse_event"},
    ),
    (
        "Has had inadequate response to at least two immunosuppressants.",
        {"class.immunosuppressant": "past failed inefficacy"},
    ),
    ("Patient had an inadequate trial of methotrexate.", {"drug.methotrexate": "past"}),
    (
        "He was given pulse methylprednisolone, which helped only partially.",
        {"drug.methylprednisolone": "past partial"},
    ),
    ("Hydroxychloroquine made the rash worse.", {"drug.hydroxychloroquine": "past worsened inefficacy"}),
    ("Insurance requires a trial of methotrexate.", {}),
    ("Abatacept was considered but not started.", {"drug.abatacept": "never"}),
    ("Cyclosporine is not an option because of renal disease.", {"drug.cyclosporine": "never contraindicated"}),
    ("Rituximab was avoided because of hypogammaglobulinemia.", {"drug.rituximab": "never contraindicated"}),
    ("Prednisone 40 mg daily for 8 weeks failed to control disease.", {"drug.prednisone": "past failed inefficacy"}),
    ("Without prednisone she flares.", {"drug.prednisone": "denied"}),
    (
        "Currently taking methotrexate; hydroxychloroquine was stopped.",
        {"drug.methotrexate": "current", "drug.hydroxychloroquine": "past"},
    ),
    (
        "Previously on adalimumab, now on tocilizumab with good control.",
        {"drug.adalimumab": "past", "drug.tocilizumab": "current effective"},
    ),
    ("Not currently on any immunosuppressants.", {"class.immunosuppressant": "denied"}),
    ("She denies use of steroids.", {"class.corticosteroid": "denied"}),
    ("She was on IVIG from 2019 to 2021 with complete resolution of weakness.", {"tx.ivig": "past"}),
    (
        "IVIG was discontinued in 2021 after remission and she relapsed six months later.",
        {"tx.ivig": "past effective remission"},
    ),
    (
        "Tried: methotrexate, azathioprine. Failed: rituximab.",
        {"drug.methotrexate": "past", "drug.azathioprine": "past", "drug.rituximab": "past failed inefficacy"},
    ),
    ("Contraindications to methotrexate include alcohol use.", {"drug.methotrexate": "never contraindicated"}),
    (
        "First-line corticosteroids and second-line methotrexate were ineffective.",
        {"class.corticosteroid": "past failed inefficacy", "drug.methotrexate": "past failed inefficacy"},
    ),
    ("MTX x 3 months - no improvement.", {"drug.methotrexate": "past failed inefficacy"}),
    ("She received prednisone for 6 weeks and had no improvement.", {"drug.prednisone": "past failed inefficacy"}),
    (
        "Steroids helped but caused avascular necrosis.",
        {"class.corticosteroid": "past effective intolerant adverse_event"},
    ),
    ("She cannot tolerate steroids due to psychosis.", {"class.corticosteroid": "past intolerant adverse_event"}),
    (
        "Topical steroids and tacrolimus ointment gave little relief.",
        {"class.topical_corticosteroid": "past failed inefficacy", "drug.tacrolimus_topical": "past failed inefficacy"},
    ),
    ("Ruxolitinib is currently being used with partial benefit.", {"drug.ruxolitinib": "current partial"}),
    (
        "She has persistent disease despite being on tofacitinib and prednisone for over a year.",
        {"drug.tofacitinib": "current failed", "drug.prednisone": "current failed"},
    ),
    ("Anti-TNF therapy was ineffective.", {"class.tnf_inhibitor": "past failed inefficacy"}),
    ("Symptoms have been stable on monthly IVIG.", {"tx.ivig": "current effective"}),
    ("His disease is well controlled on mycophenolate.", {"drug.mycophenolate": "current effective"}),
]


def _short(text: str) -> dict[str, str]:
    """Each drug and the axes that say something, in one line; the last mention of a drug counts."""
    return {
        found.concept: "denied" if found.therapy is None else " ".join(axes(found).values())
        for found in therapies(text)
    }


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_each_drug_stands_as_the_sentence_says(text: str, expected: dict[str, str]) -> None:
    assert _short(text) == expected


def test_the_examples_of_the_cue_file_hold() -> None:
    words = lexicon().therapy
    assert words is not None
    assert words.examples
    for example in words.examples:
        read = {found.concept: axes(found) for found in therapies(example.text)}
        assert read == example.expect, example.text


def test_treated_with_is_past_and_its_outcome_stays_unknown() -> None:
    read = therapies("Treated so far with tofacitinib, tacrolimus, adalimumab, methotrexate and hydroxychloroquine.")
    assert len(read) == 5
    for found in read:
        assert found.therapy is not None
        assert (found.therapy.stage, found.therapy.outcome) == (Stage.PAST, Outcome.UNKNOWN)


def test_despite_this_reaches_back_over_the_sentence() -> None:
    text = "On prednisone, tacrolimus and mycophenolate mofetil. Despite this, the rash is progressing."
    read = therapies(text)
    assert [found.concept for found in read] == ["drug.prednisone", "drug.tacrolimus", "drug.mycophenolate"]
    for found in read:
        assert axes(found) == {"stage": "current", "outcome": "failed"}


def test_despite_this_speaks_of_the_current_drugs_when_there_are_any() -> None:
    read = _short("Methotrexate was stopped in 2020; she is currently on tacrolimus. Despite this she has weakness.")
    assert read == {"drug.methotrexate": "past", "drug.tacrolimus": "current failed"}


def test_topical_tacrolimus_is_its_own_drug_and_plain_tacrolimus_has_no_route() -> None:
    topical, plain = therapies("Currently on topical tacrolimus. Previously treated with tacrolimus.")
    assert topical.concept == "drug.tacrolimus_topical"
    assert plain.concept == "drug.tacrolimus"
    assert plain.therapy is not None
    assert plain.therapy.route == ""


def test_a_list_under_a_heading_shares_it() -> None:
    text = "Prior treatments:\n- methotrexate 15 mg weekly - inadequate response\n- azathioprine: nausea\n- prednisone"
    assert _short(text) == {
        "drug.methotrexate": "past failed inefficacy",
        "drug.azathioprine": "past intolerant adverse_event",
        "drug.prednisone": "past",
    }


def test_start_end_and_length_are_read_with_the_drug() -> None:
    text = (
        "Prednisone was started in May 2023 and stopped in August 2023. Methotrexate 15 mg weekly for 12 weeks failed."
    )
    prednisone, methotrexate = therapies(text)
    assert prednisone.therapy is not None
    assert (prednisone.therapy.started, prednisone.therapy.ended) == (date(2023, 5, 1), date(2023, 8, 1))
    assert methotrexate.therapy is not None
    assert methotrexate.therapy.duration is not None
    assert methotrexate.therapy.duration.text() == "12 wk"
    assert parts(methotrexate.therapy.regimen)["per_course"] == "15 mg"


def test_each_drug_of_a_list_has_its_own_dose_and_route() -> None:
    text = "Currently on IV methylprednisolone 1 g monthly, methotrexate 20 mg SC weekly and mycophenolate 1 g BID."
    first, second, third = [found.therapy for found in therapies(text)]
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first.route, parts(first.regimen)["per_course"]) == ("iv", "1 g")
    assert (second.route, parts(second.regimen)["interval"]) == ("sc", "1 wk")
    assert parts(third.regimen)["per_day"] == "2 g"


def test_what_is_asked_for_has_the_role_requested_and_is_not_a_failed_step() -> None:
    asked, premedication = therapies("Request: Privigen 400 mg/kg every 4 weeks with methylprednisolone premedication.")
    assert asked.therapy is not None
    assert (asked.therapy.stage, asked.therapy.role) == (Stage.REQUESTED, Role.REQUESTED)
    assert premedication.therapy is not None
    assert premedication.therapy.role is Role.PREMEDICATION


def test_a_treatment_that_goes_on_is_current_and_requested() -> None:
    (asked,) = therapies("Request: continue Privigen 30 g every 4 weeks.")
    assert asked.therapy is not None
    assert (asked.therapy.stage, asked.therapy.role) == (Stage.CURRENT, Role.REQUESTED)


def test_switched_for_access_ends_the_first_drug_not_the_second() -> None:
    left, taken = therapies("Switched from etanercept to tocilizumab because of insurance.")
    assert left.therapy is not None
    assert taken.therapy is not None
    assert left.therapy.end_reason is EndReason.ACCESS
    assert (taken.therapy.stage, taken.therapy.end_reason) == (Stage.CURRENT, None)


def test_either_of_two_reasons_is_neither() -> None:
    """`failed or could not tolerate` says that it was tried; which of the two, nobody can tell."""
    (found,) = therapies("She failed or could not tolerate azathioprine.")
    assert axes(found) == {"stage": "past"}
    text = "Inadequate response, intolerance or contraindication to first- and second-line therapies."
    assert therapies(text) == []


def test_not_on_a_drug_now_is_no_word_on_the_past() -> None:
    (found,) = therapies("She is not on rituximab.")
    assert (found.therapy, found.polarity) == (None, Polarity.ABSENT)


@pytest.mark.parametrize(
    "text",
    [
        "Guidelines recommend methotrexate as first-line therapy.",
        "The member must have failed methotrexate and azathioprine.",
        "In a randomized trial, rituximab improved strength.",
        "Her mother takes azathioprine.",
        "Policy criteria: failure of corticosteroids and methotrexate.",
    ],
)
def test_other_voices_and_other_people_make_no_therapy(text: str) -> None:
    assert therapies(text) == []


def test_a_long_list_shares_what_is_said_of_it() -> None:
    text = "Failed " + ", ".join(["methotrexate", "azathioprine"] * 30) + "."
    read = therapies(text)
    assert len(read) == 60
    assert all(axes(found)["outcome"] == "failed" for found in read)


@pytest.mark.parametrize(
    "text",
    [
        "Request: IVIG 1 g/kg every 3 weeks for CIDP, new start",
        "IVIG 0.4 g/kg every 4 weeks, new start",
        "Request: IVIG weekly, then monthly maintenance",
        "Request: IVIG every 4 weeks, long-term, for CVID.",
        "Request: IVIG 1 g/kg once for ITP with bleeding.",
        "Request: IVIG 400 mg/kg for ataxia telangiectasia with low IgG and recurrent pneumonia.",
        "Request: IVIG for possible transient hypogammaglobulinemia of infancy, 14 months old.",
        "Request: IVIG for polyneuropathy with neuropathy and weakness.",
        "IVIG is requested because of recurrent infections.",
        "PA request for IVIG: patient with headaches and aseptic meningitis.",
        "Requesting IVIG for her CIDP, which has worsened over the past year.",
    ],
)
def test_what_is_asked_for_to_start_was_not_given_by_that(text: str) -> None:
    (told,) = [fact.therapy for fact in read(text).facts if fact.concept == "tx.ivig" and fact.therapy is not None]
    assert (told.stage, told.outcome, told.tolerance) == ("requested", "unknown", "unknown")


@pytest.mark.parametrize(
    ("text", "stage", "outcome"),
    [
        ("Please approve IVIG 2 g/kg, which has stabilized her CIDP for 3 years.", "current", "effective"),
        ("Request: continue IVIG for CVID, maintenance.", "current", "unknown"),
    ],
)
def test_what_is_asked_for_may_be_under_way(text: str, stage: str, outcome: str) -> None:
    (told,) = [fact.therapy for fact in read(text).facts if fact.concept == "tx.ivig" and fact.therapy is not None]
    assert (told.stage, told.outcome) == (stage, outcome)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("She takes ibuprofen for pain.", "drug.ibuprofen"),
        ("Prednisone 20 mg daily for rash.", "drug.prednisone"),
        ("Continue Tylenol for headache.", "drug.acetaminophen"),
    ],
)
def test_what_a_drug_is_taken_for_is_no_reaction_to_it(text: str, concept: str) -> None:
    (told,) = [fact.therapy for fact in read(text).facts if fact.concept == concept and fact.therapy is not None]
    assert (told.stage, told.tolerance, told.end_reason) == ("current", "unknown", None)
