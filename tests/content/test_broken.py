"""Every kind of mistake gets exactly one message, with file, line, what was found, what was expected, how to mend it.

A file in `broken/` is one mistake: its first comment line is the message it must give, its second its place in a
content folder that is otherwise sound.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indicated.content.nodes import LARGEST_FILE
from tests.content.folder import HERE, folder, problems, said

BROKEN = sorted((HERE / "broken").iterdir())
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "content.md"


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_gets_its_message_and_no_other(path, tmp_path):
    text = path.read_text()
    message, place = re.findall(r"^# (.*)$", text, re.MULTILINE)[:2]
    assert said(folder(tmp_path, {place: text})) == [message]


def test_the_sound_folder_is_sound(tmp_path):
    assert said(folder(tmp_path)) == []


def test_a_file_that_is_not_utf8(tmp_path):
    assert said(folder(tmp_path, {"phrases/all.yaml": b"- id: a\n  clinician: caf\xe9\n"})) == [
        "phrases/all.yaml:2: found bytes that are not UTF-8; expected UTF-8; save the file as UTF-8"
    ]


def test_a_file_that_is_too_large(tmp_path):
    assert said(folder(tmp_path, {"phrases/all.yaml": b"#" * (LARGEST_FILE + 1)})) == [
        "phrases/all.yaml:1: found more than 2000000 bytes; expected a file that a person can read; split the file"
    ]


def test_a_folder_without_units_is_not_a_content_folder(tmp_path):
    assert said(tmp_path) == [
        "units.yaml:1: found no such file; expected the unit table of a content folder; give the content folder itself"
    ]


def test_refs_that_multiply_are_refused_before_they_are_filled_in(tmp_path):
    policy = (folder(tmp_path) / "policies/plan/drug/policy.yaml").read_text()
    doubling = "".join(
        f'  - {{id: c{n + 1}, section: "1", paraphrase: again, all: [{{ref: c{n}}}, {{ref: c{n}}}]}}\n'
        for n in range(30)
    )
    text = policy.replace(
        "criteria:\n", f'criteria:\n  - {{id: c0, section: "1", paraphrase: x, has: dx.rare}}\n{doubling}'
    )
    (tmp_path / "content/policies/plan/drug/policy.yaml").write_text(text)
    (found,) = problems(tmp_path / "content")
    assert (found.code, found.expected) == ("too-large", "at most 5000")


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path):
    root = folder(
        tmp_path,
        {
            "concepts/more.yaml": "- {id: dx.a, kind: condition, source: book}\n- {id: dx.b, kind: thing, label: b}\n",
            "phrases/all.yaml": "- {id: a, clinician: b, patients: c}\n- {id: a, clinician: b}\n",
        },
    )
    assert [(one.file, one.line, one.key, one.code) for one in problems(root)] == [
        ("concepts/more.yaml", 1, "0.label", "missing-key"),
        ("concepts/more.yaml", 2, "1.kind", "bad-choice"),
        ("concepts/more.yaml", 2, "1.source", "missing-key"),
        ("phrases/all.yaml", 1, "0.patients", "unknown-key"),
        ("phrases/all.yaml", 2, "1.id", "repeated-id"),
    ]


def test_two_versions_of_a_policy_in_force_on_one_day(tmp_path):
    root = folder(tmp_path)
    older = root / "policies/plan/drug-2025"
    shutil.copytree(root / "policies/plan/drug", older)
    text = (older / "policy.yaml").read_text().replace("2026-01-01", "2025-01-01").replace('"2026"', '"2025"')
    (older / "policy.yaml").write_text(text)
    (message,) = said(root)
    assert message == (
        "policies/plan/drug/policy.yaml:8: effective_from: found version 2026 in force together with 2025 "
        "(policies/plan/drug-2025/policy.yaml); expected one version on any day; "
        "end one with effective_to before the other begins"
    )
    (older / "policy.yaml").write_text(text + "effective_to: 2025-12-31\n")
    assert said(root) == []


def test_two_policies_of_one_payer_that_claim_the_same_request(tmp_path):
    root = folder(tmp_path)
    shutil.copytree(root / "policies/plan/drug", root / "policies/plan/other")
    other = root / "policies/plan/other/policy.yaml"
    text = other.read_text().replace("id: plan/drug", "id: plan/other")
    other.write_text(text)
    (message,) = said(root)
    assert "coverages: found plan/other and plan/drug (policies/plan/drug/policy.yaml) for the same requests" in message
    other.write_text(text.replace("payer: Plan", "payer: Other Plan"))
    assert said(root) == []


def test_every_code_is_documented_and_has_a_broken_file(tmp_path):
    source = "".join(path.read_text() for path in (HERE.parents[1] / "src/indicated/content").glob("[!p]*.py"))
    calls = r'(?:Problem|note|problem|stop|NotAnAmount)\(\s*"([a-z0-9-]+)"'
    codes = set(re.findall(calls, source)) | {"foreign-figure"}
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", REFERENCE.read_text(), re.MULTILINE)) == codes
    here = {"not-utf8", "too-large", "no-units", "overlap", "unreadable"}
    here |= {"unseen", "no-boundary", "unreachable"}  # test_tried.py
    for number, path in enumerate(BROKEN):
        text = path.read_text()
        place = re.findall(r"^# (.*)$", text, re.MULTILINE)[1]
        here |= {one.code for one in problems(folder(tmp_path / str(number), {place: text}))}
    assert codes - here == set()
