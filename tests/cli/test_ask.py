"""`indicated ask` as it is used: the question after the files, or line by line on a terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest

from indicated.cli import main
from indicated.cli.ask import split
from tests.ask_page import PAGE, fresh
from tests.explain.world import ROOT

CASE = str(ROOT / "examples/2-overlap-denied.txt")
POLICY = ("--policy", str(ROOT / "examples/2-overlap-denied.policy.txt"), "--on", "2026-11-20")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(capsys, *arguments):
    status = main(["ask", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_page_on_asking_shows_what_the_program_says():
    text = PAGE.read_text("utf-8")
    assert text.count("$ indicated ask") >= 5
    assert fresh(text) == text


def test_a_question_is_answered(capsys):
    status, out, err = run(capsys, CASE, "what is missing?", *POLICY)
    assert (status, err) == (0, "")
    assert out.startswith("what is missing?\n")


@pytest.mark.parametrize("form", ["md", "html", "json"])
@pytest.mark.parametrize("audience", ["clinician", "reviewer", "patient"])
def test_every_format_and_audience_shows_the_answer(capsys, form, audience):
    status, out, _ = run(capsys, CASE, "what if CRP is raised?", *POLICY, "--format", form, "--audience", audience)
    assert status == 0
    assert "C-reactive protein" in out
    if form == "json":
        assert json.loads(out)["known"] is True


def test_the_last_argument_is_the_question_where_it_is_no_file(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("x")
    assert split([str(note), "why"]) == ([str(note)], "why")
    assert split([str(note), "what is 2 g/kg over 2 days?"]) == ([str(note)], "what is 2 g/kg over 2 days?")
    assert split([str(note), str(note)]) == ([str(note), str(note)], None)
    assert split([str(note), "labs.txt"]) == ([str(note), "labs.txt"], None)
    assert split(["why"]) == (["why"], None)


def test_without_a_question_it_asks_for_one_off_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, out, err = run(capsys, CASE, *POLICY)
    assert (status, out) == (2, "")
    assert err.startswith("indicated: there is no question;")


def test_a_talk_on_a_terminal_keeps_what_is_supposed_and_ends_with_an_empty_line(capsys, monkeypatch):
    lines = ["what if EMG was myopathic", "?", "list", "and if CRP is raised", "undo", "", "not read"]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(lines)))
    status, out, err = run(capsys, CASE, *POLICY)
    assert (status, err) == (0, "")
    assert out.count("> ") == 6
    assert "4 of 8 are needed: 3 met" in out
    assert out.count("1. what if EMG was myopathic") == 2
    assert "there is no question" in out
    assert sys.stdin.read() == "not read"
