"""A figure that only a picture says decides nothing; beside one from a text of the same day it takes part."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from indicated.engine import Facts, evaluate
from indicated.engine.evaluate import gaps
from indicated.model.case import Case
from indicated.model.fact import Quoted
from indicated.model.text import Document, Place
from indicated.model.verdict import Settle, Verdict
from tests import told

ON = date(2026, 3, 1)
LOW = told.rule('measured: {concept: lab.igg, is: "<= 400 mg/dL"}')


def value(amount, *, scanned):
    """A value that stands in a text of its own, or in a picture."""
    document = Document("scan" if scanned else "note", amount, (Place(0, "p. 1", scanned=scanned),))
    (fact,) = told.facts(f"concept | value | on\nlab.igg | {amount} | 2026-02-01")
    return document, replace(fact, sources=(Quoted(document.passage(0, len(amount))),))


def judged(*values):
    documents, facts = zip(*values, strict=True)
    return evaluate(LOW, Facts(Case(documents, facts), told.KNOWLEDGE), ON)


def test_a_figure_of_a_picture_alone_asks_for_a_second_source():
    step = judged(value("350 mg/dL", scanned=True))
    assert step.verdict is Verdict.UNKNOWN
    assert [gap.settles for gap in gaps(step)] == [Settle.SECOND_SOURCE]


def test_a_text_beside_the_picture_decides():
    assert judged(value("350 mg/dL", scanned=False), value("360 mg/dL", scanned=True)).verdict is Verdict.MET
