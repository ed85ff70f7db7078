"""ACI-BENCH visit notes (W. Yim and colleagues, CC BY 4.0): the patient's age and sex, given with every note."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from tests.corpora.spans import Tally
from tests.corpora.where import corpus

FILE = corpus("acibench_dev.jsonl")


class Visit(NamedTuple):
    """One note; `age` and `sex` describe the patient even where the note does not tell them."""

    note: str
    age: int | None
    sex: str

    @property
    def tells_age(self) -> bool:
        """Whether the number stands in the note at all."""
        return self.age is not None and re.search(rf"\b{self.age}\b", self.note) is not None


class Said(NamedTuple):
    """What was read of the patient."""

    ages: tuple[int, ...]
    sexes: tuple[str, ...]


def visits(path: Path = FILE) -> list[Visit]:
    """The notes of a file."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        told = row.get("metadata", row)
        age = str(told.get("patient_age") or told.get("age") or "")
        sex = str(told.get("patient_gender") or told.get("gender") or "").strip().lower()
        found.append(Visit(row["note"], int(float(age)) if re.fullmatch(r"[\d.]+", age) else None, sex))
    return found


def read(note: str) -> Said:
    """What the program reads of the patient."""
    import indicated

    facts = indicated.read(note).facts
    ages = tuple(
        int(fact.value.low)
        for fact in facts
        if fact.concept == "demo.age" and fact.value and fact.value.low is not None
    )
    named = {"demo.male": "male", "demo.female": "female"}
    return Said(ages, tuple(named[fact.concept] for fact in facts if fact.concept in named))


def figures(pairs: list[tuple[Visit, Said]]) -> dict[str, Tally]:
    """Age right where the note tells it; sex right where one is read; ages read that are not the patient's."""
    aged = [(visit, said) for visit, said in pairs if visit.tells_age]
    sexed = [(visit, said) for visit, said in pairs if said.sexes and visit.sex in ("male", "female")]
    every = [(age, visit.age) for visit, said in pairs if visit.age is not None for age in said.ages]
    return {
        "age where told": Tally(sum(said.ages == (visit.age,) for visit, said in aged), len(aged)),
        "ages read that are right": Tally(sum(age == theirs for age, theirs in every), len(every)),
        "sex where read": Tally(sum(said.sexes == (visit.sex,) for visit, said in sexed), len(sexed)),
        "sex read": Tally(len(sexed), sum(visit.sex in ("male", "female") for visit, _ in pairs)),
    }
