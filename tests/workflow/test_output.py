"""What a command writes goes where it was asked to, whole, and never over the case it was read from."""

from __future__ import annotations

import stat

import pytest

from indicated.cli import main

NOTE = "Request: IVIG 1 g/kg every 4 weeks for CIDP."


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.txt").write_text(NOTE, "utf-8")
    (tmp_path / "link.txt").symlink_to("case.txt")
    (tmp_path / "twin.txt").hardlink_to(tmp_path / "case.txt")
    return tmp_path


@pytest.mark.parametrize("target", ["case.txt", "./case.txt", "link.txt", "twin.txt"])
def test_the_case_is_never_written_over(case, target, capsys):
    assert main(["read", "case.txt", "--highlight", target]) == 2
    assert "is where the case is read from" in capsys.readouterr().err
    assert (case / "case.txt").read_text("utf-8") == NOTE


def test_nothing_is_written_into_a_folder_of_the_case(case, capsys):
    (case / "chart").mkdir()
    (case / "chart" / "note.txt").write_text(NOTE, "utf-8")
    assert main(["read", "chart", "--highlight", "chart/page.html"]) == 2
    assert "is where the case is read from" in capsys.readouterr().err
    assert [one.name for one in (case / "chart").iterdir()] == ["note.txt"]


@pytest.mark.parametrize("target", ["", ".", "/", "/dev/null"])
def test_what_is_no_file_stays_what_it_is(case, target, capsys):
    before = sorted(one.name for one in case.iterdir())
    assert main(["read", "case.txt", "--highlight", target]) == 2
    assert "is no file" in capsys.readouterr().err
    assert sorted(one.name for one in case.iterdir()) == before


def test_a_link_stays_a_link_and_permissions_stay(case):
    page = case / "page.html"
    page.write_text("old", "utf-8")
    page.chmod(0o640)
    (case / "to_page.html").symlink_to("page.html")
    assert main(["read", "case.txt", "--highlight", "to_page.html"]) == 0
    assert (case / "to_page.html").is_symlink()
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert "CIDP" in page.read_text("utf-8")


def test_a_new_page_is_for_its_owner_only(case):
    assert main(["read", "case.txt", "--highlight", "page.html"]) == 0
    assert stat.S_IMODE((case / "page.html").stat().st_mode) == 0o600
