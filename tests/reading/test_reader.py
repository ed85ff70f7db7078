"""What a sentence says of the patient, and what it does not."""

from __future__ import annotations

import pytest

from indicated.model.assertion import Subject, Time, Voice
from indicated.model.quantity import Quantity
from indicated.release import builtin

from .content import lexicon, read, told

SAID = [
    # who
    ("14-year-old male with JDM.", {"demo.age": ["14 a"], "demo.male": ["present"], "dx.jdm": ["present"]}),
    ("10yo F, 14 kg.", {"demo.age": ["10 a"], "demo.female": ["present"], "demo.weight": ["14 kg"]}),
    ("Six-month-old boy.", {"demo.age": ["6 mo"], "demo.male": ["present"]}),
    ("Woman aged 24.", {"demo.age": ["24 a"], "demo.female": ["present"]}),
    ("Age: 54 years. Sex: F.", {"demo.age": ["54 a"], "demo.female": ["present"]}),
    ("Weight 168 lb (76.4 kg).", {"demo.weight": ["76.4 kg"]}),
    ("Wt: 35 kg, height 140 cm", {"demo.weight": ["35 kg"], "demo.height": ["140 cm"]}),
    ("JDM diagnosed at age 5.", {"dx.jdm": ["present"], "demo.onset_age": ["5 a"]}),
    ("Weight loss of 5 kg.", {"finding.weight_loss": ["present"]}),
    # tests
    ("IgG 380 mg/dL.", {"lab.igg": ["380 mg/dL"]}),
    ("IgG 620 (700-1600 mg/dL)", {"lab.igg": ["low 620 mg/dL"]}),
    ("IgG level of 350 mg/dL (reference range 700-1600 mg/dL)", {"lab.igg": ["low 350 mg/dL"]}),
    ("IgA <7 mg/dL.", {"lab.iga": ["< 7 mg/dL"]}),
    ("LVEF 50-55%.", {"lab.lvef": ["50-55%"]}),
    ("ESR of 42 mm/h", {"lab.esr": ["42 mm/h"]}),
    ("CK and aldolase within normal limits.", {"lab.ck": ["normal"], "lab.aldolase": ["normal"]}),
    (
        "Elevated CK, aldolase and LDH; normal ALT.",
        {"lab.ck": ["elevated"], "lab.aldolase": ["elevated"], "lab.ldh": ["elevated"], "lab.alt": ["normal"]},
    ),
    ("CK has never been elevated.", {"lab.ck": ["normal"]}),
    ("CPK 23 U/L in July 2022 and 96 U/L in June 2025.", {"lab.ck": ["23 U/L 2022-07-01", "96 U/L 2025-06-01"]}),
    ("Hemoglobin        9.0 g/dL     11.5 - 15.5 g/dL", {"lab.hemoglobin": ["low 9 g/dL"]}),
    ("positive PM-Scl antibody", {"ab.pm_scl": ["positive"]}),
    ("PM-Scl antibody positive, Mi-2 antibody positive.", {"ab.pm_scl": ["positive"], "ab.mi2": ["positive"]}),
    (
        "ANA positive, RF negative and CCP negative.",
        {"ab.ana": ["positive"], "ab.rf": ["absent negative"], "ab.ccp": ["absent negative"]},
    ),
    ("Positive ANA, negative RF.", {"ab.ana": ["positive"], "ab.rf": ["absent negative"]}),
    ("No PM-Scl antibody.", {"ab.pm_scl": ["absent negative"]}),
    ("CK was sent.", {}),
    # findings
    ("Formal strength testing 5/5.", {"study.strength_testing": ["present"], "finding.muscle_weakness": ["absent"]}),
    ("Strength 4/5 in the deltoids, 5/5 elsewhere.", {"finding.muscle_weakness": ["present"]}),
    ("MRI without frank myositis.", {"study.mri": ["present"], "img.mri_myositis": ["absent"]}),
    ("No interstitial lung disease.", {"dx.ild": ["absent"]}),
    ("ILD: absent. Dysphagia: no.", {"dx.ild": ["absent"], "finding.dysphagia": ["absent"]}),
    (
        "Denies dysphagia, dyspnea; endorses fatigue.",
        {"finding.dysphagia": ["absent"], "finding.dyspnea": ["absent"], "finding.fatigue": ["present"]},
    ),
    ("History of polymyositis.", {"dx.pm": ["past"]}),
    ("The rash has resolved.", {"finding.rash": ["resolved"]}),
    ("Suspected dermatomyositis.", {"dx.dm": ["possible"]}),
    ("Dermatomyositis was ruled out.", {"dx.dm": ["absent ruled_out"]}),
    ("Diagnosis: CVID; breast cancer.", {"dx.cvid": ["present"], "dx.breast_cancer": ["present"]}),
    ("overlapping features of juvenile dermatomyositis (JDM)", {"dx.jdm": ["present"]}),
    ("Is IVIG indicated for a girl with JDM?", None),
]


