"""Whatever the record says, the answer is told: no crash, nothing withheld, every quote exact, in every format."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicated.engine.determine import NoRequest
from indicated.explain.show import as_dict, show
from indicated.workflow import assess as workflow
from indicated.workflow import intake
from indicated.workflow.assess import current
from indicated.workflow.errors import NoContent
from tests.explain.world import ROOT

DAY = date(2026, 11, 20)
TEXTS = [
    file.read_text("utf-8") for file in sorted((ROOT / "examples").glob("[1-5]*[a-z].txt")) if "policy" not in file.name
]
SENTENCES = sorted(
    {part.strip() for text in TEXTS for line in text.splitlines() for part in line.split(". ") if part.strip()}
)
ODD = [
    "<b>IVIG & co</b>",
    "Weight 31 kg.",
    "Weight 40 kg.",
    "IgG 250 mg/dL.",
    "{x} %s \\n",
    "She is 9 years old.",
    "IVIG 40 mg.",
]


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*SENTENCES, *ODD]), min_size=1, max_size=14))
def test_any_sentences_in_any_order_make_an_answer(sentences):
    text = "Request: IVIG 2 g/kg every 4 weeks. " + ". ".join(sentences)
    try:
        case = workflow.read((intake.document(text),))
        decided = workflow.assess(case, None, DAY)
    except (NoRequest, NoContent):
        return
    data = as_dict(decided, current())
    assert data["withheld"] == 0
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in data["facts"] if fact["quote"])
    for audience in ("clinician", "reviewer", "patient"):
        assert show(decided, current(), audience, "text")
    assert "<b>" not in show(decided, current(), "reviewer", "html")
    assert show(decided, current(), "clinician", "md")


def test_the_examples_were_found():
    assert len(TEXTS) == 5
    assert len(SENTENCES) > 30


@pytest.mark.parametrize("text", TEXTS)
def test_losing_any_one_line_still_makes_an_answer(text):
    lines = text.splitlines()
    for place in range(len(lines)):
        rest = "\n".join(line for at, line in enumerate(lines) if at != place)
        try:
            decided = workflow.assess(workflow.read((intake.document(rest),)), None, DAY)
        except (NoRequest, NoContent):
            continue
        assert as_dict(decided, current())["withheld"] == 0
