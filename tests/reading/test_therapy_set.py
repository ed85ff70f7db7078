"""Therapies read of the labelled texts, file by file; the floors are a little under what was reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpora.therapy import AXES, DEFAULTS, Judged, Score, items, judge, score
from tests.reading.content import reader

DATA = Path(__file__).parents[1] / "data" / "therapy"
FLOORS: dict[str, dict[str, float]] = {
    "seen.jsonl": {"stage": 0.90, "outcome": 0.90, "tolerance": 0.95, "end_reason": 0.93, "role": 0.95, "exact": 0.78},
    "unseen.jsonl": {
        "stage": 0.79,
        "outcome": 0.87,
        "tolerance": 0.92,
        "end_reason": 0.81,
        "role": 0.94,
        "exact": 0.62,
    },
}
FILES = list(FLOORS)


@pytest.fixture(scope="module", params=FILES)
def scored(request: pytest.FixtureRequest) -> tuple[str, Score]:
    name: str = request.param
    return name, score(judge(items(DATA / name), reader()))


@pytest.mark.parametrize("axis", AXES)
def test_each_axis_is_read_at_least_this_well(scored: tuple[str, Score], axis: str) -> None:
    name, figures = scored
    assert figures.mentions > 0
    assert figures.accuracy[axis] >= FLOORS[name].get(axis, 0), figures


def test_so_many_mentions_are_right_on_every_axis(scored: tuple[str, Score]) -> None:
    name, figures = scored
    assert figures.exact >= FLOORS[name].get("exact", 0), figures


@pytest.mark.parametrize("name", FILES)
def test_every_label_stands_in_its_text(name: str) -> None:
    told = [(item["text"], label) for item in items(DATA / name) for label in item["labels"]]
    assert told
    for text, label in told:
        assert text[label["start"] : label["end"]] == label["drug"]


def test_a_mention_is_wrong_on_the_axes_that_differ() -> None:
    read = DEFAULTS | {"stage": "past"}
    one = Judged("x", "A", DEFAULTS | {"stage": "current", "outcome": "failed"}, read, known=True)
    assert one.wrong == ("stage", "outcome")


def test_figures_leave_out_drugs_that_the_vocabulary_lacks() -> None:
    right = Judged("x", "A", DEFAULTS, DEFAULTS, known=True)
    wrong = Judged("x", "B", DEFAULTS, DEFAULTS | {"stage": "past"}, known=True)
    lacking = Judged("x", "C", DEFAULTS | {"stage": "past"}, DEFAULTS, known=False)
    figures = score([right, wrong, lacking])
    assert (figures.mentions, figures.unknown) == (2, 1)
    assert figures.accuracy["stage"] == figures.exact == 0.5
    assert figures.macro_f1["stage"] == pytest.approx(2 / 3)
