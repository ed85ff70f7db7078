"""`indicated ask`: a question about a case, or a line at a time what is asked and supposed of it."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from indicated.cli import terminal
from indicated.workflow import intake
from indicated.workflow.ask import ask
from indicated.workflow.assess import a_day, assess, current, read, today
from indicated.workflow.errors import BadUse, NoQuestion
from indicated.workflow.talk import Talk

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from indicated.workflow.ask import Answer
    from indicated.workflow.assess import Assessment

_A_FILE = re.compile(r"\S*[/\\]\S*|\S+\.\w{1,5}")


def run(options: Namespace) -> int:
    """Read, decide, and answer."""
    # a question in Spanish is a patient's, who need not say so
    audience = "patient" if options.language != "en" else options.audience
    if options.language != "en" and options.audience not in ("patient", "clinician"):
        raise BadUse("Spanish is written for patients; use --language es with --audience patient")
    files, question = split(options.file)
    if question is None and not (sys.stdin is not None and sys.stdin.isatty() and "-" not in files):
        raise NoQuestion('there is no question; write one in quotes after the files, for example "what is missing?"')
    determination = _decided(files, options)
    if question is not None:
        _put(ask(determination, question, audience, options.language), options)
    else:
        _talk(Talk(determination, audience, options.language), options)
    return 0


def split(given: list[str]) -> tuple[list[str], str | None]:
    """The files and the question: the last argument is it where it is no file and not written like the name of one."""
    last = given[-1]
    is_file = last == "-" or os.path.exists(last) or _A_FILE.fullmatch(last) is not None  # noqa: PTH110 - 3 ms
    return (given, None) if is_file or not given[1:] else (given[:-1], last)


def _decided(files: list[str], options: Namespace) -> Assessment:
    on = a_day(options.on) if options.on is not None else today()
    documents = intake.open_case(files, sys.stdin)
    policy = None
    if options.policy is not None:
        from indicated.workflow.policies import from_option

        policy = from_option(options.policy, current(), on)
    with terminal.progress(sum(len(document.text) for document in documents)):
        return assess(read(documents), policy, on)


def _talk(talk: Talk, options: Namespace) -> None:
    """Questions until an empty line, each about what was supposed before it."""
    sys.stdout.write(talk.greeting())
    for line in _lines():
        if talk.is_command(line):
            sys.stdout.write(talk.command(line))
            continue
        try:
            answer = talk.ask(line)
        except NoQuestion as refused:
            sys.stdout.write(f"{refused}\n")
            continue
        _put(answer, options)


def _lines() -> Iterator[str]:
    """What is typed, up to an empty line or the end."""
    while True:
        sys.stdout.write("\n> ")
        sys.stdout.flush()
        line = sys.stdin.readline().strip()
        if not line:
            return
        yield line


def _put(answer: Answer, options: Namespace) -> None:
    sys.stdout.write(answer.show(options.format, width=terminal.width(), colour=terminal.colour()))
