"""Words that are part of a concept's name, or that speak of the test before them, say nothing of what stands around."""

from __future__ import annotations

import pytest

from .content import read, told

SAID = [
    # a result after a test speaks of that test, and of the tests listed with it
    (
        "Pregnant woman, measles IgG negative, exposed to measles.",
        {"finding.pregnancy": ["present"], "finding.measles_exposure": ["present"], "lab.measles_igg": ["negative"]},
    ),
    ("Weakness, ANA negative.", {"finding.weakness": ["present"], "ab.ana": ["absent negative"]}),
    ("Weakness, ANA and RF negative.", {"ab.ana": ["absent negative"], "ab.rf": ["absent negative"]}),
    (
        "Anti-Jo-1 and Mi-2 antibodies were not detected.",
        {"ab.jo1": ["absent negative"], "ab.mi2": ["absent negative"]},
    ),
    ("CVID, HIV and hepatitis C negative.", {"dx.cvid": ["present"]}),
    ("CIDP, EMG not done.", {"dx.cidp": ["present"]}),
    ("On IVIG, MRI pending.", {"tx.ivig": ["present"]}),
    ("Pregnant, HIV negative.", {"finding.pregnancy": ["present"], "finding.hiv_negative": ["present"]}),
    # symptoms of a list are all denied
    ("Fever, chills, rash negative.", {"finding.fever": ["absent"], "finding.rash": ["absent"]}),
    # `absent` in the name of a finding denies no other
    ("Absent ankle reflexes and foot drop.", {"finding.areflexia": ["present"], "finding.foot_drop": ["present"]}),
    ("Absent reflexes, unsteady gait.", {"finding.areflexia": ["present"], "finding.gait_disturbance": ["present"]}),
    # a denial that begins with the name of what is denied is one
    ("No progressive ILD.", {"dx.ild_progressive": ["absent"]}),
    ("No worsening myasthenia.", {"dx.mg_exacerbation": ["absent"]}),
    ("No worsening of weakness.", {"finding.weakness": ["present"]}),
    # a study of the patient is no study of others
    ("Nerve conduction study showed demyelinating features.", {"finding.ncs_demyelinating": ["present"]}),
    ("Absent sural potentials with normal distal latency.", {"lab.distal_latency": ["normal"]}),
]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_a_word_of_a_name_says_nothing_of_what_stands_around(text: str, expected: dict[str, list[str]]):
    found = told(text)
    assert {concept: found.get(concept) for concept in expected} == expected


@pytest.mark.parametrize(
    "text", ["EMG study showed myopathy.", "The sleep study found apnea.", "A flow study showed reflux."]
)
def test_a_study_with_its_kind_is_the_patients(text: str):
    assert not [one for one in read(text).set_aside if one.assertion.voice == "evidence"]


def test_a_study_without_its_kind_is_evidence():
    assert [one.concept for one in read("A study showed myopathy in half of them.").set_aside] == ["dx.myopathy"]
