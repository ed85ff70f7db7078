"""`indicated content check`: every problem in a content folder, one line each, golden cases included."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TextIO

from indicated.content.compile import compile_loaded, content_hash
from indicated.content.golden import Read, run_all
from indicated.content.lint import lint, refusing
from indicated.content.load import Loaded, load
from indicated.content.problem import Problem
from indicated.model.case import Case
from indicated.model.lexicon import Lexicon
from indicated.model.text import Document
from indicated.release import Release

DONE, PROBLEMS = 0, 3


def check(root: Path, out: TextIO, on: date) -> int:
    """Print every problem and warning of the content under `root`, then one line that sums up.

    Golden cases run once nothing else is wrong. Gives 0 when nothing is refused (warnings refuse nothing), else 3.
    """
    loaded = load(root)
    problems = lint(loaded, on)
    if not refusing(problems):
        release = Release(compile_loaded(loaded, content_hash(loaded.files), ""))
        problems = (*run_all(loaded, release.knowledge, _reader(release)), *problems)
    refused = refusing(problems)
    for problem in refused:
        print(problem, file=out)
    for problem in problems:
        if problem.warning:
            print(f"warning: {problem}", file=out)
    print(summary(loaded, problems), file=out)
    return PROBLEMS if refused else DONE


def summary(loaded: Loaded, problems: tuple[Problem, ...]) -> str:
    """`content ok: 269 files (411 concepts, 8 standards ...); no warnings`, or how many problems there are."""
    refused, warnings = len(refusing(problems)), len(problems) - len(refusing(problems))
    held = sorted((f"{kind.__name__.lower()} {len(values)}") for kind, values in loaded.values.items())
    state = f"{_count(refused, 'problem')} in" if refused else "content ok:"
    return f"{state} {_count(len(loaded.files), 'file')} ({', '.join(held)}); {_count(warnings, 'warning')}"


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}" + ("" if number == 1 else "s")


def _reader(release: Release) -> Read:
    """How a case told in words is read: with the lexicon of the content that is checked, not of the installed one."""

    def read(text: str) -> Case:
        from indicated.reading import read as read_documents

        lexicon: Lexicon = release.lexicon
        return read_documents((Document("text", text),), lexicon)

    return read
