"""Requests as notes say them: the finding, the leading standard and the facts that a specialist would look for.

`seen.yaml` holds those that the reader was mended for, `held_out.yaml` those written afterwards and never tuned to; of
these some say what is still `missed`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from indicated.model.text import Document
from indicated.workflow import assess as workflow

DATA = Path(__file__).parents[1] / "data" / "requests"
ON = date(2026, 11, 30)


def told(name: str) -> list:
    return [
        pytest.param(
            one,
            id=f"{name}-{one['id']}",
            marks=[pytest.mark.xfail(reason=one["missed"], strict=True)] if "missed" in one else [],
        )
        for one in yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    ]


def has(fact, wanted: str) -> bool:
    """Whether a fact is the one wanted: `concept`, or `concept` with a value, a result or an outcome."""
    concept, _, rest = wanted.partition(" ")
    said = fact.assertion
    if fact.concept != concept:
        return False
    if not rest:
        return said.polarity == "present" and said.subject == "patient"
    shown = {str(fact.result), fact.value.text() if fact.value is not None else ""}
    return rest in shown | ({str(fact.therapy.outcome)} if fact.therapy is not None else set())


@pytest.mark.parametrize("one", [*told("seen"), *told("held_out")])
def test_a_request_in_a_note_is_answered_as_a_specialist_would(one):
    case = workflow.read((Document("text", one["text"]),))
    missing = [wanted for wanted in one.get("facts", ()) if not any(has(fact, wanted) for fact in case.facts)]
    assert not missing
    answer = workflow.assess(case, None, ON).to_dict()
    assert answer["standard"] is not None
    assert answer["finding"] in one["finding"]
    assert answer["standard"]["id"].rpartition("/")[2] in one["lead"]
