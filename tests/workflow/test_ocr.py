"""Pictures of text: recognised by a program when it is there; its failures are one clear line."""

from __future__ import annotations

import stat

import pytest

from indicated.reading.formats.errors import NeedsOcr, TooBig
from indicated.workflow import ocr


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts a program of these lines in the place of tesseract."""

    def put(*lines):
        path = tmp_path / "tesseract"
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(path.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        return ocr.recogniser()

    return put


def test_without_the_program_there_is_no_recogniser(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.recogniser() is None


def test_wide_gaps_are_cells_and_the_page_end_is_taken_off(program):
    recognise = program("cat >/dev/null", "printf 'IgG      380 mg/dL     700-1600\\n\\nNext line\\f'")
    assert recognise(b"picture") == "IgG | 380 mg/dL | 700-1600\n\nNext line"


def test_a_failure_is_one_line_without_what_the_program_said(program):
    recognise = program("echo Jane Roe >&2", "exit 1")
    with pytest.raises(NeedsOcr, match="tesseract could not read picture 1 of the case; scan it again") as refused:
        recognise(b"picture")
    assert "Jane" not in str(refused.value)


def test_a_program_that_does_not_start_is_told_of(program, tmp_path):
    recognise = program("exit 0")
    (tmp_path / "tesseract").write_bytes(b"garbage")
    with pytest.raises(NeedsOcr, match="tesseract could not be started"):
        recognise(b"picture")


def test_a_program_that_does_not_end_is_ended(program, monkeypatch):
    monkeypatch.setattr(ocr, "_SECONDS", 0.2)
    recognise = program("exec sleep 60")
    with pytest.raises(NeedsOcr, match="took tesseract longer than"):
        recognise(b"picture" * 100_000)


def test_more_pictures_than_a_case_has_are_refused(program, monkeypatch):
    monkeypatch.setattr(ocr, "OCR_PAGES", 1)
    recognise = program("cat >/dev/null")
    recognise(b"picture")
    with pytest.raises(TooBig, match="more than 1 pages of pictures"):
        recognise(b"picture")
