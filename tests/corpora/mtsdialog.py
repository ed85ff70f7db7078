"""MTS-Dialog's normalised headings (A. Ben Abacha and colleagues, CC BY 4.0): which of our sections each belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .where import corpus

SECTIONS = corpus("mtsdialog_dev.jsonl")

OURS = {
    "FAM/SOCHX": {"section.sh", "section.fh"},
    "GENHX": {"section.hpi"},
    "PASTMEDICALHX": {"section.pmh"},
    "CC": {"section.cc"},
    "ROS": {"section.ros"},
    "PASTSURGICAL": {"section.surgical"},
    "MEDICATIONS": {"section.meds"},
    "ASSESSMENT": {"section.assessment"},
    "ALLERGY": {"section.allergies"},
    "EXAM": {"section.exam"},
    "DIAGNOSIS": {"section.assessment"},
    "DISPOSITION": {"section.plan"},
    "EDCOURSE": {"section.course"},
    "PLAN": {"section.plan"},
    "IMAGING": {"section.results"},
    "GYNHX": {"section.pmh"},
    "PROCEDURES": {"section.procedures"},
    "LABS": {"section.results"},
    "OTHER_HISTORY": {"section.pmh"},
    "IMMUNIZATIONS": {"section.immunizations"},
}


class Told(NamedTuple):
    """A section: its normalised heading and its text."""

    heading: str
    text: str


def sections(path: Path = SECTIONS) -> list[Told]:
    """The sections."""
    lines = path.read_text("utf-8").splitlines()
    return [Told(one["section_header"], one["section_text"]) for one in map(json.loads, lines)]


def under_its_heading(told: Told, section_ids: Callable[[str], list[str | None]]) -> bool:
    """Whether the text, written after its heading, begins under one of our sections for it."""
    body = " ".join(told.text.split())
    return section_ids(f"{told.heading}:\n{body}")[-1:][0] in OURS[told.heading]
