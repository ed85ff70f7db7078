"""How well reading tells how therapies stand, on the labelled texts of `tests/data/therapy` (guide beside them).

A labelled mention is held against the therapy fact of which a passage overlaps it. Where there is none, the program
says that it is no therapy of this patient (stage `none`), or, where it set the mention aside as something yet to come,
that it is planned; the other axes then have their defaults. A mention whose drug the vocabulary does not have is
counted apart and scored nowhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from indicated.model.assertion import Polarity, Subject, Time, Voice
from indicated.model.case import Case, Mention
from indicated.model.fact import Therapy
from indicated.model.text import Document, Passage
from indicated.reading.found import DRUG_KINDS
from indicated.reading.reader import Reader

AXES = ("stage", "outcome", "tolerance", "end_reason", "role")
DEFAULTS = {"stage": "none", "outcome": "unknown", "tolerance": "unknown", "end_reason": "none", "role": "prior_step"}
_OWN = (Voice.CASE, Voice.QUESTION, Voice.PLAN)
_LATER = (Time.PLANNED, Time.HYPOTHETICAL)


class Judged(Struct, frozen=True):
    """One labelled mention: what the labels say of it and what was read. `known`: the vocabulary has the drug."""

    item: str
    drug: str
    wanted: Mapping[str, str]
    read: Mapping[str, str]
    known: bool

    @property
    def wrong(self) -> tuple[str, ...]:
        """The axes read otherwise than labelled."""
        return tuple(axis for axis in AXES if self.wanted[axis] != self.read[axis])


class Score(Struct, frozen=True):
    """Over the mentions whose drug is known: accuracy and macro-F1 of each axis, and the share right on all of them."""

    mentions: int
    unknown: int
    accuracy: Mapping[str, float]
    macro_f1: Mapping[str, float]
    exact: float


def items(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def judge(labelled: Iterable[Mapping[str, Any]], reader: Reader) -> list[Judged]:
    """Every labelled mention with what was read of it, in order."""
    found = []
    for item in labelled:
        document = Document("text", item["text"])
        case = reader.read((document,))
        scene = reader.scene(document)
        drugs = [scene.passage(seen.start, seen.end) for seen in scene.seen if seen.kind in DRUG_KINDS]
        for label in item["labels"]:
            start, end = label["start"], label["end"]
            known = any(_overlap(one, start, end) for one in drugs)
            wanted = {axis: label[axis] for axis in AXES}
            found.append(Judged(item["id"], item["text"][start:end], wanted, told(case, start, end), known))
    return found


def told(case: Case, start: int, end: int) -> dict[str, str]:
    """What a case says of the therapy mentioned at `start` to `end`."""
    overlaps = [(max((_overlap(one, start, end) for one in fact.passages), default=0), fact) for fact in case.facts]
    best, fact = max(overlaps, key=lambda pair: (pair[0], pair[1].therapy is not None), default=(0, None))
    if best and fact is not None and fact.therapy is not None:
        return _axes(fact.therapy)
    later = any(_later(one) and _overlap(one.passage, start, end) for one in case.set_aside)
    return DEFAULTS | {"stage": "planned"} if later else dict(DEFAULTS)


def score(judged: Sequence[Judged]) -> Score:
    """The figures of mentions that were judged."""
    known = [one for one in judged if one.known]
    right = {axis: sum(axis not in one.wrong for one in known) for axis in AXES}
    return Score(
        mentions=len(known),
        unknown=len(judged) - len(known),
        accuracy={axis: right[axis] / max(len(known), 1) for axis in AXES},
        macro_f1={axis: _macro_f1([(one.wanted[axis], one.read[axis]) for one in known]) for axis in AXES},
        exact=sum(not one.wrong for one in known) / max(len(known), 1),
    )


def _axes(therapy: Therapy) -> dict[str, str]:
    ended = therapy.end_reason.value if therapy.end_reason is not None else "none"
    return {
        "stage": therapy.stage.value,
        "outcome": therapy.outcome.value,
        "tolerance": therapy.tolerance.value,
        "end_reason": ended,
        "role": therapy.role.value,
    }


def _overlap(passage: Passage, start: int, end: int) -> int:
    return max(min(passage.end, end) - max(passage.start, start), 0)


def _later(one: Mention) -> bool:
    """Set aside only because it is yet to come."""
    said = one.assertion
    own = said.subject is Subject.PATIENT and said.voice in _OWN and said.polarity is Polarity.PRESENT
    return own and (said.time in _LATER or said.voice is Voice.PLAN)


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 of the values that the labels hold."""
    wanted, read = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    both = Counter(one for one, other in pairs if one == other)
    each = [2 * both[value] / (wanted[value] + read[value]) for value in wanted]
    return sum(each) / max(len(each), 1)
