"""Both sides of the evidence, as they bear on this patient, and the standing of an exception."""

from __future__ import annotations

from datetime import date
from functools import cache

from indicated.explain.article import article
from indicated.model.text import Document
from indicated.workflow import assess as workflow

DAY = date(2026, 11, 20)


@cache
def sections(text):
    release = workflow.current()
    decided = workflow.assess(workflow.read((Document("note.txt", text),)), None, DAY)
    rationale = article(decided, release.knowledge, release.phrases)
    assert rationale.withheld == 0
    return {part.id: "\n".join(one.text for one in part.statements) for part in rationale.sections}


def test_a_trial_in_adults_is_indirect_for_a_child():
    adult = sections("A 40-year-old man with dermatomyositis. Request: IVIG 2 g/kg, initial.")
    assert "(Direct.)" in adult["for"]
    child = sections("A 9-year-old boy with CIDP. Request: IVIG 2 g/kg, initial.")
    assert "adults were studied" not in adult["for"]
    assert "(Direct.)" not in child["for"]


def test_where_no_randomized_trial_bears_directly_one_would_raise_certainty():
    overlap = sections(
        "A 14-year-old boy with overlap syndrome of juvenile dermatomyositis and systemic sclerosis. "
        "Request: IVIG, initial."
    )
    assert "one would raise certainty" in overlap["against"]
    nerve = sections("A 40-year-old man with CIDP. Request: IVIG 2 g/kg, initial.")
    assert "one would raise certainty" not in nerve["against"]


def test_an_exception_is_not_told_beside_a_bare_recommendation_against_it():
    newborn = sections(
        "Newborn, 2 days old, 3.2 kg, hemolytic disease of the newborn, direct antiglobulin test positive. Bilirubin "
        "near the exchange level. Request: IVIG 0.5 g/kg once."
    )
    assert "as an exception" in newborn["answer"]
    assert newborn["standing"].startswith("In general: Recommended against")
    assert "exception" in newborn["standing"]


def test_the_strength_in_a_child_with_low_platelets_is_that_of_the_treatment():
    child = sections(
        "8-year-old girl with newly diagnosed immune thrombocytopenia, platelets 8 x10^9/L, mucosal bleeding, 26 kg. "
        "Request: IVIG 1 g/kg once, initial."
    )
    assert "strong for observation" not in child["answer"]
    assert "grade 1B for a single dose" in child["answer"]
