"""The how-to pages work word for word: their files are written, their edits made, their commands run, in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.explain.world import ROOT

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def edited(text: str, diff: str) -> str:
    """The text with each run of `-` lines replaced by the `+` lines after it."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", diff, re.MULTILINE):
        was, now = (re.sub(r"^[-+]", "", part, flags=re.MULTILINE) for part in (old, new))
        assert text.count(was) == 1, was
        text = text.replace(was, now)
    return text


def followed(page: Path, folder: Path) -> list[tuple[str, str]]:
    """What each command of a page said, all of them having succeeded."""
    said = []
    bin_ = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for kind, file, body in BLOCK.findall(page.read_text("utf-8")):
        if kind == "diff":
            (folder / file).write_text(edited((folder / file).read_text(), body))
        elif file:
            (folder / file).write_text(body)
        elif kind == "console":
            for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
                done = subprocess.run(
                    ["bash", "-c", command],
                    cwd=folder,
                    env={**os.environ, "PATH": bin_},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
                said.append((command, done.stdout))
    return said


def test_adding_a_policy(tmp_path):
    said = followed(ROOT / "docs/how-to/add-a-policy.md", tmp_path)
    by_command = dict(said)
    checks = [out.splitlines() for command, out in said if " content check " in command]
    assert [lines[-1].partition(":")[0] for lines in checks] == ["content ok", "content ok"]
    assert not [line for lines in checks for line in lines if line.startswith("warning:")]
    (answer,) = (out for command, out in said if " assess " in command)
    assert "Policy (Immune globulin for CIDP): cannot be decided on" in answer
    (effect,) = (out for command, out in said if " effect " in command)
    assert "0 of 1 outcomes change." in effect
    assert "Nothing that an answer can rest on differs." in by_command["indicated content diff acme acme-2027"]
    assert (tmp_path / "acme-cidp.html").read_text().startswith("<!doctype html>")


def test_writing_a_letter(tmp_path):
    said = followed(ROOT / "docs/how-to/write-a-letter.md", tmp_path)
    by_kind = {command.split()[2]: out for command, out in said if " letter " in command and "--out" not in command}
    necessity = by_kind["necessity"]
    assert "From: Ada Invented, MD\nNeurology, 1 Example Street, Springfield" in necessity
    assert "Billed as: Gamunex-C, J1561, 500 mg a unit: 320 units for the first course" in necessity
    assert "Before you send it" not in necessity
    assert "Not settled on this record, and so not failed: 4 CSF protein is elevated." in by_kind["appeal"]
    assert "Step therapy: “There is no documentation that corticosteroids were tried and failed.”" in by_kind["appeal"]
    assert "4 CSF protein is elevated" in by_kind["request-for-information"]
    assert "We will cover only a part of the request" in by_kind["denial"]
    assert "Bo Invented, MD, neurology; licence TX N777" in by_kind["denial"]
    assert (tmp_path / "necessity.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "external.docx").read_bytes().startswith(b"PK")
