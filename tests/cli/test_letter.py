"""`indicated letter`: letters go where answers go, what to know before sending them beside; refusals in one line."""

from __future__ import annotations

import json
import re

import msgspec
import pytest

import indicated
from indicated.cli import main
from indicated.model.decision import Decision, lacking
from indicated.model.errors import IndicatedError
from tests.explain.world import ROOT

CASE = str(ROOT / "examples/5-dermatomyositis-ild.txt")
CARRIED_NOT = str(ROOT / "examples/3-polyarticular-payer.txt")
ON = ("--on", "2026-11-20")


def run(capsys, *arguments):
    """Exit status, standard output and standard error of a letter command."""
    status = main(["letter", *arguments, *ON])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_letter_goes_to_standard_output_and_the_list_beside_it_to_standard_error(capsys):
    status, out, err = run(capsys, "necessity", CASE)
    assert status == 0
    assert out.startswith("Letter of medical necessity\n")
    assert err.startswith("Before you send it (not part of the letter)\n")
    assert "Before you send it" not in out


def test_the_list_is_told_when_the_letter_goes_to_a_file(capsys, tmp_path):
    for form, start in (("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        out = tmp_path / f"letter.{form}"
        status, told, err = run(capsys, "summary", CASE, "--format", form, "--out", str(out))
        assert (status, told) == (0, "")
        assert out.read_bytes().startswith(start)
        assert "Fill in:" in err


def test_as_data_the_list_stands_under_a_key_of_its_own(capsys):
    status, out, err = run(capsys, "necessity", CASE, "--format", "json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert told["kind"] == "necessity"
    assert len(told["determination"]) == 64
    assert all(one["proofs"] for one in (*told["statements"], *told["before"]))
    assert told["withheld"] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("necessity", CARRIED_NOT), "the evidence does not support this request"),
        (("denial", CASE), "no machine denies"),
        (("approval", CARRIED_NOT), "the next step is physician review"),
        (("memo", CASE), "invalid choice: 'memo'"),
        (("appeal", CASE, "--plan", "gold"), "invalid choice: 'gold'"),
        (("appeal", CASE, "--state", "Texas"), "'Texas' is not a state"),
        (("necessity", CASE, "--from", "no-such-file"), "there is no file no-such-file"),
    ],
    ids=["not-carried", "denial", "approval", "kind", "plan", "state", "from"],
)
def test_what_cannot_be_drafted_is_refused_in_one_line(capsys, arguments, says):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


SECRET = "Jane Roe has a rare disease"
BROKEN = {
    "cut": ("{", "truncated"),
    "list": ("[1]", "Expected `object`"),
    "missing": ("{}", "missing required field"),
    "hash": (json.dumps({"determination": "x", "on": "2026-11-20", "outcome": "deny"}), "64 hexadecimal digits"),
    "outcome": (
        json.dumps({"determination": "a" * 64, "on": "2026-11-20", "outcome": SECRET}),
        "Invalid enum value - at `$.outcome`",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_decision_is_refused_without_a_word_of_what_it_holds(capsys, tmp_path, name):
    text, says = BROKEN[name]
    file = tmp_path / "decision.json"
    file.write_text(text)
    status, _, err = run(capsys, "denial", CASE, "--decision", str(file))
    assert status == 2
    assert says in err
    assert SECRET not in err
    assert err.count("\n") == 1


def test_the_letterhead_comes_from_a_file(capsys, tmp_path):
    head = tmp_path / "head.txt"
    head.write_text("Ada Invented, MD\n1 Example Street\n")
    _, out, _ = run(capsys, "necessity", CASE, "--from", str(head))
    assert "From: Ada Invented, MD\n1 Example Street\n" in out


def test_the_decision_in_the_docs_is_one_and_lacks_nothing():
    page = (ROOT / "docs/reference/decision.md").read_text("utf-8")
    (block,) = re.findall(r"^```json decision.json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    text = re.sub(r'"<[^>]*>"', json.dumps("a" * 64), block)
    assert lacking(msgspec.json.decode(text, type=Decision)) == ()


def test_every_key_of_a_decision_is_documented():
    page = (ROOT / "docs/reference/decision.md").read_text("utf-8")
    keys = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))
    assert keys == set(Decision.__struct_fields__)


def test_in_python_a_letter_is_text_or_bytes():
    decided = indicated.assess((ROOT / "examples/5-dermatomyositis-ild.txt").read_text(), on="2026-11-20")
    assert str(indicated.letter(decided, "necessity")).startswith("# Letter of medical necessity")
    assert bytes(indicated.letter(decided, "appeal", format="pdf", level="external")).startswith(b"%PDF-")
    with pytest.raises(IndicatedError):
        indicated.letter(decided, "denial")
