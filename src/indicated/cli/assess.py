"""`indicated assess`: a case in, the answer out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indicated.cli import terminal
from indicated.explain.show import show
from indicated.workflow import intake
from indicated.workflow.assess import a_day, assess, current, read, today

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Read, decide and print."""
    on = a_day(options.on) if options.on is not None else today()
    documents = intake.open_case(options.file, sys.stdin)
    policy = None
    if options.policy is not None:
        from indicated.workflow.policies import from_option

        policy = from_option(options.policy, current(), on)
    with terminal.progress(sum(len(document.text) for document in documents)):
        case = read(documents)
        determination = assess(case, policy, on)
    answer = show(
        determination, current(), options.audience, options.format, width=terminal.width(), colour=terminal.colour()
    )
    sys.stdout.write(answer)
    return 0
