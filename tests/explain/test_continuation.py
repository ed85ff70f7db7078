"""A request to go on, as it is read: then and now with proof, what is missing by name, and nothing withheld."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from indicated.explain.article import article
from indicated.explain.statements import check
from indicated.model.text import Document
from indicated.workflow import assess as workflow

DAY = date(2026, 11, 20)
NERVE = """58-year-old man with CIDP, weight 82 kg. On Gamunex-C 1 g/kg every 3 weeks since March 2025.
On 2025-03-04: INCAT disability score 5, I-RODS 28. On 2026-10-20: INCAT 2, I-RODS 41.
In February 2026 the interval was extended to 6 weeks and weakness recurred within 4 weeks.
He has improved on IVIG.
Request: continuation of Gamunex-C 1 g/kg every 3 weeks for 12 months."""
SWITCH = """34-year-old woman with common variable immunodeficiency on IVIG 40 g every 4 weeks since 2021. Weight 72 kg.
IgG trough 820 mg/dL on 2026-09-14; trough 790 mg/dL on 2026-03-10.
Request: continue, switching to Hizentra 10 g weekly subcutaneously."""
BARE = "Reauthorization: IVIG 1 g/kg monthly for multifocal motor neuropathy. 47 yo male."
CONTRARY = """Renewal request, Privigen 35 g every 4 weeks, for myasthenia gravis, AChR positive, 66-year-old man.
Myasthenia gravis has improved on IVIG. QMG 18 on 2026-02-03 and QMG 21 on 2026-10-05."""
FIRST = "58-year-old man with CIDP. INCAT 5 on 2025-03-04. Request: initial authorization of IVIG 2 g/kg over 5 days."


@cache
def answer(text, audience="clinician"):
    release = workflow.current()
    case = workflow.read((Document("note.txt", text),))
    return article(workflow.assess(case, None, DAY), release.knowledge, release.phrases, audience)


def rows(text, audience="clinician"):
    part = next((one for one in answer(text, audience).sections if one.id == "continuation"), None)
    return {} if part is None else {one.label: one.text for one in part.statements}


@pytest.mark.parametrize("audience", ["clinician", "reviewer", "patient"])
@pytest.mark.parametrize("text", [NERVE, SWITCH, BARE, CONTRARY])
def test_every_sentence_has_its_numbers_in_its_proofs(text, audience):
    rationale = answer(text, audience)
    assert rationale.withheld == 0
    part = next(one for one in rationale.sections if one.id == "continuation")
    names = ("I-RODS", "MMN-RODS", "MG-ADL")
    for one in part.statements:
        claim = f"{one.label} {one.text}"
        for name in names:
            claim = claim.replace(name, "")
        assert not check(claim, one.proofs), one.text


def test_a_first_request_has_no_such_section():
    assert not rows(FIRST)


def test_a_measure_is_told_then_and_now_with_days_and_what_the_source_counts():
    told = rows(NERVE)["INCAT disability score"]
    assert told.startswith("5 (2025-03-04), then 2 (2026-10-20): better by 3.")
    assert "counted 1 or more" in told
    assert "reaches it" in told


def test_what_less_of_it_did_is_quoted():
    assert "the interval was extended to 6 weeks" in rows(NERVE)["Less of it, or a pause"]


def test_a_switch_under_the_skin_is_told_with_what_changes_and_the_label_s_weekly_dose():
    told = rows(SWITCH)
    assert told["Regimen until now"].endswith("Changed: the route of treatment, dose and interval.")
    assert "40 g by vein x 1.37 / 4 weeks is 13.7 g" in told["The label's first weekly dose"]
    assert told["IgG trough level"].endswith("higher by 30 mg/dL.")


def test_a_bare_renewal_names_what_to_ask_for_by_the_measures_of_the_disease():
    told = rows(BARE)["Not on record, ask for"]
    assert "the day treatment began" in told
    assert "grip strength and MMN-RODS from before treatment" in told
    assert "Nothing on record" in rows(BARE)["Less of it, or a pause"]


def test_better_in_words_and_worse_on_the_measure_is_said():
    assert any("went the other way" in text for text in rows(CONTRARY).values())


def test_what_the_request_alone_tells_is_no_treatment_on_record():
    part = next((one for one in answer(BARE).sections if one.id == "treatments"), None)
    assert part is None
