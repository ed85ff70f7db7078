"""What notes write in few letters: marks of results, weights that stand alone, tests of spinal fluid, since when."""

from __future__ import annotations

import pytest

from .content import told

SAID = [
    ("AChR+, MuSK- gMG.", "ab.achr", ["positive"]),
    ("AChR+, MuSK- gMG.", "ab.musk", ["absent negative"]),
    ("GM1+, NCS with block.", "ab.gm1", ["positive"]),
    ("ANA -, SRP (+).", "ab.srp", ["positive"]),
    ("LP: protein 112, WBC 1.", "lab.csf_wbc", ["1 /uL"]),
    ("LP: protein 112, WBC 1.", "lab.csf_protein", ["112 mg/dL"]),
    ("Urine protein 112, WBC 1.", "lab.csf_protein", None),
    ("IgG 312 mg/dL, IgA undetectable (<7 mg/dL).", "lab.igg", ["312 mg/dL"]),
    ("IgG 312 mg/dL, IgA undetectable (<7 mg/dL).", "lab.iga", ["low < 7 mg/dL"]),
    ("Octagam 400 mg/kg q4wks x 6 mo. 88 kg.", "demo.weight", ["88 kg"]),
    ("Octagam 400 mg/kg q4wks x 6 mo. 88 kg.", "demo.age", None),
    ("IVIG 1.5 g/kg x1, 24 kg.", "demo.weight", ["24 kg"]),
    ("She lost weight, 5 kg.", "demo.weight", None),
    ("Wt 80 kg. Grip improved, 24 kg.", "demo.weight", ["80 kg"]),
    ("ED/heme consult: known ITP, plt 8K.", "dx.itp", ["present"]),
    ("Foot drop since 1/2026. EMG 6/3/26 abnormal.", "demo.symptom_duration", [">= 123 d"]),
    ("Foot drop since 1/2026. Visit 6/3/26.", "demo.symptom_duration", None),
    ("Foot drop since 1/2026. Improved after 6/3/26. EMG planned.", "demo.symptom_duration", None),
]


@pytest.mark.parametrize(("text", "concept", "said"), SAID)
def test_shorthand_is_read_as_it_is_meant(text, concept, said):
    assert told(text).get(concept) == said


@pytest.mark.parametrize(
    ("text", "concept", "said"),
    [
        ("55F, CIDP in remission.", "demo.age", ["55 a"]),
        ("NICU: DOL 2 male 3.3 kg.", "demo.age", ["2 d"]),
        ("20 month F, 11 kg.", "demo.age", ["20 mo"]),
        ("6 y M, regression age 2.", "demo.age", ["6 a"]),
        ("SCORTEN 3, 38F 70 kg.", "demo.age", ["38 a"]),
        ("Fever 38.9, foley 16F, CIDP.", "demo.age", None),
        ("IVIG requested. 27 kg boy.", "demo.weight", ["27 kg"]),
        ("D6 of fever to 39.8.", "lab.illness_day", ["6 d"]),
    ],
)
def test_who_the_patient_is_told_in_few_letters(text, concept, said):
    assert told(text).get(concept) == said
