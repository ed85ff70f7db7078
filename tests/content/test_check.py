"""`indicated content check`: problems first, warnings apart, one line that sums up, and the exit status."""

from __future__ import annotations

import io

from indicated.cli.content import check
from tests.content.folder import ON, folder, signed

SIGNED = "signatures:\n  - {name: B. Reader, role: clinician, on: 2026-11-01, hash: SIGNED}\n"


def checked(root) -> tuple[int, list[str]]:
    out = io.StringIO()
    return check(root, out, ON), out.getvalue().splitlines()


def test_sound_content(tmp_path):
    status, lines = checked(folder(tmp_path))
    assert status == 0
    assert len(lines) == 1
    counted = "1 standard, 1 policy, 1 source, 1 product, 1 score, 10 concepts, 7 golden cases, 1 phrase"
    assert lines[0] == f"content ok: 13 files ({counted}); no warnings"


def test_a_warning_refuses_nothing(tmp_path):
    more = "- {id: dx.extra, kind: condition, label: rare syndrome, source: a book}\n"
    status, lines = checked(folder(tmp_path, {"concepts/more.yaml": more}))
    assert status == 0
    assert lines[0].startswith("warning: concepts/more.yaml:1: ")
    assert lines[1].endswith("; 1 warning")


def test_problems_are_all_printed(tmp_path):
    status, lines = checked(folder(tmp_path, {"concepts/more.yaml": "- {}\n", "phrases/all.yaml": "- {id: a}\n"}))
    assert status == 3
    assert [line.split(":")[0] for line in lines[:-1]] == ["concepts/more.yaml"] * 4 + ["phrases/all.yaml"]
    assert lines[-1].startswith("5 problems in 14 files")


def test_a_golden_case_that_fails_is_a_problem(tmp_path):
    root = folder(tmp_path)
    cases = root / "standards/drug/rare.cases.yaml"
    cases.write_text(cases.read_text().replace("finding: supported_if", "finding: supported"))
    status, lines = checked(root)
    assert status == 3
    assert lines[0].startswith(
        "standards/drug/rare.cases.yaml:6: 0.expect.finding: found supported_if; expected supported;"
    )


def test_a_review_is_overdue_the_day_after(tmp_path):
    root = folder(tmp_path)
    standard = root / "standards/drug/rare.yaml"
    active = standard.read_text().replace("in_review", "active") + SIGNED
    for due, status in ((ON.isoformat(), 0), ("2026-11-19", 3)):
        standard.write_text(signed(active.replace("2027-01-01", due), "standards/drug/rare.yaml"))
        assert checked(root)[0] == status
