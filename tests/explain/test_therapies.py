"""Treatments on record and alternatives, as they are read: enough, not enough, not told, and what is ruled out here."""

from __future__ import annotations

from datetime import date
from functools import cache

from indicated.explain.article import article
from indicated.model.text import Document
from indicated.workflow import assess as workflow

DAY = date(2026, 11, 20)
PREGNANT = (
    "31-year-old pregnant woman, 20 weeks, with dermatomyositis. Prednisone failed. Allergic to rituximab. "
    "Request: IVIG 2 g/kg over 2 days every 4 weeks, initial."
)
RUNNING = "40-year-old man with dermatomyositis. Prednisone is taken now. Request: IVIG 2 g/kg every 4 weeks, initial."
SPLEEN = (
    "44-year-old man with immune thrombocytopenia, platelets 9 x10^9/L, bleeding gums, hemoglobin 7.4 g/dL. "
    "Splenectomy in 2019. Prednisone failed. Request: IVIG 1 g/kg once."
)


@cache
def sections(text):
    release = workflow.current()
    decided = workflow.assess(workflow.read((Document("note.txt", text),)), None, DAY)
    rationale = article(decided, release.knowledge, release.phrases)
    assert rationale.withheld == 0
    return {part.id: part.statements for part in rationale.sections}


def test_a_therapy_is_enough_or_not_told_with_what_is_asked_and_what_to_ask():
    enough = {one.label: one for one in sections(PREGNANT)["treatments"]}["Prednisone"]
    assert enough.mark == "met"
    assert "Asked: " in enough.text
    running = {one.label: one for one in sections(RUNNING)["treatments"]}["Prednisone"]
    assert running.mark == "unknown"
    assert "ask what has come of it" in running.text


def ruled_out(text):
    return {
        one.text.split(",")[0].split(".")[0]: one.text for one in sections(text)["untried"] if "Ruled out" in one.text
    }


def test_an_alternative_is_ruled_out_by_pregnancy_or_allergy_with_why():
    out = ruled_out(PREGNANT)
    assert "stops this drug before pregnancy" in out["Methotrexate"]
    assert any("Allergic to rituximab" in text for text in out.values())
    assert not any(text.startswith("Cyclosporine") for text in out.values())


def test_every_reason_on_record_against_an_alternative_is_told():
    (text,) = ruled_out(SPLEEN).values()
    assert "spleen has been removed" in text
    assert "hemoglobin is under 8 g/dL" in text


def test_a_procedure_that_was_done_is_not_offered():
    assert not any(one.text.startswith("Splenectomy") for one in sections(SPLEEN)["untried"])
