"""What stands in one cell of a row says nothing of another, unless it fills its own."""

from __future__ import annotations

import pytest

from .content import told

SAID = [
    ("Arthritis | no fever | rash | seizures", {"finding.rash": ["present"], "finding.seizure": ["present"]}),
    ("Seizures | rash not seen | cough", {"finding.seizure": ["present"], "finding.rash": ["absent"]}),
    (
        "| Symptom | Present |\n| Cough | No |\n| Rash | Yes |",
        {"finding.cough": ["absent"], "finding.rash": ["present"]},
    ),
    ("| Denies | cough, chills |", {"finding.cough": ["absent"], "finding.chills": ["absent"]}),
    ("Ferritin 500 | rash present", {"lab.ferritin": ["500 ng/mL"]}),
    ("| ANA | was negative |", {"ab.ana": ["absent negative"]}),
    ("| IgG | 400 mg/dL low |", {"lab.igg": ["low 400 mg/dL"]}),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_words_speak_of_their_own_cell(text, said):
    found = told(text)
    assert {name: found.get(name) for name in said} == said
