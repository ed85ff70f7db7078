"""Negation and time on the NegEx test kit (W. W. Chapman and colleagues), reports as whole texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicated.model.assertion import Assertion, Polarity, Time
from indicated.reading.reader import assertion

from .content import lexicon

KIT = Path(__file__).parents[3] / "shared" / "external" / "nlp" / "negex_dev.tsv"

pytestmark = pytest.mark.skipif(not KIT.exists(), reason="the NegEx sentences are not in this checkout")


def _find(sentence: str, concept: str) -> tuple[int, int] | None:
    """By the upper-case form, then without case, then with loose white space."""
    for text, wanted in ((sentence, concept.upper()), (sentence.lower(), concept.lower())):
        at = text.find(wanted)
        if at >= 0:
            return at, at + len(concept)
    loose = re.search(r"\s+".join(map(re.escape, concept.split())), sentence, re.IGNORECASE)
    return loose.span() if loose else None


@pytest.fixture(scope="module")
def judged() -> list[tuple[str, str, Assertion]]:
    rows = [line.split("\t") for line in KIT.read_text("utf-8").splitlines()[1:]]
    reports: dict[str, list[list[str]]] = {}
    for row in rows:
        reports.setdefault(row[1], []).append(row)
    found = []
    for report in reports.values():
        text = "\n".join(row[3] for row in report)
        at = 0
        for _, _, concept, sentence, negation, temporality, *_ in report:
            span = _find(sentence, concept)
            said = assertion(text, at + span[0], at + span[1], lexicon()) if span else Assertion()
            found.append((negation, temporality, said))
            at += len(sentence) + 1
    return found


def _f1(pairs: list[tuple[bool, bool]]) -> float:
    hits = sum(gold and ours for gold, ours in pairs)
    return 2 * hits / (sum(gold for gold, _ in pairs) + sum(ours for _, ours in pairs))


def test_negation_f1(judged: list[tuple[str, str, Assertion]]):
    assert _f1([(negation == "Negated", said.polarity is Polarity.ABSENT) for negation, _, said in judged]) >= 0.98


def test_historical_f1(judged: list[tuple[str, str, Assertion]]):
    past = (Time.PAST, Time.RESOLVED)
    assert _f1([(temporality == "Historical", said.time in past) for _, temporality, said in judged]) >= 0.68
