"""A notice of denial with a case, as a user gives it: the option, the word in Python, the article, the data."""

from __future__ import annotations

import json

import pytest

import indicated
from indicated.cli import main
from indicated.model.text import Document
from indicated.workflow.assess import current
from indicated.workflow.denials import denial_of
from tests.explain.world import ROOT

EXAMPLE = ROOT / "examples/2-overlap-denied.txt"
POLICY = ROOT / "examples/2-overlap-denied.policy.txt"
NOTICE = """Notice of Adverse Benefit Determination - Medicaid managed care
Date of notice: November 3, 2026
IVIG is denied. The following were not met:
- Proximal muscle weakness has not been shown (1.a).
- A trial of methotrexate or azathioprine has not been shown (2.a).
IVIG for polyarticular juvenile idiopathic arthritis is experimental.
You may appeal within 60 days.
"""


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    return str(path)


def told(capsys, *options):
    assert main(["assess", str(EXAMPLE), "--policy", str(POLICY), "--on", "2026-11-20", *options]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_article_answers_reason_by_reason(capsys, notice):
    said = told(capsys, "--denial", notice)
    assert "What the denial says, reason by reason" in said
    assert "The denial gives 3 reasons" in said
    assert "Criterion 1.a is narrower than the evidence" in said
    assert "On this record that does not hold" in said
    assert "which is not what the request is for" in said


def test_a_patient_reads_by_when_to_appeal(capsys, notice):
    said = told(capsys, "--denial", notice, "--audience", "patient")
    assert "Appeal by: 2027-01-02" in said
    assert "The letter says: “You may appeal within 60 days.”" in said


def test_a_day_that_has_passed_is_said_to_have(capsys, notice):
    assert main(["assess", str(EXAMPLE), "--denial", notice, "--on", "2027-03-01"]) == 0
    assert "That day has passed." in " ".join(capsys.readouterr().out.split())


def test_the_data_hold_every_reason_with_its_answer(capsys, notice):
    data = json.loads(_raw(capsys, "--denial", notice, "--format", "json"))["denial"]
    assert [one["answer"] for one in data["reasons"]] == ["facts_do_not_meet", "facts_meet", "not_considered"]
    assert data["stated_by"] == "2027-01-02"
    assert data["appeal_by"]["by"] == "2027-01-02"
    assert data["plan"] == "medicaid_managed"


def _raw(capsys, *options):
    assert main(["assess", str(EXAMPLE), "--policy", str(POLICY), "--on", "2026-11-20", *options]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "html"])
def test_every_format_has_the_section(capsys, notice, form):
    assert "What the denial says, reason by reason" in _raw(capsys, "--denial", notice, "--format", form)


def test_every_sentence_about_the_denial_has_its_proof(notice):
    del notice
    found = indicated.assess(EXAMPLE.read_text("utf-8"), on="2026-11-20", denial=NOTICE).to_dict()
    said = [one for one in found["statements"] if one["section"] == "denial"]
    assert said
    assert all(one["proofs"] for one in said)
    assert found["withheld"] == 0


def test_case_and_denial_cannot_both_come_by_standard_input(capsys):
    assert main(["assess", "-", "--denial", "-"]) == 2
    assert "both the case and the denial" in capsys.readouterr().err


def test_a_case_without_a_denial_has_none():
    assert indicated.assess("Request: IVIG 2 g/kg for dermatomyositis. He denies fever.").denial is None


def test_a_notice_named_as_a_document_of_the_case_keeps_its_own_passages():
    case = indicated.read("Request: IVIG for dermatomyositis.", name="denial")
    found = denial_of(case, Document("denial", "Denied. Methotrexate was not tried."), current())
    assert found is not None
    assert found.document.id != "denial"
