"""What only a picture says needs a second source: marked where it is read, and no figure rests on it alone."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from indicated.model.text import Document, Place
from indicated.workflow.assess import assess, current, read
from indicated.workflow.facts import as_dict, as_text
from indicated.workflow.policies import from_text

ON = date(2026, 11, 20)
NOTE = "14-year-old with common variable immunodeficiency. IgG 380 mg/dL. Request: IVIG 400 mg/kg every 4 weeks."
SCAN = Document("scan.pdf", NOTE, (Place(0, "p. 1", scanned=True),))
SAME = Document("note.txt", "IgG 380 mg/dL.")
POLICY = "IVIG is covered when all of the following are met:\n1. IgG below 400 mg/dL."


def verdict(*documents):
    policy = from_text(POLICY, current())
    return assess(read(documents), policy, ON).to_dict()["policy"]["verdict"]


def test_a_figure_of_a_picture_alone_decides_nothing():
    assert verdict(Document("note.txt", NOTE)) == "met"
    assert verdict(SCAN) == "unknown"


def test_a_second_source_settles_it():
    assert verdict(SCAN, SAME) == "met"


def test_the_gap_says_what_is_needed():
    gaps = assess(read((SCAN,)), from_text(POLICY, current()), ON).to_dict()["gaps"]
    assert [gap["kind"] for gap in gaps if gap["settles"] == "second_source"] == ["unclear"]


def test_read_marks_the_facts_of_a_picture():
    case = read((SCAN, SAME))
    told = as_text(case)
    assert "from a picture: needs a second source" in told
    assert "scan.pdf:0-11 p. 1" in told
    needs = {fact["concept"]: fact["needs_second_source"] for fact in as_dict(case)["facts"]}
    assert needs["demo.age"]
    assert not needs["lab.igg"]


def test_the_answer_lists_them():
    d = assess(read((SCAN,)), None, ON)
    statements = [one for one in d.to_dict()["statements"] if one["phrase"] == "facts.scanned"]
    assert len(statements) == 1
    assert "immunoglobulin G" in statements[0]["text"]
    assert not [
        one
        for one in assess(read((replace(SCAN, places=()),)), None, ON).to_dict()["statements"]
        if one["phrase"] == "facts.scanned"
    ]
