"""What the labels warn of, tied to the facts of a case: each caution fires on a record that has its reason."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from indicated.explain.article import article
from indicated.model.text import Document
from indicated.workflow import assess as workflow

DAY = date(2026, 11, 20)
HEAD = "A 40-year-old man with CIDP, weight 80 kg."
ASK = "Request: {product} 1 g/kg every 3 weeks, initial."


@cache
def decided(record, product="IVIG"):
    return workflow.assess(
        workflow.read((Document("note.txt", f"{HEAD} {record} {ASK.format(product=product)}"),)), None, DAY
    )


def cautions(record, product="IVIG"):
    return {note.caution.id for note in decided(record, product).safety if note.applies}


def said(record, product="IVIG"):
    release = workflow.current()
    rationale = article(decided(record, product), release.knowledge, release.phrases)
    assert rationale.withheld == 0
    return "\n".join(
        f"{one.label} {one.text}"
        for part in rationale.sections
        if part.id in ("safety", "monitoring")
        for one in part.statements
    )


@pytest.mark.parametrize(
    ("record", "product", "caution"),
    [
        ("", "IVIG", "boxed-thrombosis"),
        ("", "IVIG", "boxed-renal"),
        ("Deep vein thrombosis in 2022.", "IVIG", "thrombosis-risk"),
        ("Diabetes mellitus.", "IVIG", "renal-risk"),
        ("eGFR 38 mL/min/1.73 m2.", "IVIG", "renal-risk"),
        ("Known IgA deficiency.", "IVIG", "iga-deficiency-alone"),
        ("IgA deficiency, anti-IgA antibodies, anaphylaxis to IVIG in 2019.", "IVIG", "contra-iga-antibodies"),
        ("LVEF 30%.", "IVIG", "volume-heart"),
        ("Blood group A.", "IVIG", "hemolysis-blood-group"),
        ("Hyperprolinemia.", "Privigen", "privigen-proline"),
        ("Hyperprolinemia.", "IVIG", "proline"),
        ("Hereditary fructose intolerance.", "IVIG", "sorbitol"),
        ("Hereditary fructose intolerance.", "Flebogamma DIF 5%", "flebogamma-5-sorbitol"),
        ("", "Octagam 10%", "octagam-10-maltose"),
        ("", "IVIG", "live-vaccines"),
        ("", "IVIG", "precheck-serology"),
        ("On IVIG since March 2026. Hepatitis B core antibody positive.", "IVIG", "serology-positive"),
        ("She is pregnant.", "IVIG", "pregnancy"),
    ],
)
def test_a_caution_fires_on_a_record_that_has_its_reason(record, product, caution):
    assert caution in cautions(record, product)


@pytest.mark.parametrize(
    ("record", "product", "caution"),
    [
        ("", "IVIG", "thrombosis-risk"),
        ("eGFR 95 mL/min/1.73 m2.", "IVIG", "renal-risk"),
        ("Known IgA deficiency.", "IVIG", "contra-iga-antibodies"),
        ("IgA deficiency, anti-IgA antibodies, anaphylaxis to IVIG in 2019.", "IVIG", "iga-deficiency-alone"),
        ("LVEF 60%.", "IVIG", "volume-heart"),
        ("Hyperprolinemia.", "Privigen", "proline"),
        ("Hepatitis B core antibody positive.", "IVIG", "serology-positive"),
        ("", "IVIG", "pregnancy"),
    ],
)
def test_a_caution_does_not_fire_without_its_reason(record, product, caution):
    assert caution not in cautions(record, product)


def test_what_nobody_recorded_is_asked_for():
    text = said("")
    for ask in ("known IgA deficiency", "clot risks", "kidney risks", "heart failure or fluid overload"):
        assert ask in text


def test_the_volume_of_a_day_stands_beside_a_weak_heart():
    assert "The request means 800 mL of fluid on each infusion day." in said("LVEF 30%.", "Octagam 10%")
    assert "mL of fluid" not in said("LVEF 60%.", "Octagam 10%")


def test_no_warning_of_the_case_is_cut_short_for_want_of_room():
    record = (
        "Deep vein thrombosis in 2022. Diabetes mellitus. IgA deficiency, anti-IgA antibodies, anaphylaxis to IVIG in "
        "2019. LVEF 30%. Blood group A. Hyperprolinemia. Hereditary fructose intolerance."
    )
    text = said(record)
    for words in (
        "clots is on record",
        "kidney injury",
        "Reduced heart function",
        "blood group other",
        "Hyperprolinemia is",
    ):
        assert words in text
