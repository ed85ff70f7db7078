"""Signs before symptoms claim or deny them; a dash that opens an item says nothing."""

from __future__ import annotations

import pytest

from .content import told

SAID = [
    (
        "ROS: -chills, +fever, -cough.",
        {"finding.chills": "absent", "finding.fever": "present", "finding.cough": "absent"},
    ),
    ("ROS: no rash, +fever, -chills", {"finding.rash": "absent", "finding.fever": "present"}),
    ("- fever\n- cough", {"finding.fever": "present", "finding.cough": "present"}),
    ("-fever\n-cough", {"finding.fever": "present", "finding.cough": "present"}),
    ("Problems: -HTN -asthma", {"dx.hypertension": "present", "dx.asthma": "present"}),
    ("0 joint swelling, 0 rash.", {"finding.arthritis": "absent", "finding.rash": "absent"}),
    ("On day 0 fever began.", {"finding.fever": "present"}),
    ("Temperature 40.0 fever noted.", {"finding.fever": "present"}),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_sign_is_read_as_it_is_meant(text, said):
    found = told(text)
    assert {name: found.get(name) for name in said} == {name: [how] for name, how in said.items()}
