"""The NegEx test kit (W. W. Chapman and colleagues) as scores: reports as whole texts, one sentence a line.

Protocol: the concept is found by its upper-case form, then without case, then with loose white space; a concept that
does not occur in its sentence is scored as not negated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indicated.model.assertion import Assertion, Polarity, Time

from .where import corpus

KIT = corpus("negex_dev.tsv")

Judged = Callable[[str, int, int], Assertion]


class Row(NamedTuple):
    """One item: a concept in a sentence of a report, and how people labelled it."""

    report: str
    concept: str
    sentence: str
    negation: str
    temporality: str


def rows(path: Path = KIT) -> list[Row]:
    """The items in the order of the file."""
    lines = path.read_text("utf-8").splitlines()[1:]
    return [Row(*line.split("\t")[1:6]) for line in lines]


def place(sentence: str, concept: str) -> tuple[int, int] | None:
    """Where the concept stands in its sentence."""
    for text, wanted in ((sentence, concept.upper()), (sentence.lower(), concept.lower())):
        at = text.find(wanted)
        if at >= 0:
            return at, at + len(concept)
    loose = re.search(r"\s+".join(map(re.escape, concept.split())), sentence, re.IGNORECASE)
    return loose.span() if loose else None


def as_reports(items: Iterable[Row], judge: Judged) -> Iterator[tuple[Row, Assertion]]:
    """Each item with what `judge` says of it in the text of its report."""
    reports: dict[str, list[Row]] = {}
    for row in items:
        reports.setdefault(row.report, []).append(row)
    for report in reports.values():
        text = "\n".join(row.sentence for row in report)
        at = 0
        for row in report:
            span = place(row.sentence, row.concept)
            yield row, judge(text, at + span[0], at + span[1]) if span else Assertion()
            at += len(row.sentence) + 1


def f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """F1 of (labelled, said) pairs."""
    told = list(pairs)
    hits = sum(gold and ours for gold, ours in told)
    return 2 * hits / (sum(gold for gold, _ in told) + sum(ours for _, ours in told))


def scores(judged: Iterable[tuple[Row, Assertion]]) -> dict[str, float]:
    """F1 of `Negated` and of `Historical`."""
    told = list(judged)
    past = (Time.PAST, Time.RESOLVED)
    return {
        "negation": f1((row.negation == "Negated", said.polarity is Polarity.ABSENT) for row, said in told),
        "historical": f1((row.temporality == "Historical", said.time in past) for row, said in told),
    }