@pytest.mark.parametrize(
    ("text", "expected"), [pair for pair in SAID if pair[1] is not None], ids=lambda v: v if isinstance(v, str) else ""
)
def test_what_a_sentence_says_of_the_patient(text: str, expected: dict[str, list[str]]):
    assert told(text) == expected


NOT_OF_THE_PATIENT = [
    ("19/25 of children showed improvement in rash.", "finding.rash", Voice.EVIDENCE),
    ("Guidelines recommend methotrexate first.", "drug.methotrexate", Voice.GUIDELINE),
    ("Patients with dermatomyositis often have ILD.", "dx.ild", Voice.GUIDELINE),
    ("In children with JDM, IVIG may help.", "dx.jdm", Voice.GUIDELINE),
    ("The member must have failed methotrexate.", "drug.methotrexate", Voice.PAYER_CRITERIA),
    ("Payer criteria (Aetna): IgG <500 mg/dL.", "lab.igg", Voice.PAYER_CRITERIA),
    ("The plan's denial described fatigue.", "finding.fatigue", Voice.PAYER_CRITERIA),
    ("Policy asks for significant weakness.", "finding.weakness", Voice.PAYER_CRITERIA),
    ("Rituximab would be considered.", "drug.rituximab", Voice.PLAN),
    ("Plan: start rituximab.", "drug.rituximab", Voice.PLAN),
    ("Brain MRI planned, not yet done.", "study.mri_brain", Voice.PLAN),
    ("Click here to learn more about dermatomyositis.", "dx.dm", Voice.BOILERPLATE),
    ("References:\nSmith J. IVIG in dermatomyositis.", "dx.dm", Voice.BOILERPLATE),
]


@pytest.mark.parametrize(
    ("text", "concept", "voice"), NOT_OF_THE_PATIENT, ids=lambda v: v if isinstance(v, str) else ""
)
def test_another_voice_makes_no_fact_and_is_set_aside(text: str, concept: str, voice: Voice):
    case = read(text)
    assert concept not in {fact.concept for fact in case.facts}
    assert (concept, voice) in {(one.concept, one.assertion.voice) for one in case.set_aside}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Her mother, aged 50, has SLE.", "dx.sle"),
        ("Family history: lupus.", "dx.sle"),
        ("Father had dermatomyositis.", "dx.dm"),
    ],
)
def test_a_relative_is_not_the_patient(text: str, concept: str):
    case = read(text)
    assert {one.assertion.subject for one in case.set_aside if one.concept == concept} == {Subject.RELATIVE}
    assert not [fact for fact in case.facts if fact.concept in (concept, "demo.age")]


def test_what_is_only_supposed_is_set_aside():
    case = read("Return if fever develops.")
    assert not case.facts
    assert case.set_aside[0].assertion.time is Time.HYPOTHETICAL


def test_no_mention_is_neither_presence_nor_absence():
    case = read("No mention of dysphagia.")
    assert not case.facts
    assert case.set_aside[0].concept == "finding.dysphagia"


def test_the_question_speaks_of_the_patient():
    case = read("Is IVIG indicated for a 9-year-old girl with JDM?")
    assert {"dx.jdm", "demo.age", "demo.female"} <= {fact.concept for fact in case.facts}
    assert case.request is not None
    assert read("Is IVIG indicated for a 9-year-old girl with JDM?", question=False).request is None


def test_headings_say_when_and_of_whom():
    case = read("Past Medical History:\nAsthma\nFamily History:\nLupus\nAssessment:\nDermatomyositis.")
    by_concept = {fact.concept: fact for fact in case.facts}
    assert by_concept["dx.asthma"].assertion.time is Time.PAST
    assert by_concept["dx.dm"].assertion.time is Time.CURRENT
    assert "dx.sle" not in by_concept


def test_a_code_stays_with_its_diagnosis_or_names_it():
    with_words = read("Diagnosis: juvenile rheumatoid polyarthritis, seronegative (M08.3).")
    assert ("M08.3",) in {fact.codes for fact in with_words.facts}
    alone = read("Diagnosis: D80.6.")
    assert [(fact.concept, fact.codes) for fact in alone.facts] == [("dx.sad", ("D80.6",))]


def test_mentions_of_one_thing_are_one_fact_with_all_passages():
    case = read("Juvenile dermatomyositis (JDM). JDM is active.", "JDM confirmed.")
    facts = [fact for fact in case.facts if fact.concept == "dx.jdm"]
    assert len(facts) == 1
    assert [passage.document for passage in facts[0].passages] == ["text", "text", "text", "d1"]


def test_a_short_form_that_the_text_defines_otherwise_is_not_ours():
    assert "dx.mas" in told("Macrophage activation syndrome (MAS). MAS recurred.")
    assert "dx.jdm" not in told("Joint data management (JDM) reviewed. JDM is complete.")


