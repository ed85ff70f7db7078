"""Headings of every make are found, and what stands under them is read as they say."""

from __future__ import annotations

import pytest

from indicated.model.text import Document
from indicated.reading.reader import assertion

from .content import lexicon, marked, reader
from .content import told as facts

HEADINGS = [
    ("PAST MEDICAL HISTORY\nAsthma", "section.pmh"),
    ("Past Medical History:\nAsthma", "section.pmh"),
    ("PMH - asthma", "section.pmh"),
    ("**Past medical history**\nAsthma", "section.pmh"),
    ("## Past Medical History\n\nAsthma", "section.pmh"),
    ("__Family history__\nGout", "section.fh"),
    ("HPC: cough for 3/7", "section.hpi"),
    ("DHx: ramipril", "section.meds"),
    ("O/E: chest clear", "section.exam"),
    ("Ix: CK 300", "section.results"),
    ("Imp: gastroenteritis", "section.assessment"),
    ("S: tired\nO: pale", "section.exam"),
    ("ALLERGIES AND ADVERSE REACTIONS\nPenicillin", "section.allergies"),
    ("IMMUNIZATIONS\nInfluenza vaccine", "section.immunizations"),
    ("Hospital Course: He improved.", "section.course"),
    ("Discharge Medications:\n1. Prednisone 10 mg", "section.discharge_meds"),
    ("Reason for referral: weakness", "section.referral"),
    ("Medications tried and failed: methotrexate", "section.past_meds"),
    ("PROBLEM LIST\n1. CIDP", "section.problems"),
    ("Vital Signs: BP 120/80", "section.vitals"),
    ("What Our Policy Says\nMembers need a biopsy.", "section.payer"),
    ("SUPPORTING LITERATURE\nIVIG helped in one trial.", "section.evidence"),
    ("Guideline-Based Rationale\n\nSteroids come first.", "section.guideline"),
]


@pytest.mark.parametrize(("text", "section"), HEADINGS)
def test_the_last_line_stands_under_its_heading(text: str, section: str):
    last = reader().scene(Document("text", text)).sentences[-1]
    assert last.section is not None
    assert last.section.id == section


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMH:\n- Asthma\n- [DVT]", {"time": "past"}),
        ("PMH:\nCardiac: [myocardial infarction] 2010", {"time": "past"}),
        ("Family History:\n- Father: gout\n- [Lupus]", {"subject": "relative"}),
        ("She denies:\n- fever\n- [chills]", {"polarity": "absent"}),
        ("No evidence of the following:\n1. rash\n2. [edema]", {"polarity": "absent"}),
        ("She denies:\n- fever\n\nExam: [rash] on the knuckles.", {"polarity": "present"}),
        ("IVIG is covered when the member has:\n- weakness\n- [dysphagia]", {"voice": "payer_criteria"}),
        ("Return for any of the following:\n* fever\n* [bleeding]", {"time": "hypothetical"}),
        ("Differential diagnosis: [lymphoma], sarcoid", {"certainty": "possible"}),
        ("FAX COVER SHEET\nTo: plan\n\nHe has [CIDP].", {"voice": "case"}),
        ("References\n1. [Lupus] in pregnancy.", {"voice": "boilerplate"}),
    ],
)
def test_what_a_heading_or_lead_says_holds_for_its_list(text: str, expected: dict[str, str]):
    plain, start, end = marked(text)
    said = assertion(plain, start, end, lexicon())
    assert {axis: str(getattr(said, axis)) for axis in expected} == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Seen by Dr. Smith at St. Mary. She is well.", 2),
        ("CK was 4.5 times normal. IgG 380 mg/dL.", 2),
        ("J. R. Brown, M.D. saw him.", 1),
        ("Rash (e.g. Gottron papules) was seen, i.e. on the hands. No ulcers.", 2),
        ("Hepatitis B. Hepatitis C.", 2),
        ("No. 4 of the series.", 1),
        ("- fever\n- chills\n- rash", 3),
        ("The weakness is\nworse on the left\nside than on the right.", 1),
        ("Prednisone 10 mg p.o. b.i.d. for 3 days.", 1),
        ("Test | Result\nCK | 300\nIgG | 700", 3),
        ("Adenovirus neg. want IVIG tonight.", 2),
        ("Adenovirus neg. and covid neg.", 1),
    ],
)
def test_sentences_end_where_they_should(text: str, count: int):
    assert len(reader().scene(Document("text", text)).sentences) == count


def test_every_section_that_a_heading_stands_under_exists():
    known = {section.id for section in lexicon().sections}
    assert {name for section in lexicon().sections for name in section.under} <= known


def test_no_heading_belongs_to_two_sections():
    names = [name for section in lexicon().sections for name in section.names]
    assert len(names) == len(set(names))


def test_a_patients_own_line_that_looks_like_a_title_is_a_fact():
    assert "dx.cidp" in facts("Chronic Inflammatory Demyelinating Polyneuropathy\nSeen today.")


def test_a_heading_inside_a_list_ends_with_its_list():
    text = (
        "ASSESSMENT AND PLAN\n\nArthritis.\n- Patient Education: I advised rest.\n\n"
        "Hypothyroidism.\n- Plan: no change.\n\nStatus post renal transplant."
    )
    found = facts(text)
    assert found["dx.hypothyroidism"] == ["present"]
    assert found["proc.kidney_transplant"] == ["past"]


def test_what_works_against_a_disease_is_not_the_disease():
    assert "finding.infection" not in facts("Anti-infection treatment was applied.")


def test_the_history_that_opens_a_note_is_of_now_and_the_past_one_is_not():
    found = facts("Hx: woke with tingling of the face\nDysphagia\nPMHx: asthma")
    assert found["finding.paresthesia"] == ["present"]
    assert found["finding.dysphagia"] == ["present"]
    assert found["dx.asthma"] == ["past"]


def test_words_that_a_stop_begins_with_are_out_of_reach():
    assert facts("Rash: none. No stiff neck, no fever.")["finding.afebrile"] == ["present"]
    assert facts("PMH seizures is admitted today.")["finding.hospitalized"] == ["present"]


def test_a_short_form_that_the_text_explains_as_more_than_a_known_term_is_something_else():
    assert "proc.psychotherapy" not in facts("Bone emission computed tomography (ECT) was normal. ECT was repeated.")
    assert "study.ct" in facts("Computed tomography (CT) was normal.")
