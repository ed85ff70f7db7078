"""The public surface: read, assess, explain, and what a determination gives."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
from msgspec.structs import replace

import indicated
from indicated.explain.show import OtherRelease
from indicated.model.determination import Determination, Finding, NextStep
from indicated.model.errors import IndicatedError
from indicated.model.policy import Policy
from indicated.workflow.assess import current
from indicated.workflow.errors import BadDate, Empty, UnknownPolicy
from tests.explain.world import ROOT

TEXT = (ROOT / "examples/2-overlap-denied.txt").read_text("utf-8")
PASTED = (ROOT / "examples/2-overlap-denied.policy.txt").read_text("utf-8")
DAY = "2026-11-20"


@pytest.fixture(scope="module")
def decided():
    return indicated.assess(TEXT, policy=PASTED, on=DAY)


def test_reading_gives_facts_with_their_passages():
    case = indicated.read(TEXT)
    assert case.request is not None
    assert all(case.documents[0].holds(passage) for fact in case.facts for passage in fact.passages)


def test_a_case_a_text_and_a_day_in_either_form_give_the_same(decided):
    assert indicated.assess(indicated.read(TEXT), policy=PASTED, on=date(2026, 11, 20)) == decided


def test_a_determination_has_what_design_promises(decided):
    assert isinstance(decided, Determination)
    assert decided.finding in Finding
    assert decided.next_step in NextStep
    assert decided.policy_verdict is not None
    assert decided.gaps
    assert decided.flips
    assert decided.dose
    assert decided.citations[0]["number"] == 1


def test_to_dict_is_plain_data(decided):
    assert json.loads(json.dumps(decided.to_dict())) == decided.to_dict()


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "# "), ("md", "# "), ("html", "<!doctype"), ("json", "{"), ("text", "I")]
)
def test_explain_gives_each_format(decided, form, start):
    assert indicated.explain(decided, format=form).startswith(start)


def test_explain_still_answers_after_its_package_was_imported(decided):
    """Python puts the package in the place of the function; both answer alike."""
    import indicated.explain.show

    assert indicated.explain(decided, audience="patient") == indicated.explain(decided, audience="patient")
    assert indicated.explain(decided) == indicated.explain.show.show(decided, current(), "clinician", "markdown")


def test_a_policy_may_be_given_as_a_value(decided):
    assert isinstance(decided.policy, Policy)
    assert indicated.assess(TEXT, policy=decided.policy, on=DAY) == decided


def test_a_determination_of_another_release_is_not_explained(decided):
    with pytest.raises(OtherRelease, match="decide it again"):
        indicated.explain(replace(decided, release="0" * 64))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"case": "", "on": DAY}, Empty),
        ({"case": TEXT, "on": "tomorrow"}, BadDate),
        ({"case": TEXT, "on": DAY, "policy": "no-such-policy"}, UnknownPolicy),
        ({"case": "A child with a rash.", "on": DAY}, IndicatedError),
    ],
)
def test_bad_input_is_an_error_with_one_line_and_a_code(arguments, error):
    with pytest.raises(error) as refused:
        indicated.assess(**arguments)
    assert "\n" not in str(refused.value)
    assert refused.value.code


def test_import_is_instant_because_it_imports_nothing():
    heavy = "('indicated.', 'msgspec', 'typing')"
    code = f"import sys, indicated; print(len([m for m in sys.modules if m.startswith({heavy})]))"
    found = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, check=True, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert found.stdout.strip() == b"0"


@pytest.mark.parametrize(
    ("said", "shown"), [("A man in his 40s", "in his 40s"), ("A boy, 14 3/12 years,", "14 3/12 years")]
)
def test_an_age_told_in_other_figures_is_shown_in_the_records_own_words(said, shown):
    text = f"{said} with dermatomyositis, on methotrexate.\nRequest: IVIG 70 g monthly."
    decided = indicated.assess(text, on="2026-11-20")
    assert f"age (“{shown}”)" in indicated.explain(decided)
