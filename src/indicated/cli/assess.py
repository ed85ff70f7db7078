"""`indicated assess`: a case in, the answer out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indicated.cli import terminal
from indicated.cli.deliver import check, deliver
from indicated.explain.render import FILES
from indicated.explain.show import show, show_file
from indicated.workflow import intake
from indicated.workflow.assess import a_day, assess, current, read, today
from indicated.workflow.errors import BadUse

if TYPE_CHECKING:
    from argparse import Namespace

    from indicated.workflow.assess import Assessment


def run(options: Namespace) -> int:
    """Read, decide and print."""
    if options.language != "en" and options.audience != "patient":
        raise BadUse("Spanish is written for patients; use --language es with --audience patient")
    on = a_day(options.on) if options.on is not None else today()
    check(options)
    notice = None
    if options.denial is not None:
        from indicated.workflow.denials import from_option as notice_from

        notice = notice_from(options.denial, options.file, sys.stdin)
    documents = intake.open_case(options.file, sys.stdin)
    policy = None
    if options.policy is not None:
        from indicated.workflow.policies import from_option

        policy = from_option(options.policy, current(), on)
    with terminal.progress(sum(len(document.text) for document in documents)):
        case = read(documents)
        determination = assess(case, policy, on, notice)
    put(determination, options)
    return 0


def put(determination: Assessment, options: Namespace) -> None:
    """Print the answer, or write it to the file named."""
    told: str | bytes
    if options.format in FILES:
        told = show_file(determination, current(), options.audience, options.format, options.language)
    else:
        told = show(
            determination,
            current(),
            options.audience,
            options.format,
            options.language,
            width=terminal.width(),
            colour=_coloured(options),
        )
    deliver(told, options)


def _coloured(options: Namespace) -> bool:
    return options.out is None and terminal.colour()
