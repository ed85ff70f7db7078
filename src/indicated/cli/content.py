"""`indicated content check`: every problem in a content folder, one line each, golden cases included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from indicated.content import yaml_text
from indicated.content.boundaries import made
from indicated.content.cases import GoldenCase
from indicated.content.check import checked
from indicated.content.dump import dump
from indicated.content.golden import Read
from indicated.content.lint import refusing
from indicated.content.load import Loaded
from indicated.content.problem import Problem
from indicated.model.case import Case
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.score import Calculator
from indicated.model.standard import Standard
from indicated.model.statement import Phrase
from indicated.model.text import Document
from indicated.release import Release
from indicated.workflow.assess import built_in
from indicated.workflow.authoring.folders import opened
from indicated.workflow.output import write

DONE, PROBLEMS = 0, 3


def check(root: Path, out: TextIO, on: date, *, make: bool = False) -> int:
    """Print every problem and warning of the content under `root`, then one line that sums up.

    Gives 0 when nothing is refused (warnings refuse nothing), else 3. With `make`, golden cases for the limits that
    have none are written first.
    """
    if make:
        for line in make_cases(root, on):
            print(line, file=out)
    loaded, problems = checked(root, on, reader_of, built_in)
    refused = refusing(problems)
    for problem in refused:
        print(problem, file=out)
    for problem in problems:
        if problem.warning:
            print(f"warning: {problem}", file=out)
    print(summary(loaded, problems), file=out)
    return PROBLEMS if refused else DONE


def make_cases(root: Path, on: date) -> Iterator[str]:
    """Write the cases that can be made, a file for each document; say what was written and what a person must write."""
    folder = opened(root)
    for file, cases, unmade in made(folder.loaded, folder.release.knowledge, on):
        if cases:
            body = yaml_text.text([dump(case) for case in cases])
            write(str(root / file), f"{_MADE}{body}")
            yield f"wrote {file} ({_count(len(cases), 'case')})"
        yield from (f"could not be made, write it by hand: {one}" for one in unmade)


_MADE = (
    "# Made by 'indicated content check --make-cases' for the limits that no case written by hand holds. Proofread\n"
    "# them; they are made anew when it is run again.\n"
)


_COUNTED: tuple[tuple[type[Struct], str], ...] = (
    (Standard, "standard"),
    (Policy, "policy"),
    (Evidence, "source"),
    (Product, "product"),
    (Calculator, "score"),
    (Concept, "concept"),
    (GoldenCase, "golden case"),
    (Phrase, "phrase"),
)
"""What an author works on, and its name."""


def summary(loaded: Loaded, problems: tuple[Problem, ...]) -> str:
    """`content ok: 269 files (8 standards, 411 concepts ...); no warnings`, or how many problems there are."""
    refused, warnings = len(refusing(problems)), len(problems) - len(refusing(problems))
    held = [_count(len(loaded.all(kind)), thing) for kind, thing in _COUNTED if loaded.all(kind)]
    state = f"{_count(refused, 'problem')} in" if refused else "content ok:"
    return f"{state} {_count(len(loaded.files), 'file')} ({', '.join(held)}); {_count(warnings, 'warning')}"


def _count(number: int, thing: str) -> str:
    plural = f"{thing.removesuffix('y')}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number or 'no'} {thing if number == 1 else plural}"


def reader_of(release: Release) -> Read:
    """How a case told in words is read: with the lexicon of the content that is checked, not of the installed one."""

    def read(text: str) -> Case:
        from indicated.reading import read as read_documents

        return read_documents((Document("text", text),), release.lexicon)

    return read