@pytest.mark.parametrize(
    ("documents", "about"),
    [
        (("14-year-old boy.", "A 41-year-old man."), "demo.age"),
        (("Weight 35 kg.", "Weight 53 kg."), "demo.weight"),
        (("Girl with JDM.", "Boy with JDM."), "demo.sex"),
        (("Interstitial lung disease.", "No interstitial lung disease."), "dx.ild"),
        (("Request: IVIG 70 g monthly.", "Request: IVIG 35 g monthly."), "tx.ivig"),
    ],
)
def test_documents_that_disagree_are_shown_with_both_passages(documents: tuple[str, str], about: str):
    found = [one for one in read(*documents).contradictions if one.about == about]
    assert len(found) == 1
    assert {passage.document for passage in found[0].passages} == {"text", "d1"}


def test_documents_that_agree_are_no_contradiction():
    assert not read(
        "14-year-old boy, weight 35 kg. No ILD.", "Age 14. Weight 77 lb (35 kg). ILD absent."
    ).contradictions


def test_how_the_disease_answered_goes_with_what_is_asked_for():
    case = read("Request: continue IVIG. Diagnosis: CIDP. Neuropathy stable on this schedule. Improved on prednisone.")
    assert [(fact.concept, str(fact.course)) for fact in case.facts if fact.course] == [("dx.cidp", "stable")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "8 months after matched unrelated donor allogeneic bone marrow transplant for systemic JIA.",
            {"proc.hsct_allogeneic": ["present"], "dx.sjia": ["present"]},
        ),
        ("Haploidentical transplant (donor: mother), IgG 300 mg/dL.", {"lab.igg": ["300 mg/dL"]}),
        ("The donor had hepatitis B. Now dermatomyositis.", {"dx.dm": ["present"]}),
        ("MMT8 110, prednisone 40 mg.", {"scale.mmt8": ["110 1"]}),
    ],
)
def test_the_graft_is_the_patients_and_a_dose_is_no_score(text, expected):
    found = told(text)
    assert {concept: found.get(concept) for concept in expected} == expected


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("Marked improvement in strength since IVIG was started; prednisone tapered to 5 mg.", "improved"),
        ("When the IVIG interval was stretched to 6 weeks her weakness came back.", "relapse_off_treatment"),
        ("She improved on prednisone before IVIG.", None),
        ("Prednisone was stopped and she relapsed; IVIG was started.", None),
    ],
)
def test_a_course_belongs_to_the_drug_nearest_to_its_words(text, course):
    case = read("Request: continuation of IVIG for dermatomyositis. " + text)
    assert [fact.course for fact in case.facts if fact.course is not None] == ([course] if course else [])


def test_the_lexicon_says_how_much_a_billed_unit_is_and_only_where_a_source_was_seen():
    billed = lexicon().billed
    assert billed["J1459"] == Quantity.of(500, "mg")
    assert billed["J1559"] == Quantity.of(100, "mg")
    assert "J1576" not in billed
    for product in builtin().knowledge.products:
        if product.hcpcs_unit is not None and "hcpcs_unit" not in product.recalled:
            assert billed[product.hcpcs] == Quantity.of(product.hcpcs_unit, "mg"), product.concept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Visit of November 2024: "She denies interval infections."', {"finding.infection": ["absent 2024-11-01"]}),
        (
            "11/11/2024: no infections, doing well.",
            {"finding.infection": ["absent 2024-11-11"], "finding.well": ["2024-11-11"]},
        ),
        ("On 3/2/2024 she denied fever.", {"finding.fever": ["absent 2024-03-02"]}),
        ("In May 2024, a man with a history of stroke had chills.", {"dx.stroke": ["past"]}),
        ("In February 2010 she had CIDP.", {"dx.cidp": ["present"]}),
        ("Born 1/2/1980: denies chills.", {"finding.chills": ["absent"]}),
        ("Pneumonia in May 2023 and chills.", {"finding.chills": ["present"]}),
        ("Two sinus infections before starting Hizentra.", {"dx.sinusitis": ["past"]}),
        ("Weakness returns before IVIG infusions.", {"finding.weakness": ["present"]}),
        ("CVID diagnosed before Privigen was started.", {"dx.cvid": ["present"]}),
        (
            "Recurrent pneumonias before IVIG. No infections since starting.",
            {"dx.recurrent_pneumonia": ["past"], "finding.infection": ["absent"]},
        ),
    ],
)
def test_the_day_that_heads_a_sentence_is_that_of_what_it_tells_of_then(text: str, expected: dict[str, list[str]]):
    found = told(text)
    assert {concept: found.get(concept) for concept in expected} == expected


def test_a_reaction_noted_beside_a_drug_that_is_not_taken_is_set_aside():
    case = read(
        "Allergies: sulfa (rash), codeine -> nausea. Failed AZA (pancreatitis). Prednisone (weight gain) ongoing."
    )
    assert {fact.concept for fact in case.facts if fact.therapy is None} == {"finding.weight_gain"}
    assert {one.concept for one in case.set_aside} == {"finding.rash", "finding.nausea", "dx.pancreatitis"}


@pytest.mark.parametrize(
    "text", ["Allergic reactions: shellfish - hives; latex - rash.", "Penicillin allergy (anaphylaxis 2005)."]
)
def test_what_a_list_of_allergies_notes_beside_its_items_is_no_finding_of_now(text: str):
    assert not [fact for fact in read(text).facts if fact.therapy is None]
