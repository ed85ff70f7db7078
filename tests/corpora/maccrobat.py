"""MACCROBAT case reports (J. H. Caufield and colleagues, CC BY 4.0): labelled spans beside what the program reads.

A figure is scored by overlap. What the program reads is taken from what it gives anyone: the facts of
`indicated.read` and the list of `indicated.reading.amounts`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.corpora.spans import Span, Tally, touched
from tests.corpora.where import corpus

FILE = corpus("maccrobat_dev.jsonl")
_DIGIT = re.compile(r"\d")
_WITH_UNIT = re.compile(r"\d\s*[a-zA-Zμµ%°º/×]")


class Report(NamedTuple):
    """One case report and its labels: type, spans, text."""

    id: str
    text: str
    labels: tuple[tuple[str, tuple[Span, ...], str], ...]

    def spans(self, *types: str) -> list[tuple[Span, ...]]:
        """The spans of every label of these types."""
        return [spans for kind, spans, _ in self.labels if kind in types]

    def values(self, *, unit: bool) -> list[tuple[Span, ...]]:
        """The lab values with a number, or with `unit` those with a number and a unit."""
        wanted = _WITH_UNIT if unit else _DIGIT
        return [spans for kind, spans, text in self.labels if kind == "Lab_value" and wanted.search(text)]


class Read(NamedTuple):
    """What the program read: spans of the patient's age and sex, and every amount by what it is of."""

    ages: tuple[Span, ...]
    sexes: tuple[Span, ...]
    amounts: tuple[tuple[str, Span], ...]

    def of(self, *what: str) -> list[Span]:
        """The spans of the amounts of these kinds, or of all."""
        return [span for kind, span in self.amounts if not what or kind in what]


def reports(path: Path = FILE) -> list[Report]:
    """The reports of a file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Report(
            row["id"],
            row["text"],
            tuple((one["type"], tuple(map(tuple, one["spans"])), one["text"]) for one in row["entities"]),
        )
        for row in rows
    ]


def read(text: str) -> Read:
    """What the program gives for a text."""
    import indicated
    from indicated.reading import amounts

    facts = indicated.read(text).facts
    ages = [(p.start, p.end) for fact in facts if fact.concept == "demo.age" for p in fact.passages]
    sexes = [(p.start, p.end) for fact in facts if fact.concept in ("demo.male", "demo.female") for p in fact.passages]
    seen = [(str(one.what), (one.passage.start, one.passage.end)) for one in amounts(text)]
    return Read(tuple(ages), tuple(sexes), tuple(seen))


DOSES = ("dose", "frequency")
TIMES = ("duration", "moment", "frequency")


def figures(pairs: Iterable[tuple[Report, Read]]) -> dict[str, Tally]:
    """Every figure over these reports. Recall is by label, precision by what was read."""
    total: dict[str, Tally] = {}
    for report, ours in pairs:
        for name, tally in _figures(report, ours).items():
            total[name] = total.get(name, Tally(0, 0)) + tally
    return total


def _figures(report: Report, ours: Read) -> dict[str, Tally]:
    return {
        "Age precision": _precision(ours.ages, report, "Age"),
        "Age recall": touched(report.spans("Age"), ours.ages),
        "Age recall, anyone's": touched(report.spans("Age"), (*ours.ages, *ours.of("age"))),
        "Sex precision": _precision(ours.sexes, report, "Sex"),
        "Sex precision where labelled": _precision(ours.sexes, report, "Sex") if report.spans("Sex") else Tally(0, 0),
        "Sex recall": touched(report.spans("Sex"), ours.sexes),
        "Dosage recall": touched(report.spans("Dosage"), ours.of(*DOSES)),
        "Dosage recall, any amount": touched(report.spans("Dosage"), ours.of()),
        "dose precision": _precision(ours.of("dose"), report, "Dosage", "Medication", "Administration", "Frequency"),
        "Lab_value with unit recall": touched(report.values(unit=True), ours.of("lab", "size", "other")),
        "Lab_value with number recall": touched(report.values(unit=False), ours.of("lab", "size", "other")),
        "lab precision": _precision(ours.of("lab"), report, "Lab_value", "Detailed_description", "Distance"),
        "Duration recall": touched(report.spans("Duration"), ours.of(*TIMES)),
        "Duration recall, as duration": touched(report.spans("Duration"), ours.of("duration")),
        "Frequency recall": touched(report.spans("Frequency"), ours.of("frequency")),
        "sizes recall": touched(report.spans("Distance", "Area", "Volume"), ours.of("size")),
    }


def _precision(found: Iterable[Span], report: Report, *types: str) -> Tally:
    labelled = [span for spans in report.spans(*types) for span in spans]
    each: Sequence[Sequence[Span]] = [(span,) for span in found]
    return touched(each, labelled)
